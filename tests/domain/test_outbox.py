"""When something is tried again: the pauses grow, and end after 24 hours."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wagtail_prosjektnett.domain.outbox import LEASE, MOST_TRIES, PAUSES, OutboxState, next_try

instants = st.datetimes(datetime(2000, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))


@given(st.lists(st.floats(0, 60), min_size=MOST_TRIES, max_size=MOST_TRIES), instants)
def test_it_is_tried_with_growing_pauses_and_given_up_a_day_after_the_first_try(seconds, at):
    first, pauses, tries = at, [], 0
    while at is not None:
        tries += 1
        at += timedelta(seconds=seconds[tries - 1])  # what the try itself takes
        again = next_try(tries, at)
        if again is None:
            break
        pauses.append(again - at)
        at = again
    assert tries == MOST_TRIES
    assert pauses == sorted(set(pauses))
    assert timedelta(hours=24) <= at - first <= timedelta(hours=24, seconds=sum(seconds) + 1)


@given(st.integers(MOST_TRIES, 10_000), instants)
def test_what_was_tried_too_often_is_given_up(tries, at):
    assert next_try(tries, at) is None


def test_a_killed_worker_keeps_nothing_for_five_minutes():
    assert LEASE + timedelta(minutes=1) < timedelta(minutes=5)
    assert len(PAUSES) + 1 == MOST_TRIES


def test_only_what_waits_is_sent():
    assert [state for state in OutboxState if not state.is_over] == [OutboxState.WAITING]
