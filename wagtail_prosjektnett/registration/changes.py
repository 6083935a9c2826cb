"""What becomes of a registration afterwards: confirmed, changed, cancelled, expired."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Count, F, Q

from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.registration import Needs, Participant, RegistrationState
from wagtail_prosjektnett.models import Registration, RegistrationNeeds, SeatPool
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.pages.occurrences import occurrence_of, occurrences_of
from wagtail_prosjektnett.registration import seats
from wagtail_prosjektnett.registration.audit import RegistrationAction, note
from wagtail_prosjektnett.registration.holders import holder_of

#: What a participant may change; the address is how one is known, so another one is another registration.
_OWN = ("name", "organisation_name", "role", "comment")


def confirm(registration: Registration, at: datetime) -> Registration:
    """Let a registration be kept for good; one that has ended stays ended. Must run in a transaction."""
    _pool, found = seats.lock_registration(registration)
    if found.confirm_by is not None:
        found.confirm_by, found.sequence = None, found.sequence + 1
        found.save(update_fields=["confirm_by", "sequence"])
    return found


def change(registration: Registration, participant: Participant, at: datetime, *, user: Any = None) -> Registration:
    """Take over what a participant says now; the address stays. Must run in a transaction.

    One that has ended is left as it is. ``user`` is the editor who does it, if it is not the participant. The form has
    refused who is signed up already; who became so a moment ago lets ``IntegrityError`` be raised.
    """
    pool, found = seats.lock_registration(registration)
    if not found.is_active:
        return found
    for name in _OWN:
        setattr(found, name, getattr(participant, name))
    # What is not asked any more was still answered, and is still needed.
    found.organisation_id, found.answers = participant.organisation, {**found.answers, **participant.answers}
    # Whoever came in somebody's stead holds the seat, and the first one does no more.
    found.holder = holder_of(found)
    found.save()
    if participant.needs is not None:
        keep_needs(found, participant.needs)
    seats.tell([found], MailKind.CHANGED, at)
    note(pool, RegistrationAction.CHANGED, [found], user)
    return found


def cancel(registration: Registration, at: datetime, *, tell: bool = True, user: Any = None) -> Registration:
    """End a registration and let the next one move up; one that has ended stays as it is. Must run in a transaction.

    It is possible at any time, in a closed network and after the gathering too: nobody is kept. ``user`` is the
    editor who does it, if it is not the participant.
    """
    pool, found = seats.lock_registration(registration)
    if not found.is_active:
        return found
    found.sequence += 1
    seats.release(pool, found, RegistrationState.CANCELLED, at)
    if tell:
        seats.tell([found], MailKind.CANCELLED, at)
    note(pool, RegistrationAction.CANCELLED, [found], user)
    fill_if_possible(pool, at)
    return found


def expire_unconfirmed(at: datetime) -> int:
    """Let every seat and place go that nobody has confirmed in time, each pool in a transaction of its own.

    Returns how many registrations ended.
    """
    late = Registration.objects.active().filter(confirm_by__lte=at)
    uids = late.order_by().values_list("pool__uid", flat=True).annotate(count=Count("pk"))
    return sum(in_own_transaction(partial(_expire, uid, at)) for uid in list(uids))


def fill_if_possible(pool: SeatPool, at: datetime) -> list[Registration]:
    """Let those who wait move up to the free seats of a locked pool, if they can still come."""
    if not pool.seats.freed_for_waiting():
        return []
    row = occurrence_of(pool.uid)
    return seats.fill(pool, at) if row is not None and row.facts.moves_up(at) else []


def fill_freed(at: datetime) -> int:
    """Let those who wait move up where seats were freed while they could not, as in a network that was closed.

    Each pool is filled in a transaction of its own. Returns how many moved up.
    """
    free = Q(capacity=None) | Q(capacity__gt=F("seated"))
    uids = SeatPool.objects.filter(free, waiting__gt=0, ends_at__gt=at).values_list("uid", flat=True)
    can_come = [uid for uid, row in occurrences_of(uids).items() if row.facts.moves_up(at)]
    return sum(in_own_transaction(partial(_fill, uid, at)) for uid in can_come)


def keep_needs(registration: Registration, needs: Needs) -> None:
    """Keep what a participant needs now, and nothing of what was needed before."""
    if needs:
        RegistrationNeeds.objects.update_or_create(registration=registration, defaults=dataclasses.asdict(needs))
    else:
        RegistrationNeeds.objects.filter(registration=registration).delete()


def _fill(uid: Any, at: datetime) -> int:
    return len(fill_if_possible(seats.lock(uid), at))


def _expire(uid: Any, at: datetime) -> int:
    pool = seats.lock(uid)
    late = list(Registration.objects.active().filter(pool=pool, confirm_by__lte=at).select_for_update())
    for registration in late:
        registration.sequence += 1
        seats.release(pool, registration, RegistrationState.EXPIRED, at)
    seats.tell(late, MailKind.EXPIRED, at)
    fill_if_possible(pool, at)
    return len(late)
