"""Tells webhooks of changes of pages, as they are written down in ``records.content_changes``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import swapper

from wagtail_prosjektnett.delivery.events import listening_to, page_named, page_told, tell
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import WebhookEndpoint
from wagtail_prosjektnett.pages.changes import restricted_paths
from wagtail_prosjektnett.pages.tree import nearest_network
from wagtail_prosjektnett.records.content_changes import ChangeKind, ContentChange
from wagtail_prosjektnett.signals import content_changed

#: What a change is told as. Other kinds come together with one of these, or name no page.
EVENTS = {
    ChangeKind.PUBLISHED: WebhookEvent.PAGE_CHANGED,
    ChangeKind.AFFECTED: WebhookEvent.PAGE_CHANGED,
    ChangeKind.SHOWN: WebhookEvent.PAGE_PUBLISHED,
    ChangeKind.MOVED: WebhookEvent.PAGE_MOVED,
    ChangeKind.HIDDEN: WebhookEvent.PAGE_UNPUBLISHED,
    ChangeKind.UNPUBLISHED: WebhookEvent.PAGE_UNPUBLISHED,
    ChangeKind.DELETED: WebhookEvent.PAGE_DELETED,
}
#: After these, a page that is published comes anew to its readers.
_GONE = (ChangeKind.UNPUBLISHED, ChangeKind.HIDDEN)


def connect() -> None:
    """Connect the receiver, once, when Django is ready."""
    content_changed.connect(_tell_of_change, dispatch_uid="prosjektnett.webhooks.tell_of_change")


def _tell_of_change(change: ContentChange, page: Any, **kwargs: Any) -> None:
    """Tell of a page in a network that anybody can read, or could until now."""
    event = EVENTS.get(ChangeKind(change.kind))
    if event is None or not change.public or change.network_id is None:
        return
    endpoints = listening_to(change.network_id)
    if not endpoints:
        return
    if page is None:
        _tell_of_departure(change, endpoints)
        return
    if change.kind == ChangeKind.PUBLISHED and _is_new(change, page):
        event = WebhookEvent.PAGE_PUBLISHED
    if change.kind == ChangeKind.UNPUBLISHED and _kind_before(change) == ChangeKind.DELETED:
        return  # Wagtail unpublishes what it is deleting
    if not event.leaves_something_to_read:
        tell(endpoints, event, change.happened_at, page_named(page, change.network_id))
    elif page.get_full_url():
        tell(endpoints, event, change.happened_at, page_told(page, change.network_id))


def _tell_of_departure(change: ContentChange, endpoints: Iterable[WebhookEndpoint]) -> None:
    """Tell those whom the new place of a moved page tells nothing: it is hidden, or in another network or none."""
    page = swapper.load_model("wagtailcore", "Page").objects.get(pk=change.page_id)
    if not page.live or page.path.startswith(restricted_paths()) or not page.get_full_url():
        told = page_named(page, change.network_id)
        tell(endpoints, WebhookEvent.PAGE_UNPUBLISHED, change.happened_at, told)
        return
    network = nearest_network(page)
    if network is not None:
        endpoints = [each for each in endpoints if each.network_key not in (None, network.translation_key)]
    told = page_told(page, network.pk if network is not None else None)
    tell(endpoints, WebhookEvent.PAGE_MOVED, change.happened_at, told)


def _is_new(change: ContentChange, page: Any) -> bool:
    """Whether a page that was published was not there for its readers just before."""
    return page.first_published_at == page.last_published_at or _kind_before(change) in _GONE


def _kind_before(change: ContentChange) -> str | None:
    """Return what last happened to the page before, of all that is told."""
    earlier = ContentChange.objects.filter(page_id=change.page_id, pk__lt=change.pk, kind__in=EVENTS)
    earlier = earlier.exclude(kind=ChangeKind.AFFECTED)
    return earlier.order_by("-pk").values_list("kind", flat=True).first()
