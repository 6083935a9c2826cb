"""The words for statuses and choices."""

from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.dates import Precision, Season
from wagtail_prosjektnett.domain.lifecycle import GuidanceKind, LifecycleState
from wagtail_prosjektnett.domain.occurrences import (
    Availability,
    Decision,
    EventStatus,
    RegistrationMethod,
    RegistrationStatus,
)
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.domain.webhooks import WebhookEvent

# Members of different enums are equal when their strings are, so each enum has a table of its own.
LABELS: dict[type[StrEnum], dict[StrEnum, Promise]] = {
    LifecycleState: {
        LifecycleState.PLANNED: pgettext_lazy("network", "Planned"),
        LifecycleState.ACTIVE: pgettext_lazy("network", "Active"),
        LifecycleState.WINDING_DOWN: pgettext_lazy("network", "Being wound down"),
        LifecycleState.CLOSED: pgettext_lazy("network", "Closed"),
    },
    GuidanceKind: {
        GuidanceKind.NONE: pgettext_lazy("guidance", "No guidance"),
        GuidanceKind.UNTIL: pgettext_lazy("guidance", "Until a date"),
        GuidanceKind.OPEN_ENDED: pgettext_lazy("guidance", "For a while, without an end date"),
    },
    EventStatus: {
        EventStatus.TENTATIVE: pgettext_lazy("gathering", "Tentative"),
        EventStatus.SCHEDULED: pgettext_lazy("gathering", "Scheduled"),
        EventStatus.POSTPONED: pgettext_lazy("gathering", "Postponed"),
        EventStatus.ONGOING: pgettext_lazy("gathering", "Going on now"),
        EventStatus.HELD: pgettext_lazy("gathering", "Held"),
        EventStatus.CANCELLED: pgettext_lazy("gathering", "Cancelled"),
    },
    RegistrationStatus: {
        RegistrationStatus.NONE: pgettext_lazy("registration", "No registration"),
        RegistrationStatus.NOT_YET_OPEN: pgettext_lazy("registration", "Registration has not opened"),
        RegistrationStatus.OPEN: pgettext_lazy("registration", "Open for registration"),
        RegistrationStatus.WAITING_LIST: pgettext_lazy("registration", "Waiting list"),
        RegistrationStatus.FULL: pgettext_lazy("registration", "Full"),
        RegistrationStatus.CLOSED: pgettext_lazy("registration", "Registration is closed"),
    },
    RegistrationMethod: {
        RegistrationMethod.NONE: pgettext_lazy("registration", "No registration"),
        RegistrationMethod.LINK: pgettext_lazy("registration", "By a link to a form elsewhere"),
        RegistrationMethod.EMAIL: pgettext_lazy("registration", "By e-mail"),
    },
    Availability: {
        Availability.AVAILABLE: pgettext_lazy("registration", "Seats left"),
        Availability.WAITING_LIST: pgettext_lazy("registration", "Waiting list"),
        Availability.FULL: pgettext_lazy("registration", "Full"),
    },
    Decision: {
        Decision.AS_PLANNED: pgettext_lazy("gathering", "As planned"),
        Decision.POSTPONED: pgettext_lazy("gathering", "Postponed"),
        Decision.CANCELLED: pgettext_lazy("gathering", "Cancelled"),
    },
    Precision: {
        Precision.MINUTE: pgettext_lazy("precision", "To the minute"),
        Precision.DAY: pgettext_lazy("precision", "The date is known"),
        Precision.MONTH: pgettext_lazy("precision", "Only the month is known"),
        Precision.SEASON: pgettext_lazy("precision", "Only the season is known"),
        Precision.YEAR: pgettext_lazy("precision", "Only the year is known"),
    },
    Season: {
        Season.SPRING: _("Spring"),
        Season.AUTUMN: _("Autumn"),
    },
    OutboxState: {
        OutboxState.WAITING: pgettext_lazy("outbox", "Waiting"),
        OutboxState.DELIVERED: pgettext_lazy("outbox", "Delivered"),
        OutboxState.PARKED: pgettext_lazy("outbox", "Given up"),
    },
    WebhookEvent: {
        WebhookEvent.PAGE_PUBLISHED: _("A page is published"),
        WebhookEvent.PAGE_CHANGED: _("A published page is changed"),
        WebhookEvent.PAGE_MOVED: _("A published page is moved"),
        WebhookEvent.PAGE_UNPUBLISHED: _("A page is unpublished, or hidden from the public"),
        WebhookEvent.PAGE_DELETED: _("A published page is deleted"),
        WebhookEvent.LIFECYCLE_CHANGED: _("A network begins, is being wound down, or closes"),
        WebhookEvent.STATUS_CHANGED: _("A gathering begins or ends, or its registration opens or closes"),
        WebhookEvent.TEST: _("A test"),
    },
}


def label(value: StrEnum) -> str:
    """Return the words for a status or a choice in the active language."""
    return str(LABELS[type(value)][value])


def choice_label(row: Any, name: str) -> str:
    """Return the words for the value of a field with choices in the active language, as ``get_<name>_display`` does.

    Django puts every choice into words for each row; here each value is so once for each language.
    """
    return _choice_label(row._meta.get_field(name), getattr(row, name), get_language())


@lru_cache(maxsize=1024)
def _choice_label(field: Any, value: Any, language: str | None) -> str:
    return str(dict(field.flatchoices).get(value, value))


def choices(enum: type[StrEnum], leave_out: tuple[StrEnum, ...] = ()) -> list[tuple[str, Promise]]:
    """Return an enum as choices of a model field, with words that follow the language."""
    return [(str(member), LABELS[enum][member]) for member in enum if member not in leave_out]
