"""The life of a network, computed from dates and never stored.

planned → active → winding down → closed. A date takes effect at the start of that day in the
network's time zone. Changing a date therefore needs no republishing and no scheduled job.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.domain.dates import end_of_day, start_of_day
from wagtail_prosjektnett.domain.errors import Broken, Rule

#: The shortest time that a datetime can tell apart.
SHORTEST = timedelta(microseconds=1)


class Starts(Enum):
    """Whether an occurrence may start in a state."""

    ALLOWED = "allowed"
    IF_PUBLISHED_BEFORE = "if published before the state began"
    FORBIDDEN = "forbidden"


class Banner(StrEnum):
    """What the pages of a network tell about its end."""

    NONE = "none"
    NOTICE = "notice"
    ARCHIVED = "archived"


class Indexing(Enum):
    """Whether search engines may index the pages."""

    ALLOWED = "allowed"
    SITE_DECIDES = "site decides"

    def is_allowed(self, *, by_site: bool) -> bool:
        """Whether they may, where ``by_site`` is what the site has decided."""
        return self is Indexing.ALLOWED or by_site


@dataclass(frozen=True)
class Permits:
    """What a lifecycle state permits. What was before may always be recorded, corrected and translated."""

    starts: Starts
    registration: bool
    feedback: bool
    guidance: bool
    #: Whether anybody looks at articles again to see that they still hold.
    review: bool
    banner: Banner
    indexing: Indexing


class LifecycleState(StrEnum):
    """Where a network is in its life, with what that permits."""

    PLANNED = "planned"
    ACTIVE = "active"
    WINDING_DOWN = "winding_down"
    CLOSED = "closed"

    @property
    def permits(self) -> Permits:
        """What this state permits, from the one table that says so."""
        return PERMITS[self]


PERMITS = {
    LifecycleState.PLANNED: Permits(Starts.ALLOWED, True, True, True, True, Banner.NONE, Indexing.ALLOWED),
    LifecycleState.ACTIVE: Permits(Starts.ALLOWED, True, True, True, True, Banner.NONE, Indexing.ALLOWED),
    LifecycleState.WINDING_DOWN: Permits(
        Starts.IF_PUBLISHED_BEFORE, True, True, True, True, Banner.NOTICE, Indexing.ALLOWED
    ),
    LifecycleState.CLOSED: Permits(
        Starts.FORBIDDEN, False, False, False, False, Banner.ARCHIVED, Indexing.SITE_DECIDES
    ),
}


@dataclass(frozen=True)
class Lifecycle:
    """The dates of a network's life. A network without dates is active for ever.

    ``taken_down_from`` begins no state and permits nothing: it tells in advance when the pages are to be off the web.
    Two lives that differ in it alone are equal.
    """

    tz: ZoneInfo
    active_from: date | None = None
    wind_down_from: date | None = None
    closed_from: date | None = None
    taken_down_from: date | None = field(default=None, compare=False)

    def broken(self) -> Iterable[Broken]:
        """Yield a broken rule for each pair of dates that stand in the wrong order."""
        others = (self.active_from, self.wind_down_from, self.closed_from)
        last = max((day for day in others if day), default=None)
        pairs = (
            ("wind_down_from", self.active_from, self.wind_down_from, Rule.ACTIVE_AFTER_WIND_DOWN),
            ("closed_from", self.wind_down_from, self.closed_from, Rule.WIND_DOWN_AFTER_CLOSED),
            ("closed_from", self.active_from, self.closed_from, Rule.ACTIVE_AFTER_CLOSED),
            ("taken_down_from", last, self.taken_down_from, Rule.TAKEN_DOWN_TOO_EARLY),
        )
        for name, earlier, later, rule in pairs:
            if earlier and later and later < earlier:
                yield Broken(rule, name, {"earlier": earlier, "later": later})

    def begins(self, state: LifecycleState) -> datetime | None:
        """Return the instant at which a state begins, or None where no date is set for it."""
        day = {
            LifecycleState.PLANNED: None,
            LifecycleState.ACTIVE: self.active_from,
            LifecycleState.WINDING_DOWN: self.wind_down_from,
            LifecycleState.CLOSED: self.closed_from,
        }[state]
        return start_of_day(day, self.tz) if day else None

    @property
    def taken_down_at(self) -> datetime | None:
        """The instant, in UTC, from which the pages are to be off the web; None where they stay."""
        return start_of_day(self.taken_down_from, self.tz) if self.taken_down_from else None

    def state(self, at: datetime) -> LifecycleState:
        """Return the state at an aware instant: the latest one that has begun."""
        for state in (LifecycleState.CLOSED, LifecycleState.WINDING_DOWN, LifecycleState.ACTIVE):
            begins = self.begins(state)
            if begins is not None and begins <= at:
                return state
        not_begun = self.active_from is not None
        return LifecycleState.PLANNED if not_begun else LifecycleState.ACTIVE

    def changes(self) -> frozenset[datetime]:
        """Return every instant at which the state changes."""
        return changing((begins for state in LifecycleState if (begins := self.begins(state))), self.state)

    def permits_start(self, starts: datetime, published: datetime) -> bool:
        """Whether an occurrence may start at an instant, in a gathering first published at another.

        ``published`` is when the gathering was first published, or when it would be.
        """
        state = self.state(starts)
        if state.permits.starts is Starts.IF_PUBLISHED_BEFORE:
            begins = self.begins(state)
            return begins is not None and published < begins
        return state.permits.starts is Starts.ALLOWED


class GuidanceKind(StrEnum):
    """How long guidance is given after the gatherings have ended."""

    NONE = "none"
    UNTIL = "until"
    OPEN_ENDED = "open_ended"


@dataclass(frozen=True)
class Guidance:
    """The guidance that goes on while a network is wound down."""

    tz: ZoneInfo
    kind: GuidanceKind = GuidanceKind.NONE
    until: date | None = None

    def broken(self) -> Iterable[Broken]:
        """Yield a broken rule for guidance that ends on a date that was not given."""
        if self.kind is GuidanceKind.UNTIL and self.until is None:
            yield Broken(Rule.GUIDANCE_DATE_MISSING, "guidance_until")

    def is_given(self, at: datetime) -> bool:
        """Whether guidance is given at an aware instant; the last day counts to its end."""
        if self.kind is GuidanceKind.UNTIL:
            return self.until is not None and at < end_of_day(self.until, self.tz)
        return self.kind is GuidanceKind.OPEN_ENDED

    def changes(self) -> frozenset[datetime]:
        """Return the instant at which guidance ends, if it does."""
        if self.kind is GuidanceKind.UNTIL and self.until is not None:
            return frozenset({end_of_day(self.until, self.tz)})
        return frozenset()


def changing(instants: Iterable[datetime], value: Callable[[datetime], object]) -> frozenset[datetime]:
    """Return those instants at which a value that depends on time differs from just before."""
    return frozenset(instant for instant in instants if value(instant) != value(instant - SHORTEST))


def next_change(changes: Iterable[datetime], at: datetime) -> datetime | None:
    """Return the first of the given instants that is still to come, or None when nothing will change."""
    return min((instant for instant in changes if instant > at), default=None)
