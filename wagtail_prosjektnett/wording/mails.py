"""What mails to participants say where a site has put no text of its own in the place of ours."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.registration import RegistrationState
from wagtail_prosjektnett.wording import dates
from wagtail_prosjektnett.wording.labels import label

#: How each mail begins; a message begins as its editor wrote it.
OPENINGS: dict[MailKind, Promise] = {
    MailKind.RECEIVED: gettext_lazy("The registration has been received."),
    MailKind.WAITING: gettext_lazy(
        "The registration has been received. All seats are taken just now. Seats that become free are given to those "
        "who have waited longest, and a mail tells of it."
    ),
    MailKind.AGAIN: gettext_lazy(
        "Somebody, perhaps you, has tried to sign up this address for a gathering that it is signed up for already. "
        "Nothing was changed. This is the registration:"
    ),
    MailKind.MOVED_UP: gettext_lazy(
        "A seat has become free, and this registration has got it. Please cancel if it is not needed, so that the next "
        "one on the waiting list gets it."
    ),
    MailKind.CHANGED: gettext_lazy("The registration has been changed. This is what holds now:"),
    MailKind.CANCELLED: gettext_lazy("The registration has been cancelled. There is nothing more to do."),
    MailKind.EXPIRED: gettext_lazy(
        "The registration was not confirmed in time, and has ended. You are welcome to sign up again."
    ),
    MailKind.OCCURRENCE_CHANGED: gettext_lazy(
        "The organiser has changed the time or the place. The registration is kept. Please cancel it if you cannot "
        "come."
    ),
    MailKind.OCCURRENCE_POSTPONED: gettext_lazy(
        "The gathering is postponed. The registration is kept, and a mail tells of the new date."
    ),
    MailKind.OCCURRENCE_CANCELLED: gettext_lazy("The gathering is cancelled. There is nothing more to do."),
    MailKind.REMINDER: gettext_lazy(
        "This is a reminder of the gathering. If you cannot come, please cancel, so that somebody else can have the "
        "seat."
    ),
    MailKind.PRESENTATIONS: gettext_lazy("The presentations have been published on the page of the gathering."),
}

#: The languages that the texts are in.
_OURS = ("nb", "nn", "en")
#: The languages whose readers read the texts in another one. Sámi words are only used with a source.
_READ_IN = {"se": "nb"}


def language_of_words(language: str) -> str:
    """Return the language in which our texts are read by those who have chosen a language, by Django's codes."""
    if language.partition("-")[0] in _OURS:
        return language
    return _READ_IN.get(language, settings.LANGUAGE_CODE)


def subject(kind: MailKind, title: str, *, must_confirm: bool) -> str:
    """Return the subject of a mail about a gathering."""
    words = _("Confirm the registration") if must_confirm else label(kind)
    return f"{words}: {title}"


def status(state: RegistrationState, place_in_queue: int | None, *, must_confirm: bool) -> str:
    """Return what has become of a registration; who waits is told after how many others, counted from 1."""
    if must_confirm:
        return pgettext("registration", "Not confirmed yet")
    if place_in_queue is None:
        return label(state)
    return pgettext("registration", "On the waiting list, as number %(number)d") % {"number": place_in_queue}


def confirm_by(instant: datetime, tz: ZoneInfo) -> str:
    """Return until when a registration must be confirmed, by the clock of a time zone, and what happens else."""
    local = instant.astimezone(tz)
    when = dates.when(When(local.date(), start_time=local.time()))
    return _("Confirm the registration by %(when)s. Otherwise it ends.") % {"when": when}
