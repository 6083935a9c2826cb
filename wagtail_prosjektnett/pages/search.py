"""Full-text search over the pages of a site, by Wagtail's search backend."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

import swapper
from wagtail.search.backends import get_search_backend

from wagtail_prosjektnett.pages.listings import below
from wagtail_prosjektnett.pages.search_index import matcher, ranked
from wagtail_prosjektnett.pages.types import PageRole, page_models
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest


class SearchOrder(StrEnum):
    """The order of what a search finds."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


#: How many matches are looked through at most, the newest ones.
MOST_MATCHES = 500
#: How many words of a search count.
MOST_WORDS = 32


def matching(request: HttpRequest, text: str, network: int | None = None, role: PageRole | None = None) -> list[int]:
    """Return the ids of the visible pages that match a search, best first; at most ``MOST_MATCHES``.

    All words must be there. What is no letter or digit counts as a space: search backends give signs a meaning.
    A backend that is not the database ranks nothing here, as it may be asked for few matches only: the newest
    pages come first.
    """
    words = _words(text)
    if not words:
        return []
    model = swapper.load_model("wagtailcore", "Page")
    pages = visibility_for(request).visible(model.objects.all())
    if network is not None:
        pages = pages.filter(below(network, request))
    if role is not None:
        pages = pages.type(*page_models(role))
    backend = get_search_backend()
    match = matcher(backend)
    if match is not None:
        return ranked(match, backend, pages, words, MOST_MATCHES)
    newest = pages.order_by("-first_published_at", "path")
    return [page.pk for page in backend.search(" ".join(words), newest, order_by_relevance=False)[:MOST_MATCHES]]


def _words(text: str) -> list[str]:
    """Return the words of a text, each once; letters with accents are one character, as they are stored."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))
    return list(dict.fromkeys(words))[:MOST_WORDS]
