"""What readers find in the news of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages import listings, queries
from wagtail_prosjektnett.pages.announcement_facets import facets
from wagtail_prosjektnett.pages.finder import Finder, filters_of, missing_part, offset_of, part_of_list
from wagtail_prosjektnett.pages.listings import WhichAnnouncements
from wagtail_prosjektnett.pages.questions import Question

if TYPE_CHECKING:
    from django.http import HttpRequest


def find_announcements(request: HttpRequest, index: Any, question: Question) -> Finder:
    """Return what an index page shows for a question: nothing but the problem, where the question has one.

    Each piece of news that is shown knows its related gathering, if the reader may see it.
    """
    if question.problems:
        return Finder(question, part_of_list([], 0, 1), [], question.problems)
    which = WhichAnnouncements(network=index, **question.values)
    pages: Any = listings.announcements(request, which)
    if pages is not None:
        pages = pages.defer_streamfields().select_related("related_gathering__locale")
    found, count = listings.part_of(pages, offset_of(question), conf.page_size())
    filters, problems = filters_of(request, question, facets(request, which), count)
    problems += missing_part(question, found)
    part = part_of_list(queries.with_gatherings(found, request), count, 1 if problems else question.page)
    return Finder(question, part, filters, tuple(problems))
