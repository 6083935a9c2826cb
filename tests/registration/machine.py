"""Random steps of participants, editors and time, each of which is taken by the site and by a model of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.registration.conftest import occurrence_of, participant, pool_of
from tests.registration.model import ModelOfSeats
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.domain.registration import (
    NOBODY,
    Refusal,
    RegistrationRefused,
    RegistrationState,
    holder,
    normalised,
)
from wagtail_prosjektnett.models import Registration, RegistrationMail, SeatPool
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.pages.models import GatheringPage
from wagtail_prosjektnett.records.tokens import digest, new_token
from wagtail_prosjektnett.registration import changes, desk
from wagtail_prosjektnett.registration.publishing import put_in_force
from wagtail_prosjektnett.registration.register import TIME_TO_CONFIRM, Signup, register

PLACES = ("Øst", "Vest")
#: Few enough that many who sign up are signed up already.
PEOPLE = [f"person{number}@example.org" for number in range(14)]
BEGIN = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Oslo"))

places = st.sampled_from(PLACES)
people = st.sampled_from(PEOPLE)
#: So few that there is a queue most of the time.
capacities = st.sampled_from([1, 2, 3, 4, 6, 0, None])
#: What an editor seldom denies.
mostly = st.sampled_from([True, True, True, False])
#: Which of those who are there a step is about.
picks = st.integers(0, 99)


#: Django 6.1 has a name of its own for what makes one, and warns of the old.
_savepoint = getattr(transaction, "savepoint_create", transaction.savepoint)


class SeatMachine(RuleBasedStateMachine):
    """One gathering at two places. Each run begins as the gathering was, and leaves nothing behind."""

    #: How many steps all runs have taken.
    steps = 0

    def __init__(self, gathering: Any) -> None:
        super().__init__()
        self.gathering, self.at = gathering, BEGIN
        self.before: Any = _savepoint()
        self.model = {name: ModelOfSeats(pool_of(gathering, name).capacity) for name in PLACES}
        self.confirm_by: dict[tuple[str, str], datetime] = {}
        self.last: dict[str, tuple[int, Any]] = {}
        #: How many more than there are seats an editor has let have one.
        self.over = dict.fromkeys(PLACES, 0)

    def teardown(self) -> None:
        """Undo the run."""
        transaction.savepoint_rollback(self.before)

    @initialize(confirmation=st.booleans())
    def begin(self, confirmation: bool) -> None:
        """Ask for confirmation by mail, or do not."""
        GatheringPage.objects.filter(pk=self.gathering.pk).update(registration_confirmation=confirmation)
        self.asks_to_confirm = confirmation

    @rule(place=places, who=st.lists(people, min_size=1, max_size=4, unique=True))
    def register(self, place: str, who: list[str]) -> None:
        """Sign up one or several, whether they are known or not."""
        self._took_step()
        new = [each for each in who if not self.model[place].has(each)]
        signup = Signup(occurrence_of(self.gathering, place), [participant(email=each) for each in who])
        expected = self.model[place].register(who)
        change = partial(register, signup, lambda: self.at)
        if isinstance(expected, Refusal):
            with pytest.raises(RegistrationRefused, match=expected.value):
                in_own_transaction(change)
            return
        assert [state is RegistrationState.SEATED for state in in_own_transaction(change).states] == expected
        if self.asks_to_confirm:
            self.confirm_by |= self._deadlines(place, new)

    @rule(place=places, who=people)
    def add(self, place: str, who: str) -> None:
        """Sign somebody up at the desk."""
        self._took_step()
        unsaved = Registration(
            name="Deltaker",
            email=who,
            address=normalised(who),
            holder=holder(participant(email=who), NOBODY),
            language="nb",
        )
        unsaved.token_hash = digest(new_token(unsaved.uid))
        change = partial(desk.add, unsaved, pool_of(self.gathering, place), self.at)
        if self.model[place].has(who):
            with pytest.raises(desk.AlreadySignedUp):
                in_own_transaction(change)
        else:
            in_own_transaction(change)
            self.model[place].add(who)

    @precondition(lambda self: self._active())
    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        """Cancel one, and then once more: that changes nothing."""
        place, registration = self._pick(pick)
        for _twice in range(2):
            in_own_transaction(partial(changes.cancel, registration, self.at))
        self.model[place].leave(registration.email)
        self.confirm_by.pop((place, registration.email), None)

    @precondition(lambda self: self._active())
    @rule(pick=picks)
    def promote(self, pick: int) -> None:
        """Give one a seat before the others; who has one keeps it."""
        place, registration = self._pick(pick)
        in_own_transaction(partial(desk.promote, registration, self.at))
        if registration.email in self.model[place].waiting:
            self.model[place].promote(registration.email)
            self.over[place] += 1

    @precondition(lambda self: self._active())
    @rule(pick=picks)
    def move(self, pick: int) -> None:
        """Move one to the other place, unless they are there already."""
        place, registration = self._pick(pick)
        other, who = PLACES[1 - PLACES.index(place)], registration.email
        change = partial(desk.move, registration, pool_of(self.gathering, other), self.at)
        if self.model[other].has(who):
            with pytest.raises(desk.AlreadySignedUp):
                in_own_transaction(change)
            return
        in_own_transaction(change)
        self.model[place].leave(who)
        self.model[other].add(who)
        if deadline := self.confirm_by.pop((place, who), None):
            self.confirm_by[other, who] = deadline

    @precondition(lambda self: self._active())
    @rule(pick=picks)
    def confirm(self, pick: int) -> None:
        """Confirm an address."""
        place, registration = self._pick(pick)
        in_own_transaction(partial(changes.confirm, registration, self.at))
        self.confirm_by.pop((place, registration.email), None)

    @rule(hours=st.sampled_from([1, 6, 24]))
    def expire(self, hours: int) -> None:
        """Let time pass, and those go who have not confirmed."""
        self._took_step()
        self.at += timedelta(hours=hours)
        late = [key for key, deadline in self.confirm_by.items() if deadline <= self.at]
        assert changes.expire_unconfirmed(self.at) == len(late)
        for place, who in late:
            seats = self.model[place]
            seats.seated.pop(who, None), seats.waiting.pop(who, None), seats.beyond.discard(who)
            del self.confirm_by[place, who]
        for seats in {place: self.model[place] for place, _who in late}.values():
            seats.fill()

    @rule(place=places, capacity=capacities)
    def resize(self, place: str, capacity: int | None) -> None:
        """Raise or lower the number of seats."""
        seats = self.model[place]
        seats.capacity = capacity
        self.over[place] = max(0, len(seats.seated) - capacity) if capacity is not None else 0
        self._edit(place, capacity=capacity)

    @rule(place=places, takes_place=mostly)
    def postpone_or_not(self, place: str, takes_place: bool) -> None:
        """Postpone what takes place, or let it take place after all; nobody moves up meanwhile."""
        self.model[place].takes_place = takes_place
        decision = Decision.AS_PLANNED if takes_place else Decision.POSTPONED
        self._edit(place, decision=decision.value)

    @rule(offered=mostly)
    def offer_waiting_list(self, offered: bool) -> None:
        """Let those who come too late wait, or let them not."""
        GatheringPage.objects.filter(pk=self.gathering.pk).update(registration_waiting_list=offered)
        for seats in self.model.values():
            seats.has_waiting_list = offered
        self._edit(PLACES[0])

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        """Everybody has what the model says, with the number that it says; and nobody has it twice."""
        for name, seats in self.model.items():
            rows = Registration.objects.active().filter(pool__uid=occurrence_of(self.gathering, name).uid)
            found = list(rows.values_list("state", "email", "number"))
            expected = [("seated", *each) for each in seats.seated.items()]
            expected += [("waiting", *each) for each in seats.waiting.items()]
            assert sorted(found) == sorted(expected)

    @invariant()
    def seats_are_given_fairly(self) -> None:
        """What must hold whatever the model says; counters that equal the rows are part of it."""
        for name, seats in self.model.items():
            pool = pool_of(self.gathering, name)
            rows = Registration.objects.active().filter(pool=pool)
            seated = {row.email: row.number for row in rows if row.state == RegistrationState.SEATED}
            waiting = [row.number for row in rows if row.state == RegistrationState.WAITING]
            assert (pool.seated, pool.waiting) == (len(seated), len(waiting))
            assert (pool.capacity, pool.last_number) == (seats.capacity, seats.last_number)
            assert not (seats.takes_place and waiting and pool.seats.free), "a freed seat was not filled"
            by_system = [number for who, number in seated.items() if who not in seats.beyond]
            assert max(by_system, default=0) < min(waiting, default=float("inf")), "somebody was overtaken"
            assert pool.seats.over <= self.over[name], "more have a seat than there are"
            self.over[name] = pool.seats.over
            self._versions_rise(name, pool)

    @invariant()
    def who_moves_up_is_told_once(self) -> None:
        """Each who has moved up has got one mail for it."""
        told = RegistrationMail.objects.filter(kind=MailKind.MOVED_UP.value).count()
        assert told == sum(seats.moved_up for seats in self.model.values())

    def _versions_rise(self, name: str, pool: SeatPool) -> None:
        now = (pool.capacity, pool.has_waiting_list, pool.seated, pool.waiting, pool.last_number)
        version, before = self.last.get(name, (-1, None))
        assert pool.version > version or (pool.version, now) == (version, before)
        self.last[name] = (pool.version, now)

    def _deadlines(self, place: str, new: list[str]) -> dict[tuple[str, str], datetime]:
        """Until when those who are new must confirm; it is later where their mail is one of too many and waits."""
        rows = Registration.objects.active().filter(pool=pool_of(self.gathering, place), email__in=new)
        found = {(place, row.email): row.confirm_by for row in rows if row.confirm_by is not None}
        assert len(found) == len(new)
        assert all(deadline >= self.at + TIME_TO_CONFIRM for deadline in found.values())
        return found

    def _took_step(self) -> None:
        SeatMachine.steps += 1

    def _active(self) -> bool:
        return any(seats.seated or seats.waiting for seats in self.model.values())

    def _pick(self, pick: int) -> tuple[str, Registration]:
        self._took_step()
        found = list(Registration.objects.active().order_by("pk").select_related("pool"))
        registration = found[pick % len(found)]
        return next(name for name in PLACES if pool_of(self.gathering, name) == registration.pool), registration

    def _edit(self, place: str, **values: Any) -> None:
        """Publish other values for a place, as the receiver of Wagtail's signal does."""
        self._took_step()
        row = occurrence_of(self.gathering, place)
        if values:
            type(row).objects.filter(pk=row.pk).update(**values)
        page = GatheringPage.objects.get(pk=self.gathering.pk)
        in_own_transaction(partial(put_in_force, page, self.at))
        for seats in self.model.values():
            seats.fill()
