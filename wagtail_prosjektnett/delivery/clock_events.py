"""Tells webhooks what the clock has changed: the lifecycle of a network, the two statuses of a gathering.

Nothing is stored when time changes a status. What is told is what differs between two instants: the one up to which
the clock has been told, and now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q

from wagtail_prosjektnett.delivery.events import active_endpoints, following, page_told, tell
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import ClockMark, WebhookEndpoint
from wagtail_prosjektnett.pages.changes import restricted_paths
from wagtail_prosjektnett.pages.tree import Networks
from wagtail_prosjektnett.pages.types import PageRole, page_model

MARK = "webhooks"
#: A day begins at most this long before or after it does so in UTC, wherever the network is.
_DAY = timedelta(days=1)


@dataclass
class _Period:
    """What is told of a period from one aware instant to another, and to whom."""

    began: datetime
    until: datetime
    endpoints: list[WebhookEndpoint]
    restricted: tuple[str, ...] = field(default_factory=restricted_paths)

    def tell(self, event: WebhookEvent, page: Any, network: Any, **changed: Any) -> None:
        """Tell what has changed of a page, if anybody may read it."""
        url = page.get_full_url()
        if not page.live or page.path.startswith(self.restricted) or not url or not changed:
            return
        told = {**page_told(page, network.pk, self), **changed}
        tell(following(self.endpoints, network.translation_key), event, self.until, told)


def tell_what_time_changed(at: datetime) -> bool:
    """Tell what the clock has changed since it was last told, up to an aware instant.

    The first time, there is nothing to tell: it only begins. Returns False, and tells nothing, where somebody else
    has told it already or does so at this moment.
    """
    began = ClockMark.read(MARK)
    if began is None:
        return ClockMark.begin(MARK, at)
    if began >= at:
        return False
    with transaction.atomic():
        if not ClockMark.move(MARK, began, at):
            return False
        endpoints = active_endpoints()
        if endpoints:
            period = _Period(began, at, endpoints)
            _tell_of_gatherings(period, _tell_of_networks(period))
    return True


def _tell_of_networks(period: _Period) -> list[Any]:
    """Tell of networks whose lifecycle has changed, and return them, also those that nobody may read."""
    model = page_model(PageRole.NETWORK)
    if model is None:
        return []
    first, last = period.began.date() - _DAY, period.until.date() + _DAY
    dates = ("active_from", "wind_down_from", "closed_from")
    begins = Q()
    for name in dates:
        begins |= Q(**{f"{name}__range": (first, last)})
    changed = []
    for network in model.objects.filter(begins).select_related("locale").order_by("path"):
        before, now = (network.lifecycle.state(at) for at in (period.began, period.until))
        if before is not now:
            changed.append(network)
            period.tell(
                WebhookEvent.LIFECYCLE_CHANGED, network, network, lifecycle={"before": before.value, "now": now.value}
            )
    return changed


def _tell_of_gatherings(period: _Period, changed_networks: Iterable[Any]) -> None:
    model = page_model(PageRole.GATHERING)
    if model is None:
        return
    gatherings = list(_candidates(model, period, changed_networks))
    networks = Networks()
    networks.introduce(gatherings)
    for page in gatherings:
        if page.network is not None:
            period.tell(WebhookEvent.STATUS_CHANGED, page, page.network, **_changed_statuses(page, period))


def _candidates(model: Any, period: _Period, changed_networks: Iterable[Any]) -> Any:
    """Return the published gatherings that have an instant in the period at which a status may change."""
    rows = model.occurrences.rel.related_model.objects
    instants, days = (period.began, period.until), (period.began.date() - 2 * _DAY, period.until.date() + _DAY)
    touched = rows.filter(
        Q(starts_at__range=instants) | Q(ends_at__range=instants) | Q(registration_deadline__range=days)
    )
    found = Q(pk__in=touched.values("page"))
    found |= Q(registration_opens__range=days) | Q(registration_deadline__range=days)
    for network in changed_networks:
        found |= Q(path__startswith=network.path)
    pages = model.objects.filter(found, live=True).select_related("locale").defer_streamfields()
    return pages.prefetch_related(Prefetch("occurrences", rows.all())).order_by("path")


def _changed_statuses(page: Any, period: _Period) -> dict[str, Any]:
    told = {}
    for name in ("event_status", "registration_status"):
        before, now = (getattr(page, name)(at) for at in (period.began, period.until))
        if before is not now:
            told[name] = {"before": before.value, "now": now.value}
    return told
