"""The domain rules against a table written from the product's description, not from the code.

``rules.csv`` lists a rule, the facts it works on, an instant and the answer that a person would expect.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from tests.domain.strategies import OSLO
from wagtail_prosjektnett.domain.dates import Precision, When, start_of_day
from wagtail_prosjektnett.domain.lifecycle import Guidance, GuidanceKind, Lifecycle, next_change
from wagtail_prosjektnett.domain.occurrences import (
    Availability,
    Decision,
    EventStatus,
    OccurrenceFacts,
    RegistrationMethod,
    RegistrationStatus,
    RegistrationTerms,
    summarise_event,
    summarise_registration,
)

Facts = dict[str, str]


def read_table() -> Iterator[tuple[str, str, str, str]]:
    with Path(__file__).with_name("rules.csv").open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter=";"):
            yield row["rule"], row["facts"], row["instant"], row["expected"]


def day(facts: Facts, name: str) -> date | None:
    return date.fromisoformat(facts[name]) if name in facts else None


def clock(facts: Facts, name: str) -> time | None:
    return time.fromisoformat(facts[name]) if name in facts else None


def lifecycle(facts: Facts) -> Lifecycle:
    names = ("active_from", "wind_down_from", "closed_from", "taken_down_from")
    return Lifecycle(OSLO, *(day(facts, name) for name in names))


def guidance(facts: Facts) -> Guidance:
    return Guidance(OSLO, GuidanceKind(facts.get("guidance", "none")), day(facts, "guidance_until"))


def occurrence(facts: Facts) -> OccurrenceFacts:
    when = When(
        date.fromisoformat(facts["start_date"]),
        day(facts, "end_date"),
        clock(facts, "start_time"),
        clock(facts, "end_time"),
        Precision(facts.get("precision", "day")),
    )
    terms = RegistrationTerms(
        RegistrationMethod(facts.get("method", "none")),
        day(facts, "opens"),
        day(facts, "deadline"),
        Availability(facts.get("availability", "available")),
    )
    return OccurrenceFacts(when, lifecycle(facts), Decision(facts.get("decision", "as_planned")), terms)


def yes(answer: bool) -> str:
    return "yes" if answer else "no"


def permits_start(facts: Facts, at: datetime) -> str:
    return yes(occurrence(facts).may_start(start_of_day(date.fromisoformat(facts["published"]), OSLO)))


def next_of_all(facts: Facts, at: datetime) -> str:
    changes = lifecycle(facts).changes() | guidance(facts).changes()
    if "start_date" in facts:
        changes |= occurrence(facts).changes()
    following = next_change(changes, at)
    return following.astimezone(OSLO).isoformat(timespec="minutes") if following else "never"


ANSWERS: dict[str, Callable[[Facts, datetime], str]] = {
    "lifecycle": lambda facts, at: lifecycle(facts).state(at),
    "permits start": permits_start,
    "permits registration": lambda facts, at: yes(lifecycle(facts).state(at).permits.registration),
    "permits feedback": lambda facts, at: yes(lifecycle(facts).state(at).permits.feedback),
    "permits guidance": lambda facts, at: yes(lifecycle(facts).state(at).permits.guidance),
    "permits review": lambda facts, at: yes(lifecycle(facts).state(at).permits.review),
    "banner": lambda facts, at: lifecycle(facts).state(at).permits.banner,
    "indexing": lambda facts, at: lifecycle(facts).state(at).permits.indexing.value,
    "guidance": lambda facts, at: yes(guidance(facts).is_given(at)),
    "event": lambda facts, at: occurrence(facts).event_status(at),
    "registration": lambda facts, at: occurrence(facts).registration_status(at),
    "next change": next_of_all,
}


@pytest.mark.parametrize("rule, facts, instant, expected", list(read_table()))
def test_rule(rule: str, facts: str, instant: str, expected: str) -> None:
    if rule == "summary event":
        assert summarise_event(EventStatus(name) for name in facts.split(",") if name) == expected
    elif rule == "summary registration":
        names = [name for name in facts.split(",") if name]
        assert summarise_registration(RegistrationStatus(name) for name in names) == expected
    else:
        parsed = dict(fact.split("=") for fact in facts.split())
        at = datetime.fromisoformat(instant) if instant else datetime.max
        answer = ANSWERS[rule](parsed, at)
        if rule == "next change" and expected != "never":
            assert datetime.fromisoformat(answer) == datetime.fromisoformat(expected)
        else:
            assert answer == expected
