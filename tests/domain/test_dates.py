"""Dates on the wall clock: what is known, turned into instants."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import whens
from wagtail_prosjektnett.domain.dates import Precision, Season, When, end_of_day, start_of_day
from wagtail_prosjektnett.domain.errors import Rule

OSLO = ZoneInfo("Europe/Oslo")
SANTIAGO = ZoneInfo("America/Santiago")


def utc(*args: int) -> datetime:
    return datetime(*args, tzinfo=UTC)


SPANS = [
    # what is known, first instant, first instant after it
    (When(date(2018, 2, 15), None, time(10), time(15, 30)), utc(2018, 2, 15, 9), utc(2018, 2, 15, 14, 30)),
    (When(date(2018, 2, 15), None, time(10)), utc(2018, 2, 15, 9), utc(2018, 2, 15, 23)),
    (When(date(2018, 2, 15), date(2018, 2, 16), time(12), time(12)), utc(2018, 2, 15, 11), utc(2018, 2, 16, 11)),
    (When(date(2018, 6, 23), date(2018, 6, 24), time(22), time(1)), utc(2018, 6, 23, 20), utc(2018, 6, 23, 23)),
    (When(date(2018, 2, 15)), utc(2018, 2, 14, 23), utc(2018, 2, 15, 23)),
    (When(date(2018, 2, 15), date(2018, 2, 16)), utc(2018, 2, 14, 23), utc(2018, 2, 16, 23)),
    (When(date(2018, 2, 9), precision=Precision.MONTH), utc(2018, 1, 31, 23), utc(2018, 2, 28, 23)),
    (When(date(2016, 2, 9), precision=Precision.MONTH), utc(2016, 1, 31, 23), utc(2016, 2, 29, 23)),
    (
        When(date(2018, 8, 1), date(2018, 9, 1), precision=Precision.MONTH),
        utc(2018, 7, 31, 22),
        utc(2018, 9, 30, 22),
    ),
    (When(date(2018, 12, 1), precision=Precision.MONTH), utc(2018, 11, 30, 23), utc(2018, 12, 31, 23)),
    (When(date(2018, 2, 9), precision=Precision.SEASON), utc(2017, 12, 31, 23), utc(2018, 6, 30, 22)),
    (When(date(2018, 9, 9), precision=Precision.SEASON), utc(2018, 6, 30, 22), utc(2018, 12, 31, 23)),
    (When(date(2018, 9, 9), precision=Precision.YEAR), utc(2017, 12, 31, 23), utc(2018, 12, 31, 23)),
    # 25 hours: the clock is set back; 23 hours: it is set forward
    (When(date(2026, 10, 25)), utc(2026, 10, 24, 22), utc(2026, 10, 25, 23)),
    (When(date(2027, 3, 28)), utc(2027, 3, 27, 23), utc(2027, 3, 28, 22)),
    (When(date(2027, 3, 28), None, time(1, 30), time(3, 30)), utc(2027, 3, 28, 0, 30), utc(2027, 3, 28, 1, 30)),
    (When(date(2028, 2, 29)), utc(2028, 2, 28, 23), utc(2028, 2, 29, 23)),
]


@pytest.mark.parametrize("when, start, end", SPANS)
def test_span(when: When, start: datetime, end: datetime) -> None:
    span = when.span(OSLO)
    assert (span.start, span.end) == (start, end)
    assert when.broken(OSLO) is None


BROKEN = [
    (When(date(2018, 2, 15), date(2018, 2, 14)), Rule.END_BEFORE_START, "end_date"),
    (When(date(2018, 2, 15), None, time(10), time(9)), Rule.END_BEFORE_START, "end_time"),
    (When(date(2018, 2, 15), None, time(10), time(10)), Rule.END_BEFORE_START, "end_time"),
    (When(date(2018, 2, 15), date(2018, 2, 15), time(22), time(1)), Rule.END_BEFORE_START, "end_time"),
    (
        When(date(2018, 9, 1), date(2018, 6, 1), precision=Precision.SEASON),
        Rule.END_BEFORE_START,
        "end_date",
    ),
    (When(date(2018, 2, 15), None, None, time(9)), Rule.START_TIME_MISSING, "start_time"),
    (
        When(date(2018, 2, 15), None, time(9), precision=Precision.MONTH),
        Rule.TIME_NEEDS_A_DATE,
        "start_time",
    ),
    (When(date(2027, 3, 28), None, time(2, 30)), Rule.TIME_DOES_NOT_EXIST, "start_time"),
    (When(date(2027, 3, 27), date(2027, 3, 28), time(22), time(2, 30)), Rule.TIME_DOES_NOT_EXIST, "end_time"),
    (When(date(2026, 10, 25), None, time(2, 30)), Rule.TIME_EXISTS_TWICE, "start_time"),
    (When(date(1018, 2, 15)), Rule.YEAR_OUT_OF_RANGE, "start_date"),
    (When(date(2018, 2, 15), date(9999, 12, 31)), Rule.YEAR_OUT_OF_RANGE, "end_date"),
]


@pytest.mark.parametrize("when, rule, field", BROKEN)
def test_contradicting_dates_are_named(when: When, rule: Rule, field: str) -> None:
    broken = when.broken(OSLO)
    assert broken is not None
    assert (broken.rule, broken.field) == (rule, field)


def test_times_next_to_a_change_of_clocks_are_fine() -> None:
    for clock in (time(1, 59), time(3, 0)):
        assert When(date(2027, 3, 28), None, clock).broken(OSLO) is None
        assert When(date(2026, 10, 25), None, clock).broken(OSLO) is None


def test_stored_dates_that_the_clock_skips_are_still_readable() -> None:
    span = When(date(2027, 3, 28), None, time(2, 30), time(2, 45)).span(OSLO)
    assert span.start == utc(2027, 3, 28, 1, 30)


def test_a_day_without_midnight_starts_when_the_clock_does() -> None:
    assert start_of_day(date(2024, 9, 8), SANTIAGO) == utc(2024, 9, 8, 4)
    assert start_of_day(date(2024, 9, 8), SANTIAGO).astimezone(SANTIAGO).time() == time(1)


def test_a_february_gathering_is_a_spring_gathering() -> None:
    assert Season.of(date(2018, 2, 1)) is Season.SPRING
    assert Season.of(date(2018, 6, 30)) is Season.SPRING
    assert Season.of(date(2018, 7, 1)) is Season.AUTUMN


@given(st.dates(date(1900, 1, 1), date(2199, 12, 30)))
def test_days_follow_each_other_without_gap_or_overlap(day: date) -> None:
    assert end_of_day(day, OSLO) == start_of_day(day + timedelta(days=1), OSLO)
    assert timedelta(hours=22) < end_of_day(day, OSLO) - start_of_day(day, OSLO) < timedelta(hours=26)


@given(whens())
def test_a_span_is_never_backwards_and_holds_its_days(when: When) -> None:
    span = when.span(OSLO)
    assert span.start <= span.end
    if when.broken(OSLO) is None:
        assert span.start < span.end
        assert span.start.astimezone(OSLO).date() <= when.first_day
        assert span.end >= start_of_day(when.final_day, OSLO)


@given(whens())
def test_less_exact_dates_span_the_more_exact_ones(when: When) -> None:
    days_only = When(when.first_day, when.last_day, precision=Precision.DAY)
    spans = [
        When(when.first_day, when.last_day, precision=precision).span(OSLO)
        for precision in (Precision.MONTH, Precision.SEASON, Precision.YEAR)
    ]
    for narrow, wide in zip([days_only.span(OSLO), *spans], spans, strict=False):
        assert wide.start <= narrow.start
        if days_only.broken(OSLO) is None:
            assert wide.end >= narrow.end
