"""What readers find in a list that they can narrow down: a part of it, and the filters with their choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages.facets import FacetData
from wagtail_prosjektnett.pages.questions import Problem, Question, no_such_page, no_such_value

if TYPE_CHECKING:
    from django.http import HttpRequest

#: How many values of a filter are shown at once; the rest are folded away.
FIRST_VALUES = 8


@dataclass(frozen=True)
class Choice:
    """One thing that a reader may choose, the address that does so, and how many pages there then are.

    The address of what is chosen already takes it away again.
    """

    label: str
    address: str
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True)
class Filter:
    """A filter with its choices, in the order of its facet."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def first(self) -> list[Choice]:
        """The choices that are shown at once: what is chosen is one of them."""
        return [choice for number, choice in enumerate(self.choices) if number < FIRST_VALUES or choice.is_chosen]

    @property
    def rest(self) -> list[Choice]:
        """The choices that are folded away."""
        return [choice for choice in self.choices[FIRST_VALUES:] if not choice.is_chosen]

    @property
    def chosen(self) -> Choice | None:
        """What is chosen, if anything is."""
        return next((choice for choice in self.choices if choice.is_chosen), None)

    def changes(self, count: int) -> bool:
        """Whether there is anything to choose in a list of so many pages: a choice that leaves any out, or one made."""
        return any(choice.is_chosen or choice.count != count for choice in self.choices)


@dataclass(frozen=True)
class Finder:
    """What an index page shows for a question. Filters are left out that would not change the list."""

    question: Question
    part: ListPage[Any]
    filters: list[Filter]
    problems: tuple[Problem, ...]

    @property
    def status(self) -> HTTPStatus:
        """The status of the answer."""
        return self.problems[0].status if self.problems else HTTPStatus.OK

    @property
    def count(self) -> int:
        """How many pages there are in all."""
        return self.part.paginator.count

    @property
    def chosen(self) -> list[tuple[str, Choice]]:
        """What the list is narrowed down to: the name of each filter and its choice."""
        return [(each.label, each.chosen) for each in self.filters if each.chosen]

    @property
    def kept(self) -> str:
        """What the address of another part of the list must have besides its number."""
        query = self.question.address()[1:]
        return f"{query}&" if query else ""


def part_of_list(found: Sequence[Any], count: int, number: int) -> ListPage[Any]:
    """Return a part of a list by its number; ``count`` is how many pages the whole list has."""
    return ListPage(found, number, Paginator(range(count), conf.page_size()))


def offset_of(question: Question) -> int:
    """Return how many pages of a list come before the part that is asked for."""
    return (question.page - 1) * conf.page_size()


def filters_of(
    request: HttpRequest, question: Question, counted: Mapping[str, Any], count: int
) -> tuple[list[Filter], list[Problem]]:
    """Return the filters that have something to choose, and the problems of values that do not exist.

    ``counted`` are the facets of the list, and ``count`` is how many pages the question leaves of it.
    """
    filters, problems = [], []
    for name, facet in question.facets.items():
        rows: list[FacetData] = list(counted[name])
        value, chosen = question.values.get(name), None
        if value is not None:
            chosen = str(value)
            if all(row["value"] != chosen for row in rows):
                named = facet.named(request, value)
                if named is None:
                    problems.append(no_such_value(facet.label, chosen))
                    continue
                chosen, label = named
                if all(row["value"] != chosen for row in rows):
                    rows.append({"value": chosen, "label": label, "count": count})
        found = Filter(name, str(facet.label), [_choice(question, name, row, chosen) for row in rows])
        if found.changes(count):
            filters.append(found)
    return filters, problems


def missing_part(question: Question, found: Sequence[Any]) -> list[Problem]:
    """Return the problem of a part of a list in which nothing was found; the first part may well be empty."""
    return [no_such_page(question.page)] if question.page > 1 and not found else []


def _choice(question: Question, name: str, row: FacetData, chosen: str | None) -> Choice:
    is_chosen = row["value"] == chosen
    address = question.address(**{name: None if is_chosen else row["value"]})
    return Choice(row["label"], address, row["count"], is_chosen)
