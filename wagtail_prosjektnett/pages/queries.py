"""Reads that pages and APIs share. Visibility is applied here, and nothing costs a query for each item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import swapper
from django.db.models import (
    Case,
    Exists,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
    prefetch_related_objects,
)

from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.pages.aliases import source_of_alias
from wagtail_prosjektnett.pages.day_filters import published_day
from wagtail_prosjektnett.pages.members import MemberRole
from wagtail_prosjektnett.pages.translations import Translations
from wagtail_prosjektnett.pages.tree import ancestor_paths, networks_of
from wagtail_prosjektnett.pages.types import PageRole, has_role, page_model
from wagtail_prosjektnett.records.parallel_names import give_names, organisations_of, with_names
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

LANDING_PAGE_ITEMS = 10


def landing_page(network: Any, request: HttpRequest, at: datetime) -> dict[str, Any]:
    """Return what the landing page of a network shows from its sections at an aware instant."""
    below = nearest_first(_below(PageRole.GATHERING, network, request), at).annotate(may_be_inside=has_inner(network))
    gatherings = in_network(below[:LANDING_PAGE_ITEMS], network)
    if any(gathering.may_be_inside for gathering in gatherings):
        # Only then does it cost a query. The network is as it was given: an editor may be previewing it.
        networks_of(request).remember([network.path], [network])
        networks_of(request).introduce(gatherings)
    members = list(with_names(network.members.select_related("organisation"), "organisation"))
    contacts = list(_contacts(network))
    prefetch_names(gatherings, contacts, members)
    return {
        "upcoming": [gathering for gathering in gatherings if gathering.ahead],
        "held": [gathering for gathering in gatherings if not gathering.ahead],
        "announcements": announcements(network, request)[:LANDING_PAGE_ITEMS],
        "articles": share_translations(articles(network, request)[:LANDING_PAGE_ITEMS]),
        "members": members,
        "contacts": contacts,
    }


def owners_and_contacts(network: Any) -> tuple[list[Any], list[Any]]:
    """Return the members that own a network, and its contact people: who answers for it, and whom to ask."""
    if not network:
        return [], []
    owning = network.members.select_related("organisation").filter(role=MemberRole.OWNER)
    owners = list(with_names(owning, "organisation"))
    contacts = list(_contacts(network))
    prefetch_names([], contacts, owners)
    return owners, contacts


def gathering_page(gathering: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a gathering shows besides its own fields: people, news and articles about it.

    An alias shows what is told of the page that it repeats too, and what the network of that page tells of either.
    """
    if gathering.pk:
        prefetch_occurrences([gathering])
    contacts = list(_contacts(gathering))
    prefetch_names([], contacts)
    source = source_of_alias(gathering)
    keys = {gathering.translation_key, source.translation_key}
    places = [gathering.network or gathering]
    # In another language the same is told in the network of that language.
    if source is not gathering and source.locale_id == gathering.locale_id:
        places.append(networks_of(request).nearest(source) or source)
    news, found = ([below(place, request) for place in places] for below in (announcements, articles))
    return {
        "announcements": reduce(or_, news).filter(related_gathering__translation_key__in=keys),
        "articles": reduce(or_, found).filter(source_gathering__translation_key__in=keys),
        "contacts": contacts,
    }


def shown_gathering(announcement: Any, request: HttpRequest) -> Any:
    """Return the gathering that an announcement is about, with all that a card shows, if the reader may see it."""
    found = visible_pages([announcement.in_language(announcement.related_gathering)], request)
    gatherings = [page for page in (each.specific for each in found) if has_role(page, PageRole.GATHERING)]
    networks_of(request).introduce(gatherings)
    prefetch_occurrences(gatherings)
    return next(iter(gatherings), None)


def upcoming_gatherings(parent: Any, request: HttpRequest, at: datetime) -> QuerySet[Any]:
    """Return the gatherings below a page that are not over yet, those that start first before the others."""
    pages = _below(PageRole.GATHERING, parent, request)
    return pages.filter(is_ahead(at)).annotate(starts=Min("occurrences__starts_at")).order_by("starts", "path")


def held_gatherings(parent: Any, request: HttpRequest, at: datetime) -> QuerySet[Any]:
    """Return the gatherings below a page that are over, those that started last before the others."""
    pages = _below(PageRole.GATHERING, parent, request)
    pages = pages.exclude(is_ahead(at)).annotate(starts=Min("occurrences__starts_at"))
    return pages.order_by(F("starts").desc(nulls_last=True), "path")


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


