"""Signing up for an occurrence: the seat, the registration and the mail, all or nothing."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, F, OuterRef, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from wagtail_prosjektnett.delivery.outbox import send_after_commit
from wagtail_prosjektnett.domain.mail import ASKED_FOR_WITHIN, MOST_ASKED_FOR, MailKind
from wagtail_prosjektnett.domain.occurrences import Availability
from wagtail_prosjektnett.domain.registration import (
    NOBODY,
    Contact,
    Participant,
    Refusal,
    RegistrationRefused,
    RegistrationState,
    holder,
    normalised,
)
from wagtail_prosjektnett.models import Registration, RegistrationMail, RegistrationNeeds, SeatPool
from wagtail_prosjektnett.pages.aliases import source_of_alias
from wagtail_prosjektnett.records.mail import write_mails
from wagtail_prosjektnett.registration import publishing, seats
from wagtail_prosjektnett.registration.new import new_registration

#: For how long a seat is kept for an address that nobody has confirmed.
TIME_TO_CONFIRM = timedelta(days=1)
_MAILS = {RegistrationState.SEATED: MailKind.RECEIVED, RegistrationState.WAITING: MailKind.WAITING}


@dataclass(frozen=True)
class Signup:
    """Who wants to come where.

    ``occurrence`` is a row that was read from the database, of the gathering in the language that mail is to be in.
    """

    occurrence: Any
    participants: Sequence[Participant]
    contact: Contact = NOBODY

    def recipient(self, participant: Participant) -> str:
        """Return the address that mail about a participant goes to."""
        return participant.email or self.contact.email


@dataclass(frozen=True)
class Outcome:
    """What those who sign up have got: a seat, or a place in the queue, in the order of their names.

    Who is signed up already is told what a new one would have got: the answer tells strangers nothing. ``must_confirm``
    is whether the seat is kept for a day only, until the owner of the address has confirmed it.
    """

    states: tuple[RegistrationState, ...]
    must_confirm: bool


def register(signup: Signup, clock: Callable[[], datetime]) -> Outcome:
    """Sign up one or several people, by statements of which the first must be the first of a transaction.

    The clock is read when everybody else who signs up for the occurrence has to wait: at the deadline it is closed.
    Who has signed up already is not signed up again, gets a mail that says so, and costs as many statements. Raises
    ``RegistrationRefused``; ``own_transaction`` is what it should run in.
    """
    people = len(signup.participants)
    expected = signup.occurrence
    taken = seats.take(expected.uid, people, expect_room=expected.seats.has_room)
    at = clock()
    row = _read(signup, at)
    if row.pool is None and row.page.takes_registrations:
        publishing.put_occurrence_in_force(row, row.page, at)
        return register(signup, clock)
    _refuse(row, at, taken=taken)
    known = _known(row.pool, signup, at)
    new = [each for each in signup.participants if holder(each, signup.contact) not in known]
    if len(new) < people:
        _give_back(row, people, len(new))
        _ask_in_vain(signup.participants, known)
    created = _create(signup, row, new, at)
    _tell(row, {**dict.fromkeys(created, False), **dict.fromkeys(known.values(), True)}, at)
    states = (RegistrationState.SEATED,) * row.last_seated + (RegistrationState.WAITING,) * (people - row.last_seated)
    return Outcome(states, row.page.registration_confirmation)


def _read(signup: Signup, at: datetime) -> Any:
    """Return the occurrence as it is now, with its gathering, its seats and since when too much mail is asked for."""
    expected = signup.occurrence
    pool = SeatPool.objects.filter(uid=OuterRef("uid"))
    addresses = {normalised(signup.recipient(each)) for each in signup.participants}
    row = (
        type(expected)
        # An alias shows what its page says: it is signed up for there, by the rules of its network.
        .objects.filter(uid=expected.uid, page=_source_of(expected), page__live=True)
        .select_related("page__locale")
        .annotate(
            pool=Subquery(pool.values("pk")),
            last_number=Subquery(pool.values("last_number")),
            last_seated=Subquery(pool.values("last_seated")),
            asked_for_since=Subquery(_asked_for_since(addresses, at)),
        )
        .first()
    )
    if row is None:
        raise RegistrationRefused(Refusal.NOT_OFFERED)
    return row


def _source_of(occurrence: Any) -> int:
    """Return the key of the page that one signs up for; it may have been deleted while one waited for the seats."""
    try:
        source: int = source_of_alias(occurrence.page).pk
    except ObjectDoesNotExist as gone:
        raise RegistrationRefused(Refusal.NOT_OFFERED) from gone
    return source


def _asked_for_since(addresses: Iterable[str], at: datetime) -> Any:
    """Return when the earliest of the last mails was or is to be sent that an address may get within a day.

    Only those count that anybody can ask for. Of several addresses, it is the one that has to wait longest. Nothing is
    found where none has to.
    """
    kinds = [kind.value for kind in MailKind if kind.is_asked_for]
    sent_at = Coalesce("item__finished_at", "item__next_try_at")
    lately = RegistrationMail.objects.annotate(sent_at=sent_at).filter(sent_at__gt=at - ASKED_FOR_WITHIN)
    from_last = Window(RowNumber(), partition_by="registration__address", order_by="-sent_at")
    asked = lately.filter(kind__in=kinds, registration__address__in=addresses).annotate(from_last=from_last)
    return asked.filter(from_last=MOST_ASKED_FOR).order_by("-sent_at").values("sent_at")[:1]


def _refuse(row: Any, at: datetime, *, taken: bool) -> None:
    facts = row.facts
    # Whether there was room has been settled by the seats.
    facts = dataclasses.replace(facts, terms=dataclasses.replace(facts.terms, availability=Availability.AVAILABLE))
    refusal = facts.refusal(at) if row.page.takes_registrations else Refusal.NOT_OFFERED
    if refusal is None and not taken:
        refusal = Refusal.FULL
    if refusal is not None:
        raise RegistrationRefused(refusal)


def _known(pool: int, signup: Signup, at: datetime) -> dict[str, Any]:
    """Return the registrations that there are already, by their holders, each with whether a mail of it waits."""
    holders = [holder(each, signup.contact) for each in signup.participants]
    waiting = RegistrationMail.objects.filter(registration=OuterRef("pk"), item__next_try_at__gt=at)
    found = Registration.objects.filter(pool=pool, holder__in=holders).annotate(mail_waits=Exists(waiting))
    return {each.holder: each for each in found if each.holder}


def _give_back(row: Any, people: int, new: int) -> None:
    """Count as not taken what was given to those who had something already."""
    seated = min(new, row.last_seated)
    SeatPool.objects.filter(pk=row.pool).update(
        seated=F("seated") - (row.last_seated - seated),
        waiting=F("waiting") - (people - row.last_seated - (new - seated)),
        last_number=F("last_number") - (people - new),
    )
    row.last_number -= people - new


def _ask_in_vain(participants: Sequence[Participant], known: Mapping[str, Registration]) -> None:
    """Ask as often as is written for a new one who tells what they need: time must not tell who is known."""
    if any(each.needs for each in participants):
        RegistrationNeeds.objects.filter(registration__in=known.values()).first()


def _create(signup: Signup, row: Any, new: Sequence[Participant], at: datetime) -> list[Registration]:
    if not new:
        return []
    group = uuid.uuid4() if len(signup.participants) > 1 else None
    first = row.last_number - len(new) + 1
    made = [
        _registration(signup, row, participant, first + place, place < row.last_seated, at)
        for place, participant in enumerate(new)
    ]
    for registration in made:
        registration.group = group
    created = Registration.objects.bulk_create(made)
    RegistrationNeeds.objects.bulk_create(
        RegistrationNeeds(registration=registration, **dataclasses.asdict(participant.needs))
        for registration, participant in zip(created, new, strict=True)
        if participant.needs
    )
    return created


def _registration(
    signup: Signup, row: Any, participant: Participant, number: int, seated: bool, at: datetime
) -> Registration:
    registration = new_registration(participant, signup.contact, row.page, at)
    registration.pool_id, registration.number = row.pool, number
    registration.state = (RegistrationState.SEATED if seated else RegistrationState.WAITING).value
    registration.confirm_by = _sent_at(row, at) + TIME_TO_CONFIRM if row.page.registration_confirmation else None
    return registration


def _sent_at(row: Any, at: datetime) -> datetime:
    """Return when an address gets its mail: it gets no more of them a day than anybody may ask for."""
    return row.asked_for_since + ASKED_FOR_WITHIN if row.asked_for_since else at


def _tell(row: Any, registrations: Mapping[Any, bool], at: datetime) -> None:
    """Write one mail to each address: of a group, the first without an address of its own stands for the others.

    The registrations come with whether they were there before.
    """
    send_at, told = _sent_at(row, at), set[str]()
    for registration, is_known in registrations.items():
        waits = is_known and send_at > at and registration.mail_waits
        if registration.address not in told and not waits:
            kind = MailKind.AGAIN if is_known else _MAILS[RegistrationState(registration.state)]
            write_mails([registration], kind, at, send_at=send_at)
            told.add(registration.address)
    send_after_commit()
