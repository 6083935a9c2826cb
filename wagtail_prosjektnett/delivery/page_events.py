"""Tells webhooks of changes of pages, as they are written down in ``records.content_changes``."""

from __future__ import annotations

from typing import Any

import swapper
from wagtail.models import PageViewRestriction

from wagtail_prosjektnett.delivery.events import listening, page_told, tell
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.tree import nearest_network
from wagtail_prosjektnett.pages.types import type_of
from wagtail_prosjektnett.records.content_changes import ChangeKind, ContentChange
from wagtail_prosjektnett.signals import content_changed

#: What a change that anybody could notice is told as. Kinds that are not here are told by none of their own: each
#: comes with one that is, or changes no page that can be named.
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
    if page is None:
        _tell_of_departure(change)
        return
    endpoints = listening_to_any(event, change)
    if not endpoints:
        return
    if event is WebhookEvent.PAGE_CHANGED and _is_new(change, page):
        event = WebhookEvent.PAGE_PUBLISHED
    endpoints = [each for each in endpoints if event.value in each.events]
    tell(endpoints, event, change.happened_at, _told(event, change, page))
