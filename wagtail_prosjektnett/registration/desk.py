"""What an editor does for participants: signs up, corrects, lets move up, moves elsewhere, and ticks who was there.

``user`` is the editor, for the history of the gathering.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.registration import Needs, Participant, RegistrationState, normalised
from wagtail_prosjektnett.models import Registration, RegistrationMail, RegistrationNeeds, SeatPool
from wagtail_prosjektnett.records.tokens import digest, new_token
from wagtail_prosjektnett.registration import seats
from wagtail_prosjektnett.registration.audit import RegistrationAction, note
from wagtail_prosjektnett.registration.changes import change, fill_if_possible, keep_needs
from wagtail_prosjektnett.registration.holders import holder_of, is_taken

#: What an editor sees of a registration when correcting it.
_SHOWN = (
    "pool_id", "state", "name", "email", "organisation_id", "organisation_name", "role", "comment", "answers",
)  # fmt: skip


class AlreadySignedUp(Exception):
    """Raised when the address is signed up for the occurrence already."""


class ChangedMeanwhile(Exception):
    """Raised when somebody else has changed a registration since it was shown; nothing was changed."""


def add(
    registration: Registration, pool: SeatPool, at: datetime, *, needs: Needs | None = None, user: Any = None
) -> Registration:
    """Sign up somebody as an editor has filled in, whatever the deadline says. Must run in a transaction.

    They get a seat where there is one, and else wait at the end of the queue, also where there is no waiting list for
    others. ``registration`` is unsaved and knows its holder, its address and its token. Raises ``AlreadySignedUp``.
    """
    pool = seats.lock(pool.uid)
    _enter(registration, pool, at)
    registration.save()
    kind = MailKind.RECEIVED if registration.state == RegistrationState.SEATED else MailKind.WAITING
    if needs:
        keep_needs(registration, needs)
    seats.tell([registration], kind, at)
    note(pool, RegistrationAction.ADDED, [registration], user)
    return registration


def seen_as(registration: Registration) -> str:
    """Return a digest of what an editor sees of a registration: another one after each change of it."""
    needs = RegistrationNeeds.objects.filter(registration=registration).values_list("dietary", "access").first()
    shown = [getattr(registration, name) for name in _SHOWN]
    return sha256(json.dumps([*shown, needs], sort_keys=True).encode()).hexdigest()


def correct(
    registration: Registration, participant: Participant, at: datetime, *, seen: str, user: Any = None
) -> Registration:
    """Take over what an editor has corrected of what looked like ``seen``. Must run in a transaction.

    A new address gets a link of its own, and the link in earlier mails ends: they went to somebody else. Raises
    ``ChangedMeanwhile``, or ``AlreadySignedUp`` where the new address is.
    """
    try:
        _pool, found = seats.lock_registration(registration)
    except Registration.DoesNotExist as gone:
        raise ChangedMeanwhile from gone
    if seen_as(found) != seen:
        raise ChangedMeanwhile
    if normalised(participant.email) != normalised(found.email):
        _give_address(found, participant)
    return change(found, participant, at, user=user)


def promote(registration: Registration, at: datetime, *, user: Any = None) -> Registration:
    """Give one who waits a seat before all others, also one more than there are. Must run in a transaction.

    One that does not wait is left as it is.
    """
    pool, found = seats.lock_registration(registration)
    if found.state != RegistrationState.WAITING:
        return found
    found.state, found.sequence = RegistrationState.SEATED.value, found.sequence + 1
    found.save()
    pool.waiting -= 1
    pool.seated += 1
    pool.save(update_fields=["seated", "waiting"])
    seats.tell([found], MailKind.MOVED_UP, at)
    note(pool, RegistrationAction.PROMOTED, [found], user)
    return found


def move(registration: Registration, target: SeatPool, at: datetime, *, user: Any = None) -> Registration:
    """Move somebody to another time and place of the same gathering, as its last. Must run in a transaction.

    The next one moves up where they were. One that has ended is left as it is. Raises ``AlreadySignedUp``.
    """
    if target.pk == registration.pool_id:
        return registration
    # Everybody locks in the same order, so that two who move people in opposite directions do not wait for each other.
    pools = {uid: seats.lock(uid) for uid in sorted([registration.pool.uid, target.uid])}
    left, came = pools[registration.pool.uid], pools[target.uid]
    found = Registration.objects.select_for_update().get(pk=registration.pk, pool=left, anonymised_at=None)
    if not found.is_active:
        return found
    holder, confirm_by = found.holder, found.confirm_by
    if came.registrations.filter(holder=holder).exists():
        raise AlreadySignedUp
    seats.release(left, found, RegistrationState.CANCELLED, at)
    found.holder, found.confirm_by, found.ended_at = holder, confirm_by, None
    found.reminded_at = None  # of the new day they have not been reminded
    found.sequence += 1
    _enter(found, came, at)
    found.save()
    seats.tell([found], MailKind.CHANGED, at, moved=True)
    note(came, RegistrationAction.MOVED, [found], user)
    fill_if_possible(left, at)
    return found


def mark_attended(registrations: Iterable[Registration], attended: bool | None, *, user: Any = None) -> int:
    """Write down who was there, was not, or is not known to have been, and return how many were changed."""
    by_pool: dict[int, list[Registration]] = {}
    for each in registrations:
        by_pool.setdefault(each.pool_id, []).append(each)
    for pool in SeatPool.objects.filter(pk__in=by_pool):
        note(pool, RegistrationAction.ATTENDED, by_pool[pool.pk], user, attended=attended)
    ids = [each.pk for marked in by_pool.values() for each in marked]
    return Registration.objects.filter(pk__in=ids).update(attended=attended)


def write_to(
    pool: SeatPool, states: Collection[RegistrationState], message: Mapping[str, str], at: datetime, *, user: Any = None
) -> int:
    """Write a message of an editor's to each address at one occurrence, once, and return how many mails that gives.

    ``message`` has a ``subject``, a ``body``, and a ``key``: what was sent under a key is not sent again. Who is
    at another place when it is sent gets none. Must run in a transaction.
    """
    pool = seats.lock(pool.uid)
    if RegistrationMail.objects.filter(registration__pool=pool, facts__key=message["key"]).exists():
        return 0
    told = recipients(pool, states)
    seats.tell(told, MailKind.MESSAGE, at, **message, pool=str(pool.uid), states=[state.value for state in states])
    note(pool, RegistrationAction.WRITTEN_TO, told, user)
    return len(told)


def recipients(pool: SeatPool, states: Iterable[RegistrationState]) -> list[Registration]:
    """Return one registration for each confirmed address among those who have or wait for a seat."""
    chosen = Registration.objects.filter(pool=pool, state__in=[state.value for state in states], confirm_by=None)
    by_address = {each.address: each for each in chosen.exclude(address="").order_by("-number")}
    return sorted(by_address.values(), key=lambda each: each.number)


def _give_address(registration: Registration, participant: Participant) -> None:
    registration.name, registration.email = participant.name, participant.email
    if is_taken(registration):
        raise AlreadySignedUp
    registration.uid = uuid.uuid4()
    registration.token_hash = digest(new_token(registration.uid))
    registration.holder, registration.address = holder_of(registration), normalised(registration.recipient)
    registration.confirm_by = None
    registration.save()


def _enter(registration: Registration, pool: SeatPool, at: datetime) -> None:
    """Give somebody the next number of a locked pool, and a seat if nobody waits for the free ones; not saved."""
    if registration.holder and pool.registrations.filter(holder=registration.holder).exists():
        raise AlreadySignedUp
    has_room: Any = pool.seats.has_room
    pool.last_number += 1
    pool.seated += int(has_room)
    pool.waiting += int(not has_room)
    pool.save(update_fields=["last_number", "seated", "waiting"])
    registration.pool, registration.number = pool, pool.last_number
    registration.state = (RegistrationState.SEATED if has_room else RegistrationState.WAITING).value
