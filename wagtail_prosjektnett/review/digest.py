"""Writes once a week to those who have articles to review."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.delivery.outbox import send_after_commit
from wagtail_prosjektnett.delivery.review_recipients import Recipient, recipients
from wagtail_prosjektnett.domain.dates import start_of_day
from wagtail_prosjektnett.domain.mail import ContactMailKind
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.models import ClockMark, ContactMail
from wagtail_prosjektnett.pages.day_filters import day_of_site
from wagtail_prosjektnett.records.contact_mail import write_contact_mails

MARK = "review digest"


def to_be_told(at: datetime) -> list[Recipient]:
    """Return those who would be told at an aware instant, and of what, whenever they were told last.

    Who still has such a mail waiting gets no other: it tells what is so when it is sent.
    """
    waiting = ContactMail.objects.filter(kind=ContactMailKind.REVIEW.value, item__state=OutboxState.WAITING.value)
    have = {normalised(email) for email in waiting.values_list("person__email", flat=True)}
    return [recipient for address, recipient in recipients(at).items() if address not in have]


@transaction.atomic
def write_digest(at: datetime) -> list[Recipient] | None:
    """Write a mail to each of those who have articles to review at an aware instant, and return them.

    They are told once a week, which begins on Monday in the site's time zone, however often this is called. None is
    for a week in which they have been told, or are being told just now by somebody else.
    """
    if not _is_first_in_week(at):
        return None
    told = to_be_told(at)
    write_contact_mails((recipient.person for recipient in told), ContactMailKind.REVIEW, at)
    send_after_commit()
    return told


def _is_first_in_week(at: datetime) -> bool:
    today = day_of_site(at)
    monday = start_of_day(today - timedelta(days=today.weekday()), ZoneInfo(conf.default_time_zone()))
    last = ClockMark.read(MARK)
    if last is not None:
        return last < monday and ClockMark.move(MARK, last, at)
    return ClockMark.begin(MARK, at)
