"""Sends mails to participants, as they stand in the outbox, through Django's mail backend."""

from __future__ import annotations

from django.utils import timezone

from wagtail_prosjektnett.delivery import mail_message, post
from wagtail_prosjektnett.delivery.errors import NotNeeded
from wagtail_prosjektnett.delivery.mail_parts import written
from wagtail_prosjektnett.models import OutboxItem, RegistrationMail


def send(item: OutboxItem) -> None:
    """Send a mail that was taken from the outbox; it is written now, and says what is so now.

    Raises ``NotNeeded`` where there is nothing to tell any more, ``DeliveryRefused`` where its recipient will never
    take it, and ``DeliveryFailed`` for all else. None of them names anybody.
    """
    mail = RegistrationMail.objects.select_related("registration__pool").filter(pk=item.pk).first()
    if mail is None:
        raise NotNeeded("The registration was erased")
    post.deliver(written(mail.pk, lambda: mail_message.write(mail, timezone.now())))
