"""Reads that pages and APIs share. Visibility is applied here, and nothing costs a query for each item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.pages.day_filters import published_day
from wagtail_prosjektnett.pages.translations import Translations
from wagtail_prosjektnett.pages.types import PageRole, has_role, page_model
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

LANDING_PAGE_ITEMS = 10


def landing_page(network: Any, request: HttpRequest, at: datetime) -> dict[str, Any]:
    """Return what the landing page of a network shows from its sections at an aware instant."""
    upcoming = list(upcoming_gatherings(network, request, at)[:LANDING_PAGE_ITEMS])
    held = held_gatherings(network, request, at)[: LANDING_PAGE_ITEMS - len(upcoming)]
    gatherings = in_network(upcoming + list(held), network)
    members = list(network.members.select_related("organisation"))
    contacts = list(network.contacts.select_related("person__organisation"))
    prefetch_names(gatherings, contacts, members)
    return {
        "upcoming": gatherings[: len(upcoming)],
        "held": gatherings[len(upcoming) :],
        "announcements": announcements(network, request)[:LANDING_PAGE_ITEMS],
        "articles": share_translations(articles(network, request)[:LANDING_PAGE_ITEMS]),
        "members": members,
        "contacts": contacts,
    }


def gathering_page(gathering: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a gathering shows besides its own fields: people, news and articles about it."""
    if gathering.pk:
        prefetch_occurrences([gathering])
    contacts = list(gathering.contacts.select_related("person__organisation"))
    prefetch_names([], contacts)
    network = gathering.network or gathering
    key = gathering.translation_key
    return {
        "announcements": announcements(network, request).filter(related_gathering__translation_key=key),
        "articles": articles(network, request).filter(source_gathering__translation_key=key),
        "contacts": contacts,
    }


def children(page: Any, request: HttpRequest) -> list[Any]:
    """Return the visible pages directly below a page, in the order of the tree."""
    return list(visibility_for(request).visible(page.get_children()).select_related("content_type"))


def upcoming_gatherings(parent: Any, request: HttpRequest, at: datetime) -> QuerySet[Any]:
    """Return the gatherings below a page that are not over yet, those that start first before the others."""
    pages = _below(PageRole.GATHERING, parent, request)
    return pages.filter(is_ahead(at)).annotate(starts=Min("occurrences__starts_at")).order_by("starts", "path")


def held_gatherings(parent: Any, request: HttpRequest, at: datetime) -> QuerySet[Any]:
    """Return the gatherings below a page that are over, the latest first."""
    pages = _below(PageRole.GATHERING, parent, request)
    return pages.exclude(is_ahead(at)).annotate(ends=Max("occurrences__ends_at")).order_by("-ends", "path")


def announcements(parent: Any, request: HttpRequest) -> QuerySet[Any]:
    """Return the announcements below a page: featured first, then by their published date, newest first."""
    pages = newest_first(_below(PageRole.ANNOUNCEMENT, parent, request))
    return pages.order_by("-featured", "-day", "-first_published_at", "path")


def articles(parent: Any, request: HttpRequest) -> QuerySet[Any]:
    """Return the articles of the experience base below a page by their published date, newest first."""
    pages = newest_first(_below(PageRole.EXPERIENCE, parent, request))
    return pages.prefetch_related("phases").order_by("-day", "-first_published_at", "path")


def share_translations(pages: Iterable[Any]) -> list[Any]:
    """Return pages as a list that looks up together what they refer to in the language of each."""
    found = list(pages)
    shared = Translations(page for page in found if hasattr(page, "in_language"))
    for page in shared.pages:
        page.translations = shared
    return found


def visible_pages(pages: Iterable[Any], request: HttpRequest) -> list[Any]:
    """Return those pages that the reader may see, in the same order."""
    visibility = visibility_for(request)
    return [page for page in pages if page is not None and visibility.shows(page)]


def paginated(items: QuerySet[Any], request: HttpRequest) -> ListPage[Any]:
    """Return the part of a list that a reader asks for by ``?page=``; the nearest one for nonsense."""
    return Paginator(items, conf.page_size()).get_page(request.GET.get("page"))


def prefetch_names(gatherings: Iterable[Any], contacts: Iterable[Any], members: Iterable[Any] = ()) -> None:
    """Load the parallel names of every organisation that is shown with one query."""
    found = [row.municipality for gathering in gatherings for row in gathering.occurrences.all()]
    found += [row.person.organisation for row in contacts]
    found += [row.organisation for row in members]
    prefetch_related_objects([organisation for organisation in found if organisation], "parallel_names")


def prefetch_occurrences(pages: Iterable[Any]) -> None:
    """Load the occurrences of those pages that are gatherings, and all that is told of them."""
    gatherings = [page for page in pages if has_role(page, PageRole.GATHERING)]
    if gatherings:
        prefetch_related_objects(gatherings, Prefetch("occurrences", _occurrences(page_model(PageRole.GATHERING))))
        prefetch_names(gatherings, [])


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
        pages = pages.prefetch_related(Prefetch("occurrences", _occurrences(model)))
    return visibility_for(request).visible(pages)


def _occurrences(model: Any) -> QuerySet[Any]:
    return model.occurrences.rel.related_model.objects.select_related("municipality")


def is_ahead(at: datetime) -> Q:
    """Return the condition that a gathering is not over at an aware instant."""
    ahead = Q(ends_at__gt=at) | Q(decision=Decision.POSTPONED)
    return Q(Exists(_occurrences(page_model(PageRole.GATHERING)).filter(ahead, page=OuterRef("pk"))))


def newest_first(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return pages with ``day``, the date that is shown as published, to be ordered by."""
    return pages.annotate(day=published_day())
