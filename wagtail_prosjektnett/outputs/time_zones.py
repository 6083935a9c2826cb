"""Time zones as calendar files write them (RFC 5545, 3.6.5): for the years that they are needed for, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@lru_cache(maxsize=64)
def time_zone(tz: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """Return a time zone from the start of a year to the end of another one, in UTC, with every change in between.

    A change begins at what the clock showed by the time before it, as the standard wants.
    """
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    component = Timezone()
    component.add("tzid", tz.key)
    # The time at the start is told from the day before: it holds anywhere in the world when the first year begins.
    component.add_component(_observance(start - _DAY, tz, _offset(start - _DAY, tz)))
    for change in _changes(start - _DAY, end + _DAY, tz):
        component.add_component(_observance(change, tz, _offset(change - _SECOND, tz)))
    return component


def _observance(start: datetime, tz: ZoneInfo, before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    local = start.astimezone(tz)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", (start + before).replace(tzinfo=None))
    observance.add("tzname", local.tzname() or tz.key)
    observance.add("tzoffsetfrom", before)
    observance.add("tzoffsetto", _offset(start, tz))
    return observance


def _changes(start: datetime, end: datetime, tz: ZoneInfo) -> Iterator[datetime]:
    """Yield the instants at which the difference from UTC becomes another one."""
    while start < end:
        following = start + _DAY
        if _offset(start, tz) != _offset(following, tz):
            yield _change(start, following, tz)
        start = following


def _change(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """Return the instant between two others, to the second, at which the difference from UTC is another one."""
    old = _offset(before, tz)
    while after - before > _SECOND:
        middle = before + timedelta(seconds=int((after - before).total_seconds() // 2))
        before, after = (middle, after) if _offset(middle, tz) == old else (before, middle)
    return after


def _offset(at: datetime, tz: ZoneInfo) -> timedelta:
    return at.astimezone(tz).utcoffset() or timedelta()
