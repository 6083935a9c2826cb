"""What reading and writing may cost, and whether it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks.names import (
    AGAIN,
    AGGREGATE,
    ARTICLES,
    BY_PATH,
    FLOOR,
    ITEM,
    LANDING,
    LIST,
    PUBLISH,
    PUBLISH_STOCK,
    SEARCH,
    SEARCH_ARTICLES,
    UNCHANGED,
    UPCOMING,
    V2_OURS,
    V2_STOCK,
    V3_BY_PATH,
    V3_DETAIL,
)

#: What the landing page of a textbook site takes, in units of the floor: measured apart, as ours cannot be shown by
#: Wagtail's own templates.
STOCK_LANDING_PAGE = 4.2
#: A network with its landing page is told with about half as many items again as the floor has.
PARTS_OF_A_NETWORK = 1.5


@dataclass
class Results:
    """What was measured on one kind of database: milliseconds by size and case, one for each round; and queries."""

    times: dict[int, dict[str, list[float]]]
    queries: dict[str, int]

    @property
    def sizes(self) -> list[int]:
        """The sizes from the smallest."""
        return sorted(self.times)

    @property
    def middle(self) -> int:
        """The size that ratios are quoted at."""
        return self.sizes[len(self.sizes) // 2]

    def milliseconds(self, case: str, size: int) -> float:
        """Return the median of a case."""
        return median(self.times[size][case])

    def ratio(self, case: str, other: str) -> float:
        """Return how many times as long one case takes as another: the median over rounds, at the middle size."""
        times = self.times[self.middle]
        return median(one / two for one, two in zip(times[case], times[other], strict=False))

    def growth(self, case: str, start: int, end: int) -> float:
        """Return how many times as long a case takes at one size as at another, by their places among the sizes."""
        return self.milliseconds(case, self.sizes[end]) / self.milliseconds(case, self.sizes[start])


@dataclass(frozen=True)
class Goal:
    """What one number may be at most, or must be at least."""

    text: str
    cases: frozenset[str]
    value: Callable[[Results], float]
    #: How many sizes must have been measured.
    sizes: int = 1
    most: float | None = None
    least: float | None = None

    def is_met(self, results: Results) -> bool:
        """Whether what was measured is as good."""
        value = round(self.value(results), 2)
        return value <= self.most if self.most is not None else value >= (self.least or 0)


def queries(case: str, most: int) -> Goal:
    """Return the goal that a case needs at most so many queries."""
    return Goal(f"{case}: queries", frozenset({case}), lambda results: results.queries[case], most=most)


def ratio(case: str, other: str, most: float) -> Goal:
    """Return the goal that a case takes at most so many times as long as another."""
    return Goal(f"{case} / {other}", frozenset({case, other}), lambda results: results.ratio(case, other), most=most)


def faster(case: str, other: str, least: float) -> Goal:
    """Return the goal that a case is at least so many times faster than another."""
    return Goal(
        f"{other} / {case}", frozenset({case, other}), lambda results: 1 / results.ratio(case, other), least=least
    )


def growth(case: str, start: int, end: int, most: float) -> Goal:
    """Return the goal that a case takes at most so many times as long at one size as at another."""
    places = {0: "smallest", -2: "next to largest", -1: "largest"}
    text = f"{case}: {places[start]} to {places[end]} site"
    return Goal(text, frozenset({case}), lambda results: results.growth(case, start, end), sizes=2, most=most)


def goals(vendor: str) -> list[Goal]:
    """Return the goals on a kind of database."""
    return [
        queries(LIST, 12),
        ratio(LIST, FLOOR, 1.3),
        faster(LIST, V2_STOCK, 20),
        growth(UPCOMING, 0, -1, 1.5),
        queries(AGAIN, 2),
        ratio(AGAIN, FLOOR, 0.15),
        queries(UNCHANGED, 2),
        ratio(UNCHANGED, FLOOR, 0.15),
        queries(AGGREGATE, 20),
        ratio(AGGREGATE, FLOOR, 1.5 * PARTS_OF_A_NETWORK),
        queries(LANDING, 20),
        ratio(LANDING, FLOOR, round(0.35 * STOCK_LANDING_PAGE, 2)),
        queries(V2_OURS, 30),
        faster(V2_OURS, V2_STOCK, 6),
        queries(ITEM, 9),
        faster(ITEM, V3_BY_PATH, 2),
        queries(BY_PATH, 18),
        faster(BY_PATH, V3_BY_PATH, 2),
        queries(V3_DETAIL, 12),
        growth(SEARCH, -2, -1, 3),
        growth(SEARCH_ARTICLES, -2, -1, 3),
        ratio(SEARCH_ARTICLES, ARTICLES, 4 if vendor == "postgresql" else 2),
        ratio(PUBLISH, PUBLISH_STOCK, 1.5),
    ]
