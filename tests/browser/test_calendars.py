"""Calendars as ical.js reads them, which many programs use: it finds the same as the library that wrote them."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from icalendar import Calendar, vDuration

from tests import factories
from tests.languages import again

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SOURCE = Path(__file__).parent / "ical"


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """Read a calendar with ical.js."""
    if not shutil.which("npm"):
        pytest.fail("npm is not installed: apt-get install nodejs npm (Node.js 20.19 or later).")
    folder = tmp_path_factory.mktemp("ical") / "ical"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("node_modules"))
    done = subprocess.run(["npm", "ci"], cwd=folder, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr

    def read(content):
        found = subprocess.run(["node", "read.js"], cwd=folder, input=content, capture_output=True, timeout=60)
        assert found.returncode == 0, found.stderr.decode()
        return json.loads(found.stdout)

    return read


@pytest.fixture
def network():
    """A network with gatherings in summer and winter, at the edges of days, and with many signs in its titles."""
    cache.clear()
    found = factories.network("Nettverk for «áčđŋšŧž»")
    factories.gathering(found, "Vinter 🙂 " * 12, [
        {"name": "Øst", "start_date": "2026-12-10", "start_time": "10:00", "end_time": "15:30",
         "place": "Kárášjohka; 2. etg., sal B"},
        {"name": "Nær", "start_date": "2027-03-28", "start_time": "03:00", "end_time": "04:00"},
        {"name": "Høst", "start_date": "2026-10-25", "start_time": "01:59", "end_time": "03:00"},
        {"name": "Sen", "start_date": "2027-06-10", "start_time": "22:00"},
    ], lead="Første linje\nAndre: linje; med, tegn \\ til slutt")  # fmt: skip
    factories.gathering(
        found, "Sommer", [{"start_date": "2027-06-12", "end_date": "2027-06-13"}, {"start_date": "1998-01-01"}]
    )
    factories.gathering(found, "Avlyst", [{"start_date": "2027-02-01", "decision": "cancelled"}])
    gone = factories.gathering(found, "Borte", [{"start_date": "2199-02-01", "start_time": "09:00"}])
    again(gone).unpublish()
    return found


def in_python(content):
    """The same as ``read.js`` finds, by icalendar."""
    calendar = Calendar.from_ical(content)
    entries = [
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "description": _text(event, "DESCRIPTION"),
            "location": _text(event, "LOCATION"),
            "sequence": int(event["SEQUENCE"]),
            "start": _time(event.decoded("DTSTART")),
            "end": _time(event.decoded("DTEND")),
            "status": str(event["STATUS"]),
            "url": _text(event, "URL"),
            "stamp": _time(event.decoded("DTSTAMP")),
            "modified": _time(event.decoded("LAST-MODIFIED")),
            "categories": [str(category) for category in event["CATEGORIES"].cats] if "CATEGORIES" in event else [],
        }
        for event in calendar.walk("VEVENT")
    ]
    return {
        "name": str(calendar["NAME"]),
        "url": str(calendar["URL"]),
        "refresh": vDuration.from_ical(calendar["REFRESH-INTERVAL"].to_ical().decode()).total_seconds(),
        "zones": [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")],
        "entries": entries,
    }


def _text(event, name):
    return str(event[name]) if name in event else None


def _time(value):
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_both_libraries_read_the_same(client, network, reader):
    content = client.get(f"/feeds/networks/{network.pk}/calendar.ics").content
    found = reader(content)
    assert found == in_python(content)
    assert len(found["entries"]) == 8
    assert found["zones"] == ["Europe/Oslo"]
    starts = {entry["summary"].rpartition(" ")[2]: entry["start"] for entry in found["entries"]}
    assert starts["Øst"] == "2026-12-10T09:00:00.000Z"
    assert starts["Nær"] == "2027-03-28T01:00:00.000Z"
    assert starts["Høst"] == "2026-10-24T23:59:00.000Z"
    assert starts["Sen"] == "2027-06-10T20:00:00.000Z"
    assert [entry["status"] for entry in found["entries"]].count("CANCELLED") == 2
