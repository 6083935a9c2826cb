"""Calendars that others follow: the files that a program fetches again and again (RFC 5545, RFC 7986).

Nothing in them depends on when they are written: what has not changed is told with the same bytes. Times are local
ones of the network, so that they stay right if the rules of its time zone change.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import vDuration, vText, vUri

from wagtail_prosjektnett.domain.occurrences import Decision, EventStatus
from wagtail_prosjektnett.outputs.calendar import (
    CalendarEntry,
    EntryStatus,
    Period,
    event,
    new_calendar,
    occurrence_entry,
    title_of,
)
from wagtail_prosjektnett.outputs.time_zones import time_zone
from wagtail_prosjektnett.pages.addresses import public_url
from wagtail_prosjektnett.pages.calendars import Listed
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.records.calendar import CalendarRecord
from wagtail_prosjektnett.wording.labels import label
from wagtail_prosjektnett.wording.lines import on_one_line

if TYPE_CHECKING:
    from django.http import HttpRequest

#: How often a program should ask whether there is anything new; to be told that there is not costs little.
_REFRESHED = timedelta(hours=4)
#: What readers are told in words of what does not take place as it was planned; the standard has one word for both.
_NOT_AS_PLANNED = {
    Decision.POSTPONED: EventStatus.POSTPONED,
    Decision.CANCELLED: EventStatus.CANCELLED,
}
#: When something last changed that nobody has written down.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def calendar_feed(page: Any, listed: Iterable[Listed], request: HttpRequest) -> bytes:
    """Return a calendar in the active language, by the title of a page: of its network, or of its gathering."""
    entries = sorted((_entry(each, request) for each in listed), key=_place)
    calendar = new_calendar()
    for name in ("name", "x-wr-calname"):  # not all versions of icalendar know that these are texts
        calendar.add(name, vText(on_one_line(page.title)))
    if url := public_url(page, request):
        calendar.add("url", vUri(on_one_line(url)))
    if entries:
        calendar.add("last-modified", max(_stamp(entry) for entry in entries))
    calendar.add("refresh-interval", vDuration(_REFRESHED), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESHED))
    for zone in _time_zones(entries, page):
        calendar.add_component(zone)
    for entry in entries:
        calendar.add_component(event(entry, _stamp(entry), _local_dates(entry.period)))
    return calendar.to_ical()


def _entry(listed: Listed, request: HttpRequest) -> CalendarEntry:
    entry = occurrence_entry(listed.row, request) if listed.row is not None else None
    if entry is None:
        return _withdrawn_entry(listed, request)
    row, record = listed.row, listed.record
    decided = _NOT_AS_PLANNED.get(Decision(row.decision))
    network = networks_of(request).nearest_shown(row.page)
    return dataclasses.replace(
        entry,
        summary=f"{label(decided)}: {entry.summary}" if decided else entry.summary,
        sequence=record.sequence if record is not None else 0,
        modified=_latest(entry.modified, record),
        description=row.page.lead,
        categories=(network.title,) if network is not None else (),
    )


def _withdrawn_entry(listed: Listed, request: HttpRequest) -> CalendarEntry:
    """Return the entry of what is not published with an exact date any more: on its last one, it does not take place.

    Of a gathering that the reader does not see, nothing else is told.
    """
    record: Any = listed.record
    row, page = listed.row, listed.page
    word = EventStatus.CANCELLED if row is None else _NOT_AS_PLANNED.get(Decision(row.decision), EventStatus.POSTPONED)
    return CalendarEntry(
        uid=str(record.uid),
        period=_told_period(record.told),
        summary=f"{label(word)}: {title_of(page, row)}" if page is not None else _("Cancelled gathering"),
        status=EntryStatus.CANCELLED,
        modified=record.changed_at,
        sequence=record.sequence,
        url=(public_url(page, request) or "") if page is not None else "",
    )


def _told_period(told: dict[str, Any]) -> Period:
    tz = ZoneInfo(told["time_zone"])
    start, end = (datetime.fromisoformat(told[name]) for name in ("starts_at", "ends_at"))
    if told["has_time"]:
        return Period(start, end, tz)
    return Period(start.astimezone(tz).date(), end.astimezone(tz).date(), tz)


def _latest(modified: datetime | None, record: CalendarRecord | None) -> datetime | None:
    if record is None:
        return modified
    return record.changed_at if modified is None else max(modified, record.changed_at)


def _stamp(entry: CalendarEntry) -> datetime:
    return entry.modified or _LONG_AGO


def _place(entry: CalendarEntry) -> tuple[str, str]:
    return (entry.period.start.isoformat(), entry.uid)


def _local_dates(period: Period) -> tuple[date, date]:
    start, end = period.start, period.end
    if isinstance(start, datetime) and isinstance(end, datetime):
        return start.astimezone(period.tz), end.astimezone(period.tz)
    return start, end


def _time_zones(entries: Iterable[CalendarEntry], page: Any) -> Iterable[Any]:
    """Yield the time zones that the entries are told in; where there are none, that of the network.

    A calendar must have something in it (RFC 5545, 3.6).
    """
    years: dict[ZoneInfo, set[int]] = {}
    for period in (entry.period for entry in entries):
        if not period.is_days:
            years.setdefault(period.tz, set()).update(day.year for day in _local_dates(period))
    if not entries:
        years[page.lifecycle.tz] = {_stamp_of(page).year}
    for tz, found in sorted(years.items(), key=lambda each: each[0].key):
        yield time_zone(tz, min(found), max(found))


def _stamp_of(page: Any) -> datetime:
    return page.first_published_at or _LONG_AGO
