"""Whatever participants, editors and time do, seats are given out fairly; and as the domain says.

As many steps as ``SEAT_STEPS`` says: some hundreds without it, 10,000 by ``make seats``.
"""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from tests.registration.conftest import make_gathering, pool_of
from tests.registration.machine import SeatMachine
from wagtail_prosjektnett.domain.registration import Seats
from wagtail_prosjektnett.models import SeatPool
from wagtail_prosjektnett.registration.seats import take

STEPS = int(os.environ.get("SEAT_STEPS", "300"))
#: Hypothesis takes so many in a run at most, and at least half of them on average.
STEPS_OF_A_RUN = 40

numbers = st.integers(0, 6)
every_seats = st.builds(Seats, st.none() | numbers, numbers, numbers, st.booleans())
groups = st.integers(1, 5)


def test_random_steps_keep_what_must_hold(db):
    dates = {"start_date": "2028-12-10"}
    places = [{"name": "Øst", "place": "Kirkenes", "capacity": 3}, {"name": "Vest", "place": "Alta", "capacity": 1}]
    gathering = make_gathering(occurrences=[place | dates for place in places], registration_deadline="2028-11-30")
    SeatMachine.steps = 0
    how = settings(
        max_examples=STEPS * 2 // STEPS_OF_A_RUN,
        stateful_step_count=STEPS_OF_A_RUN,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: SeatMachine(gathering), settings=how)
    print(f"{SeatMachine.steps} steps")
    assert SeatMachine.steps >= STEPS


@given(every_seats, groups)
def test_nobody_overtakes_and_no_seat_is_given_that_is_not_there(seats, people):
    given_out = seats.given_to(people)
    assert 0 <= given_out <= people
    assert given_out == 0 or not seats.waiting
    assert given_out == 0 or seats.free is None or given_out <= seats.free
    assert (seats.given_to(1) == 1) == seats.has_room


@given(every_seats)
def test_who_moves_up_fills_the_free_seats_or_nobody_waits_any_more(seats):
    moved = seats.freed_for_waiting()
    after = Seats(seats.capacity, seats.seated + moved, seats.waiting - moved)
    assert after.waiting >= 0
    assert after.waiting == 0 or after.free == 0
    assert after.over == seats.over


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seats=every_seats, people=groups, expect_room=st.booleans())
def test_the_statements_give_out_what_the_domain_says(gathering, seats, people, expect_room):
    found = pool_of(gathering)
    pools = SeatPool.objects.filter(pk=found.pk)
    pools.update(
        capacity=seats.capacity, seated=seats.seated, waiting=seats.waiting, has_waiting_list=seats.has_waiting_list
    )
    seated = seats.given_to(people)
    taken = take(found.uid, people, expect_room=expect_room)
    after = pools.get()
    assert taken == (seated == people or seats.has_waiting_list)
    if taken:
        assert (after.seated, after.waiting) == (seats.seated + seated, seats.waiting + people - seated)
        assert (after.last_seated, after.last_number) == (seated, found.last_number + people)
        assert after.version == found.version + 1
    else:
        assert after.seats == seats
