"""What a reader asks the experience base for: besides filters and a part of the list, words and an order."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from wagtail_prosjektnett.pages import questions
from wagtail_prosjektnett.pages.article_facets import FACETS
from wagtail_prosjektnett.pages.questions import Problem, Question, clean
from wagtail_prosjektnett.pages.search import ArticleOrder

#: How many characters a search may have.
LONGEST_TEXT = 200
SEARCH, ORDER = "q", "order"


@dataclass(frozen=True)
class ArticleQuestion(Question):
    """What an address asks the experience base for."""

    text: str = ""
    order: ArticleOrder | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for something else than the whole list in its usual order."""
        return bool(self.text or self.order) or super().is_narrowed

    def _own(self) -> dict[str, Any]:
        return {SEARCH: self.text, **super()._own(), ORDER: self.order}


def read_question(query: QueryDict) -> ArticleQuestion:
    """Return what the query string of an address asks for. Parameters that are not ours are no concern of ours."""
    narrowed = questions.read_question(query, FACETS)
    problems = questions.twice(query, SEARCH, ORDER)
    text, asked = clean(query.get(SEARCH, "")), clean(query.get(ORDER, ""))
    if len(text) > LONGEST_TEXT:
        message = _("The search is too long: it can have %(most)s characters at most.") % {"most": LONGEST_TEXT}
        problems.append(Problem(message, HTTPStatus.BAD_REQUEST))
        text = text[:LONGEST_TEXT].rstrip()
    order = ArticleOrder(asked) if asked in list(ArticleOrder) else None
    if asked and order is None:
        problems.append(Problem(_("The list cannot be put in that order."), HTTPStatus.NOT_FOUND))
    return ArticleQuestion(
        facets=FACETS,
        values=narrowed.values,
        page=narrowed.page,
        problems=(*problems, *narrowed.problems),
        text=text,
        order=order if text or order is ArticleOrder.MOST_USED else None,
    )


def too_many_searches() -> Problem:
    """Return the problem of a reader from whose address there have been more searches than the site lets through."""
    message = _("There have been very many searches from where you are. Wait a minute, and search again.")
    return Problem(message, HTTPStatus.TOO_MANY_REQUESTS)
