"""The filters that pages have in our viewset of Wagtail's API v2, besides Wagtail's own.

Each is there for those types only that it means something for. What is asked for wrongly is a 400 that names
the parameter, in v2's own form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils import timezone
from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2.utils import BadRequestError

from wagtail_prosjektnett.api.parameters import LARGEST
from wagtail_prosjektnett.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from wagtail_prosjektnett.domain.occurrences import EventStatus, RegistrationStatus
from wagtail_prosjektnett.pages.day_filters import Days, WhichDays, on_days
from wagtail_prosjektnett.pages.status_filters import with_event_status, with_registration_status
from wagtail_prosjektnett.pages.types import PageRole, has_role, page_model

#: A parameter for the first day of a range, and one for the last: ``starts_from`` and ``starts_to``.
BOUNDS = ("from", "to")
#: The days that may be asked for of any page of a network, and of a gathering besides.
DAYS = ("published", "changed")
DAYS_OF_GATHERINGS = ("starts", "ends")
STATUSES: Mapping[str, type[StrEnum]] = {"event_status": EventStatus, "registration_status": RegistrationStatus}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parameters_of(model: Any) -> set[str]:
    """Return the names of the filters that a page model has besides Wagtail's."""
    names = {"network"}
    if isinstance(getattr(model, "role", None), PageRole):
        names |= {f"{day}_{bound}" for day in DAYS for bound in BOUNDS}
    if has_role(model, PageRole.GATHERING):
        names |= {f"{day}_{bound}" for day in DAYS_OF_GATHERINGS for bound in BOUNDS} | STATUSES.keys()
    return names


class NetworkFilter(BaseFilterBackend):
    """Leaves those pages that are in a network, show some days and have a status; it has to stand before a search."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """Return the pages that were asked for; raise ``BadRequestError`` for what makes no sense."""
        if any(not _is_seen(field, request.GET[field.name], view) for field in _page_fields(request, queryset, view)):
            return queryset.none()
        if not parameters_of(queryset.model) & request.GET.keys():
            return queryset
        pages = queryset
        if "network" in request.GET:
            pages = pages.descendant_of(_network(request, view))
        pages = on_days(pages, WhichDays(**{name: _days(request, name) for name in (*DAYS, *DAYS_OF_GATHERINGS)}))
        pages = _with_statuses(pages, request)
        # A search takes no conditions but on what it has indexed, and on the primary key.
        return queryset.filter(pk__in=pages.order_by().values("pk")) if "search" in request.GET else pages


def _page_fields(request: Any, queryset: Any, view: Any) -> list[Any]:
    """Return the fields that lead to a page and by which the list is filtered, as Wagtail's own filter will do."""
    names = view.get_available_fields(queryset.model, db_fields_only=True)
    fields = {field.name: field for field in queryset.model._meta.concrete_fields if field.is_relation}
    asked = (fields[name] for name in names if name in fields and name in request.GET)
    return [field for field in asked if issubclass(field.related_model, view.model)]


def _is_seen(field: Any, value: str, view: Any) -> bool:
    """Whether the reader may see a page: who finds what refers to one that is hidden would learn of it."""
    return view.get_base_queryset().filter(pk=field.target_field.to_python(value)).exists()


def _network(request: Any, view: Any) -> Any:
    pk = _one(request, "network")
    if not (pk.isascii() and pk.isdigit()):
        raise BadRequestError("network must be a positive integer")
    model = page_model(PageRole.NETWORK)
    found = model and int(pk) <= LARGEST and model.objects.filter(pk=pk, pk__in=view.get_base_queryset().values("pk"))
    network = found.first() if found else None
    if network is None:
        raise BadRequestError("network doesn't exist")
    return network


def _days(request: Any, name: str) -> Days:
    return Days(*(_day(request, f"{name}_{bound}") for bound in BOUNDS))


def _day(request: Any, name: str) -> date | None:
    if name not in request.GET:
        return None
    text = _one(request, name)
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise BadRequestError(f"{name} must be a date as YYYY-MM-DD")
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise BadRequestError(f"{name} must be in a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day


def _with_statuses(pages: Any, request: Any) -> Any:
    at = timezone.now()
    if "event_status" in request.GET:
        pages = with_event_status(pages, _statuses(request, "event_status"), at)
    if "registration_status" in request.GET:
        networks = page_model(PageRole.NETWORK).objects.all()
        pages = with_registration_status(pages, _statuses(request, "registration_status"), at, networks)
    return pages


def _statuses(request: Any, name: str) -> list[Any]:
    kind = STATUSES[name]
    wanted = ",".join(request.GET.getlist(name)).split(",")
    if unknown := [value for value in wanted if value not in list(kind)]:
        raise BadRequestError(f"{name} must be one of {', '.join(kind)}, not '{unknown[0]}'")
    return [kind(value) for value in wanted]


def _one(request: Any, name: str) -> str:
    values: list[str] = request.GET.getlist(name)
    if len(values) > 1:
        raise BadRequestError(f"{name} may be given only once")
    return values[0]
