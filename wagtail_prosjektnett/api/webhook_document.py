"""What the OpenAPI document says of webhooks: one message for each event, as the site sends it."""

from __future__ import annotations

from typing import Any

from wagtail_prosjektnett.domain.webhooks import WebhookEvent

_TEXT = {"type": "string"}
_CHANGE = {
    "type": "object",
    "description": "A value of the API, at the last look at the clock and now.",
    "properties": {"before": _TEXT, "now": _TEXT},
    "required": ["before", "now"],
}
#: What every message about a page tells, also of one that nobody may read any more.
_NAMED: dict[str, Any] = {
    "id": {"type": "integer", "description": "The id of the page."},
    "type": {**_TEXT, "description": "Its role in a network, or the name of a model of the site's own."},
    "language": {**_TEXT, "description": "Its language, as a BCP 47 tag."},
    "network": {"type": ["integer", "null"], "description": "The id of the nearest network; null where it is in none."},
}
#: What is told besides of a page that can be read.
_TOLD: dict[str, Any] = {
    "title": _TEXT,
    "url": {"type": ["string", "null"], "description": "Its public address."},
}
#: What an event tells besides, and when it is sent.
_EVENTS: dict[WebhookEvent, tuple[str, dict[str, Any]]] = {
    WebhookEvent.PAGE_PUBLISHED: ("A page can be read that could not", {}),
    WebhookEvent.PAGE_CHANGED: ("A published page, or something that is told with it, has changed", {}),
    WebhookEvent.PAGE_MOVED: ("A published page is in another place", {}),
    WebhookEvent.PAGE_UNPUBLISHED: ("A page can no longer be read", {}),
    WebhookEvent.PAGE_DELETED: ("A page that could be read was deleted", {}),
    WebhookEvent.LIFECYCLE_CHANGED: ("The clock has changed the lifecycle of a network", {"lifecycle": _CHANGE}),
    WebhookEvent.STATUS_CHANGED: (
        "The clock has changed a status of a gathering",
        {"event_status": _CHANGE, "registration_status": _CHANGE},
    ),
    WebhookEvent.TEST: ("Somebody has sent a test", {}),
}
#: The headers of the Standard Webhooks form.
_HEADERS = {
    "webhook-id": "The id of the message, the same for every try.",
    "webhook-timestamp": "When this try was sent, in seconds since 1970.",
    "webhook-signature": "HMAC-SHA256 of id, timestamp and body; several with spaces between them.",
}


def webhooks() -> dict[str, Any]:
    """Return the ``webhooks`` of an OpenAPI 3.1 document, by the types of their messages."""
    return {event.value: {"post": _message(event)} for event in WebhookEvent}


def _message(event: WebhookEvent) -> dict[str, Any]:
    summary, _more = _EVENTS[event]
    return {
        "operationId": "on" + event.value.replace("_", ".").title().replace(".", ""),
        "summary": summary,
        "tags": ["prosjektnett"],
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": description, "schema": _TEXT}
            for name, description in _HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _schema(event)}}},
        "responses": {
            "2XX": {"description": "The message was taken."},
            "default": {"description": "It was not taken, and is sent again."},
        },
    }


def _schema(event: WebhookEvent) -> dict[str, Any]:
    timestamp = {**_TEXT, "format": "date-time", "description": "When it happened, in UTC."}
    return {
        "type": "object",
        "properties": {"type": {"const": event.value}, "timestamp": timestamp, "data": _data(event)},
        "required": ["type", "timestamp", "data"],
    }


def _data(event: WebhookEvent) -> dict[str, Any]:
    """Return the type of what an event tells; what an event of the clock adds is there where it has changed."""
    if event is WebhookEvent.TEST:
        return {"type": "object"}
    required = {**_NAMED, **_TOLD} if event.leaves_something_to_read else _NAMED
    return {"type": "object", "properties": {**required, **_EVENTS[event][1]}, "required": list(required)}
