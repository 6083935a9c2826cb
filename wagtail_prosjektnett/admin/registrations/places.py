"""The times and places whose registrations a user handles, in words, at the same price for one and for many."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail_prosjektnett.admin.registrations.policy import pools_handled_by
from wagtail_prosjektnett.models import SeatPool
from wagtail_prosjektnett.pages.sources import sources_of
from wagtail_prosjektnett.pages.tree import Networks
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.wording import dates

_ATTRIBUTE = "_prosjektnett_places"


@dataclass(frozen=True)
class Place:
    """The seats of an occurrence, with the gathering and the occurrence while there are any."""

    pool: SeatPool
    page: Any
    row: Any

    @property
    def gathering(self) -> str:
        """The title of the gathering."""
        return self.page.title if self.page is not None else _("A gathering that was deleted")

    @property
    def name(self) -> str:
        """The time and place in words; as people were last told, where the occurrence was deleted."""
        if self.row is not None:
            return ", ".join(part for part in (str(self.row), self.row.place) if part)
        told = self.pool.told
        day = dates.day(datetime.fromisoformat(told["starts_at"])) if told.get("starts_at") else ""
        return ", ".join([_("A time and place that was deleted"), *filter(None, (told.get("place"), day))])

    def __str__(self) -> str:
        return f"{self.gathering}: {self.name}"


class Places:
    """All times and places whose registrations a user handles, those that end last first."""

    def __init__(self, user: Any) -> None:
        self._pools = list(pools_handled_by(user).order_by("-ends_at", "-pk"))

    def of(self, pool_id: int) -> Place:
        """Return a time and place by the id of its seats, which may have come since the others were looked up."""
        return self._by_id.get(pool_id) or Place(SeatPool.objects.get(pk=pool_id), None, None)

    def __iter__(self) -> Any:
        return iter(self._by_id.values())

    def find(self, uid: uuid.UUID) -> Place:
        """Return a time and place by its key; raises ``Http404`` for one that the user does not handle."""
        for place in self:
            if place.pool.uid == uid:
                return place
        raise Http404

    def of_gathering(self, key: uuid.UUID) -> list[Place]:
        """Return the times and places of one gathering, in the order in which they end."""
        return [place for place in reversed(list(self)) if place.pool.gathering_key == key]

    @cached_property
    def gatherings(self) -> list[tuple[str, str]]:
        """The gatherings, as choices."""
        return list({str(place.pool.gathering_key): place.gathering for place in self}.items())

    @cached_property
    def networks(self) -> list[tuple[str, str]]:
        """The networks that the gatherings are in, as choices."""
        found = {str(network.translation_key): network.title for network in self._networks.values() if network}
        return sorted(found.items(), key=lambda choice: choice[1])

    def in_network(self, key: str) -> list[int]:
        """Return the ids of the seats in one network."""
        return [
            place.pool.pk
            for place in self
            if (network := self._networks.get(place.pool.gathering_key)) and str(network.translation_key) == key
        ]

    @cached_property
    def _by_id(self) -> dict[int, Place]:
        pages = self._pages
        rows = _rows(pages.values())
        return {pool.pk: Place(pool, pages.get(pool.gathering_key), rows.get(pool.uid)) for pool in self._pools}

    @cached_property
    def _pages(self) -> dict[uuid.UUID, Any]:
        return sources_of(PageRole.GATHERING, {pool.gathering_key for pool in self._pools})

    @cached_property
    def _networks(self) -> dict[uuid.UUID, Any]:
        networks = Networks()
        networks.preload(self._pages.values())
        return {key: networks.nearest(page) for key, page in self._pages.items()}


def places_of(request: HttpRequest) -> Places:
    """Return the times and places of who makes a request, looked up once."""
    if not hasattr(request, _ATTRIBUTE):
        setattr(request, _ATTRIBUTE, Places(request.user))
    return getattr(request, _ATTRIBUTE)


def _rows(pages: Iterable[Any]) -> dict[uuid.UUID, Any]:
    """Return the occurrences of some gatherings by their keys, with one query."""
    by_pk = {page.pk: page for page in pages}
    if not by_pk:
        return {}
    model = type(next(iter(by_pk.values()))).occurrences.rel.related_model
    rows = model.objects.filter(page__in=by_pk).select_related("municipality")
    for row in rows:
        row.page = by_pk[row.page_id]
    return {row.uid: row for row in rows}
