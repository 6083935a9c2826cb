"""Dates as exact as what is known, on the wall clock of a time zone.

Networks announce "February 2018" and "autumn 2018" before anyone knows the day. A ``When`` holds what
is known as people say it; ``span()`` turns it into two aware instants. An end is always exclusive.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.domain.errors import Broken, Rule

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
#: How many results of a computation on dates are remembered.
REMEMBERED = 4096


class Precision(StrEnum):
    """How exactly a date is known, from the most to the least exact."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"

    @property
    def is_exact(self) -> bool:
        """Whether a person can put it in a calendar."""
        return self in (Precision.MINUTE, Precision.DAY)


class Season(StrEnum):
    """The halves of a year in which networks meet.

    Spring is January to June and autumn July to December, as terms are in Norwegian public life: a
    gathering in February is a spring gathering.
    """

    SPRING = "spring"
    AUTUMN = "autumn"

    @classmethod
    def of(cls, day: date) -> "Season":
        """Return the season of a day."""
        return cls.SPRING if day.month <= 6 else cls.AUTUMN

    @property
    def first_month(self) -> int:
        """The number of the month in which the season begins."""
        return 1 if self is Season.SPRING else 7


@dataclass(frozen=True)
class Span:
    """Two aware instants; the end is not part of the span."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class When:
    """The date of something, on the wall clock, as exactly as it is known.

    ``precision`` is what is known of the days: ``DAY``, ``MONTH``, ``SEASON`` or ``YEAR``. A time of
    day makes it exact to the minute. ``last_day`` is the last day that belongs to it, the first day if
    it is left out. A start time without an end time lasts until the end of its last day.
    """

    first_day: date
    last_day: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    precision: Precision = Precision.DAY

    @property
    def exactness(self) -> Precision:
        """How exactly it is known, times of day included."""
        return Precision.MINUTE if self.start_time is not None else self.precision

    @property
    def final_day(self) -> date:
        """The last day that was given, or the first where there is only one."""
        return self.last_day or self.first_day

    @property
    def latest_first_day(self) -> date:
        """The last day on which it can begin: the end of the period where only that is known."""
        return _last_day_of(self.first_day, self.precision)

    def broken(self, tz: ZoneInfo) -> Broken | None:
        """Return the first rule that these dates break in a time zone, or None."""
        for field, day in (("start_date", self.first_day), ("end_date", self.final_day)):
            if broken := year_broken(day, field):
                return broken
        if self.end_time is not None and self.start_time is None:
            return Broken(Rule.START_TIME_MISSING, "start_time")
        if self.start_time is not None and not self.precision.is_exact:
            return Broken(Rule.TIME_NEEDS_A_DATE, "start_time")
        return self._clock_broken(tz) or self._order_broken(tz)

    def span(self, tz: ZoneInfo) -> Span:
        """Return the instants between which it takes place, or may take place where it is inexact.

        Never raises for stored dates: a time that the clock skips is read as if it had not been
        changed yet, one that it shows twice as the first of the two, and an end before the start as
        the start. ``broken()`` tells of all three.
        """
        return _span(self, tz)

    def _clock_broken(self, tz: ZoneInfo) -> Broken | None:
        for field, day, clock in (
            ("start_time", self.first_day, self.start_time),
            ("end_time", self.final_day, self.end_time),
        ):
            if clock is not None and (rule := _clock_rule(day, clock, tz)):
                return Broken(rule, field, {"time": clock, "day": day})
        return None

    def _order_broken(self, tz: ZoneInfo) -> Broken | None:
        if self._end(tz) > self._start(tz):
            return None
        field = "end_date" if self.last_day and self.last_day != self.first_day else "end_time"
        return Broken(Rule.END_BEFORE_START, field)

    def _start(self, tz: ZoneInfo) -> datetime:
        if self.start_time is not None:
            return wall_clock(self.first_day, self.start_time, tz)
        return start_of_day(_first_day_of(self.first_day, self.precision), tz)

    def _end(self, tz: ZoneInfo) -> datetime:
        if self.end_time is not None:
            return wall_clock(self.final_day, self.end_time, tz)
        return end_of_day(_last_day_of(self.final_day, self.precision), tz)


@lru_cache(maxsize=REMEMBERED)
def _span(when: When, tz: ZoneInfo) -> Span:
    """Return what ``When.span`` does; statuses ask for the same span many times over."""
    start = when._start(tz)
    return Span(start, max(start, when._end(tz)))


def year_broken(day: date, field: str) -> Broken | None:
    """Return a broken rule for a year that can only be a slip of the keyboard."""
    if EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return None
    return Broken(Rule.YEAR_OUT_OF_RANGE, field, {"earliest": EARLIEST_YEAR, "latest": LATEST_YEAR})


def wall_clock(day: date, clock: time, tz: ZoneInfo) -> datetime:
    """Return the instant at which a wall clock shows a time on a day, the first one if it does so twice.

    A time that the clock skips gives the instant that it would have been without the change. The
    instant is in UTC: two datetimes in one zone are compared by their clocks, not as instants.
    """
    return datetime.combine(day, clock.replace(fold=0), tz).astimezone(UTC)


def start_of_day(day: date, tz: ZoneInfo) -> datetime:
    """Return the first instant of a day in a time zone, in UTC, also where midnight does not exist."""
    return wall_clock(day, time.min, tz)


def end_of_day(day: date, tz: ZoneInfo) -> datetime:
    """Return the first instant after a day in a time zone, in UTC."""
    return start_of_day(day + timedelta(days=1), tz)


def _clock_rule(day: date, clock: time, tz: ZoneInfo) -> Rule | None:
    wanted = datetime.combine(day, clock.replace(fold=0), tz)
    shown = wall_clock(day, clock, tz).astimezone(tz)
    if shown.replace(tzinfo=None) != wanted.replace(tzinfo=None):
        return Rule.TIME_DOES_NOT_EXIST
    if wanted.utcoffset() != wanted.replace(fold=1).utcoffset():
        return Rule.TIME_EXISTS_TWICE
    return None


def _first_day_of(day: date, precision: Precision) -> date:
    if precision is Precision.MONTH:
        return day.replace(day=1)
    if precision is Precision.SEASON:
        return date(day.year, Season.of(day).first_month, 1)
    if precision is Precision.YEAR:
        return date(day.year, 1, 1)
    return day


def _last_day_of(day: date, precision: Precision) -> date:
    if precision is Precision.MONTH:
        return _next_month(day.year, day.month) - timedelta(days=1)
    if precision is Precision.SEASON:
        return _next_month(day.year, Season.of(day).first_month + 5) - timedelta(days=1)
    if precision is Precision.YEAR:
        return date(day.year, 12, 31)
    return day


def _next_month(year: int, month: int) -> date:
    return date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
