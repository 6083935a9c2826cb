"""Mail to participants, as it stands in the outbox; and the texts that a site has put in the place of ours.

A mail holds nothing personal: who it goes to and what it says is read from the registration when it is sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.records.outbox import OutboxItem, OutboxKind, write_mail_items
from wagtail_prosjektnett.records.registration import Registration
from wagtail_prosjektnett.wording.labels import choices


def no_facts() -> dict[str, Any]:
    """Return the facts of a mail that needs none."""
    return {}


class RegistrationMail(models.Model):
    """One mail about a registration. ``facts`` is what was so when it was written and may be otherwise now."""

    item = models.OneToOneField(OutboxItem, on_delete=models.CASCADE, related_name="mail", primary_key=True)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(_("mail"), max_length=30, choices=choices(MailKind), editable=False)
    #: The same for every try, so that a mail that was sent twice can be known (RFC 5322, 3.6.4).
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    facts = models.JSONField(default=no_facts, editable=False)

    class Meta:
        verbose_name = _("mail to a participant")
        verbose_name_plural = _("mail to participants")

    def __str__(self) -> str:
        return self.get_kind_display()


def write_mails(
    registrations: Iterable[Registration],
    kind: MailKind,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    *,
    send_at: datetime | None = None,
) -> int:
    """Write one mail for each of some registrations into the outbox, with two queries, and return how many.

    They are written in the current transaction, and are to be sent at ``send_at``, or at once. Who has no address
    gets none.
    """
    told = [each for each in registrations if each.recipient]
    items = write_mail_items(OutboxKind.MAIL, len(told), at, send_at)
    RegistrationMail.objects.bulk_create(
        RegistrationMail(item=item, registration=each, kind=kind.value, facts=dict(facts or {}))
        for item, each in zip(items, told, strict=True)
    )
    return len(told)


def leave_mails_to_others(registration: Registration) -> None:
    """Let mails to several at one address, which are still to be sent, be about those who stay where one leaves.

    The registration has ended, or is about to be forgotten. What only it was told stays with it.
    """
    several = [kind.value for kind in MailKind if kind.goes_once_to_an_address]
    mails = list(registration.mails.filter(kind__in=several, item__state=OutboxState.WAITING.value))
    if not mails:
        return
    found = Registration.objects.active().filter(pool=registration.pool_id, address=registration.address)
    # Some databases take å for a: the other address would get what is not for it.
    others = [
        each for each in found.exclude(pk=registration.pk).order_by("number") if each.address == registration.address
    ]
    for mail in mails:
        other = next((each for each in others if _concerns(mail, registration, each)), None)
        if other is not None:
            RegistrationMail.objects.filter(pk=mail.pk).update(registration=other)


def _concerns(mail: RegistrationMail, registration: Registration, other: Registration) -> bool:
    """Whether a mail that hangs on one registration is to another one at the same place and address too."""
    if mail.kind == MailKind.MESSAGE:
        return other.confirm_by is None and other.state in mail.facts.get("states", [other.state])
    return mail.kind == MailKind.AGAIN or (registration.group is not None and other.group == registration.group)


def language_name(code: str) -> str:
    """Return what the form of a text calls a language; the code, where the site does not have the language any more."""
    return str(get_content_languages().get(code, code))


class MailText(models.Model):
    """What a site says in place of the text that comes with the package, in one kind of mail and one language."""

    kind = models.CharField(_("mail"), max_length=30, choices=choices(MailKind, leave_out=(MailKind.MESSAGE,)))
    language = models.CharField(_("language"), max_length=100)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text of a mail")
        verbose_name_plural = _("texts of mails")
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="prosjektnett_mail_text_unique")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({language_name(self.language)})"
