"""Dates in words, as exact as they are known: "våren 2018", "15.–16. februar 2018"."""

from datetime import date, time

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_prosjektnett.domain.dates import Precision, Season, When


def day(value: date) -> str:
    """Return a date in figures, as Norwegian pages state when they were published: 15.02.2019."""
    return date_format(value, "SHORT_DATE_FORMAT")


def long_day(value: date) -> str:
    """Return a date in words: 15. februar 2019."""
    return date_format(value, "DATE_FORMAT")


def clock(value: time) -> str:
    """Return a time of day."""
    return time_format(value, "TIME_FORMAT")


def season(value: Season, year: int) -> str:
    """Return a season of a year in running text: våren 2018."""
    if value is Season.SPRING:
        return _("spring %(year)d") % {"year": year}
    return _("autumn %(year)d") % {"year": year}


def season_title(value: Season, year: int) -> str:
    """Return a season of a year as a heading: Våren 2018."""
    words = season(value, year)
    return words[:1].upper() + words[1:]


def when(value: When) -> str:
    """Return dates in words, as exact as they are known."""
    days = _days(value)
    if value.start_time is None:
        return days
    if value.end_time is None:
        return _("%(days)s at %(start)s") % {"days": days, "start": clock(value.start_time)}
    times = {"start": clock(value.start_time), "end": clock(value.end_time)}
    if value.first_day == value.final_day:
        return _("%(days)s, %(start)s–%(end)s") % {"days": days, **times}
    return _("%(first)s at %(start)s to %(last)s at %(end)s") % {
        "first": long_day(value.first_day),
        "last": long_day(value.final_day),
        **times,
    }


def _days(value: When) -> str:
    if value.precision is Precision.DAY:
        return _day_range(value.first_day, value.final_day)
    first, last = (_period(point, value.precision) for point in (value.first_day, value.final_day))
    return first if first == last else _range(first, last)


def _period(point: date, precision: Precision) -> str:
    if precision is Precision.MONTH:
        return date_format(point, "YEAR_MONTH_FORMAT")
    if precision is Precision.SEASON:
        return season(Season.of(point), point.year)
    return str(point.year)


def _day_range(first: date, last: date) -> str:
    if first == last:
        return long_day(first)
    if (first.year, first.month) == (last.year, last.month):
        # Translators: a format of Django's date filter for the first day of days in one month.
        return _range(date_format(first, pgettext("date format", "N j")), long_day(last), tight=True)
    return _range(long_day(first), long_day(last))


def _range(first: str, last: str, *, tight: bool = False) -> str:
    return f"{first}–{last}" if tight else f"{first} – {last}"
