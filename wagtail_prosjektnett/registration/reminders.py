"""Reminds those who have a seat of a gathering that is soon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.mail import MailKind, reminded_from
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.pages.occurrences import occurrences_of
from wagtail_prosjektnett.registration import seats


def remind(at: datetime) -> int:
    """Write a mail to those with a seat at what begins soon, each once, and return how many.

    Who has signed up since the reminders of an occurrence were due has just had a mail, and gets none; nor does who
    moves up later. Who must confirm has not been told the online address before, and is reminded when that is done,
    however late. Each pool has a transaction of its own. ``PROSJEKTNETT_REMINDER_DAYS`` says how soon.
    """
    days = conf.reminder_days()
    if not days:
        return 0
    return sum(in_own_transaction(partial(_remind, row, due, at)) for row, due in _due(days, at))


def _due(days: int, at: datetime) -> Iterable[tuple[Any, datetime]]:
    """Yield what somebody has not been reminded of, and since when they should be."""
    waiting = _unreminded().filter(pool__ends_at__gt=at)
    # In the order in which everybody locks the seats of several occurrences.
    keys = waiting.order_by("pool__uid").values_list("pool__uid", flat=True).distinct()
    rows = occurrences_of(keys)
    # What begins later than that does so in every time zone; to ask for the network of each would cost a query.
    last_day = (at + timedelta(days=days + 1)).date()
    for uid in sorted(rows):
        due = _due_from(rows[uid], days) if rows[uid].start_date <= last_day else None
        if due is not None and due <= at < rows[uid].facts.span.start:
            yield rows[uid], due


def _due_from(row: Any, days: int) -> datetime | None:
    if Decision(row.decision) is not Decision.AS_PLANNED:
        return None
    return reminded_from(row.when, days, row.facts.tz)


def _unreminded() -> Any:
    return Registration.objects.active().filter(reminded_at=None, confirm_by=None)


def _remind(row: Any, due: datetime, at: datetime) -> int:
    pool = seats.lock(row.uid)
    told = list(_unreminded().filter(pool=pool).select_for_update())
    for registration in told:
        registration.reminded_at = at
    Registration.objects.bulk_update(told, ["reminded_at"], batch_size=500)
    is_told_at_once = not row.page.registration_confirmation
    coming = [each for each in told if each.has_seat and (each.created_at < due or not is_told_at_once)]
    seats.tell(coming, MailKind.REMINDER, at)
    return len(coming)
