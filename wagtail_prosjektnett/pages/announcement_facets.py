"""The filters of news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages.facets import (
    Counted,
    Facet,
    FacetData,
    PublishedYearFacet,
    Thing,
    counted_facets,
    facet,
)
from wagtail_prosjektnett.pages.listings import WhichAnnouncements, narrowed_announcements, unsorted_announcements

if TYPE_CHECKING:
    from django.http import HttpRequest


class _CategoryFacet(Facet):
    """A filter by the categories that the site has now."""

    label = _("Category")
    value = F("category")

    def parse(self, text: str) -> Any:
        return text if text in dict(conf.announcement_categories()) else None

    def named(self, request: HttpRequest, value: Any) -> tuple[str, str] | None:
        return value, str(dict(conf.announcement_categories())[value])

    def tell(self, rows: Sequence[Counted], things: Mapping[str, Thing]) -> list[FacetData]:
        labels = dict(conf.announcement_categories())
        return [facet(row.value, labels[row.value], row.pages) for row in rows if row.value in labels]


#: The filters by the name of their parameter, in the order in which they are shown.
FACETS: dict[str, Facet] = {"year": PublishedYearFacet(), "category": _CategoryFacet()}


def facets(request: HttpRequest, which: WhichAnnouncements) -> dict[str, list[FacetData]]:
    """Return the facets of news, with one query."""
    nothing: dict[str, Any] = dict.fromkeys(FACETS)
    pages = unsorted_announcements(request, replace(which, **nothing))
    return counted_facets(request, FACETS, pages, narrowed_announcements, which)
