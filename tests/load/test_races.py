"""Hundreds sign up at once by HTTP, at several workers: the seats are given out once each, and nobody is lost.

On the database in ``DATABASE_URL``, as often as ``RACE_RUNS`` says: once without it, 20 times by ``make races``.
"""

import os
import time
from functools import partial

import pytest

from tests.load.race import CANCELLED, SEATED, WAITING, Race

pytestmark = pytest.mark.races

RUNS = int(os.environ.get("RACE_RUNS", "1"))
ON_SQLITE = os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite")
SEATS, PEOPLE = 50, 200 if ON_SQLITE else 500
#: How many workers are killed while people sign up, each when as many more have been answered.
KILLS = 20

each_run = pytest.mark.parametrize("run", range(RUNS))


def with_sites(*names):
    """Run a test on servers of several sites."""
    return pytest.mark.parametrize("server", names, indirect=True)


@each_run
@with_sites("ordinary", "ATOMIC_REQUESTS")
def test_the_first_get_the_seats_and_the_others_wait(server, run, capsys):
    race = Race(server, PEOPLE, SEATS)
    race.run()
    result = race.result()
    result.check()
    result.check_everybody(race.people, race.answers)
    assert result.numbers(SEATED) == list(range(1, SEATS + 1))
    assert result.numbers(WAITING) == list(range(SEATS + 1, PEOPLE + 1))
    report(capsys, race, "")


@each_run
@with_sites("ordinary", "ATOMIC_REQUESTS")
def test_seats_that_are_freed_and_published_meanwhile_go_to_those_who_wait(server, run, capsys):
    race = Race(server, PEOPLE, SEATS)
    leaving, sizes = race.people[::5], [SEATS + 30, SEATS - 20, SEATS + 10]

    def come_and_go(who):
        race.sign_up(who)
        return race.cancel(who)

    def edit():
        return [race.publish(size) for size in sizes]

    race.people = [who for who in race.people if who not in leaving]
    *gone, published = race.run(*(partial(come_and_go, who) for who in leaving), edit)
    result = race.result()
    result.check()
    result.check_everybody([*race.people, *leaving], race.answers)
    assert {(answer.status, answer.state) for answer in gone} == {(201, CANCELLED)}
    assert [answer.status for answer in published] == [201] * len(sizes)
    assert {row["email"] for row in result.rows if row["state"] == CANCELLED} == set(leaving)
    assert SEATS + 10 <= len(result.numbers(SEATED)) <= SEATS + 30
    report(capsys, race, f"{len(leaving)} cancelled, seats published {sizes}")


@each_run
def test_killed_workers_lose_nobody_and_seat_nobody_twice(server, run, capsys):
    race = Race(server, PEOPLE, SEATS)

    def kill():
        for number in range(KILLS):
            while len(race.answers) < PEOPLE * number // KILLS:
                time.sleep(0.01)
            server.kill_a_worker()

    race.run(kill)
    result = race.result()
    result.check()
    result.check_everybody(race.people, race.answers)
    assert result.numbers(SEATED) == list(range(1, SEATS + 1))
    report(capsys, race, f"{KILLS} workers killed")


@with_sites("without guard")
def test_without_the_guard_too_many_get_a_seat(server, capsys):
    race = Race(server, PEOPLE, SEATS)
    race.run()
    assert len(race.result().numbers(SEATED)) > SEATS
    report(capsys, race, f"{len(race.result().numbers(SEATED))} seated without the guard")


def report(capsys, race, more):
    """Say how it went."""
    tries = sum(answer.tries - 1 for answer in race.answers.values())
    with capsys.disabled():
        print(f"\n{len(race.answers)} in {race.seconds:.1f} s, {tries} asked again. {more}")
