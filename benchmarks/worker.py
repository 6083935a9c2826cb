"""One process for one database: it seeds it, or does the cases that ``headless.py`` asks for on its standard input."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django


def seed(site: str, size: int) -> None:
    """Fill the database with one of the sites that are measured."""
    from benchmarks.seed import ExperienceBaseSeed, Seed

    {"networks": Seed, "experience_base": ExperienceBaseSeed}[site](size).fill()


def serve(site: str) -> None:
    """Answer questions about one of the sites, one a line, as JSON."""
    from django.core.management import call_command

    from benchmarks.cases import Cases
    from benchmarks.experience_base import ExperienceBaseCases

    # The site may have been made before the newest migrations.
    call_command("migrate", verbosity=0)
    cases = {"networks": Cases, "experience_base": ExperienceBaseCases}[site]()
    answers: dict[str, Callable[..., Any]] = {"names": names, "equal": equal, "count": count, "time": measure}
    for line in sys.stdin:
        question, *about = json.loads(line)
        print(json.dumps(answers[question](cases, *about)), flush=True)


def names(cases: Any) -> list[str]:
    """Return the names of the cases."""
    return cases.names


def equal(cases: Any) -> bool:
    """Whether the hand-written answer says the same as ours."""
    from benchmarks.names import FLOOR, LIST

    ours, floor = ({**cases.get(name).json(), "as_of": None} for name in (LIST, FLOOR))  # that is the time of asking
    return ours == floor


def count(cases: Any, name: str) -> int:
    """Return how many queries a case needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cases.before(name)
    cases.run(name)
    cases.before(name)
    with CaptureQueriesContext(connection) as queries:
        cases.run(name)
    return len(queries)


def measure(cases: Any, name: str) -> float:
    """Return how many milliseconds a case takes."""
    cases.before(name)
    gc.collect()
    start = time.perf_counter()
    cases.run(name)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    django.setup()
    seed(sys.argv[2], int(sys.argv[3])) if sys.argv[1] == "seed" else serve(sys.argv[2])
