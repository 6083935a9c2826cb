"""Tells those who were there that the presentations have been published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.occurrences import EventStatus
from wagtail_prosjektnett.models import Registration, SeatPool
from wagtail_prosjektnett.registration import seats


def tell_of_presentations(page: Any, at: datetime) -> None:
    """Write a mail to those with a seat at each occurrence that is over and has presentations on a published page.

    They are told once, in the current transaction; those of a translation are told of with its source.
    """
    if page.alias_of_id or page.facts_source is not None:
        return
    held = {row.occurrence_uid for row in page.presentations.all()}
    over = [row for row in page.occurrences.all() if row.facts.event_status(at) is EventStatus.HELD]
    told = [row.uid for row in over if held & {None, row.uid}]
    pools = SeatPool.objects.filter(uid__in=told, presentations_told_at=None)
    # In the order in which everybody locks the seats of several occurrences.
    for uid in sorted(pools.values_list("uid", flat=True)):
        _tell(seats.lock(uid), at)


def _tell(pool: SeatPool, at: datetime) -> None:
    if pool.presentations_told_at is not None:
        return
    pool.presentations_told_at = at
    pool.save(update_fields=["presentations_told_at"])
    coming = Registration.objects.seated().filter(pool=pool, confirm_by=None)
    seats.tell(list(coming), MailKind.PRESENTATIONS, at)
