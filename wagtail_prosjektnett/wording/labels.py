"""The words for statuses and choices."""

from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.dates import Precision, Season
from wagtail_prosjektnett.domain.feedback import FeedbackAbout, FeedbackState
from wagtail_prosjektnett.domain.lifecycle import GuidanceKind, LifecycleState
from wagtail_prosjektnett.domain.mail import ContactMailKind, MailKind
from wagtail_prosjektnett.domain.occurrences import (
    Availability,
    Decision,
    EventStatus,
    RegistrationMethod,
    RegistrationStatus,
)
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.domain.registration import QuestionKind, RegistrationState
from wagtail_prosjektnett.domain.review import ReviewState
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
        RegistrationMethod.BUILT_IN: pgettext_lazy("registration", "By a form here"),
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
    RegistrationState: {
        RegistrationState.SEATED: pgettext_lazy("registration", "Has a seat"),
        RegistrationState.WAITING: pgettext_lazy("registration", "On the waiting list"),
        RegistrationState.CANCELLED: pgettext_lazy("registration", "Cancelled"),
        RegistrationState.EXPIRED: pgettext_lazy("registration", "Not confirmed in time"),
    },
    QuestionKind: {
        QuestionKind.TEXT: pgettext_lazy("question", "Text"),
        QuestionKind.CHOICE: pgettext_lazy("question", "A choice"),
        QuestionKind.YES_NO: pgettext_lazy("question", "Yes or no"),
    },
    MailKind: {
        MailKind.RECEIVED: pgettext_lazy("mail", "Signed up, with a seat"),
        MailKind.WAITING: pgettext_lazy("mail", "Signed up, on the waiting list"),
        MailKind.AGAIN: pgettext_lazy("mail", "Signed up already"),
        MailKind.MOVED_UP: pgettext_lazy("mail", "Moved up from the waiting list"),
        MailKind.CHANGED: pgettext_lazy("mail", "Registration changed"),
        MailKind.CANCELLED: pgettext_lazy("mail", "Registration cancelled"),
        MailKind.EXPIRED: pgettext_lazy("mail", "Not confirmed in time"),
        MailKind.OCCURRENCE_CHANGED: pgettext_lazy("mail", "New time or place"),
        MailKind.OCCURRENCE_POSTPONED: pgettext_lazy("mail", "Postponed"),
        MailKind.OCCURRENCE_CANCELLED: pgettext_lazy("mail", "Gathering cancelled"),
        MailKind.REMINDER: pgettext_lazy("mail", "Reminder"),
        MailKind.PRESENTATIONS: pgettext_lazy("mail", "Presentations published"),
        MailKind.MESSAGE: pgettext_lazy("mail", "Message from the organiser"),
    },
    ContactMailKind: {
        ContactMailKind.FEEDBACK: pgettext_lazy("mail", "Feedback from a reader"),
        ContactMailKind.REVIEW: pgettext_lazy("mail", "Articles to be reviewed"),
    },
    FeedbackAbout: {
        FeedbackAbout.ARTICLE: pgettext_lazy("feedback", "An article"),
        FeedbackAbout.BASE: pgettext_lazy("feedback", "The experience base"),
    },
    FeedbackState: {
        FeedbackState.WAITING: pgettext_lazy("feedback", "To be read"),
        FeedbackState.SHOWN: pgettext_lazy("feedback", "Shown"),
        FeedbackState.HIDDEN: pgettext_lazy("feedback", "Not shown"),
    },
    ReviewState: {
        ReviewState.OVERDUE: pgettext_lazy("review", "Overdue"),
        ReviewState.DUE: pgettext_lazy("review", "Due"),
        ReviewState.SOON: pgettext_lazy("review", "Due soon"),
        ReviewState.LATER: pgettext_lazy("review", "Not due yet"),
        ReviewState.NEVER: pgettext_lazy("review", "Not reviewed"),
    },
    OutboxState: {
        OutboxState.WAITING: pgettext_lazy("outbox", "Waiting"),
        OutboxState.DELIVERED: pgettext_lazy("outbox", "Delivered"),
        OutboxState.PARKED: pgettext_lazy("outbox", "Given up"),
        OutboxState.NOT_NEEDED: pgettext_lazy("outbox", "Not needed any more"),
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
