"""What a front-end cache must forget after a change, where the site uses ``wagtail.contrib.frontend_cache``.

Wagtail itself has the changed page's own address forgotten. Here are those that show it too: the pages above it in its
network, every page of a network whose own dates or banner may be new, and the addresses of our API and of feeds. An
address with a query string that a reader has made up cannot be known here; it ends with ``PROSJEKTNETT_MAX_AGE``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import local
from typing import Any

import swapper
from django.db import transaction
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from wagtail.models import Locale, Site

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages.feed_links import NAMESPACE as FEEDS
from wagtail_prosjektnett.pages.tree import ancestor_paths
from wagtail_prosjektnett.pages.types import PageRole, has_role, page_model, role_of
from wagtail_prosjektnett.records.calendar import CalendarRecord
from wagtail_prosjektnett.records.content_changes import ContentChange
from wagtail_prosjektnett.signals import content_changed

#: The endpoints of our API that show pages of a role: the list, and those of one item.
_ENDPOINTS = {
    PageRole.NETWORK: ("list_networks", "get_network"),
    PageRole.GATHERING: ("list_gatherings", "get_gathering", "get_registration_form"),
    PageRole.ANNOUNCEMENT: ("list_announcements", "get_announcement"),
    PageRole.EXPERIENCE: ("list_experiences", "get_experience", "list_feedback"),
}
_API = "prosjektnett"
#: The roles of pages that calendars and news tell of.
_FOLLOWED = {PageRole.NETWORK.value, PageRole.GATHERING.value, PageRole.ANNOUNCEMENT.value}

#: The changes of this thread whose transaction may not have ended yet.
_waiting = local()


def connect() -> None:
    """Connect the receiver, once, when Django is ready."""
    content_changed.connect(_note, dispatch_uid="prosjektnett.purge")


def _note(change: ContentChange, **kwargs: Any) -> None:
    if change.path:
        _changes().append(change)
        transaction.on_commit(_purge, robust=True)


def _changes() -> list[ContentChange]:
    if not hasattr(_waiting, "changes"):
        _waiting.changes = []
    return _waiting.changes


def _purge() -> None:
    """Purge what all noted changes touch, together; the first that is called does it for all of a transaction."""
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    changes, _waiting.changes = _changes(), []
    if not changes:
        return
    pages = [page.specific_deferred for page in _pages(changes)]
    batch = PurgeBatch()
    batch.add_pages(pages)
    batch.add_urls(_addresses(changes, pages))
    batch.purge()


def _pages(changes: Iterable[ContentChange]) -> Any:
    model = swapper.load_model("wagtailcore", "Page")
    shown_by = Q(path__in={path for change in changes for path in ancestor_paths(model(path=change.path))})
    for path in {change.path for change in changes if change.role == PageRole.NETWORK.value}:
        shown_by |= Q(path__startswith=path)
    return model.objects.filter(shown_by, live=True, depth__gt=1)


def _addresses(changes: Iterable[ContentChange], pages: Iterable[Any]) -> Iterator[str]:
    """Yield the addresses of our API and of feeds, of all sites; ``pages`` tell now of what has changed."""
    paths = {path for change in changes for path in _paths(change.role, change.page_id)}
    paths.update(path for page in pages for path in _paths(role_of(page), page.pk))
    for pk in _networks(changes, pages):
        paths.update(_path(f"{_API}:get_network", pk))
        paths.update(_path(f"{_API}:list_base_feedback", pk))
    paths.update(_feeds(changes, pages))
    for site in Site.objects.all():
        yield from (site.root_url + path for path in sorted(paths))


def _paths(role: str, pk: int | None) -> Iterator[str]:
    """Yield the paths of our API that tell of a page by its role, if it has one."""
    if pk is None or role not in _ENDPOINTS:
        return
    listing, *items = _ENDPOINTS[PageRole(role)]
    yield from _path(f"{_API}:{listing}")
    for item in items:
        yield from _path(f"{_API}:{item}", pk)


def _feeds(changes: Iterable[ContentChange], pages: Iterable[Any]) -> Iterator[str]:
    """Yield the paths of the calendars and of the news that show changes, or may have shown what is gone.

    ``pages`` show them now: each gathering names its network in its calendar.
    """
    gatherings = {change.page_id for change in changes if change.role == PageRole.GATHERING.value}
    gatherings |= {page.pk for page in pages if has_role(page, PageRole.GATHERING)}
    for pk in gatherings:
        yield from _path(f"{FEEDS}:gathering_calendar", pk)
    places = {change.path for change in changes if change.role == PageRole.GATHERING.value}
    yield from _occurrence_calendars(gatherings, places)
    for pk in _networks([change for change in changes if change.role in _FOLLOWED], pages):
        yield from _path(f"{FEEDS}:network_calendar", pk)
        yield from _path(f"{FEEDS}:network_news", pk)
        for category, _label in conf.announcement_categories():
            yield from _path(f"{FEEDS}:category_news", pk, category)


def _occurrence_calendars(gatherings: Iterable[Any], places: Iterable[str]) -> Iterator[str]:
    """Yield the paths of the calendars of occurrences: of those of some gatherings, and of those withdrawn from places.

    Readers are given each with the language of its page.
    """
    model = page_model(PageRole.GATHERING)
    if model is None or not gatherings:
        return
    rows = model.occurrences.rel.related_model.objects.order_by().filter(page__in=gatherings)
    uids = {*rows.values_list("uid", flat=True)}
    uids.update(CalendarRecord.objects.filter(path__in=places).values_list("uid", flat=True))
    languages = ["", *(f"?language={code}" for code in Locale.objects.values_list("language_code", flat=True))]
    for uid in uids:
        for path in _path(f"{FEEDS}:occurrence_calendar", uid):
            yield from (path + language for language in languages)


def _networks(changes: Iterable[ContentChange], pages: Iterable[Any]) -> set[int]:
    """Return the ids of the networks that tell of changes: the nearest, and those around it among ``pages``."""
    places = tuple(change.path for change in changes)
    around = (page for page in pages if has_role(page, PageRole.NETWORK))
    found = {page.pk for page in around if any(place.startswith(page.path) for place in places)}
    return found | {change.network_id for change in changes if change.network_id is not None}


def _path(name: str, *arguments: Any) -> Iterator[str]:
    """Yield a path by its name; none where the site does not have it, as with our router in an API of its own."""
    try:
        yield reverse(name, args=arguments)
    except NoReverseMatch:
        return
