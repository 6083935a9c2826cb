"""The filters of gatherings. Those for places are for one and the same occurrence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.dates import Season
from wagtail_prosjektnett.pages import gathering_filters
from wagtail_prosjektnett.pages.facets import (
    Counted,
    Facet,
    FacetData,
    MunicipalityFacet,
    Thing,
    YearFacet,
    counted_facets,
    facet,
)
from wagtail_prosjektnett.pages.listings import WhichGatherings, pages_of
from wagtail_prosjektnett.pages.occurrence import OccurrenceRow
from wagtail_prosjektnett.pages.questions import clean
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.wording.labels import label

if TYPE_CHECKING:
    from django.http import HttpRequest


class _YearFacet(YearFacet):
    """A filter by the year of the first occurrence."""

    value = ExtractYear("first_day")

    def rows(self, request: HttpRequest, pages: QuerySet[Any], which: Any) -> QuerySet[Any]:
        return gathering_filters.in_seasons(pages)


class _SeasonFacet(Facet):
    label = _("Season")
    value = F("shown_season")

    def parse(self, text: str) -> Any:
        return Season(text) if text in list(Season) else None

    def named(self, request: HttpRequest, value: Any) -> tuple[str, str] | None:
        return value.value, label(value)

    def rows(self, request: HttpRequest, pages: QuerySet[Any], which: Any) -> QuerySet[Any]:
        return gathering_filters.in_seasons(pages)

    def tell(self, rows: Sequence[Counted], things: Mapping[str, Thing]) -> list[FacetData]:
        return [facet(row.value, label(Season(row.value)), row.pages) for row in rows]

    def place(self, row: FacetData) -> Any:
        return Season(row["value"]).first_month


class _PlaceFacet(Facet):
    """A filter whose values are those of occurrences, of which a gathering is counted once."""

    page = "page"

    def rows(self, request: HttpRequest, pages: QuerySet[Any], which: Any) -> QuerySet[Any]:
        found = gathering_filters.occurrence_rows(pages).filter(gathering_filters.on_occurrence(which))
        return found.filter(page__in=pages.order_by().values("pk"))


class _RegionFacet(_PlaceFacet):
    label = _("Region")
    value = F("name")

    def parse(self, text: str) -> Any:
        longest = OccurrenceRow._meta.get_field("name").max_length
        return text if len(text) <= longest else None

    def named(self, request: HttpRequest, value: Any) -> tuple[str, str] | None:
        pages = pages_of(PageRole.GATHERING, request)
        if pages is None:
            return None
        rows = gathering_filters.occurrence_rows(pages).filter(page__in=pages.values("pk"), name=value)
        name = rows.values_list("name", flat=True).first()
        return None if name is None else (name, name)

    def tell(self, rows: Sequence[Counted], things: Mapping[str, Thing]) -> list[FacetData]:
        """Return what is told of names, less those that no address can say as they are."""
        return [facet(row.value, row.value, row.pages) for row in rows if row.value == clean(row.value)]


class _MunicipalityFacet(_PlaceFacet, MunicipalityFacet):
    """A filter by the municipality where a gathering is held."""


#: The filters by the name of their parameter, in the order in which they are shown.
FACETS: dict[str, Facet] = {
    "year": _YearFacet(),
    "season": _SeasonFacet(),
    "region": _RegionFacet(),
    "municipality": _MunicipalityFacet(),
}


def facets(request: HttpRequest, which: WhichGatherings) -> dict[str, list[FacetData]]:
    """Return the facets of gatherings, whatever their statuses, with one query."""
    pages = pages_of(PageRole.GATHERING, request, which)
    return counted_facets(request, FACETS, pages, gathering_filters.narrowed, which)
