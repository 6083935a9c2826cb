"""Calendar files, read back: what they tell of a registration, and that nothing that is written becomes a line."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
import time_machine
from icalendar import Calendar

from tests import factories
from tests.registration.conftest import NOW, make_gathering, occurrence_of, sign_up
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.outputs.calendar import calendar_file, occurrence_entry, registration_entry
from wagtail_prosjektnett.pages.occurrences import occurrence_of as published

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel(NOW, tick=False):
        yield


def held(**fields):
    """An occurrence of a published gathering."""
    gathering = make_gathering(occurrences=[{"name": "Øst", "start_date": "2026-12-10", **fields}])
    return published(occurrence_of(gathering).uid)


def event_of(entry, **options):
    """The only entry of a calendar file, which is read back."""
    calendar = Calendar.from_ical(calendar_file([entry], AT, **options))
    [event] = calendar.walk("VEVENT")
    assert not event.errors
    return event


def registered(row, **fields):
    sign_up(row.page)
    Registration.objects.update(**fields)
    return Registration.objects.select_related("pool").get()


def test_an_entry_tells_what_where_and_when():
    place = factories.municipality("Sør-Varanger")
    row = held(start_time="10:00", end_time="15:30", place="Rådhuset, 2. etg.; vest", address="Rådhusplassen 1",
               municipality=place)  # fmt: skip
    event = event_of(occurrence_entry(row))
    assert event["SUMMARY"] == "Samling – Øst"
    assert event["LOCATION"] == "Rådhuset, 2. etg.; vest, Rådhusplassen 1, Sør-Varanger"
    assert event["URL"] == row.page.full_url
    assert event["UID"] == str(row.uid)
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTAMP") == AT
    assert event.decoded("LAST-MODIFIED") == row.page.last_published_at


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({"start_time": "10:00", "end_time": "15:30"}, datetime(2026, 12, 10, 9), datetime(2026, 12, 10, 14, 30)),
        ({"start_time": "10:00"}, datetime(2026, 12, 10, 9), datetime(2026, 12, 10, 23)),
        ({"start_date": "2027-06-10", "start_time": "10:00", "end_date": "2027-06-11", "end_time": "12:00"},
         datetime(2027, 6, 10, 8), datetime(2027, 6, 11, 10)),
        ({}, date(2026, 12, 10), date(2026, 12, 11)),
        ({"end_date": "2026-12-11"}, date(2026, 12, 10), date(2026, 12, 12)),
    ],
    ids=["times", "no end", "summer time", "a day", "two days"],
)  # fmt: skip
def test_times_are_in_utc_and_days_are_days_with_an_exclusive_end(fields, start, end):
    event = event_of(occurrence_entry(held(**fields)))
    if isinstance(start, datetime):
        start, end = start.replace(tzinfo=UTC), end.replace(tzinfo=UTC)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (start, end)
    assert (event["DTSTART"].params.get("VALUE") == "DATE") == (not isinstance(start, datetime))


@pytest.mark.parametrize("precision", ["month", "season", "year"])
def test_an_inexact_date_has_no_entry(precision):
    assert occurrence_entry(held(precision=precision)) is None


@pytest.mark.parametrize(
    ("registration", "decision", "status"),
    [
        ({}, "as_planned", "CONFIRMED"),
        ({"state": "waiting"}, "as_planned", "TENTATIVE"),
        ({"confirm_by": AT}, "as_planned", "TENTATIVE"),
        ({"state": "cancelled"}, "as_planned", "CANCELLED"),
        ({"state": "expired"}, "as_planned", "CANCELLED"),
        ({}, "postponed", "CANCELLED"),
        ({}, "cancelled", "CANCELLED"),
        ({"state": "waiting"}, "cancelled", "CANCELLED"),
    ],
)
def test_the_entry_of_a_registration_has_its_status(registration, decision, status):
    row = held()
    registration = registered(row, **registration)
    row.decision = decision
    assert event_of(registration_entry(registration, row))["STATUS"] == status


def test_the_entry_of_a_registration_is_known_by_it_and_counts_its_changes():
    row = held(online_address="https://video.example.org/rom")
    registration = registered(row, sequence=4, ended_at=AT.replace(hour=20))
    event = event_of(registration_entry(registration, row), method="PUBLISH")
    assert event["UID"] == str(registration.uid)
    assert event["SEQUENCE"] == 4
    assert event.decoded("LAST-MODIFIED") == AT.replace(hour=20)
    assert event["DESCRIPTION"] == "https://video.example.org/rom"


def test_only_who_has_a_seat_finds_the_online_address_in_the_calendar():
    row = held(online_address="https://video.example.org/rom")
    registration = registered(row, state="waiting")
    assert b"video" not in calendar_file([registration_entry(registration, row)], AT)


HOSTILE = 'Ola\r\nATTENDEE:mailto:x@example.org\nBEGIN:VEVENT\rEND:VCALENDAR\x00\x0b\u2028"; ,:\\n'


def test_nothing_that_is_written_becomes_a_line_of_its_own():
    entry = occurrence_entry(held())
    entry = dataclasses.replace(entry, summary=HOSTILE, location=HOSTILE, description=HOSTILE, url=f"https://x/{HOSTILE}",
                                organizer=(HOSTILE, "leder@example.org"))  # fmt: skip
    data = calendar_file([entry], AT, method="PUBLISH")
    assert b"\x00" not in data
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if "\n" in line or "\r" in line]
    assert [line.partition(":")[0] for line in lines].count("ATTENDEE") == 0
    calendar = Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")
    assert event["DESCRIPTION"].startswith("Ola\nATTENDEE:mailto:x@example.org\nBEGIN:VEVENT\nEND:VCALENDAR")
    assert event["ORGANIZER"] == "mailto:leder@example.org"


def test_lines_are_folded_by_bytes_and_end_as_the_standard_says():
    data = calendar_file(
        [dataclasses.replace(occurrence_entry(held()), summary="Ærlig 🙂 " * 60)], AT, method="PUBLISH"
    )
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert data.count(b"\n") == data.count(b"\r\n")
    calendar = Calendar.from_ical(data)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert calendar.walk("VEVENT")[0]["SUMMARY"] == ("Ærlig 🙂 " * 60).strip()
