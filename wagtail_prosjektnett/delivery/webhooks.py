"""Sends messages of webhooks in the form of Standard Webhooks (https://www.standardwebhooks.com)."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

from django.utils import timezone
from standardwebhooks import Webhook

import wagtail_prosjektnett
from wagtail_prosjektnett import conf
from wagtail_prosjektnett.delivery.errors import DeliveryFailed, DeliveryRefused, NotNeeded
from wagtail_prosjektnett.delivery.guarded import AddressRefused, NotSent, post
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import OutboxItem, WebhookDelivery


def send(item: OutboxItem) -> None:
    """Send a message that was taken from the outbox, and remember the status of the answer.

    Raises ``DeliveryFailed`` for any answer but a 2xx, ``DeliveryRefused`` where nothing may be sent, and
    ``NotNeeded`` where the webhook was deleted after the message had been taken.
    """
    delivery = WebhookDelivery.objects.select_related("endpoint").filter(pk=item.pk).first()
    if delivery is None:
        raise NotNeeded("The webhook was deleted")
    endpoint = delivery.endpoint
    if not endpoint.active and WebhookEvent(delivery.event).is_chosen:
        raise DeliveryRefused("The webhook is not active")
    try:
        status = post(
            endpoint.address,
            headers(delivery, timezone.now()),
            delivery.body.encode(),
            seconds=conf.webhook_timeout(),
            permitted=conf.webhook_private_networks(),
        )
    except NotSent as error:
        _remember(delivery, None)
        refused = isinstance(error, AddressRefused)
        raise (DeliveryRefused if refused else DeliveryFailed)(str(error)) from error
    _remember(delivery, status)
    if not 200 <= status < 300:
        raise DeliveryFailed(_words(status))


def headers(delivery: WebhookDelivery, at: datetime) -> dict[str, str]:
    """Return the headers of a message that is sent at an aware instant, signed with every secret that is valid."""
    message_id = f"msg_{delivery.message_id.hex}"
    sent = at.astimezone(UTC)
    signatures = [Webhook(secret).sign(message_id, sent, delivery.body) for secret in delivery.endpoint.secrets_at(at)]
    return {
        "Content-Type": "application/json",
        "User-Agent": f"wagtail-prosjektnett/{wagtail_prosjektnett.__version__}",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(sent.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _remember(delivery: WebhookDelivery, status: int | None) -> None:
    WebhookDelivery.objects.filter(pk=delivery.pk).update(status_code=status)


def _words(status: int) -> str:
    phrase = next((each.phrase for each in HTTPStatus if each == status), "")
    redirected = ". Redirects are not followed: enter the final address" if 300 <= status < 400 else ""
    return f"The receiver answered {status} {phrase}".strip() + redirected
