"""Mail to the contact people of a network, as it stands in the outbox.

It holds nothing of what it tells: that is read when it is sent, and what has been dealt with by then is not told.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.mail import ContactMailKind
from wagtail_prosjektnett.records.feedback import Feedback
from wagtail_prosjektnett.records.outbox import OutboxItem, OutboxKind, write_mail_items
from wagtail_prosjektnett.records.people import ContactPerson
from wagtail_prosjektnett.wording.labels import choices


class ContactMail(models.Model):
    """One mail to a contact person. ``feedback`` is what it is about, and None for a mail about something else."""

    item = models.OneToOneField(OutboxItem, on_delete=models.CASCADE, related_name="contact_mail", primary_key=True)
    kind = models.CharField(_("mail"), max_length=30, choices=choices(ContactMailKind), editable=False)
    person = models.ForeignKey(ContactPerson, on_delete=models.CASCADE, related_name="+")
    feedback = models.ForeignKey(Feedback, null=True, on_delete=models.CASCADE, related_name="mails")
    #: The same for every try, so that a mail that was sent twice can be known (RFC 5322, 3.6.4).
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("mail to a contact person")
        verbose_name_plural = _("mail to contact people")

    def __str__(self) -> str:
        return self.get_kind_display()


def write_contact_mails(
    people: Iterable[ContactPerson],
    kind: ContactMailKind,
    at: datetime,
    feedback: Feedback | None = None,
    *,
    send_at: datetime | None = None,
) -> int:
    """Write one mail to each of some people into the outbox, in the current transaction, and return how many.

    Who has no address gets none. It is sent at an aware instant, or at once.
    """
    told = [person for person in people if person.email]
    items = write_mail_items(OutboxKind.CONTACT_MAIL, len(told), at, send_at)
    ContactMail.objects.bulk_create(
        ContactMail(item=item, person=person, kind=kind.value, feedback=feedback)
        for item, person in zip(items, told, strict=True)
    )
    return len(told)
