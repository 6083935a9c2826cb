"""Full-text search over the pages of a site, by Wagtail's search backend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import swapper

from wagtail_prosjektnett.pages.listings import below
from wagtail_prosjektnett.pages.types import PageRole, page_models
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

#: How many matches are looked through at most, the newest ones.
MOST_MATCHES = 500


def matching(request: HttpRequest, words: str, network: int | None = None, role: PageRole | None = None) -> list[int]:
    """Return the ids of the visible pages that match a search, newest first; at most ``MOST_MATCHES``.

    All words must be there. What is no letter or digit counts as a space: search backends give signs a meaning.
    It costs one query, or two with a network, whose time grows with the number of matches: ordering by relevance
    would grow with its square on SQLite.
    """
    plain = " ".join(re.findall(r"\w+", words))
    if not plain:
        return []
    model = swapper.load_model("wagtailcore", "Page")
    pages = visibility_for(request).visible(model.objects.all())
    if network is not None:
        pages = pages.filter(below(network, request))
    if role is not None:
        pages = pages.type(*page_models(role))
    results = pages.order_by("-first_published_at", "path").search(plain, order_by_relevance=False)
    return [page.pk for page in results[:MOST_MATCHES]]
