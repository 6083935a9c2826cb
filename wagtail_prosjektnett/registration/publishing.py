"""Puts in force what an editor has published of the seats of a gathering, and tells who has signed up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.models import Registration, SeatPool
from wagtail_prosjektnett.pages.told import time_and_place
from wagtail_prosjektnett.registration import seats

_MAILS = {
    Decision.AS_PLANNED: MailKind.OCCURRENCE_CHANGED,
    Decision.POSTPONED: MailKind.OCCURRENCE_POSTPONED,
    Decision.CANCELLED: MailKind.OCCURRENCE_CANCELLED,
}


def put_in_force(page: Any, at: datetime) -> None:
    """Give the occurrences of a published gathering the seats that its editor wants, in the current transaction.

    More seats let those who wait move up; fewer take nobody's away. Who has signed up is told of a new time or place.
    A translation says nothing about seats: its source does.
    """
    if page.alias_of_id or page.facts_source is not None:
        return
    rows = list(page.occurrences.all())
    if not page.takes_registrations:  # who has signed up before is still told, and kept for as long as was said
        known = set(SeatPool.objects.filter(uid__in=[row.uid for row in rows]).values_list("uid", flat=True))
        rows = [row for row in rows if row.uid in known]
    # In the order in which everybody locks the seats of several occurrences.
    for row in sorted(rows, key=lambda row: row.uid):
        put_occurrence_in_force(row, page, at)


def put_occurrence_in_force(row: Any, page: Any, at: datetime) -> None:
    """Do what ``put_in_force`` does for one occurrence of a gathering that takes registrations."""
    SeatPool.objects.get_or_create(
        uid=row.uid, defaults={"gathering_key": page.translation_key, "told": what_is_told(row)}
    )
    pool = seats.lock(row.uid)
    if pool.gathering_key != page.translation_key:
        return  # another gathering's: who publishes a page with its key gets neither its seats nor its participants
    before, pool.capacity = pool.told, row.capacity
    pool.has_waiting_list, pool.kept_days = page.registration_waiting_list, page.registration_kept_days
    pool.ends_at, pool.told = row.facts.span.end, what_is_told(row)
    pool.save()
    # Who waited for a new date is told what became of it, however long ago the old one was.
    is_ahead = at < pool.ends_at or before.get("decision") == Decision.POSTPONED
    if before != pool.told and is_ahead:
        _tell_of_change(pool, before, row, at)
    if row.facts.moves_up(at):
        seats.fill(pool, at)


def what_is_told(row: Any) -> dict[str, Any]:
    """Return what those who have signed up are told of the time and place of an occurrence: another one is news."""
    return {**time_and_place(row), "online_address": row.online_address}


def _tell_of_change(pool: SeatPool, before: Mapping[str, Any], row: Any, at: datetime) -> None:
    told = list(Registration.objects.active().filter(pool=pool).select_for_update())
    changed = sorted(name for name, value in pool.told.items() if before.get(name) != value)
    has_new_day = _first_day(before, row.facts.tz) != _first_day(pool.told, row.facts.tz)
    for registration in told:
        registration.sequence += 1
        if has_new_day:  # of that they have not been reminded
            registration.reminded_at = None
    Registration.objects.bulk_update(told, ["sequence", "reminded_at"], batch_size=500)
    seats.tell(told, _MAILS[Decision(row.decision)], at, changed=changed)


def _first_day(told: Mapping[str, Any], tz: ZoneInfo) -> date | None:
    """Return the day on which an occurrence begins by what was told of it; None where nothing was."""
    return datetime.fromisoformat(told["starts_at"]).astimezone(tz).date() if "starts_at" in told else None
