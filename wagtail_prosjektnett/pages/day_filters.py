"""The days that pages show as conditions that a database can filter by.

The rules themselves stand on the pages; a property test compares each condition here with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce, NullIf, TruncDate

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import end_of_day, start_of_day


@dataclass(frozen=True)
class Days:
    """A range of days, both included; None is no bound."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class WhichDays:
    """Which pages a reader asks for by the days they show.

    ``starts`` and ``ends`` are for one and the same occurrence of a gathering, in the site's time zone
    (``PROSJEKTNETT_TIME_ZONE``). A page that shows no such day is not found.
    """

    starts: Days = Days()
    ends: Days = Days()
    published: Days = Days()
    changed: Days = Days()


def day_of_site(at: datetime) -> date:
    """Return the day that it is in the site's time zone (``PROSJEKTNETT_TIME_ZONE``) at an aware instant."""
    return at.astimezone(ZoneInfo(conf.default_time_zone())).date()


def published_day() -> Coalesce:
    """Return the day that a page shows as published."""
    return Coalesce("published_on", TruncDate("first_published_at"))


def changed_day() -> Case:
    """Return the day that a page shows as last changed, which is null where it shows none."""
    is_set = Q(changed_on__isnull=False) | Q(published_on__isnull=False)
    last = NullIf(TruncDate("last_published_at"), TruncDate("first_published_at"))
    return Case(When(is_set, then=F("changed_on")), default=last, output_field=DateField())


def on_days(pages: QuerySet[Any], which: WhichDays) -> QuerySet[Any]:
    """Return those pages of networks that show the days that were asked for."""
    if occurrence := _on_occurrence(which):
        rows = pages.model.occurrences.rel.related_model.objects.filter(page=OuterRef("pk"))
        pages = pages.filter(Exists(rows.filter(occurrence)))
    if published := _between("shown_as_published", which.published):
        pages = pages.alias(shown_as_published=published_day()).filter(published)
    if changed := _between("shown_as_changed", which.changed):
        pages = pages.alias(shown_as_changed=changed_day()).filter(changed)
    return pages


def _between(name: str, days: Days) -> Q:
    found = Q()
    if days.first is not None:
        found &= Q(**{f"{name}__gte": days.first})
    if days.last is not None:
        found &= Q(**{f"{name}__lte": days.last})
    return found


def _on_occurrence(which: WhichDays) -> Q:
    """Return the condition on an occurrence, whose end is the first instant that does not belong to it."""
    tz = ZoneInfo(conf.default_time_zone())
    found = Q()
    if which.starts.first is not None:
        found &= Q(starts_at__gte=start_of_day(which.starts.first, tz))
    if which.starts.last is not None:
        found &= Q(starts_at__lt=end_of_day(which.starts.last, tz))
    if which.ends.first is not None:
        found &= Q(ends_at__gt=start_of_day(which.ends.first, tz))
    if which.ends.last is not None:
        found &= Q(ends_at__lte=end_of_day(which.ends.last, tz))
    return found
