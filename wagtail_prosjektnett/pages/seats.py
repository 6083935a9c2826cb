"""The seats of occurrences for readers: they come with each occurrence that is read, without a query of their own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from typing_extensions import TypedDict

from wagtail_prosjektnett.domain.occurrences import Availability
from wagtail_prosjektnett.domain.registration import Seats
from wagtail_prosjektnett.pages.aliases import key_of_source
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.records.seats import SeatPool

#: What of a pool readers are told, as the domain names it.
_TOLD = ("capacity", "seated", "waiting", "has_waiting_list")
ANNOTATION = "pool_as_read"


class SeatsData(TypedDict):
    """How the seats of an occurrence are taken as the APIs give it, where one signs up on the site itself.

    ``capacity`` and ``left`` are null where there is no limit; ``left`` is what nobody has, also where some wait.
    """

    capacity: int | None
    left: int | None
    waiting: int
    has_waiting_list: bool


class OccurrenceManager(models.Manager[Any]):
    """Reads occurrences with how their seats are taken at that moment."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Return the occurrences, each with its seats."""
        pool = SeatPool.objects.filter(uid=OuterRef("uid")).values(
            seats_told=JSONObject(**{name: name for name in _TOLD})
        )
        return super().get_queryset().annotate(**{ANNOTATION: Subquery(pool[:1])})


def seats_of(row: Any) -> Seats:
    """Return how the seats of an occurrence are taken; where nobody could sign up yet, they are all free.

    An occurrence that was not read from the database, as in a preview, costs a query.
    """
    if hasattr(row, ANNOTATION):
        told = getattr(row, ANNOTATION)
    else:
        told = SeatPool.objects.filter(uid=row.uid).values(*_TOLD).first()
        setattr(row, ANNOTATION, told)
    return Seats(**{**told, "has_waiting_list": bool(told["has_waiting_list"])}) if told else Seats(row.capacity)


def every_pool(**values: Any) -> models.QuerySet[SeatPool]:
    """Return all seats: lists and landing pages tell of those of any gathering."""
    return SeatPool.objects.all()


def pools_of(id: int, **values: Any) -> models.QuerySet[SeatPool]:
    """Return the seats of the gathering with an id, in whatever language it is; an alias shows those of its source."""
    model = page_model(PageRole.GATHERING)
    key = model.objects.filter(pk=id).order_by().values(shown_key=key_of_source()) if model is not None else ()
    return SeatPool.objects.filter(gathering_key__in=key)


def wait_for_signups(uids: Iterable[uuid.UUID]) -> None:
    """Let who signs up at this moment be done before it is counted; who comes later finds the occurrence gone, or kept.

    It must be called in a transaction. The seats are locked in the order in which everybody locks those of several
    occurrences.
    """
    for uid in sorted(uids):
        SeatPool.objects.filter(uid=uid).update(version=models.F("version") + 1)


def seats_data(row: Any) -> SeatsData | None:
    """Return how the seats of an occurrence are taken as the APIs give it, or None where one signs up elsewhere."""
    if not row.page.takes_registrations:
        return None
    seats = seats_of(row)
    return {
        "capacity": seats.capacity,
        "left": seats.free,
        "waiting": seats.waiting,
        "has_waiting_list": seats.has_waiting_list,
    }


def with_availability(availability: Availability) -> Q:
    """Return the condition that there is room, a queue or neither, on occurrences that are signed up for here."""
    room = Q(capacity=None) | Q(capacity__gt=models.F("seated"))
    conditions = {
        Availability.AVAILABLE: room & Q(waiting=0),
        Availability.WAITING_LIST: ~(room & Q(waiting=0)) & Q(has_waiting_list=True),
        Availability.FULL: ~(room & Q(waiting=0)) & Q(has_waiting_list=False),
    }
    pools = SeatPool.objects.filter(uid=OuterRef("uid"))
    found = Q(models.Exists(pools.filter(conditions[availability])))
    return found | ~Q(models.Exists(pools)) if availability is Availability.AVAILABLE else found
