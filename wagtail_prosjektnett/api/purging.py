"""What a front-end cache must forget after a change, where the site uses ``wagtail.contrib.frontend_cache``.

Wagtail itself has the changed page's own address forgotten. Here are those that show it too: the pages above it in its
network, every page of a network whose own dates or banner may be new, and the addresses of our API. An address with a
query string cannot be known here; it ends with ``PROSJEKTNETT_MAX_AGE``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import local
from typing import Any

import swapper
from django.db import transaction
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from wagtail.models import Site

from wagtail_prosjektnett.pages.tree import ancestor_paths
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.records.content_changes import ContentChange
from wagtail_prosjektnett.signals import content_changed

#: The endpoints of our API that show pages of a role: the list, and the item.
_ENDPOINTS = {
    PageRole.NETWORK: ("list_networks", "get_network"),
    PageRole.GATHERING: ("list_gatherings", "get_gathering"),
    PageRole.ANNOUNCEMENT: ("list_announcements", "get_announcement"),
    PageRole.EXPERIENCE: ("list_experiences", "get_experience"),
}

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
    batch = PurgeBatch()
    batch.add_pages(page.specific_deferred for page in _pages(changes))
    batch.add_urls(_addresses(changes))
    batch.purge()


def _pages(changes: Iterable[ContentChange]) -> Any:
    model = swapper.load_model("wagtailcore", "Page")
    shown_by = Q(path__in={path for change in changes for path in ancestor_paths(model(path=change.path))})
    for path in {change.path for change in changes if change.role == PageRole.NETWORK.value}:
        shown_by |= Q(path__startswith=path)
    return model.objects.filter(shown_by, live=True, depth__gt=1)


def _addresses(changes: Iterable[ContentChange]) -> Iterator[str]:
    paths = {path for change in changes for path in _paths(change)}
    for site in Site.objects.all():
        yield from (site.root_url + path for path in sorted(paths))


def _paths(change: ContentChange) -> Iterator[str]:
    endpoints = _ENDPOINTS.get(PageRole(change.role)) if change.role else None
    if endpoints is None:
        return
    listing, item = endpoints
    yield from _path(listing)
    yield from _path(item, change.page_id)
    if change.network_id is not None:
        yield from _path("get_network", change.network_id)


def _path(endpoint: str, *arguments: Any) -> Iterator[str]:
    """Yield the path of an endpoint; none where the site has mounted our router in an API of its own."""
    try:
        yield reverse(f"prosjektnett:{endpoint}", args=arguments)
    except NoReverseMatch:
        return
