"""What is left of an instant once nobody is to be found by it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import start_of_day


def site_day(instant: datetime) -> date:
    """Return the day of an aware instant in the site's time zone, where people read of it."""
    return instant.astimezone(ZoneInfo(conf.default_time_zone())).date()


def day_of(instant: datetime) -> datetime:
    """Return the first instant of that day."""
    return start_of_day(site_day(instant), ZoneInfo(conf.default_time_zone()))


def as_known(record: Any, instant: datetime) -> datetime | date:
    """Return an aware instant of a record; of one that was anonymised, its day, as no time of day is kept."""
    return instant if record.anonymised_at is None else site_day(instant)
