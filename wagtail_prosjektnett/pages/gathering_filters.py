"""The dates and places of gatherings as conditions that a database can filter by: the same for lists and for facets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import Season, end_of_day, start_of_day

if TYPE_CHECKING:
    from wagtail_prosjektnett.pages.listings import WhichGatherings


def narrowed(pages: QuerySet[Any], which: WhichGatherings) -> QuerySet[Any]:
    """Return those of some gatherings that have the dates and places that a reader asks for."""
    if conditions := on_occurrence(which):
        pages = pages.filter(Exists(occurrences_of(pages).filter(conditions)))
    if which.year is None and which.season is None:
        return pages
    pages = in_seasons(pages)
    if which.year is not None:
        pages = pages.filter(first_day__year=which.year)
    if which.season is not None:
        pages = pages.filter(shown_season=which.season.value)
    return pages


def on_occurrence(which: WhichGatherings) -> Q:
    """Return what a reader asks of one and the same occurrence."""
    tz = ZoneInfo(conf.default_time_zone())
    conditions = Q()
    if which.municipality is not None:
        conditions &= Q(municipality__municipality_number=which.municipality)
    if which.region is not None:
        conditions &= Q(name=which.region)
    if which.first_day is not None:
        conditions &= Q(ends_at__gt=start_of_day(which.first_day, tz))
    if which.last_day is not None:
        conditions &= Q(starts_at__lt=end_of_day(which.last_day, tz))
    return conditions


def in_seasons(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return those gatherings that have an occurrence, with their ``first_day`` and ``shown_season``.

    These are the day of the first occurrence, and its season or the one that was set: those that a gathering shows.
    """
    first = occurrences_of(pages).order_by("starts_at", "sort_order").values("start_date")[:1]
    pages = pages.alias(first_day=Subquery(first, output_field=DateField()))
    is_spring = When(first_day__month__lt=Season.AUTUMN.first_month, then=Value(Season.SPRING.value))
    derived = Case(is_spring, default=Value(Season.AUTUMN.value), output_field=CharField())
    chosen = When(~Q(season=""), then=F("season"))
    pages = pages.alias(shown_season=Case(chosen, default=derived, output_field=CharField()))
    return pages.filter(first_day__isnull=False)


def occurrences_of(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return the occurrences of the gathering that a query asks about."""
    return occurrence_rows(pages).filter(page=OuterRef("pk"))


def occurrence_rows(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return all occurrences, those of gatherings that nobody asks about too, in no order."""
    return pages.model.occurrences.rel.related_model.objects.order_by()
