"""Writes a mail to a participant: subject, text, HTML, calendar file and headers."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import override

from wagtail_prosjektnett.delivery.mail_facts import MailFacts, facts_of
from wagtail_prosjektnett.delivery.mail_parts import TEMPLATES, headers, host_of, one_address, rendered, subject_line
from wagtail_prosjektnett.delivery.mail_texts import OwnText, in_placeholders, own_text
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.models import RegistrationMail
from wagtail_prosjektnett.outputs.calendar import CONTENT_TYPE, PUBLISH, calendar_file, registration_entry
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.wording import mails

CALENDAR = "calendar.ics"


class ParticipantMail(EmailMultiAlternatives):
    """A mail whose calendar file says in its header by which method it is meant, as RFC 5545 (3.7.2) wants."""

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """Return the mail as Python's ``email`` has it."""
        message: Any = super().message(*args, **kwargs)
        for part in message.walk():
            if part.get_content_type() == CONTENT_TYPE:
                part.set_param("method", PUBLISH)
        return message


def write(mail: RegistrationMail, at: datetime) -> ParticipantMail:
    """Return a mail as it is sent at an aware instant.

    Raises ``NotNeeded`` where nobody is left to tell or it is not so any more, ``DeliveryRefused`` where nothing can be
    sent to the address, and ``DeliveryFailed`` where the gathering is not published.
    """
    facts = facts_of(mail, at)
    recipient = one_address(mail.registration.recipient)
    own = own_text(mail, facts)
    with override(mails.language_of_words(facts.registration.language)):
        subject = _subject(facts, own)
        text, html = (_rendered(facts, subject, own, ending) for ending in ("txt", "html"))
    message = ParticipantMail(
        subject,
        text,
        to=[recipient],
        reply_to=[facts.contact.email] if facts.contact else None,
        headers=headers(mail.message_id, host_of(facts.row.page), facts.language),
        alternatives=[(html, "text/html")],
    )
    if facts.kind.has_calendar and (calendar := _calendar(facts, at)):
        message.attach(CALENDAR, calendar.decode(), CONTENT_TYPE)
    return message


def default_text(kind: MailKind, language: str) -> tuple[str, str]:
    """Return the subject and the text that participants get where a site has none of its own, with placeholders."""
    facts = in_placeholders(kind, language)
    with override(mails.language_of_words(language)):
        subject = _subject(facts, None)
        return subject, _rendered(facts, subject, None, "txt")


def _subject(facts: MailFacts, own: OwnText | None) -> str:
    return subject_line(own.subject if own else mails.subject(facts.kind, facts.title, must_confirm=facts.must_confirm))


def _rendered(facts: MailFacts, subject: str, own: OwnText | None, ending: str) -> str:
    """Return the mail as text or as HTML, by the site's template for its kind or the one for all."""
    names = [f"{TEMPLATES}/{facts.kind.value}.{ending}", f"{TEMPLATES}/mail.{ending}"]
    context = {
        "mail": facts,
        "subject": subject,
        "own": own,
        "own_language": facts.language if facts.kind is MailKind.MESSAGE else language_tag(facts.registration.language),
    }
    return rendered(names, context)


def _calendar(facts: MailFacts, at: datetime) -> bytes:
    """Return the calendar file of the first of those whom a mail is about; empty where the dates are not exact."""
    with override(facts.registration.language):
        entry = registration_entry(facts.registration, facts.row)
    if entry is None:
        return b""
    organizer = facts.contact.email if facts.contact else _from_address()
    entry = dataclasses.replace(entry, organizer=(facts.network, organizer))
    return calendar_file([entry], at, method=PUBLISH)


def _from_address() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip("> ")
