"""Time zones in calendar files say the same as those of Python, at every instant of the years that they are for."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_prosjektnett.outputs.time_zones import time_zone

ZONES = ["Europe/Oslo", "UTC", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/Dublin",
         "Pacific/Apia", "Africa/Casablanca"]  # fmt: skip


def offset_at(component, local):
    """The difference from UTC that a component says a clock has: that of the last change that the clock has seen."""
    begun = [part for part in component.subcomponents if part["DTSTART"].dt <= local]
    return max(begun, key=lambda part: part["DTSTART"].dt)["TZOFFSETTO"].td


@given(
    zone=st.sampled_from(ZONES),
    year=st.integers(1900, 2198),
    seconds=st.integers(0, 2 * 365 * 24 * 60 * 60),
)
def test_every_clock_is_read_as_python_reads_it(zone, year, seconds):
    tz = ZoneInfo(zone)
    at = datetime(year, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    local = at.astimezone(tz)
    if local.fold:  # a clock that shows the same twice is read as the first of the two (RFC 5545, 3.3.5)
        local = local.replace(fold=0)
    component = time_zone(tz, year, year + 1)
    assert offset_at(component, local.replace(tzinfo=None)) == local.utcoffset()


def test_only_the_years_that_are_used_are_told():
    parts = time_zone(ZoneInfo("Europe/Oslo"), 2018, 2019).subcomponents
    assert [(part.name, part["DTSTART"].dt.isoformat(" ", "minutes")) for part in parts[1:]] == [
        ("DAYLIGHT", "2018-03-25 02:00"),
        ("STANDARD", "2018-10-28 03:00"),
        ("DAYLIGHT", "2019-03-31 02:00"),
        ("STANDARD", "2019-10-27 03:00"),
    ]
    assert parts[0]["DTSTART"].dt.year == 2017


@pytest.mark.parametrize("zone", ZONES)
def test_each_change_begins_with_what_the_one_before_ended_with(zone):
    parts = time_zone(ZoneInfo(zone), 2000, 2030).subcomponents
    for before, after in pairwise(parts):
        assert before["TZOFFSETTO"].td == after["TZOFFSETFROM"].td
