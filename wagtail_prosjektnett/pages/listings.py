"""Lists of a site's pages, as readers of the API ask for them: each a queryset, with visibility applied once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import swapper
from django.conf import settings
from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wagtail_prosjektnett.domain.dates import Season
from wagtail_prosjektnett.domain.occurrences import EventStatus, RegistrationStatus
from wagtail_prosjektnett.pages import gathering_filters, queries
from wagtail_prosjektnett.pages.aliases import key_of_source
from wagtail_prosjektnett.pages.day_filters import published_day
from wagtail_prosjektnett.pages.feedback import was_of_use, with_usage
from wagtail_prosjektnett.pages.status_filters import with_event_status, with_registration_status
from wagtail_prosjektnett.pages.synchronising import changed_since
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest


#: The order of what has a ``day``, as ``queries.newest_first`` gives it.
NEWEST_FIRST = ("-day", "-first_published_at", "pk")
#: The order of what has a ``usage`` too, as ``feedback.with_usage`` gives it.
MOST_USED_FIRST = ("-usage", *NEWEST_FIRST)


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
    """Which announcements a reader asks for; the year is that of the day shown as published."""

    category: str | None = None
    year: int | None = None
    gathering: int | None = None


@dataclass(frozen=True)
class WhichArticles(Where):
    """Which articles a reader asks for: by ids in whatever language, and the year of the day shown as published."""

    kind: str | None = None
    topic: int | None = None
    phase: int | None = None
    municipality: str | None = None
    year: int | None = None
    source_gathering: int | None = None
    ids: Collection[int] | None = None
    most_used_first: bool = False


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
    pages = gathering_filters.narrowed(pages, which)
    start = Subquery(gathering_filters.occurrences_of(pages).order_by("starts_at").values("starts_at")[:1])
    order = start.desc(nulls_last=True) if latest_first else start.asc(nulls_first=True)
    return pages.order_by(order, "pk")


def landing_page_gatherings(request: HttpRequest, network: Any, at: datetime, most: int) -> list[Any]:
    """Return what a landing page shows of gatherings, the nearest first; each knows whether it is ``ahead``."""
    pages = pages_of(PageRole.GATHERING, request, Where(network))
    return [] if pages is None else list(queries.nearest_first(pages, at)[:most])


def announcements(request: HttpRequest, which: WhichAnnouncements) -> QuerySet[Any] | None:
    """Return announcements: featured first, then by their published date, newest first."""
    pages = unsorted_announcements(request, which)
    if pages is None:
        return None
    return queries.newest_first(pages).order_by("-featured", "-day", "-first_published_at", "pk")


def unsorted_announcements(request: HttpRequest, which: WhichAnnouncements) -> QuerySet[Any] | None:
    """Return announcements in no order, to be counted."""
    pages = pages_of(PageRole.ANNOUNCEMENT, request, which)
    if pages is None:
        return None
    if which.gathering is not None:
        keys = _keys_of_gathering(which.gathering, request)
        pages = pages.filter(related_gathering__translation_key__in=keys)
    return narrowed_announcements(pages, which)


def narrowed_announcements(pages: QuerySet[Any], which: WhichAnnouncements) -> QuerySet[Any]:
    """Return those of some announcements that are of the category and the year that a reader asks for."""
    if which.category is not None:
        pages = pages.filter(category=which.category)
    return pages if which.year is None else _published_in(pages, which.year)


def articles(request: HttpRequest, which: WhichArticles) -> QuerySet[Any] | None:
    """Return articles of the experience base by their published date, newest first.

    Those that readers used most may come before the others, and of these the ones that were of help to most.
    """
    pages = unsorted_articles(request, which)
    if pages is None:
        return None
    pages = queries.newest_first(pages)
    if which.most_used_first:
        return with_usage(pages).order_by(*MOST_USED_FIRST)
    return pages.order_by(*NEWEST_FIRST)


def unsorted_articles(request: HttpRequest, which: WhichArticles) -> QuerySet[Any] | None:
    """Return articles of the experience base in no order, to be counted."""
    pages = pages_of(PageRole.EXPERIENCE, request, which)
    if pages is None:
        return None
    if which.ids is not None:
        pages = pages.filter(pk__in=which.ids)
    return narrowed(pages, request, which)


def narrowed(pages: QuerySet[Any], request: HttpRequest, which: WhichArticles) -> QuerySet[Any]:
    """Return those of some articles that have the values that a reader asks for."""
    if which.kind is not None:
        pages = pages.filter(kind=which.kind)
    for name, pk in (("topics", which.topic), ("phases", which.phase)):
        if pk is not None:
            pages = pages.filter(_has_term(pages.model._meta.get_field(name), pk))
    if which.municipality is not None:
        pages = pages.filter(municipality__municipality_number=which.municipality)
    if which.year is not None:
        pages = _published_in(pages, which.year)
    if which.source_gathering is not None:
        keys = _keys_of_gathering(which.source_gathering, request)
        pages = pages.filter(source_gathering__translation_key__in=keys)
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
    if stop and pages.query.order_by in (NEWEST_FIRST, MOST_USED_FIRST):
        pages = _among_first(pages, stop)
    found = list(pages.annotate(whole=Subquery(whole.values("whole")))[offset:stop])
    if found:
        return found, found[0].whole
    return found, pages.count() if offset else 0


def _among_first(pages: QuerySet[Any], count: int) -> QuerySet[Any]:
    """Return some of the pages that are sorted by the day shown as published, the first so many of them among these.

    That day is worked out for each page that is sorted, in SQLite by Python, and so is what was said of it; of those
    that were published here, an index finds the newest first. Where the most used come first, all that were of use
    are among them.
    """
    here = pages.filter(published_on=None).order_by("-first_published_at")
    last = here.values("first_published_at")[count - 1 : count]
    # Where there are not so many, none is left out.
    oldest = Coalesce(Subquery(last), F("first_published_at"))
    others = Q(published_on__isnull=False) | Q(first_published_at=None)
    if pages.query.order_by == MOST_USED_FIRST:
        others |= was_of_use()
    return pages.filter(others | Q(first_published_at__gte=oldest))


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


def _keys_of_gathering(pk: int, request: HttpRequest) -> Any:
    """Return the keys by which pages name a gathering: its own, and that of the page which it shows as an alias."""
    pages = pages_of(PageRole.GATHERING, request)
    if pages is None:
        return ()
    pages = pages.filter(pk=pk).order_by()
    return pages.values("translation_key").union(pages.values(shown_key=key_of_source()))


def _published_in(pages: QuerySet[Any], year: int) -> QuerySet[Any]:
    return pages.alias(shown_as_published=published_day()).filter(shown_as_published__year=year)


def _has_term(field: Any, pk: int) -> Q:
    """Return the condition that a page has a topic or a phase, or the same in another language."""
    terms = field.related_model._default_manager.filter(pk=pk).values("translation_key")
    term = f"{field.m2m_reverse_field_name()}__translation_key__in"
    rows = field.remote_field.through._base_manager.filter(**{term: terms})
    return Q(pk__in=rows.values(f"{field.m2m_field_name()}_id"))
