"""Reads that pages and APIs share. Visibility is applied here, and nothing costs a query for each item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce, TruncDate

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.pages.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

LANDING_PAGE_ITEMS = 10


def landing_page(network: Any, request: HttpRequest, at: datetime) -> dict[str, Any]:
    """Return what the landing page of a network shows from its sections at an aware instant."""
    upcoming = list(upcoming_gatherings(network, request, at)[:LANDING_PAGE_ITEMS])
    held = held_gatherings(network, request, at)[: LANDING_PAGE_ITEMS - len(upcoming)]
    gatherings = in_network(upcoming + list(held), network)
    return {
        "members": with_related(network.members, "organisation__parallel_names"),
        "upcoming": gatherings[: len(upcoming)],
        "held": gatherings[len(upcoming) :],
        "announcements": announcements(network, request)[:LANDING_PAGE_ITEMS],
        "articles": articles(network, request)[:LANDING_PAGE_ITEMS],
    }


def children(page: Any, request: HttpRequest) -> list[Any]:
    """Return the visible pages directly below a page, in the order of the tree."""
    return list(visibility_for(request).visible(page.get_children()).select_related("content_type"))


def upcoming_gatherings(parent: Any, request: HttpRequest, at: datetime) -> QuerySet[Any]:
    """Return the gatherings below a page that are not over yet, those that start first before the others."""
    pages = _below(PageRole.GATHERING, parent, request)
    return pages.filter(_is_ahead(at)).annotate(starts=Min("occurrences__starts_at")).order_by("starts", "path")


def held_gatherings(parent: Any, request: HttpRequest, at: datetime) -> QuerySet[Any]:
    """Return the gatherings below a page that are over, the latest first."""
    pages = _below(PageRole.GATHERING, parent, request)
    return pages.exclude(_is_ahead(at)).annotate(ends=Max("occurrences__ends_at")).order_by("-ends", "path")


def announcements(parent: Any, request: HttpRequest) -> QuerySet[Any]:
    """Return the announcements below a page: featured first, then by their published date, newest first."""
    pages = _newest_first(_below(PageRole.ANNOUNCEMENT, parent, request))
    return pages.order_by("-featured", "-day", "-first_published_at", "path")


def articles(parent: Any, request: HttpRequest) -> QuerySet[Any]:
    """Return the articles of the experience base below a page by their published date, newest first."""
    pages = _newest_first(_below(PageRole.EXPERIENCE, parent, request))
    return pages.prefetch_related("phases", "topics").order_by("-day", "-first_published_at", "path")


def related_to_gathering(gathering: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the announcements about a gathering and the articles that came out of it."""
    network = gathering.network or gathering
    return {
        "announcements": announcements(network, request).filter(related_gathering=gathering.pk),
        "articles": articles(network, request).filter(source_gathering=gathering.pk),
    }


def visible_pages(pages: Iterable[Any], request: HttpRequest) -> list[Any]:
    """Return those pages that the reader may see, in the same order."""
    visibility = visibility_for(request)
    return [page for page in pages if page is not None and visibility.shows(page)]


def paginated(items: QuerySet[Any], request: HttpRequest) -> ListPage[Any]:
    """Return the part of a list that a reader asks for by ``?page=``; the nearest one for nonsense."""
    return Paginator(items, conf.page_size()).get_page(request.GET.get("page"))


def with_related(manager: Any, *lookups: str) -> list[Any]:
    """Return the rows of a page with what they point to, also where they are not saved yet."""
    rows = list(manager.all())
    prefetch_related_objects(rows, *lookups)
    return rows


def contacts(page: Any) -> list[Any]:
    """Return the contact people of a page with their organisations."""
    return with_related(page.contacts, "person__organisation__parallel_names")


def ancestors(page: Any, request: HttpRequest) -> list[Any]:
    """Return the visible pages above a page, from the top of the site down."""
    return list(visibility_for(request).visible(page.get_ancestors().filter(depth__gt=1)))


def in_network(pages: Iterable[Any], network: Any) -> list[Any]:
    """Return pages of one network as a list, each knowing its network without a query of its own."""
    found = list(pages)
    for page in found:
        page.network = network
    return found


def _below(role: PageRole, parent: Any, request: HttpRequest) -> QuerySet[Any]:
    model = page_model(role)
    if model is None:
        return type(parent).objects.none()
    pages = model.objects.filter(path__startswith=parent.path).defer_streamfields()
    if role is PageRole.GATHERING:
        rows = model.occurrences.rel.related_model.objects.select_related("municipality")
        rows = rows.prefetch_related("municipality__parallel_names")
        pages = pages.prefetch_related(Prefetch("occurrences", rows))
    return visibility_for(request).visible(pages)


def _is_ahead(at: datetime) -> Q:
    rows = page_model(PageRole.GATHERING).occurrences.rel.related_model.objects
    ahead = Q(ends_at__gt=at) | Q(decision=Decision.POSTPONED)
    return Q(Exists(rows.filter(ahead, page=OuterRef("pk"))))


def _newest_first(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.annotate(day=Coalesce("published_on", TruncDate("first_published_at")))
