"""What lists of pages can be narrowed down to, and how many pages there then are: what all such filters share."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Count, F, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.functions import Cast, ExtractYear
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone_name, localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict

from wagtail_prosjektnett.domain.dates import EARLIEST_YEAR, LATEST_YEAR, start_of_day
from wagtail_prosjektnett.pages.day_filters import published_day
from wagtail_prosjektnett.records.organisations import Organisation, OrganisationKind

if TYPE_CHECKING:
    from django.http import HttpRequest

#: How many values of a filter are told at most.
MOST_VALUES = 100
#: How many years back pages are likely to be from; others are counted as well, only slower.
USUAL_YEARS = 25
#: The id of a thing that pages are about, in text, and its name.
Thing = tuple[str, str]
#: Returns those of some pages that have the values which a reader asks for.
Narrow = Callable[[QuerySet[Any], Any], QuerySet[Any]]


class FacetData(TypedDict):
    """A value that a list can be narrowed down to, and how many pages there then are."""

    value: str
    label: str
    count: int


class Counted(NamedTuple):
    """How many pages have a value: as the database tells it, in text, with its name where it is told with it."""

    value: str
    name: str
    pages: int


class Facet(ABC):
    """A filter of pages. Its values are text, as they stand in an address."""

    #: What readers call it.
    label: Promise
    #: The value of a row, and its name, for the database to group rows by.
    value: Any
    name: Any = Value("")
    #: Whether the database has the values as text, which an index can group rows by.
    is_text = False
    #: The page that a row stands for.
    page = "pk"

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Return the value that a text stands for, or None for what can be none."""

    @abstractmethod
    def named(self, request: HttpRequest, value: Any) -> tuple[str, str] | None:
        """Return a value as it is told, and its label, whether a page has it or not; None if there is no such."""

    def grouped_by(self) -> Any:
        """Return what the database groups rows by."""
        return self.value

    def rows(self, request: HttpRequest, pages: QuerySet[Any], which: Any) -> QuerySet[Any]:
        """Return what is counted of some pages: those themselves, or rows of theirs, whose value readers may know of.

        ``which`` is what the pages are narrowed down to besides.
        """
        return pages

    def tell(self, rows: Sequence[Counted], things: Mapping[str, Thing]) -> list[FacetData]:
        """Return what is told of values that pages have."""
        return [facet(row.value, row.name, row.pages) for row in rows]

    def place(self, row: FacetData) -> Any:
        """Return what decides the order of what is told: the most frequent first, and equals by their labels."""
        return -row["count"], row["label"]


class ThingFacet(Facet):
    """A filter whose values are ids of things that have translations; each thing is one value in all languages."""

    #: The largest id that every database of ours can hold.
    largest_id = 2**31 - 1
    #: The field that names a thing.
    name_field: str

    def __init__(self, label: Promise, field: str) -> None:
        self.label = label
        self.value = F(f"{field}__translation_key")

    @abstractmethod
    def things(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what there is to choose from."""

    def parse(self, text: str) -> Any:
        """Return the id, or None."""
        return _whole(text, 1, self.largest_id)

    def named(self, request: HttpRequest, value: Any) -> tuple[str, str] | None:
        """Return the id and the name of the thing as it is in the reader's language."""
        things = self.things(request)
        rows = self.named_rows(things.filter(translation_key__in=things.filter(pk=value).values("translation_key")), "")
        return next(iter(_in_language(rows).values()), None)

    def tell(self, rows: Sequence[Counted], things: Mapping[str, Thing]) -> list[FacetData]:
        """Return what is told of the things that there are."""
        return [facet(*things[row.value], row.pages) for row in rows if row.value in things]

    def named_rows(self, things: QuerySet[Any], name: str) -> QuerySet[Any]:
        """Return a row about each of some things: filter, translation key, name, id and language."""
        texts = Value(name), _text("translation_key"), _text(self.name_field)
        return things.order_by().values_list(*texts, "pk", "locale__language_code")


class MunicipalityFacet(Facet):
    """A filter by municipality, by its number; places with the same number are one."""

    label = _("Municipality")
    value = F("municipality__municipality_number")
    is_text = True
    name = Min("municipality__name")

    def parse(self, text: str) -> Any:
        """Return four digits, or None."""
        return text if re.fullmatch(r"[0-9]{4}", text) else None

    def named(self, request: HttpRequest, value: Any) -> tuple[str, str] | None:
        """Return the number and a name, or None where no municipality has the number."""
        places = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality_number=value)
        name = places.aggregate(name=Min("name"))["name"]
        return None if name is None else (value, name)


