"""Lists of a site's pages, as readers of the API ask for them: each a queryset, with visibility applied once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import swapper
from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import Season, end_of_day, start_of_day
from wagtail_prosjektnett.domain.occurrences import EventStatus, RegistrationStatus
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.status_filters import with_event_status, with_registration_status
from wagtail_prosjektnett.pages.synchronising import changed_since
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Where:
    """Which pages of a site: those below a network, and in a language, by its code; None is all.

    The network is given by its id, or as a page that the reader may see. With an aware instant, only those that
    tell something new since then.
    """

    network: Any = None
    language: str | None = None
    changed_since: datetime | None = None


@dataclass(frozen=True)
class WhichGatherings(Where):
    """Which gatherings a reader asks for; what is None or empty leaves none out.

    The conditions on dates and places are for one and the same occurrence. ``first_day`` and ``last_day``
    are days in the site's time zone (``PROSJEKTNETT_TIME_ZONE``): an occurrence is found that takes place
    on one of them, or between them.
    """

    event_status: Collection[EventStatus] = ()
    registration_status: Collection[RegistrationStatus] = ()
    season: Season | None = None
    year: int | None = None
    municipality: str | None = None
    region: str | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class WhichAnnouncements(Where):
    """Which announcements a reader asks for."""

    category: str | None = None
    gathering: int | None = None


@dataclass(frozen=True)
class WhichArticles(Where):
    """Which articles of the experience base a reader asks for; topic and phase are ids, in whatever language."""

    kind: str | None = None
    topic: int | None = None
    phase: int | None = None
    municipality: str | None = None
    ids: Collection[int] | None = None


def pages_of(role: PageRole, request: HttpRequest, where: Where | None = None) -> QuerySet[Any] | None:
    """Return the pages that play a role which the reader may see, or None where the site has no such pages."""
    model = page_model(role)
    if model is None:
        return None
    joined = ("locale", "municipality") if role is PageRole.EXPERIENCE else ("locale",)
    pages = visibility_for(request).visible(model.objects.select_related(*joined))
    if where is None:
        return pages
    if where.network is not None:
        pages = pages.filter(below(where.network, request))
    if where.language is not None and getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        pages = pages.filter(locale__language_code=where.language)
    return pages if where.changed_since is None else changed_since(pages, where.changed_since)


def networks(request: HttpRequest, where: Where) -> QuerySet[Any] | None:
    """Return the networks that the reader may see, by their titles."""
    pages = pages_of(PageRole.NETWORK, request, where)
    return None if pages is None else pages.order_by("title", "pk")


def gatherings(
    request: HttpRequest, which: WhichGatherings, at: datetime, *, latest_first: bool = False
) -> QuerySet[Any] | None:
    """Return gatherings by their first start, their statuses being those of an aware instant."""
    pages = pages_of(PageRole.GATHERING, request, which)
    if pages is None:
        return None
    if which.event_status:
        pages = with_event_status(pages, which.event_status, at)
    if which.registration_status:
        model = page_model(PageRole.NETWORK)
        pages = with_registration_status(pages, which.registration_status, at, model.objects.all())
    if conditions := _on_occurrence(which):
        pages = pages.filter(Exists(_occurrences(pages).filter(conditions)))
    if which.year is not None or which.season is not None:
        pages = _in_season(pages, which)
    start = Subquery(_occurrences(pages).order_by("starts_at").values("starts_at")[:1])
    order = start.desc(nulls_last=True) if latest_first else start.asc(nulls_first=True)
    return pages.order_by(order, "pk")


def landing_page_gatherings(request: HttpRequest, network: Any, at: datetime, most: int) -> list[Any]:
    """Return what a landing page shows of gatherings: first those ahead, then those that are over, latest first.

    Each has ``ahead``, whether it is not over at an aware instant.
    """
    pages = pages_of(PageRole.GATHERING, request, Where(network))
    if pages is None:
        return []
    rows = _occurrences(pages)
    start = Subquery(rows.order_by("starts_at").values("starts_at")[:1])
    end = Subquery(rows.order_by("-ends_at").values("ends_at")[:1])
    pages = pages.annotate(ahead=queries.is_ahead(at))
    return list(pages.order_by("-ahead", Case(When(ahead=True, then=start)), end.desc(nulls_last=True), "pk")[:most])


def announcements(request: HttpRequest, which: WhichAnnouncements) -> QuerySet[Any] | None:
    """Return announcements: featured first, then by their published date, newest first."""
    pages = pages_of(PageRole.ANNOUNCEMENT, request, which)
    if pages is None:
        return None
    if which.category is not None:
        pages = pages.filter(category=which.category)
    if which.gathering is not None:
        pages = pages.filter(
            related_gathering__translation_key__in=_key_of(PageRole.GATHERING, which.gathering, request)
        )
    return queries.newest_first(pages).order_by("-featured", "-day", "-first_published_at", "pk")


def articles(request: HttpRequest, which: WhichArticles) -> QuerySet[Any] | None:
    """Return articles of the experience base by their published date, newest first."""
    pages = unsorted_articles(request, which)
    if pages is None:
        return None
    pages = queries.newest_first(pages)
    return pages.order_by("-day", "-first_published_at", "pk")


def unsorted_articles(request: HttpRequest, which: WhichArticles) -> QuerySet[Any] | None:
    """Return articles of the experience base in no order, to be counted."""
    pages = pages_of(PageRole.EXPERIENCE, request, which)
    if pages is None:
        return None
    if which.ids is not None:
        pages = pages.filter(pk__in=which.ids)
    if which.kind is not None:
        pages = pages.filter(kind=which.kind)
    for name, pk in (("topics", which.topic), ("phases", which.phase)):
        if pk is not None:
            pages = pages.filter(_has_term(pages.model._meta.get_field(name), pk))
    if which.municipality is not None:
        pages = pages.filter(municipality__municipality_number=which.municipality)
    return pages


def any_pages(request: HttpRequest, ids: Collection[int], language: str | None) -> QuerySet[Any]:
    """Return pages of any type by their ids, those that the reader may see, newest first."""
    model = swapper.load_model("wagtailcore", "Page")
    pages = visibility_for(request).visible(model.objects.filter(pk__in=ids).select_related("locale"))
    if language is not None and getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        pages = pages.filter(locale__language_code=language)
    return pages.order_by("-first_published_at", "pk")


def part_of(pages: QuerySet[Any] | None, offset: int, limit: int | None) -> tuple[list[Any], int]:
    """Return a part of a list, and how many pages the whole list has, with one query unless the part is empty."""
    if pages is None:
        return [], 0
    whole = pages.order_by().annotate(whole=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    stop = None if limit is None else offset + limit
    found = list(pages.annotate(whole=Subquery(whole.values("whole")))[offset:stop])
    if found:
        return found, found[0].whole
    return found, pages.count() if offset else 0


def part_of_matches(
    pages: QuerySet[Any] | None, ids: Sequence[int], offset: int, limit: int | None
) -> tuple[list[Any], int]:
    """Return a part of those pages of a list that have some ids, in the order of these, and how many there are.

    It costs two queries, or one if there are none.
    """
    if pages is None:
        return [], 0
    kept = set(pages.order_by().filter(pk__in=ids).values_list("pk", flat=True))
    found = [pk for pk in ids if pk in kept]
    part = found[offset : None if limit is None else offset + limit]
    by_pk = pages.order_by().in_bulk(part)
    return [by_pk[pk] for pk in part if pk in by_pk], len(found)


def below(network: Any, request: HttpRequest) -> Q:
    """Return the condition that a page is at or below a network; nothing is below one that is not visible."""
    if not isinstance(network, int):
        return Q(path__startswith=network.path)
    visible = visibility_for(request).visible(page_model(PageRole.NETWORK).objects.filter(pk=network))
    path = visible.values_list("path", flat=True).first()
    return Q(pk__in=()) if path is None else Q(path__startswith=path)


def _key_of(role: PageRole, pk: int, request: HttpRequest) -> Any:
    pages = pages_of(role, request)
    return pages.filter(pk=pk).values("translation_key") if pages is not None else ()


def _on_occurrence(which: WhichGatherings) -> Q:
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


def _in_season(pages: QuerySet[Any], which: WhichGatherings) -> QuerySet[Any]:
    """Return gatherings of a year and a season: those of the first occurrence, or the season that was set."""
    first = _occurrences(pages).order_by("starts_at", "sort_order").values("start_date")[:1]
    pages = pages.alias(first_day=Subquery(first, output_field=DateField()))
    if which.year is not None:
        pages = pages.filter(first_day__year=which.year)
    if which.season is not None:
        is_spring = When(first_day__month__lt=Season.AUTUMN.first_month, then=Value(Season.SPRING.value))
        derived = Case(is_spring, default=Value(Season.AUTUMN.value), output_field=CharField())
        chosen = When(~Q(season=""), then=F("season"))
        pages = pages.alias(shown_season=Case(chosen, default=derived, output_field=CharField()))
        pages = pages.filter(first_day__isnull=False, shown_season=which.season.value)
    return pages


def _has_term(field: Any, pk: int) -> Exists:
    """Return the condition that a page has a topic or a phase, or the same in another language."""
    terms = field.related_model._default_manager.filter(pk=pk).values("translation_key")
    rows = field.remote_field.through._base_manager.filter(
        **{
            field.m2m_field_name(): OuterRef("pk"),
            f"{field.m2m_reverse_field_name()}__translation_key__in": terms,
        }
    )
    return Exists(rows)


def _occurrences(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.model.occurrences.rel.related_model.objects.filter(page=OuterRef("pk"))
