"""Calendar files (RFC 5545) of occurrences, and of the registrations of those who come.

Only what is dated to a day or more exactly has an entry. An entry is known by the key of what it is about and nothing
else, as RFC 7986 (5.3) recommends: it stays the same when the site gets another name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vUri

import wagtail_prosjektnett
from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.pages.addresses import public_url
from wagtail_prosjektnett.wording.lines import on_one_line, visible

if TYPE_CHECKING:
    from django.http import HttpRequest

CONTENT_TYPE = "text/calendar"
#: The method of a calendar that is sent: whoever gets it may look at it, and need not answer (RFC 5546, 3.2.1).
PUBLISH = "PUBLISH"
_PRODID = f"-//wagtail_prosjektnett//{wagtail_prosjektnett.__version__}//EN"


class EntryStatus(StrEnum):
    """Whether something takes place (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Period:
    """When an entry takes place: two days where it lasts all day, else two aware instants. The end is not part of it.

    ``tz`` is the time zone that it is planned in.
    """

    start: date
    end: date
    tz: ZoneInfo

    @classmethod
    def of(cls, when: When, tz: ZoneInfo) -> Period:
        """Return the period of exact dates in a time zone."""
        if when.start_time is None:
            return cls(when.first_day, when.final_day + timedelta(days=1), tz)
        span = when.span(tz)
        return cls(span.start, span.end, tz)

    @property
    def is_days(self) -> bool:
        """Whether it lasts all day."""
        return not isinstance(self.start, datetime)


@dataclass(frozen=True)
class CalendarEntry:
    """One entry in a calendar.

    ``uid`` is the same whenever it is told again; ``sequence`` grows with each change that those who come are told of.
    ``modified`` is the aware instant of the last change, None where nobody knows it. ``organizer`` is a name and an
    e-mail address.
    """

    uid: str
    period: Period
    summary: str
    status: EntryStatus
    modified: datetime | None
    sequence: int = 0
    location: str = ""
    description: str = ""
    url: str = ""
    organizer: tuple[str, str] = ("", "")
    categories: tuple[str, ...] = ()


def calendar_file(entries: Iterable[CalendarEntry], at: datetime, *, method: str = "") -> bytes:
    """Return a calendar file as it is written at an aware instant; ``method`` is for one that is sent.

    Times are in UTC: no calendar can take them for another time zone's.
    """
    calendar = new_calendar()
    if method:
        calendar.add("method", method)
    for entry in entries:
        calendar.add_component(event(entry, at, (entry.period.start, entry.period.end)))
    return calendar.to_ical()


def new_calendar() -> Calendar:
    """Return a calendar with nothing in it."""
    calendar = Calendar()
    calendar.add("prodid", _PRODID)
    calendar.add("version", "2.0")
    return calendar


def occurrence_entry(row: Any, request: HttpRequest | None = None) -> CalendarEntry | None:
    """Return the entry of an occurrence in the language of its page, or None where its dates are not exact.

    What is postponed is cancelled on the day that it was planned for.
    """
    if not row.when.exactness.is_exact:
        return None
    page = row.page
    return CalendarEntry(
        uid=str(row.uid),
        period=Period.of(row.when, row.facts.tz),
        summary=title_of(page, row),
        status=EntryStatus.CONFIRMED if Decision(row.decision) is Decision.AS_PLANNED else EntryStatus.CANCELLED,
        modified=page.last_published_at or page.latest_revision_created_at,
        location=", ".join(place_of(row)),
        url=public_url(page, request) or "",
    )


def registration_entry(registration: Registration, row: Any) -> CalendarEntry | None:
    """Return the entry of somebody who is signed up for an occurrence, or None where its dates are not exact.

    The online address stands in it for who has a seat. The address by which the registration is changed does not:
    people let others see their calendars.
    """
    entry = occurrence_entry(row)
    if entry is None:
        return None
    changes = (registration.created_at, registration.ended_at, entry.modified)
    return dataclasses.replace(
        entry,
        uid=str(registration.uid),
        sequence=registration.sequence,
        status=_status(registration, entry.status),
        modified=max(change for change in changes if change is not None),
        description=row.online_address if registration.has_seat else "",
    )


def title_of(page: Any, row: Any) -> str:
    """Return what an occurrence of a gathering is called; the gathering alone where there is no occurrence any more."""
    return " – ".join(part for part in (page.title, row.name if row is not None else "") if part)


def place_of(row: Any) -> list[str]:
    """Return where an occurrence takes place: the room, the address and the municipality, where they are known.

    An address that ends with the name of the municipality says it already.
    """
    municipality = str(row.municipality or "")
    is_said = bool(municipality) and row.address.casefold().endswith(municipality.casefold())
    return [part for part in (row.place, row.address, "" if is_said else municipality) if part]


def _status(registration: Registration, planned: EntryStatus) -> EntryStatus:
    if not registration.is_active or planned is EntryStatus.CANCELLED:
        return EntryStatus.CANCELLED
    return planned if registration.has_seat else EntryStatus.TENTATIVE


def event(entry: CalendarEntry, stamp: datetime, dates: tuple[date, date]) -> Event:
    """Return an entry as it stands in a calendar.

    ``stamp`` is the aware instant when it was written, where the calendar is sent, and else when it was last changed
    (RFC 5545, 3.8.7.2). ``dates`` are its start and end, in the time zone that they are told in.
    """
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    if entry.modified is not None:
        event.add("last-modified", entry.modified)
    event.add("sequence", entry.sequence)
    event.add("status", entry.status.value)
    event.add("summary", on_one_line(entry.summary))
    for name, value in zip(("dtstart", "dtend"), dates, strict=True):
        event.add(name, value)
    for name, text in (("location", on_one_line(entry.location)), ("description", visible(entry.description))):
        if text:
            event.add(name, text)
    if entry.categories:
        event.add("categories", [on_one_line(category) for category in entry.categories])
    if entry.url:
        event.add("url", vUri(on_one_line(entry.url)))
    organizer, address = entry.organizer
    if address:
        event.add("organizer", _organizer(organizer, address))
    return event


def _organizer(name: str, address: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{on_one_line(address)}")
    # A double quote cannot be written in a parameter (RFC 5545, 3.2).
    organizer.params["CN"] = on_one_line(name).replace('"', "’") or on_one_line(address)
    return organizer
