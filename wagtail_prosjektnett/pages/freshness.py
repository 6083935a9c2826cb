"""How fresh what readers see is: which version of the content there is, and when time alone will change it.

Every process reads both from the database with one query, so that all of them agree, whatever they have cached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, DateTimeField, Exists, F, Func, IntegerField, QuerySet, Subquery
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
    """Return how fresh the content is at an aware instant, with one query, or three where content or clock have moved.

    ``pools`` are the seats that are told besides.
    """
    row = _read(pools)
    changed_at, seats_end_at = row.get("changed_at"), row.get("pools_end_at")
    version = f"{row.get('changes', 0)}.{row.get('pk', 0)}.{changed_at.timestamp() if changed_at else 0}"
    span = _span(version, at)
    return Freshness(
        version=version,
        changed_at=changed_at,
        clock_changed_at=span.begins,
        next_change=span.ends,
        is_restricted=row.get("is_restricted", True),
        seats=f"{row['pools']}.{row['pool_versions']}" if row.get("pools") else "",
        has_seats_ahead=seats_end_at is not None and seats_end_at > at,
    )


def _read(pools: QuerySet[SeatPool] | None) -> dict[str, Any]:
    if pools is None:
        asked = _versions()
    else:
        asked = _versions().annotate(**_seats(pools)) if pools.query.where else _versions_and_all_seats()
    return asked.first() or _without_changes({} if pools is None else _seats(pools))


@cache
def _versions() -> QuerySet[Any]:
    """Return the query of the newest version. It is asked for each answer, and takes longer to make than to ask."""
    changes = ContentChange.objects.order_by()
    newest = changes.order_by("-pk").annotate(
        changes=Subquery(changes.annotate(changes=_COUNT).values("changes")),
        changed_at=Subquery(changes.order_by("-happened_at").values("happened_at")[:1]),
        is_restricted=Exists(PageViewRestriction.objects.all()) | Exists(CollectionViewRestriction.objects.all()),
    )
    return newest.values("pk", "changes", "changed_at", "is_restricted")


@cache
def _versions_and_all_seats() -> QuerySet[Any]:
    return _versions().annotate(**_seats(SeatPool.objects.all()))


@dataclass(frozen=True)
class _Span:
    """From when until when, in aware instants, time changes nothing of what is told in one version of the content."""

    version: str
    begins: datetime
    ends: datetime


#: The newest that this process has read. Another process may know another; each is right while its version is.
_known: _Span | None = None


def _span(version: str, at: datetime) -> _Span:
    """Return the span of time around an instant in which only a change of the content changes what is told."""
    global _known
    span = _known
    if span is None or span.version != version or not span.begins <= at < span.ends:
        _known = span = _read_span(version, at)
    return span


def _read_span(version: str, at: datetime) -> _Span:
    days = [(at.astimezone(zone).date(), zone) for zone in _zones()]
    instants = _instants(at)
    before = [instants.get("last_start"), instants.get("last_end"), *(start_of_day(*each) for each in days)]
    after = [instants.get("next_start"), instants.get("next_end"), *(end_of_day(*each) for each in days)]
    return _Span(version, max(each for each in before if each), min(each for each in after if each))


def _instants(at: datetime) -> dict[str, datetime | None]:
    """Return the instants around one at which an occurrence begins or ends; each is found by its index."""
    model = page_model(PageRole.GATHERING)
    if model is None:
        return {}
    rows = model.occurrences.rel.related_model.objects.all()
    told = {
        "last_start": _first(rows.filter(starts_at__lte=at), "-starts_at"),
        "next_start": _first(rows.filter(starts_at__gt=at), "starts_at"),
        "last_end": _first(rows.filter(ends_at__lte=at), "-ends_at"),
        "next_end": _first(rows.filter(ends_at__gt=at), "ends_at"),
    }
    return rows.order_by("pk").annotate(**told).values(*told).first() or {}


def _seats(pools: QuerySet[SeatPool]) -> dict[str, Subquery]:
    """Return how many pools there are, the sum of their versions, which only grow, and when the last of them ends."""
    pools = pools.order_by()
    versions = Func(F("version"), function="SUM", output_field=BigIntegerField())
    ends_at = Func(F("ends_at"), function="MAX", output_field=DateTimeField())
    return {
        "pools": Subquery(pools.annotate(found=_COUNT).values("found")),
        "pool_versions": Subquery(pools.annotate(found=versions).values("found")),
        "pools_end_at": Subquery(pools.annotate(found=ends_at).values("found")),
    }


def _first(rows: Any, order: str) -> Subquery:
    return Subquery(rows.order_by(order).values(order.removeprefix("-"))[:1])


def _without_changes(told: dict[str, Subquery]) -> dict[str, Any]:
    """Return the rest of a database in which no change was ever written down, as it came about by other ways."""
    model = page_model(PageRole.GATHERING)
    row = model and model.objects.order_by("pk").annotate(**told).values(*told).first()
    return row or {}


def _zones() -> set[ZoneInfo]:
    """Return the time zones in which days begin."""
    model = page_model(PageRole.NETWORK)
    names = set() if model is None else set(model.objects.order_by().values_list("time_zone", flat=True).distinct())
    return {ZoneInfo(name) for name in names | {conf.default_time_zone()}}
