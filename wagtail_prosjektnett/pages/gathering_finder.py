"""What readers find among the gatherings of a network: those to come, and a part of those that are over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages import gathering_filters, queries
from wagtail_prosjektnett.pages.finder import Finder, filters_of, missing_part, offset_of, part_of_list
from wagtail_prosjektnett.pages.gathering_facets import facets
from wagtail_prosjektnett.pages.listings import WhichGatherings
from wagtail_prosjektnett.pages.questions import Question

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class GatheringFinder(Finder):
    """What an index page shows for a question: the part is one of the gatherings that are over."""

    upcoming: Sequence[Any] = ()

    @property
    def count(self) -> int:
        """How many gatherings there are in all, those to come among them."""
        return len(self.upcoming) + super().count

    @property
    def held_by_year(self) -> list[tuple[int | None, list[Any]]]:
        """The gatherings of the part by the years in which they began; None for those without a date."""
        return [(year, list(held)) for year, held in groupby(self.part, _year)]


def find_gatherings(request: HttpRequest, index: Any, question: Question, at: datetime) -> GatheringFinder:
    """Return what an index page shows for a question at an aware instant: nothing where the question has a problem."""
    if question.problems:
        return GatheringFinder(question, part_of_list([], 0, 1), [], question.problems)
    which = WhichGatherings(network=index, **question.values)
    upcoming = list(gathering_filters.narrowed(queries.upcoming_gatherings(index, request, at), which))
    over = gathering_filters.narrowed(queries.held_gatherings(index, request, at), which)
    size, offset = conf.page_size(), offset_of(question)
    held, count = list(over[offset : offset + size]), over.count()
    whole = len(upcoming) + count
    filters, problems = filters_of(request, question, facets(request, which), whole)
    problems += missing_part(question, held)
    queries.in_network([*upcoming, *held], index.network)
    queries.prefetch_names([*upcoming, *held], ())
    part = part_of_list(held, count, 1 if problems else question.page)
    return GatheringFinder(question, part, filters, tuple(problems), upcoming)


def _year(gathering: Any) -> int | None:
    found = gathering.season_and_year
    return found[1] if found else None
