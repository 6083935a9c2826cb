"""The filters of the experience base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import swapper
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict

from wagtail_prosjektnett.pages.experience import ExperienceKind
from wagtail_prosjektnett.pages.facets import (
    Counted,
    Facet,
    FacetData,
    MunicipalityFacet,
    PublishedYearFacet,
    Thing,
    ThingFacet,
    counted_facets,
    facet,
)
from wagtail_prosjektnett.pages.listings import WhichArticles, narrowed, pages_of, unsorted_articles
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.records.taxonomy import ProjectPhase, Topic

if TYPE_CHECKING:
    from django.http import HttpRequest


class FacetsData(TypedDict):
    """The values of each filter, each counted with the other filters as they are: at most a hundred of each.

    The most frequent come first; of years, the latest.
    """

    kind: list[FacetData]
    topic: list[FacetData]
    phase: list[FacetData]
    municipality: list[FacetData]
    year: list[FacetData]
    source_gathering: list[FacetData]


class _KindFacet(Facet):
    label = _("Kind")
    value = F("kind")
    is_text = True

    def parse(self, text: str) -> Any:
        return text if text in ExperienceKind.values else None

    def named(self, request: HttpRequest, value: Any) -> tuple[str, str] | None:
        return value, str(ExperienceKind(value).label)

    def tell(self, rows: Sequence[Counted], things: Mapping[str, Thing]) -> list[FacetData]:
        return [facet(row.value, ExperienceKind(row.value).label, row.pages) for row in rows]


class _TermFacet(ThingFacet):
    name_field = "name"

    def __init__(self, label: Promise, field: str, model: Any) -> None:
        super().__init__(label, field)
        self.model = model

    def things(self, request: HttpRequest) -> QuerySet[Any]:
        return self.model._default_manager.all()


class _GatheringFacet(ThingFacet):
    name_field = "title"

    def things(self, request: HttpRequest) -> QuerySet[Any]:
        pages = pages_of(PageRole.GATHERING, request)
        return swapper.load_model("wagtailcore", "Page").objects.none() if pages is None else pages

    def rows(self, request: HttpRequest, pages: QuerySet[Any], which: Any) -> QuerySet[Any]:
        keys = self.things(request).order_by().values("translation_key")
        return pages.filter(source_gathering__translation_key__in=keys)


#: The filters by the name of their parameter, in the order in which they are shown.
FACETS: dict[str, Facet] = {
    "kind": _KindFacet(),
    "phase": _TermFacet(_("Project phase"), "phases", ProjectPhase),
    "topic": _TermFacet(_("Topic"), "topics", Topic),
    "municipality": MunicipalityFacet(),
    "year": PublishedYearFacet(),
    "source_gathering": _GatheringFacet(_("From the gathering"), "source_gathering"),
}


def facets(request: HttpRequest, which: WhichArticles) -> FacetsData:
    """Return the facets of articles, with two queries."""
    nothing: dict[str, Any] = dict.fromkeys(FACETS)
    pages = unsorted_articles(request, replace(which, **nothing))
    found: Any = counted_facets(request, FACETS, pages, lambda some, each: narrowed(some, request, each), which)
    return found
