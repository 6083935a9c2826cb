"""What calendars have been told of an occurrence: one row for its ``uid``, shared by all translations of its page.

A calendar that has an entry takes a new one in its place only if that has a higher ``sequence``, or the same one and a
later time (RFC 5546, 2.1.5). Both are therefore written down in the transaction that changes what is told, and outlive
the page. So does the way to them from the calendar of a page that is deleted.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarRecord(models.Model):
    """What calendars were last told of an occurrence, how many times it was changed, and whether it is withdrawn.

    ``withdrawn_at`` is set while it is not published with an exact date any more. Until the end of the day that it was
    planned for, calendars are then told that it does not take place, in the network that it was in, unless not
    everybody could read of it before.
    """

    uid = models.UUIDField(_("key of the occurrence"), unique=True)
    gathering_key = models.UUIDField(_("key of the gathering"), db_index=True)
    told: models.JSONField[Any, Any] = models.JSONField(default=dict)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    #: What was so when it was withdrawn: whether anybody could read of it, and where it was in the tree.
    was_public = models.BooleanField(default=False)
    network_key = models.UUIDField(null=True, db_index=True)
    path = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = _("calendar entry of a time and place")
        verbose_name_plural = _("calendar entries of times and places")

    def __str__(self) -> str:
        return str(self.uid)


class DeletedGathering(models.Model):
    """A page of a gathering that is deleted: whoever follows its calendar asks for it by its id, for years.

    Readers have seen it, in a network and in a language. ``gathering_key`` is that of the records that tell of it; an
    alias showed what another page says.
    """

    page_id = models.BigIntegerField(unique=True)
    gathering_key = models.UUIDField(db_index=True)
    network_id = models.BigIntegerField(null=True, db_index=True)
    language = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("deleted gathering")
        verbose_name_plural = _("deleted gatherings")

    def __str__(self) -> str:
        return str(self.page_id)
