"""Writes messages into the outbox: one for each webhook that has chosen to be told of what happened."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import swapper

from wagtail_prosjektnett.delivery.outbox import send_after_commit
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import WebhookDelivery, WebhookEndpoint
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.types import type_of


def listening(event: WebhookEvent, network_id: int | None) -> list[WebhookEndpoint]:
    """Return the active webhooks that want to be told of an event in a network, with one query, or two."""
    endpoints = [each for each in WebhookEndpoint.objects.filter(active=True) if event.value in each.events]
    if all(each.network_key is None for each in endpoints):
        return endpoints
    key = _key_of(network_id)
    return [each for each in endpoints if each.network_key in (None, key)]


def tell(endpoints: Iterable[WebhookEndpoint], event: WebhookEvent, at: datetime, data: dict[str, Any]) -> None:
    """Write the same message for several webhooks, in the current transaction, and have it sent after that.

    ``at`` is the aware instant at which it happened. ``data`` must hold nothing but what anybody may read.
    """
    message_id = uuid.uuid4()
    body = json.dumps(
        {"type": event.value, "timestamp": at.astimezone(UTC).isoformat(), "data": data}, ensure_ascii=False
    )
    for endpoint in endpoints:
        WebhookDelivery.objects.create(endpoint=endpoint, event=event.value, message_id=message_id, body=body)
    send_after_commit()


def page_told(page: Any, network_id: int | None) -> dict[str, Any]:
    """Return what messages tell of a page that anybody may read: enough to fetch it from the API."""
    return {
        "id": page.pk,
        "type": type_of(page),
        "title": page.title,
        "url": page.get_full_url(),
        "language": language_tag(page.locale.language_code),
        "network": network_id,
    }


def _key_of(network_id: int | None) -> Any:
    pages = swapper.load_model("wagtailcore", "Page").objects
    return pages.filter(pk=network_id).values_list("translation_key", flat=True).first() if network_id else None
