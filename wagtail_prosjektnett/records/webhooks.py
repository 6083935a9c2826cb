"""Who is told of changes by webhooks, and what was told."""

from __future__ import annotations

import base64
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.records.outbox import OutboxItem, OutboxKind
from wagtail_prosjektnett.validators import validate_webhook_address
from wagtail_prosjektnett.wording.labels import choices

#: For how long messages are signed with the old secret as well, so that a receiver can be changed in peace.
OLD_SECRET_LASTS = timedelta(hours=24)


def new_secret() -> str:
    """Return a new secret as Standard Webhooks writes them: 256 bits of chance."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def all_events() -> list[str]:
    """Return every event that an endpoint can choose."""
    return [event.value for event in WebhookEvent if event.is_chosen]


class WebhookEndpoint(models.Model):
    """An address that is told of changes in what anybody may read."""

    description = models.CharField(
        _("description"), max_length=200, help_text=_("What receives the messages, for instance “the web frontend”.")
    )
    address = models.CharField(
        _("address"),
        max_length=500,
        validators=[validate_webhook_address],
        help_text=_("Where messages are sent, starting with https://."),
    )
    events = models.JSONField(_("events"), default=all_events, help_text=_("What the address is told of."))
    network_key = models.UUIDField(
        _("network"),
        null=True,
        blank=True,
        help_text=_("Only changes in one network, in all its languages, or in every network of the site."),
    )
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Nothing is sent to an address that is not active.")
    )
    secret = models.CharField(
        _("secret"),
        max_length=100,
        default=new_secret,
        editable=False,
        help_text=_("The receiver needs it to know that a message comes from here. Keep it as a password."),
    )
    old_secret = models.CharField(max_length=100, blank=True, editable=False)
    old_secret_until = models.DateTimeField(_("old secret valid until"), null=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["description", "pk"]

    def __str__(self) -> str:
        return self.description

    def renew_secret(self, at: datetime) -> None:
        """Give the endpoint a new secret; the one that it has is used beside it for a day from an aware instant."""
        self.old_secret, self.old_secret_until = self.secret, at + OLD_SECRET_LASTS
        self.secret = new_secret()
        self.save(update_fields=["secret", "old_secret", "old_secret_until"])

    def secrets_at(self, at: datetime) -> list[str]:
        """Return the secrets that messages are signed with at an aware instant, the newest first."""
        is_old_one_valid = self.old_secret_until is not None and at < self.old_secret_until
        return [self.secret, self.old_secret] if is_old_one_valid else [self.secret]


class WebhookDelivery(OutboxItem):
    """One message to one endpoint, as it was when it happened. Only what anybody may read stands in it."""

    endpoint = models.ForeignKey(
        WebhookEndpoint, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries"
    )
    #: The same for all endpoints that are told of one thing, and for every try.
    message_id = models.UUIDField(_("message id"), default=uuid.uuid4, editable=False)
    event = models.CharField(_("event"), max_length=50, choices=choices(WebhookEvent), editable=False)
    body = models.TextField(_("message"), editable=False)
    status_code = models.PositiveSmallIntegerField(_("status code"), null=True, editable=False)

    class Meta:
        verbose_name = _("sent message")
        verbose_name_plural = _("sent messages")
        default_permissions = ("view",)
        permissions = [("redeliver_webhookdelivery", _("Can send messages of webhooks again"))]

    def __str__(self) -> str:
        return f"{self.get_event_display()} · {self.endpoint}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the message with what the outbox must know of it."""
        self.kind, self.destination = OutboxKind.WEBHOOK.value, f"{OutboxKind.WEBHOOK}:{self.endpoint_id}"
        super().save(*args, **kwargs)