def with_gatherings(announcements: Iterable[Any], request: HttpRequest) -> list[Any]:
    """Return announcements as a list, each with the gathering that it shows: one that the reader may see, or None.

    It costs one query at most, where gatherings were read with them.
    """
    found = share_translations(announcements)
    for page in found:
        gathering = page.in_language(page.related_gathering)
        page.shown_gathering = next(iter(visible_pages([gathering], request)), None)
    return found


def visible_pages(pages: Iterable[Any], request: HttpRequest) -> list[Any]:
    """Return those pages that the reader may see, in the same order."""
    visibility = visibility_for(request)
    return [page for page in pages if page is not None and visibility.shows(page)]


def prefetch_names(gatherings: Iterable[Any], contacts: Iterable[Any], members: Iterable[Any] = ()) -> None:
    """Load the parallel names of every organisation that is shown: no query for those that came with the rows."""
    rows = (row for gathering in gatherings for row in gathering.occurrences.all())
    found = organisations_of(rows, "municipality")
    found += organisations_of(contacts, "person__organisation")
    found += organisations_of(members, "organisation")
    give_names(found)


def prefetch_occurrences(pages: Iterable[Any]) -> None:
    """Load the occurrences of those pages that are gatherings, and all that is told of them."""
    gatherings = [page for page in pages if has_role(page, PageRole.GATHERING)]
    if gatherings:
        prefetch_related_objects(
            gatherings, Prefetch("occurrences", _shown_occurrences(page_model(PageRole.GATHERING)))
        )
        prefetch_names(gatherings, [])


def breadcrumbs_and_navigation(page: Any, network: Any, request: HttpRequest) -> tuple[list[Any], list[Any]]:
    """Return the visible pages above a page, from the top of the site down, and those directly below its network.

    Those below are in the order of the tree; without a network there are none. Both are read with one query.
    """
    above = set(ancestor_paths(page)[1:])
    wanted = Q(path__in=above, depth__gt=1)
    if network is not None:
        wanted |= Q(path__startswith=network.path, depth=network.depth + 1)
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(wanted).order_by("path")
    found = list(visibility_for(request).visible(pages).select_related("content_type", "locale"))
    breadcrumbs = [each for each in found if each.path in above]
    if network is None:
        return breadcrumbs, []
    return breadcrumbs, [each for each in found if each.is_child_of(network)]


def in_network(pages: Iterable[Any], network: Any) -> list[Any]:
    """Return pages of one network as a list, each knowing its network without a query of its own."""
    found = list(pages)
    for page in found:
        page.network = network
    return found


def has_inner(network: Any) -> Exists:
    """Return the condition that there is a network inside a network, published or not."""
    return Exists(type(network).objects.filter(path__startswith=network.path).exclude(path=network.path))


def _below(role: PageRole, parent: Any, request: HttpRequest) -> QuerySet[Any]:
    model = page_model(role)
    if model is None:
        return type(parent).objects.none()
    pages = model.objects.filter(path__startswith=parent.path).defer_streamfields()
    if role is PageRole.GATHERING:
        pages = pages.prefetch_related(Prefetch("occurrences", _shown_occurrences(model)))
    return visibility_for(request).visible(pages)


def _occurrences(model: Any) -> QuerySet[Any]:
    return model.occurrences.rel.related_model.objects.select_related("municipality")


def _shown_occurrences(model: Any) -> QuerySet[Any]:
    return with_names(_occurrences(model), "municipality")


def _contacts(page: Any) -> QuerySet[Any]:
    return with_names(page.contacts.select_related("person__organisation"), "person__organisation")


def is_ahead(at: datetime) -> Q:
    """Return the condition that a gathering is not over at an aware instant."""
    ahead = Q(ends_at__gt=at) | Q(decision=Decision.POSTPONED)
    return Q(Exists(_occurrences(page_model(PageRole.GATHERING)).filter(ahead, page=OuterRef("pk"))))


def nearest_first(pages: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """Return gatherings as a landing page shows them: first those ahead, then those that are over, latest first.

    Each has ``ahead``, whether it is not over at an aware instant.
    """
    rows = _occurrences(page_model(PageRole.GATHERING)).filter(page=OuterRef("pk"))
    start = Subquery(rows.order_by("starts_at").values("starts_at")[:1])
    end = Subquery(rows.order_by("-ends_at").values("ends_at")[:1])
    pages = pages.annotate(ahead=is_ahead(at))
    return pages.order_by("-ahead", Case(When(ahead=True, then=start)), end.desc(nulls_last=True), "pk")


def newest_first(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return pages with ``day``, the date that is shown as published, to be ordered by."""
    return pages.annotate(day=published_day())
