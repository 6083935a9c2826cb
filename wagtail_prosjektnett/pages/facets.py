"""How many articles each value of a filter would find, the other filters being as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import get_language
from typing_extensions import TypedDict

from wagtail_prosjektnett.pages.experience import ExperienceKind
from wagtail_prosjektnett.pages.listings import WhichArticles, unsorted_articles

if TYPE_CHECKING:
    from django.http import HttpRequest


class FacetData(TypedDict):
    """A value that articles can be narrowed down to, and how many there then are."""

    value: str
    label: str
    count: int


class FacetsData(TypedDict):
    """The values of each filter, each counted with the other filters as they are; most frequent first."""

    kind: list[FacetData]
    topic: list[FacetData]
    phase: list[FacetData]
    municipality: list[FacetData]


def facets(request: HttpRequest, which: WhichArticles) -> FacetsData:
    """Return the facets of articles, with one query for each, and one more for terms in another language."""
    kinds = unsorted_articles(request, replace(which, kind=None))
    topics = unsorted_articles(request, replace(which, topic=None))
    phases = unsorted_articles(request, replace(which, phase=None))
    places = unsorted_articles(request, replace(which, municipality=None))
    return {
        "kind": [_facet(value, ExperienceKind(value).label, count) for value, count in _counted(kinds, "kind")],
        "topic": _terms(topics, "topics"),
        "phase": _terms(phases, "phases"),
        "municipality": [
            _facet(number, name, count)
            for number, name, count in _counted(places, "municipality__municipality_number", "municipality__name")
            if number
        ],
    }


def _counted(pages: QuerySet[Any] | None, *names: str) -> list[Any]:
    """Return each value of some fields with how many pages have it; the first field decides between equals."""
    if pages is None:
        return []
    counted = pages.order_by().values_list(*names).annotate(pages=Count("pk", distinct=True))
    return [row for row in counted.order_by("-pages", *names) if row[0] is not None]


def _terms(pages: QuerySet[Any] | None, name: str) -> list[FacetData]:
    rows = _counted(pages, f"{name}__pk", f"{name}__name", f"{name}__translation_key")
    shown: dict[Any, str] = {}
    if rows and pages is not None and getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        model = pages.model._meta.get_field(name).related_model
        terms = model.objects.filter(translation_key__in=[row[2] for row in rows])
        shown = dict(terms.filter(locale__language_code=get_language()).values_list("translation_key", "name"))
    return [_facet(str(pk), shown.get(key, label), count) for pk, label, key, count in rows]


def _facet(value: str, label: Any, count: int) -> FacetData:
    return {"value": value, "label": str(label), "count": count}
