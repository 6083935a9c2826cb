"""Gives out the seats of an occurrence, one who asks at a time.

Whoever changes a registration first changes the row of its seats, and so waits for everybody else who does. The
condition stands in the ``UPDATE`` itself: it is true when the seat is taken, whatever was read before.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from wagtail_prosjektnett.delivery.outbox import send_after_commit
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.registration import RegistrationState
from wagtail_prosjektnett.models import Registration, SeatPool
from wagtail_prosjektnett.records.mail import leave_mails_to_others, write_mails

_ROOM = Q(waiting=0) & (Q(capacity=None) | Q(capacity__gt=F("seated")))


def take(uid: uuid.UUID, people: int, *, expect_room: bool = True) -> bool:
    """Give so many people seats, or places in the queue, by the first statement of a transaction.

    Who comes alone, or finds room for all, costs one ``UPDATE``; the row then says in ``last_seated`` how many got a
    seat. ``expect_room`` is what was so when it was last read: it decides what is tried first, and nothing else.
    Returns False where there is neither, or where the occurrence has no seats to give.
    """
    tries = [_seat_all, _let_all_wait] if expect_room else [_let_all_wait, _seat_all]
    if any(each(uid, people) for each in tries):
        return True
    return _divide(uid, people)


def lock(uid: uuid.UUID) -> SeatPool:
    """Wait until nobody else changes the registrations of an occurrence, and return its seats as they are now.

    It must be called in a transaction, whose end lets the next one in. Raises ``SeatPool.DoesNotExist``.
    """
    SeatPool.objects.filter(uid=uid).update(version=F("version") + 1)
    return SeatPool.objects.select_for_update().get(uid=uid)


def lock_registration(registration: Registration) -> tuple[SeatPool, Registration]:
    """Lock the seats that a registration is for, and return them and the registration as it is now.

    Raises ``Registration.DoesNotExist`` where it was moved elsewhere, anonymised or deleted in the meantime.
    """
    pool = lock(registration.pool.uid)
    found = Registration.objects.select_for_update().get(pk=registration.pk, pool=pool, anonymised_at=None)
    found.pool = pool
    return pool, found


def release(pool: SeatPool, registration: Registration, state: RegistrationState, at: datetime) -> None:
    """End a registration for seats that are locked, and count what it held as free; nobody has moved up yet."""
    held = RegistrationState(registration.state)
    registration.end(state, at)
    registration.save()
    leave_mails_to_others(registration)
    if held is RegistrationState.SEATED:
        pool.seated -= 1
    elif held is RegistrationState.WAITING:
        pool.waiting -= 1
    pool.save(update_fields=["seated", "waiting"])


def fill(pool: SeatPool, at: datetime) -> list[Registration]:
    """Let those who have waited longest move up to the free seats of a locked pool, and tell each of them."""
    count = pool.seats.freed_for_waiting()
    if not count:
        return []
    moved = list(Registration.objects.waiting().filter(pool=pool).select_for_update()[:count])
    for registration in moved:
        registration.state = RegistrationState.SEATED.value
        registration.sequence += 1
    Registration.objects.bulk_update(moved, ["state", "sequence"], batch_size=500)
    pool.seated += len(moved)
    pool.waiting -= len(moved)
    pool.save(update_fields=["seated", "waiting"])
    tell(moved, MailKind.MOVED_UP, at)
    return moved


def tell(registrations: Any, kind: MailKind, at: datetime, **facts: Any) -> None:
    """Write a mail to each of some participants, to be sent when the transaction is over."""
    if write_mails(registrations, kind, at, facts):
        send_after_commit()


def _seat_all(uid: uuid.UUID, people: int) -> bool:
    room_for_all = Q(waiting=0) & (Q(capacity=None) | Q(capacity__gte=F("seated") + people))
    return _count(room_for_all, uid, people, seated=people)


def _let_all_wait(uid: uuid.UUID, people: int) -> bool:
    return _count(Q(has_waiting_list=True) & ~_ROOM, uid, people, seated=0)


def _count(condition: Q, uid: uuid.UUID, people: int, *, seated: int) -> bool:
    changed = SeatPool.objects.filter(condition, uid=uid).update(
        seated=F("seated") + seated,
        waiting=F("waiting") + people - seated,
        last_number=F("last_number") + people,
        last_seated=seated,
        version=F("version") + 1,
    )
    return changed == 1


def _divide(uid: uuid.UUID, people: int) -> bool:
    """Give a group the seats that are left, and let its others wait; together they are refused if they cannot."""
    pool = SeatPool.objects.select_for_update().filter(uid=uid).first()
    if pool is None:
        return False
    seated = pool.seats.given_to(people)
    if seated < people and not pool.has_waiting_list:
        return False
    return _count(Q(seated=pool.seated, waiting=pool.waiting), uid, people, seated=seated)
