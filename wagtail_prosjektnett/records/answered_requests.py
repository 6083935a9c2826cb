"""What was answered to requests that a client may send again: the same request then changes nothing more.

Neither what was sent nor who sent it is kept: only digests that nobody can make without the secret of the site, and an
answer that holds nothing personal.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: For how long a client can send a request again, at least.
KEPT = timedelta(hours=24)


class AnsweredRequest(models.Model):
    """One request with an ``Idempotency-Key``, written in the transaction of what it changed."""

    key_digest = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("answered request")
        verbose_name_plural = _("answered requests")

    def __str__(self) -> str:
        return self.key_digest[:8]


def prune_answered_requests(at: datetime) -> int:
    """Delete what no client can send again at an aware instant, and return how many there were."""
    count, _by_model = AnsweredRequest.objects.filter(created_at__lte=at - KEPT).delete()
    return count
