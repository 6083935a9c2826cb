"""How fresh what readers see is: which version of the content there is, and when time alone will change it.

Every process reads both from the database with one query, so that all of them agree, whatever they have cached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Exists, F, Func, IntegerField, QuerySet, Subquery
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import end_of_day, start_of_day
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.records.content_changes import ContentChange
from wagtail_prosjektnett.records.seats import SeatPool

_COUNT = Func(F("pk"), function="COUNT", output_field=IntegerField())


@dataclass(frozen=True)
class Freshness:
    """What readers see at an instant, without the content itself. All instants are aware.

    ``version`` is another one after every change of the content. ``changed_at`` is when that last happened, or None
    where it never has. ``clock_changed_at`` is when time last changed what is told: a gathering began or ended, or a
    day began in a time zone of a network. ``next_change`` is when it does so next. ``is_restricted`` tells whether
    there is any view restriction at all, of a page or a collection. ``seats`` is another one after every change of the
    seats that are told, and empty where none are; ``has_seats_ahead`` is whether some of them can change.
    """

    version: str
    changed_at: datetime | None
    clock_changed_at: datetime
    next_change: datetime
    is_restricted: bool
    seats: str = ""
    has_seats_ahead: bool = False

    @property
    def modified_at(self) -> datetime:
        """When what is told last changed, for whatever reason."""
        return max(self.clock_changed_at, self.changed_at or self.clock_changed_at)

    @property
    def token(self) -> str:
        """What is the same for as long as the same is told, and never again after a change."""
        return f"{self.version}.{self.clock_changed_at.timestamp()}.{self.seats}"


def freshness(at: datetime, pools: QuerySet[SeatPool] | None = None) -> Freshness:
    """Return how fresh the content is at an aware instant, with one query, or two where the content is new.

    ``pools`` are the seats that are told besides.
    """
    row = _read(at, pools)
    changed_at = row.get("changed_at")
    version = f"{row.get('changes', 0)}.{row.get('pk', 0)}.{changed_at.timestamp() if changed_at else 0}"
    days = [(at.astimezone(zone).date(), zone) for zone in _zones(version)]
    before = [row.get("started_at"), row.get("ended_at"), *(start_of_day(*each) for each in days)]
    after = [row.get("starts_at"), row.get("ends_at"), *(end_of_day(*each) for each in days)]
    return Freshness(
        version=version,
        changed_at=changed_at,
        clock_changed_at=max(each for each in before if each),
        next_change=min(each for each in after if each),
        is_restricted=row.get("is_restricted", True),
        seats=f"{row['pools']}.{row['pool_versions']}" if row.get("pools") else "",
        has_seats_ahead=bool(row.get("pools_ahead")),
    )


def _read(at: datetime, pools: QuerySet[SeatPool] | None) -> dict[str, Any]:
    changes = ContentChange.objects.order_by()
    newest = changes.order_by("-pk").annotate(
        changes=Subquery(changes.annotate(changes=_COUNT).values("changes")),
        changed_at=Subquery(changes.order_by("-happened_at").values("happened_at")[:1]),
        is_restricted=Exists(PageViewRestriction.objects.all()) | Exists(CollectionViewRestriction.objects.all()),
    )
    told = {**_instants(at), **_seats(at, pools)}
    row = newest.annotate(**told).values("pk", "changes", "changed_at", "is_restricted", *told).first()
    return row or _without_changes(told)


def _instants(at: datetime) -> dict[str, Subquery]:
    """Return the instants around one at which an occurrence begins or ends; each is found by its index."""
    rows = _occurrences()
    if rows is None:
        return {}
    return {
        "started_at": _first(rows.filter(starts_at__lte=at), "-starts_at"),
        "starts_at": _first(rows.filter(starts_at__gt=at), "starts_at"),
        "ended_at": _first(rows.filter(ends_at__lte=at), "-ends_at"),
        "ends_at": _first(rows.filter(ends_at__gt=at), "ends_at"),
    }


def _seats(at: datetime, pools: QuerySet[SeatPool] | None) -> dict[str, Subquery]:
    """Return how many pools there are, how many are ahead, and the sum of their versions: each of them only grows."""
    if pools is None:
        return {}
    pools = pools.order_by()
    versions = Func(F("version"), function="SUM", output_field=BigIntegerField())
    return {
        "pools": Subquery(pools.annotate(found=_COUNT).values("found")),
        "pools_ahead": Subquery(pools.filter(ends_at__gt=at).annotate(found=_COUNT).values("found")),
        "pool_versions": Subquery(pools.annotate(found=versions).values("found")),
    }


def _first(rows: Any, order: str) -> Subquery:
    return Subquery(rows.order_by(order).values(order.removeprefix("-"))[:1])


def _without_changes(told: dict[str, Subquery]) -> dict[str, Any]:
    """Return the rest of a database in which no change was ever written down, as it came about by other ways."""
    model = page_model(PageRole.GATHERING)
    row = model and model.objects.order_by("pk").annotate(**told).values(*told).first()
    return row or {}


def _occurrences() -> Any:
    model = page_model(PageRole.GATHERING)
    return model.occurrences.rel.related_model.objects.all() if model is not None else None


@lru_cache(maxsize=4)
def _zones(version: str) -> tuple[ZoneInfo, ...]:
    """Return the time zones in which days begin for a version of the content."""
    model = page_model(PageRole.NETWORK)
    names = set() if model is None else set(model.objects.order_by().values_list("time_zone", flat=True).distinct())
    return tuple(ZoneInfo(name) for name in sorted(names | {conf.default_time_zone()}))
