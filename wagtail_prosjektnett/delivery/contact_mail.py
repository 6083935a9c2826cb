"""Sends mails to the contact people of a network, as they stand in the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import override

from wagtail_prosjektnett.delivery import feedback_letter, post, review_letter
from wagtail_prosjektnett.delivery.errors import NotNeeded
from wagtail_prosjektnett.delivery.letter import Letter
from wagtail_prosjektnett.delivery.mail_parts import (
    TEMPLATES,
    headers,
    one_address,
    rendered,
    subject_line,
    written,
)
from wagtail_prosjektnett.domain.mail import ContactMailKind
from wagtail_prosjektnett.models import ContactMail, OutboxItem
from wagtail_prosjektnett.pages.languages import language_tag

#: What is told in each kind of mail at an aware instant: a function that raises what stands in ``delivery.errors``.
LETTERS: dict[ContactMailKind, Callable[[ContactMail, datetime], Letter]] = {
    ContactMailKind.FEEDBACK: feedback_letter.letter,
    ContactMailKind.REVIEW: review_letter.letter,
}


def send(item: OutboxItem) -> None:
    """Send a mail that was taken from the outbox; it is written now, and says what is so now.

    Raises ``NotNeeded`` where there is nothing to tell any more, ``DeliveryRefused`` where its recipient will never
    take it, and ``DeliveryFailed`` for all else. None of them names anybody.
    """
    mail = ContactMail.objects.select_related("person__locale", "feedback").filter(pk=item.pk).first()
    if mail is None:
        raise NotNeeded("What it was about was deleted")
    post.deliver(written(mail.pk, lambda: write(mail, timezone.now())))


def write(mail: ContactMail, at: datetime) -> EmailMultiAlternatives:
    """Return a mail as it is sent at an aware instant. Raises what the letter of its kind raises."""
    recipient = one_address(mail.person.email)
    kind = ContactMailKind(mail.kind)
    letter = LETTERS[kind](mail, at)
    with override(letter.language):
        language, subject = language_tag(letter.language), subject_line(letter.subject)
        context = {**letter.context, "person": mail.person, "subject": subject, "language": language}
        text, html = (rendered([f"{TEMPLATES}/contact_{kind}.{ending}"], context) for ending in ("txt", "html"))
    return EmailMultiAlternatives(
        subject,
        text,
        to=[recipient],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers(mail.message_id, letter.host, language),
        alternatives=[(html, "text/html")],
    )
