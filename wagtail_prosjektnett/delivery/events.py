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
from wagtail_prosjektnett.pages.addresses import public_url
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.types import type_of


def active_endpoints() -> list[WebhookEndpoint]:
    """Return the webhooks that anything is told to."""
    return list(WebhookEndpoint.objects.filter(active=True))


def following(endpoints: Iterable[WebhookEndpoint], network_key: Any) -> list[WebhookEndpoint]:
    """Return those of some webhooks that are told of a network, which is given by its translation key."""
    return [each for each in endpoints if each.network_key in (None, network_key)]


def listening_to(network_id: int) -> list[WebhookEndpoint]:
    """Return the active webhooks that are told of a network, with one query, or two if one has chosen a network."""
    endpoints = active_endpoints()
    if all(each.network_key is None for each in endpoints):
        return endpoints
    pages = swapper.load_model("wagtailcore", "Page").objects
    return following(endpoints, pages.filter(pk=network_id).values_list("translation_key", flat=True).first())


def tell(endpoints: Iterable[WebhookEndpoint], event: WebhookEvent, at: datetime, data: dict[str, Any]) -> None:
    """Write one message for those of some webhooks that want it, in the current transaction; it is sent after that.

    ``at`` is the aware instant at which it happened. ``data`` must hold nothing but what anybody may read.
    """
    wanting = [each for each in endpoints if event.value in each.events]
    if wanting:
        write(wanting, event, at, data)
        send_after_commit()


def write(
    endpoints: Iterable[WebhookEndpoint], event: WebhookEvent, at: datetime, data: dict[str, Any]
) -> list[WebhookDelivery]:
    """Write one message for each of some webhooks into the outbox, whatever they have chosen, and return them."""
    message_id = uuid.uuid4()
    message = {"type": event.value, "timestamp": at.astimezone(UTC).isoformat(), "data": data}
    body = json.dumps(message, ensure_ascii=False)
    return [
        WebhookDelivery.objects.create(endpoint=endpoint, event=event.value, message_id=message_id, body=body)
        for endpoint in endpoints
    ]


def page_told(page: Any, network_id: int | None, kept: Any = None) -> dict[str, Any]:
    """Return what messages tell of a page that anybody may read: enough to know it and to fetch it from the API.

    On ``kept``, any object that many pages are told with, is kept what they have in common.
    """
    told = page_named(page, network_id)
    return {**told, "title": page.title, "url": public_url(page, kept)}


def page_named(page: Any, network_id: int | None) -> dict[str, Any]:
    """Return what messages tell of a page that nobody may read any more."""
    return {
        "id": page.pk,
        "type": type_of(page),
        "language": language_tag(page.locale.language_code),
        "network": network_id,
    }
