"""When an article is due for review."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import days
from wagtail_prosjektnett.domain.review import MOST_MONTHS, Review, ReviewState, months_later

months = st.integers(0, MOST_MONTHS)
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    "day, count, expected",
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-15", 14, "2028-01-15"),
        ("2026-08-31", 0, "2026-08-31"),
    ],
)
def test_months_end_where_they_end(day, count, expected):
    assert months_later(date.fromisoformat(day), count) == date.fromisoformat(expected)


@given(days, months)
def test_months_are_those_of_the_calendar(day, count):
    later = months_later(day, count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    is_last = (later + timedelta(days=1)).month != later.month
    assert later.day == day.day or (is_last and later.day < day.day)


@given(days, days, months)
def test_what_was_reviewed_later_is_never_due_earlier(one, other, count):
    first, last = sorted([one, other])
    assert months_later(first, count) <= months_later(last, count)


def review(**facts):
    """An article that was published and reviewed, with other facts for some of its own."""
    usual = {"next_review": None, "last_reviewed": date(2026, 3, 1), "published": date(2025, 1, 1), "months": 12}
    return Review(**{**usual, **facts})


def test_a_day_that_was_chosen_comes_before_everything_else():
    chosen = date(2030, 1, 1)
    assert review(next_review=chosen).due == chosen
    assert review(next_review=chosen, months=0).due == chosen


def test_without_a_chosen_day_the_interval_counts_from_the_last_review_or_else_from_publication():
    assert review().due == date(2027, 3, 1)
    assert review(last_reviewed=None).due == date(2026, 1, 1)
    assert review(last_reviewed=None, published=None).due is None
    assert review(months=0).due is None


@given(st.none() | days, st.none() | days, st.none() | days, months)
def test_nothing_is_due_where_the_network_permits_no_reviews(chosen, reviewed, published, count):
    assert Review(chosen, reviewed, published, count, permitted=False).state(TODAY) is ReviewState.NEVER


@given(st.none() | days, days)
def test_every_day_has_exactly_one_state(due, today):
    having = []
    for state in ReviewState:
        span = state.due_days(today)
        if span is None:
            having += [state] if due is None else []
        elif due is not None and (span[0] or due) <= due <= (span[1] or due):
            having.append(state)
    assert having == [ReviewState.of(due, today)]


@given(st.none() | days, days, st.integers(1, 400))
def test_time_only_makes_a_review_more_urgent(due, today, later):
    order = list(ReviewState)
    before, after = ReviewState.of(due, today), ReviewState.of(due, today + timedelta(days=later))
    assert order.index(after) <= order.index(before)


@pytest.mark.parametrize(
    "days_left, state, is_told, is_listed",
    [
        (-31, ReviewState.OVERDUE, True, True),
        (-30, ReviewState.DUE, True, True),
        (0, ReviewState.DUE, True, True),
        (1, ReviewState.SOON, False, True),
        (30, ReviewState.SOON, False, True),
        (31, ReviewState.LATER, False, False),
    ],
)
def test_what_follows_from_the_day(days_left, state, is_told, is_listed):
    found = ReviewState.of(TODAY + timedelta(days=days_left), TODAY)
    assert (found, found.is_told, found.is_listed) == (state, is_told, is_listed)
