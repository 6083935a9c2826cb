"""What is to leave the site: rows that are written in the transaction of the change that they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.wording.labels import choices


class OutboxKind(models.TextChoices):
    """How something leaves the site; ``delivery.outbox`` has a sender for each."""

    WEBHOOK = "webhook", _("webhook")
    MAIL = "mail", _("mail")
    CONTACT_MAIL = "contact_mail", _("mail to a contact person")


class OutboxItem(models.Model):
    """One thing to send to one receiver. What is sent stands in a model of its own for each kind, built on this one.

    ``lease_until`` is set while somebody sends it; ``delivery.outbox`` takes and gives back leases.
    """

    kind = models.CharField(max_length=20, choices=OutboxKind, editable=False)
    #: What has the same destination waits together when the destination does not answer.
    destination = models.CharField(max_length=100, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=choices(OutboxState), default=OutboxState.WAITING.value, editable=False
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    next_try_at = models.DateTimeField(_("next try"), null=True, default=timezone.now, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)

    class Meta:
        verbose_name = _("item of the outbox")
        verbose_name_plural = _("outbox")
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="prosjektnett_outbox_due"),
            models.Index(fields=["state", "finished_at"], name="prosjektnett_outbox_old"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


def write_mail_items(kind: OutboxKind, count: int, at: datetime, send_at: datetime | None) -> Sequence[OutboxItem]:
    """Write so many mails into the outbox at an aware instant, to be sent at another or at once, and return them.

    What they say stands in rows of the kind. All kinds of mail wait together while the mail server is down.
    """
    return OutboxItem.objects.bulk_create(
        OutboxItem(
            kind=kind.value,
            destination=OutboxKind.MAIL.value,
            state=OutboxState.WAITING.value,
            created_at=at,
            next_try_at=send_at or at,
        )
        for _each in range(count)
    )
