"""The two statuses of an occurrence, and what they make of a gathering as a whole.

An occurrence is one time and place of a gathering. Both its statuses are computed at an instant; a
gathering's are summaries of its occurrences' by one order of precedence each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.domain.dates import REMEMBERED, Span, When, end_of_day, start_of_day
from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.domain.lifecycle import Lifecycle, changing
from wagtail_prosjektnett.domain.registration import Refusal, Seats


class Decision(StrEnum):
    """What the organiser has decided about an occurrence."""

    AS_PLANNED = "as_planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class EventStatus(StrEnum):
    """Where an occurrence is in time. Listed by precedence: the first one present sums up a gathering."""

    ONGOING = "ongoing"
    SCHEDULED = "scheduled"
    TENTATIVE = "tentative"
    POSTPONED = "postponed"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def is_ahead(self) -> bool:
        """Whether readers still wait for it: the opposite of over."""
        return self not in (EventStatus.HELD, EventStatus.CANCELLED)

    @property
    def has_begun(self) -> bool:
        """Whether there are people who were there, and can say what they thought of it."""
        return self in (EventStatus.ONGOING, EventStatus.HELD)

    @property
    def takes_registrations(self) -> bool:
        """Whether anyone can still sign up for it."""
        return self in (EventStatus.SCHEDULED, EventStatus.TENTATIVE)


class RegistrationMethod(StrEnum):
    """How participants sign up."""

    NONE = "none"
    LINK = "link"
    EMAIL = "email"
    BUILT_IN = "built_in"


class Availability(StrEnum):
    """Whether there is room."""

    AVAILABLE = "available"
    WAITING_LIST = "waiting_list"
    FULL = "full"


def availability_of(seats: Seats) -> Availability:
    """Return whether there is room where one signs up here: it is counted, nobody decides it."""
    if seats.has_room:
        return Availability.AVAILABLE
    return Availability.WAITING_LIST if seats.has_waiting_list else Availability.FULL


class RegistrationStatus(StrEnum):
    """Whether one can sign up. Listed by precedence: the first one present sums up a gathering."""

    OPEN = "open"
    WAITING_LIST = "waiting_list"
    NOT_YET_OPEN = "not_yet_open"
    FULL = "full"
    CLOSED = "closed"
    NONE = "none"

    @property
    def is_open(self) -> bool:
        """Whether signing up now gives a seat or a place in the queue."""
        return self in (RegistrationStatus.OPEN, RegistrationStatus.WAITING_LIST)


WHEN_OPEN = {
    Availability.AVAILABLE: RegistrationStatus.OPEN,
    Availability.WAITING_LIST: RegistrationStatus.WAITING_LIST,
}
#: What readers are told of a refusal; all others are told as closed.
WHEN_REFUSED = {
    Refusal.NOT_OFFERED: RegistrationStatus.NONE,
    Refusal.NOT_YET_OPEN: RegistrationStatus.NOT_YET_OPEN,
    Refusal.FULL: RegistrationStatus.FULL,
}
#: Why nobody can sign up for what does not take place as it was planned.
_REFUSED_BY_DECISION = {
    EventStatus.CANCELLED: Refusal.CANCELLED,
    EventStatus.POSTPONED: Refusal.POSTPONED,
}


@dataclass(frozen=True)
class RegistrationTerms:
    """How and when one signs up: from the start of one day to the end of another."""

    method: RegistrationMethod = RegistrationMethod.NONE
    opens: date | None = None
    deadline: date | None = None
    availability: Availability = Availability.AVAILABLE

    @property
    def is_on(self) -> bool:
        """Whether there is any registration at all."""
        return self.method is not RegistrationMethod.NONE

    def broken(self, when: When) -> Iterable[Broken]:
        """Yield the rules that the terms break for an occurrence on these dates."""
        if not self.is_on:
            return
        if self.opens and self.deadline and self.opens > self.deadline:
            yield Broken(Rule.OPENING_AFTER_DEADLINE, "registration_deadline", {"deadline": self.deadline})
        if self.deadline and self.deadline > when.latest_first_day:
            values = {"deadline": self.deadline, "start": when.latest_first_day}
            yield Broken(Rule.DEADLINE_AFTER_START, "registration_deadline", values)


@dataclass(frozen=True)
class OccurrenceFacts:
    """All that the statuses of an occurrence are computed from."""

    when: When
    lifecycle: Lifecycle
    decision: Decision = Decision.AS_PLANNED
    terms: RegistrationTerms = RegistrationTerms()

    @property
    def tz(self) -> ZoneInfo:
        """The network's time zone."""
        return self.lifecycle.tz

    @property
    def span(self) -> Span:
        """The instants between which it takes place."""
        return self.when.span(self.tz)

    def event_status(self, at: datetime) -> EventStatus:
        """Return the event status at an aware instant.

        A decision to postpone or cancel outweighs the clock. What is dated to a month, a season or a
        year stays tentative until that period is over, since nobody can say that it is going on.
        """
        if self.decision is Decision.CANCELLED:
            return EventStatus.CANCELLED
        if self.decision is Decision.POSTPONED:
            return EventStatus.POSTPONED
        if at >= self.span.end:
            return EventStatus.HELD
        if not self.when.exactness.is_exact:
            return EventStatus.TENTATIVE
        return EventStatus.ONGOING if at >= self.span.start else EventStatus.SCHEDULED

    def registration_status(self, at: datetime) -> RegistrationStatus:
        """Return the registration status at an aware instant; exactly at the end it is closed."""
        refusal = self.refusal(at)
        if refusal is None:
            return WHEN_OPEN[self.terms.availability]
        return WHEN_REFUSED.get(refusal, RegistrationStatus.CLOSED)

    def refusal(self, at: datetime) -> Refusal | None:
        """Return why nobody can sign up at an aware instant, or None where one can; at the end it is closed."""
        if not self.terms.is_on:
            return Refusal.NOT_OFFERED
        status = self.event_status(at)
        if not status.takes_registrations:
            return _REFUSED_BY_DECISION.get(status, Refusal.OVER)
        if not self.lifecycle.state(at).permits.registration:
            return Refusal.NETWORK_CLOSED
        if at >= self.registration_ends():
            return Refusal.CLOSED
        if self.terms.opens and at < start_of_day(self.terms.opens, self.tz):
            return Refusal.NOT_YET_OPEN
        return Refusal.FULL if self.terms.availability is Availability.FULL else None

    def moves_up(self, at: datetime) -> bool:
        """Whether a seat that is freed at an aware instant is given to who waits for it: they can still come."""
        return self.event_status(at).takes_registrations and self.lifecycle.state(at).permits.registration

    def changes(self) -> frozenset[datetime]:
        """Return every instant at which one of the two statuses changes."""
        return _changes(self)

    def may_start(self, published: datetime) -> bool:
        """Whether the lifecycle of the network lets it start.

        ``published`` is when its gathering was first published, or when it would be. What is cancelled
        or postponed does not start on its date, so nothing forbids it.
        """
        if self.decision is not Decision.AS_PLANNED:
            return True
        return self.lifecycle.permits_start(self.span.start, published)

    def registration_ends(self) -> datetime:
        """Return the instant from which nobody can sign up any more."""
        latest = self.span.start if self.when.exactness.is_exact else self.span.end
        if self.terms.deadline is None:
            return latest
        return min(latest, end_of_day(self.terms.deadline, self.tz))


@lru_cache(maxsize=REMEMBERED)
def _changes(facts: OccurrenceFacts) -> frozenset[datetime]:
    """Return what ``OccurrenceFacts.changes`` does; it does not depend on the time, and lists ask for it each time."""
    instants = {facts.span.start, facts.span.end, facts.registration_ends(), *facts.lifecycle.changes()}
    if facts.terms.opens:
        instants.add(start_of_day(facts.terms.opens, facts.tz))
    return changing(instants, lambda at: (facts.event_status(at), facts.registration_status(at)))


def summarise_event(statuses: Iterable[EventStatus]) -> EventStatus:
    """Sum up the event statuses of a gathering's occurrences; one without any is tentative."""
    present = set(statuses)
    return next((status for status in EventStatus if status in present), EventStatus.TENTATIVE)


def summarise_registration(statuses: Iterable[RegistrationStatus]) -> RegistrationStatus:
    """Sum up the registration statuses of a gathering's occurrences; one without any has none."""
    present = set(statuses)
    return next((status for status in RegistrationStatus if status in present), RegistrationStatus.NONE)