class YearFacet(Facet):
    """A filter by year, the latest first."""

    label = _("Year")

    def parse(self, text: str) -> Any:
        """Return a year that dates of ours may have, or None."""
        return _whole(text, EARLIEST_YEAR, LATEST_YEAR)

    def named(self, request: HttpRequest, value: Any) -> tuple[str, str] | None:
        """Return the year, which is its own name."""
        return str(value), str(value)

    def tell(self, rows: Sequence[Counted], things: Mapping[str, Thing]) -> list[FacetData]:
        """Return what is told of years."""
        return [facet(row.value, row.value, row.pages) for row in rows]

    def place(self, row: FacetData) -> Any:
        """Return what puts the latest year first."""
        return -int(row["value"])


class PublishedYearFacet(YearFacet):
    """A filter by the year of the day that a page shows as published."""

    def grouped_by(self) -> Any:
        """Return the year of that day: by comparing, as SQLite asks Python for a year otherwise."""
        zone = ZoneInfo(get_current_timezone_name())
        this_year = localdate(timezone=zone).year
        years = []
        for year in range(this_year, max(this_year - USUAL_YEARS, EARLIEST_YEAR), -1):
            first, following = date(year, 1, 1), date(year + 1, 1, 1)
            said = Q(published_on__gte=first, published_on__lt=following)
            since, until = start_of_day(first, zone), start_of_day(following, zone)
            here = Q(published_on=None, first_published_at__gte=since, first_published_at__lt=until)
            years.append(When(said | here, then=Value(year)))
        return Case(*years, default=ExtractYear(published_day()), output_field=IntegerField())


def counted_facets(
    request: HttpRequest, facets: Mapping[str, Facet], pages: QuerySet[Any] | None, narrow: Narrow, which: Any
) -> dict[str, list[FacetData]]:
    """Return the values of each filter with their counts, the other filters being as they are asked for.

    ``pages`` are not narrowed down by any of the filters. It costs one query, and one more for the names of things.
    """
    if pages is None:
        return {name: [] for name in facets}
    counted = _counted(request, facets, pages, narrow, which)
    things = _things(request, facets, counted)
    told = {name: each.tell(counted[name], things.get(name, {})) for name, each in facets.items()}
    return {name: sorted(rows, key=facets[name].place) for name, rows in told.items()}


def facet(value: str, label: Any, count: int) -> FacetData:
    """Return what is told of a value."""
    return {"value": value, "label": str(label), "count": count}


def _counted(
    request: HttpRequest, facets: Mapping[str, Facet], pages: QuerySet[Any], narrow: Narrow, which: Any
) -> dict[str, list[Counted]]:
    """Return the most frequent values of each filter."""
    queries = []
    for name, each in facets.items():
        others = replace(which, **{name: None})
        rows = each.rows(request, narrow(pages, others), others)
        value = each.grouped_by()
        rows = rows.order_by().values_list(Value(name), value if each.is_text else _text(value))
        queries.append(rows.annotate(shown=each.name, pages=Count(each.page, distinct=True)))
    found: dict[str, list[Counted]] = {name: [] for name in facets}
    first, *rest = queries
    for name, *row in first.union(*rest, all=True).order_by():
        if row[0]:
            found[name].append(Counted(*row))
    return {name: sorted(rows, key=lambda row: (-row.pages, row.value))[:MOST_VALUES] for name, rows in found.items()}


def _things(
    request: HttpRequest, facets: Mapping[str, Facet], counted: Mapping[str, Sequence[Counted]]
) -> dict[str, dict[str, Thing]]:
    """Return the things that pages have as values, by the name of the filter and their translation key."""
    queries = [
        each.named_rows(each.things(request).filter(translation_key__in=[row.value for row in counted[name]]), name)
        for name, each in facets.items()
        if isinstance(each, ThingFacet) and counted[name]
    ]
    if not queries:
        return {}
    first, *rest = queries
    # Django 6.1 lets a union be sorted as the model of its first part is.
    rows = list(first.union(*rest, all=True).order_by())
    return {name: _in_language([row for row in rows if row[0] == name]) for name in facets}


def _in_language(rows: Iterable[Any]) -> dict[str, Thing]:
    """Return each thing by its translation key: as it is in the active language, or in the one that was there first."""
    language = get_language()
    best_last = sorted(rows, key=lambda row: (row[4] == language, -row[3]))
    return {key: (str(pk), name) for _facet, key, name, pk, _code in best_last}


def _text(expression: Any) -> Cast:
    return Cast(expression, CharField())


def _whole(text: str, least: int, most: int) -> int | None:
    """Return a whole number within bounds, or None."""
    number = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else 0
    return number if least <= number <= most else None
