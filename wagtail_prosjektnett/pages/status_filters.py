"""The statuses of gatherings as conditions that a database can filter by.

The rules themselves stand in ``domain.occurrences``; a property test compares each condition here with them.
Only the database can leave out what a reader did not ask for without loading every gathering first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import Precision
from wagtail_prosjektnett.domain.lifecycle import Lifecycle
from wagtail_prosjektnett.domain.occurrences import (
    Availability,
    Decision,
    EventStatus,
    RegistrationMethod,
    RegistrationStatus,
)
from wagtail_prosjektnett.pages.seats import with_availability
from wagtail_prosjektnett.pages.tree import nearest_is_one_of

_EXACT = Q(start_time__isnull=False) | Q(precision__in=[value for value in Precision if value.is_exact])


@dataclass(frozen=True)
class _Place:
    """The part of the tree in which it is one day, and registration is permitted or not."""

    today: date
    permits: bool
    where: Q


def with_event_status(pages: QuerySet[Any], wanted: Iterable[EventStatus], at: datetime) -> QuerySet[Any]:
    """Return those gatherings whose event status at an aware instant is one of those wanted."""
    occurrences = _occurrences(pages)
    found = Q(pk__in=())
    for status in wanted:
        has = [Q(Exists(occurrences.filter(_event(each, at)))) for each in _up_to(status)]
        condition = has[-1]
        if status is EventStatus.TENTATIVE:
            condition |= ~Q(Exists(occurrences))
        for earlier in has[:-1]:
            condition &= ~earlier
        found |= condition
    return pages.filter(found)


def with_registration_status(
    pages: QuerySet[Any], wanted: Iterable[RegistrationStatus], at: datetime, networks: QuerySet[Any]
) -> QuerySet[Any]:
    """Return those gatherings whose registration status at an aware instant is one of those wanted.

    ``networks`` are all networks of the site: their time zones tell which day it is. They cost one query.
    """
    occurrences = _occurrences(pages)
    found = Q(pk__in=())
    for place in _places(networks, at):
        for status in wanted:
            found |= place.where & _sums_up_to(status, occurrences, place, at)
    return pages.filter(found)


def _sums_up_to(status: RegistrationStatus, occurrences: QuerySet[Any], place: _Place, at: datetime) -> Q:
    if status is RegistrationStatus.NONE:
        return Q(registration_method=RegistrationMethod.NONE.value) | ~Q(Exists(occurrences))
    condition = ~Q(registration_method=RegistrationMethod.NONE.value)
    *earlier, own = [_registration(each, place, at) for each in _up_to(status)]
    for each in earlier:
        condition &= ~Q(Exists(occurrences.filter(each)))
    return condition & Q(Exists(occurrences.filter(own)))


def _up_to(status: Any) -> Iterator[Any]:
    """Yield the statuses that come before one in the order of precedence, and the status itself."""
    for each in type(status):
        yield each
        if each is status:
            return


def _event(status: EventStatus, at: datetime) -> Q:
    if status is EventStatus.CANCELLED:
        return Q(decision=Decision.CANCELLED.value)
    if status is EventStatus.POSTPONED:
        return Q(decision=Decision.POSTPONED.value)
    planned = Q(decision=Decision.AS_PLANNED.value)
    if status is EventStatus.HELD:
        return planned & Q(ends_at__lte=at)
    ahead = planned & Q(ends_at__gt=at)
    if status is EventStatus.TENTATIVE:
        return ahead & ~_EXACT
    return ahead & _EXACT & (Q(starts_at__lte=at) if status is EventStatus.ONGOING else Q(starts_at__gt=at))


def _registration(status: RegistrationStatus, place: _Place, at: datetime) -> Q:
    """Return the condition on an occurrence of a gathering that one can sign up for at all."""
    takes = _event(EventStatus.SCHEDULED, at) | _event(EventStatus.TENTATIVE, at)
    own = Q(registration_deadline__isnull=False, registration_deadline__gte=place.today)
    shared = Q(registration_deadline=None) & (Q(page__registration_deadline=None) | _not_over(place.today))
    possible = takes & (own | shared) if place.permits else Q(pk__in=())
    if status is RegistrationStatus.CLOSED:
        return ~possible if place.permits else Q()
    opens_later = Q(page__registration_opens__isnull=False, page__registration_opens__gt=place.today)
    if status is RegistrationStatus.NOT_YET_OPEN:
        return possible & opens_later
    availability = {
        RegistrationStatus.OPEN: Availability.AVAILABLE,
        RegistrationStatus.WAITING_LIST: Availability.WAITING_LIST,
        RegistrationStatus.FULL: Availability.FULL,
    }[status]
    has_opened = Q(page__registration_opens=None) | Q(page__registration_opens__lte=place.today)
    here = Q(page__registration_method=RegistrationMethod.BUILT_IN.value)
    said, counted = Q(availability=availability.value), with_availability(availability)
    return possible & has_opened & ((here & counted) | (~here & said))


def _not_over(today: date) -> Q:
    return Q(page__registration_deadline__isnull=False, page__registration_deadline__gte=today)


def _places(networks: QuerySet[Any], at: datetime) -> list[_Place]:
    """Divide the tree by the day that it is, and by whether registration is permitted; one place is most usual."""
    outside = Lifecycle(ZoneInfo(conf.default_time_zone()))
    groups: dict[tuple[date, bool], list[str]] = {_day_and_rule(outside, at): []}
    dates_of = ("path", "time_zone", "active_from", "wind_down_from", "closed_from")
    rows = list(networks.order_by("path").values_list(*dates_of))
    for path, zone, *dates in rows:
        groups.setdefault(_day_and_rule(Lifecycle(ZoneInfo(zone), *dates), at), []).append(path)
    if len(groups) == 1:
        ((today, permits),) = groups
        return [_Place(today, permits, Q())]
    everywhere = [path for path, *_ in rows]
    default, *others = groups
    places = [_Place(*group, nearest_is_one_of(groups[group], everywhere)) for group in others]
    besides = Q()
    for place in places:
        besides &= ~place.where
    return [_Place(*default, besides), *places]


def _day_and_rule(lifecycle: Lifecycle, at: datetime) -> tuple[date, bool]:
    return at.astimezone(lifecycle.tz).date(), lifecycle.state(at).permits.registration


def _occurrences(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.model.occurrences.rel.related_model.objects.filter(page=OuterRef("pk"))
