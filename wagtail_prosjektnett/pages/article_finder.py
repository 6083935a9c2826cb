"""What readers find in the experience base: the same for its index page and for our API."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages import listings, queries
from wagtail_prosjektnett.pages.article_facets import facets
from wagtail_prosjektnett.pages.article_questions import ORDER, SEARCH, ArticleQuestion
from wagtail_prosjektnett.pages.finder import Choice, Finder, filters_of, missing_part, offset_of, part_of_list
from wagtail_prosjektnett.pages.listings import WhichArticles
from wagtail_prosjektnett.pages.search import MOST_MATCHES, ArticleOrder, Matches, matching
from wagtail_prosjektnett.pages.types import PageRole

if TYPE_CHECKING:
    from django.http import HttpRequest

_ORDERS = {
    ArticleOrder.RELEVANCE: _("Best match first"),
    ArticleOrder.NEWEST: _("Newest first"),
    ArticleOrder.MOST_USED: _("Most used first"),
}


@dataclass(frozen=True)
class Search:
    """The articles that a search leaves, and the order of their ids; without one, they come as the list sorts them."""

    which: WhichArticles
    order: list[int] | None = None
    matches: Matches = field(default_factory=Matches)


def search_articles(request: HttpRequest, which: WhichArticles, text: str | None, order: ArticleOrder | None) -> Search:
    """Return what a search leaves of some articles: all of them without a text to search for.

    By relevance there is no order without a search: the newest come first.
    """
    which = replace(which, most_used_first=order is ArticleOrder.MOST_USED)
    if text is None:
        return Search(which)
    matches = matching(request, text, which.network, PageRole.EXPERIENCE)
    ids = matches.ids if order in (None, ArticleOrder.RELEVANCE) else None
    return Search(replace(which, ids=matches.ids), ids, matches)


@dataclass(frozen=True)
class ArticleFinder(Finder):
    """What the index page of an experience base shows for a question."""

    question: ArticleQuestion
    matches: Matches = field(default_factory=Matches)

    @property
    def hidden_fields(self) -> dict[str, Any]:
        """What the search form must hold, so that a new search keeps filters and order."""
        return {name: value for name, value in self.question.parameters.items() if name != SEARCH}

    @property
    def orders(self) -> list[Choice]:
        """The orders that the list can be put in; by relevance only what a search found."""
        usual = ArticleOrder.RELEVANCE if self.question.text else ArticleOrder.NEWEST
        now = self.question.order or usual
        return [
            Choice(
                str(label), self.question.address(**{ORDER: None if order is usual else order}), is_chosen=order is now
            )
            for order, label in _ORDERS.items()
            if self.question.text or order is not ArticleOrder.RELEVANCE
        ]

    @property
    def without_search(self) -> str:
        """The address of the same filters without the search."""
        return self.question.address(**{SEARCH: None, ORDER: None})

    @property
    def is_cut(self) -> bool:
        """Whether more may match than is looked through."""
        return len(self.matches.ids) == MOST_MATCHES


def find_articles(request: HttpRequest, index: Any, question: ArticleQuestion) -> ArticleFinder:
    """Return what an index page shows for a question: nothing but the problem, where the question has one."""
    if question.problems:
        return ArticleFinder(question, part_of_list([], 0, 1), [], question.problems)
    which = WhichArticles(network=index, **question.values)
    search = search_articles(request, which, question.text or None, question.order)
    found, count = _found(request, search, offset_of(question))
    filters, problems = filters_of(request, question, facets(request, search.which), count)
    problems += missing_part(question, found)
    part = part_of_list(queries.share_translations(found), count, 1 if problems else question.page)
    return ArticleFinder(question, part, filters, tuple(problems), search.matches)


def _found(request: HttpRequest, search: Search, offset: int) -> tuple[list[Any], int]:
    pages: Any = listings.articles(request, search.which)
    size = conf.page_size()
    if pages is not None:
        pages = pages.defer_streamfields().prefetch_related("phases")
    if search.order is None:
        return listings.part_of(pages, offset, size)
    return listings.part_of_matches(pages, search.order, offset, size)
