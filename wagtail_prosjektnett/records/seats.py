"""The seats of an occurrence: one row for its ``uid``, shared by all translations of its page.

Nothing of it is copied into a draft or a revision. What an editor has published is put in force by
``registration.publishing``; only ``registration.seats`` counts.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.registration import Seats


def nothing_told() -> dict[str, Any]:
    """Return what participants have been told of an occurrence that nobody has been told of."""
    return {}


class SeatPool(models.Model):
    """The seats of one occurrence, how many of them are taken, and the last number that was given.

    Everything that changes a registration first changes this row, and thereby waits for all others that do so.
    ``version`` is another one after each change, for the validators of our API.
    """

    uid = models.UUIDField(_("key of the occurrence"), unique=True)
    gathering_key = models.UUIDField(_("key of the gathering"), db_index=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True)
    has_waiting_list = models.BooleanField(_("waiting list"), default=True)
    seated = models.PositiveIntegerField(_("taken"), default=0)
    waiting = models.PositiveIntegerField(_("waiting"), default=0)
    last_number = models.PositiveIntegerField(default=0)
    #: How many of those who signed up together last got a seat: the answer of the UPDATE that gave them out.
    last_seated = models.PositiveIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)
    #: When the occurrence is over, and for how many days its registrations are kept; None for as the site keeps them.
    ends_at = models.DateTimeField(null=True, db_index=True)
    kept_days = models.PositiveIntegerField(null=True)
    #: What those who are signed up were last told of the time and the place.
    told = models.JSONField(default=nothing_told)
    #: When those who were there were told that the presentations had been published.
    presentations_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("seats of a time and place")
        verbose_name_plural = _("seats of times and places")

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def seats(self) -> Seats:
        """The seats as the domain sees them."""
        return Seats(self.capacity, self.seated, self.waiting, self.has_waiting_list)
