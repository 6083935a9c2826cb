"""Full-text search over the pages of a site, by Wagtail's search backend."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import swapper
from wagtail.search.backends import get_search_backend

from wagtail_prosjektnett.domain.word_stems import stem
from wagtail_prosjektnett.pages.listings import below
from wagtail_prosjektnett.pages.search_index import Manner, matcher, ranked
from wagtail_prosjektnett.pages.spelling import corrected
from wagtail_prosjektnett.pages.types import PageRole, page_models
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class SearchOrder(StrEnum):
    """The order of what a search finds."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class ArticleOrder(StrEnum):
    """The order of articles in an experience base; by relevance only what a search finds."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    MOST_USED = "most_used"


#: How many matches are looked through at most, the newest ones.
MOST_MATCHES = 500
#: How many words of a search count.
MOST_WORDS = 32
#: How many titles are suggested to who is writing a search.
MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class Matches:
    """What a search finds: the ids of pages, best first, and how far it had to go from what was asked for.

    ``by_beginnings`` says that no page has the very words, but words that begin alike; ``corrected`` is what
    was searched for instead, where the words seem to be misspelt.
    """

    ids: list[int] = field(default_factory=list)
    by_beginnings: bool = False
    corrected: str = ""


def matching(request: HttpRequest, text: str, network: Any = None, role: PageRole | None = None) -> Matches:
    """Return the visible pages that match a search, best first; at most ``MOST_MATCHES``.

    All words must be there. What is no letter or digit counts as a space: search backends give signs a meaning.
    Where nothing has the words, pages are found with words that begin alike, and then those with words that are
    spelt alike, which only PostgreSQL with ``pg_trgm`` can tell. ``network`` is an id, or a page that may be seen.
    A backend that is not the database ranks nothing here, as it may be asked for few matches only: the newest
    pages come first.
    """
    words = _words(text)
    if not words:
        return Matches()
    backend, pages = get_search_backend(), _pages(request, network, role)
    match = matcher(backend)
    if match is None:
        newest = pages.order_by("-first_published_at", "path")
        found = backend.search(" ".join(words), newest, order_by_relevance=False)[:MOST_MATCHES]
        return Matches([page.pk for page in found])
    if ids := ranked(match(backend, words, Manner.WHOLE), pages, MOST_MATCHES):
        return Matches(ids)
    if ids := _by_beginnings(match, backend, pages, words):
        return Matches(ids, by_beginnings=True)
    other = corrected(match, backend, pages, words)
    if not other:
        return Matches()
    ids = ranked(match(backend, other, Manner.WHOLE), pages, MOST_MATCHES)
    return Matches(ids or _by_beginnings(match, backend, pages, other), corrected=" ".join(other))


def suggestions(request: HttpRequest, text: str, network: Any, role: PageRole) -> list[str]:
    """Return titles of visible pages for who is writing a search, newest first; at most ``MOST_SUGGESTIONS``.

    Each word that is written begins a word of the title.
    """
    words = _words(text)
    if not words:
        return []
    backend, pages = get_search_backend(), _pages(request, network, role)
    match = matcher(backend)
    if match is None:
        newest = pages.order_by("-first_published_at", "path")
        ids = [page.pk for page in backend.autocomplete(" ".join(words), newest, order_by_relevance=False)[:100]]
    else:
        ids = ranked(match(backend, words, Manner.SUGGESTIONS), pages, 100)
    titles = dict(pages.order_by().filter(pk__in=ids).values_list("pk", "title"))
    found = (titles[pk] for pk in ids if pk in titles and _begin_words_of(titles[pk], words))
    return list(dict.fromkeys(found))[:MOST_SUGGESTIONS]


def _pages(request: HttpRequest, network: Any, role: PageRole | None) -> QuerySet[Any]:
    model = swapper.load_model("wagtailcore", "Page")
    pages = visibility_for(request).visible(model.objects.all())
    if network is not None:
        pages = pages.filter(below(network, request))
    return pages if role is None else pages.type(*page_models(role))


def _by_beginnings(match: Any, backend: Any, pages: QuerySet[Any], words: list[str]) -> list[int]:
    """Return the ids of pages with words that begin as some words do; none where a word is too short to tell."""
    stems = [stem(word) for word in words]
    known = [each for each in stems if each is not None]
    if len(known) < len(words):
        return []
    return ranked(match(backend, known, Manner.BEGINNINGS), pages, MOST_MATCHES)


def _begin_words_of(title: str, beginnings: list[str]) -> bool:
    words = [word.casefold() for word in _words(title)]
    return all(any(word.startswith(each.casefold()) for word in words) for each in beginnings)


def _words(text: str) -> list[str]:
    """Return the words of a text, each once; letters with accents are one character, as they are stored."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))
    return list(dict.fromkeys(words))[:MOST_WORDS]
