"""What participants are told by mail, until when it is true, and when somebody may have mail sent to an address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.domain.dates import Span, When, wall_clock
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.domain.registration import ACTIVE, RegistrationState

#: How many mails that anybody can ask for one address gets in so long a time; the others wait until then.
MOST_ASKED_FOR = 3
ASKED_FOR_WITHIN = timedelta(days=1)


class MailKind(StrEnum):
    """What participants are told by mail."""

    RECEIVED = "received"
    WAITING = "waiting"
    #: Somebody has tried to sign up an address that is signed up already; only its owner is told.
    AGAIN = "again"
    MOVED_UP = "moved_up"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    OCCURRENCE_CHANGED = "occurrence_changed"
    OCCURRENCE_POSTPONED = "occurrence_postponed"
    OCCURRENCE_CANCELLED = "occurrence_cancelled"
    REMINDER = "reminder"
    PRESENTATIONS = "presentations"
    #: What an editor writes to all who come to one place.
    MESSAGE = "message"

    @property
    def has_calendar(self) -> bool:
        """Whether a calendar entry comes with it."""
        return self in _WITH_CALENDAR

    @property
    def is_asked_for(self) -> bool:
        """Whether anybody who knows an address can have it sent: such mails are limited."""
        return self in (MailKind.RECEIVED, MailKind.WAITING, MailKind.AGAIN)

    @property
    def goes_once_to_an_address(self) -> bool:
        """Whether an address gets it once at each place, however many stand behind it."""
        return self.is_asked_for or self is MailKind.MESSAGE

    @property
    def tells_of_an_end(self) -> bool:
        """Whether it tells somebody that they are not signed up any more."""
        return not any(state.is_active for state in _TRUTHS[self].states)

    def is_true(self, state: RegistrationState, decision: Decision, span: Span, at: datetime) -> bool:
        """Whether a mail that was written some time ago still tells what is so.

        ``state`` is that of the registration, ``decision`` and ``span`` are those of its occurrence, at the aware
        instant at which it is to be sent. The old date of what is postponed ends nothing: a new one is waited for.
        """
        truth = _TRUTHS[self]
        ends = {_Until.START: span.start, _Until.END: span.end, _Until.ALWAYS: None}[truth.until]
        if decision is Decision.POSTPONED:
            ends = None
        return state in truth.states and decision in truth.decisions and (ends is None or at < ends)

    @classmethod
    def of_signup(cls, state: RegistrationState) -> "MailKind":
        """Return what somebody is told who has just signed up: that there is a seat, or a place in the queue."""
        return cls.WAITING if state is RegistrationState.WAITING else cls.RECEIVED


class ContactMailKind(StrEnum):
    """What the contact people of a network are told by mail."""

    FEEDBACK = "feedback"
    #: Which articles they are to look at again.
    REVIEW = "review"


class _Until(StrEnum):
    """When a mail about a time and place is of no use any more."""

    START = "start"
    END = "end"
    ALWAYS = "always"


@dataclass(frozen=True)
class _Truth:
    """In which states and for which decisions a mail is true, and how long anybody has a use for it."""

    states: Collection[RegistrationState] = ACTIVE
    decisions: Collection[Decision] = tuple(Decision)
    until: _Until = _Until.END


_SEATED = (RegistrationState.SEATED,)
# What has become of it in the meantime is told by a mail of its own, which was written with the change.
_TRUTHS = {
    MailKind.RECEIVED: _Truth(),
    MailKind.WAITING: _Truth(),
    MailKind.AGAIN: _Truth(),
    MailKind.MOVED_UP: _Truth(_SEATED),
    MailKind.CHANGED: _Truth(),
    MailKind.CANCELLED: _Truth((RegistrationState.CANCELLED,), until=_Until.ALWAYS),
    MailKind.EXPIRED: _Truth((RegistrationState.EXPIRED,)),
    MailKind.OCCURRENCE_CHANGED: _Truth(decisions=(Decision.AS_PLANNED,)),
    MailKind.OCCURRENCE_POSTPONED: _Truth(decisions=(Decision.POSTPONED,), until=_Until.ALWAYS),
    MailKind.OCCURRENCE_CANCELLED: _Truth(decisions=(Decision.CANCELLED,), until=_Until.ALWAYS),
    MailKind.REMINDER: _Truth(_SEATED, (Decision.AS_PLANNED,), _Until.START),
    MailKind.PRESENTATIONS: _Truth(_SEATED, until=_Until.ALWAYS),
    MailKind.MESSAGE: _Truth(until=_Until.ALWAYS),
}


_WITH_CALENDAR = frozenset(
    {
        MailKind.RECEIVED,
        MailKind.MOVED_UP,
        MailKind.CHANGED,
        MailKind.CANCELLED,
        MailKind.EXPIRED,
        MailKind.OCCURRENCE_CHANGED,
        MailKind.OCCURRENCE_POSTPONED,
        MailKind.OCCURRENCE_CANCELLED,
        MailKind.REMINDER,
    }
)

#: At what time of the day reminders go out, on the wall clock of the network.
REMINDED_AT = time(8)


def reminded_from(when: When, days: int, tz: ZoneInfo) -> datetime | None:
    """Return the instant, in UTC, from which those who come are reminded so many days before; None for no exact day."""
    if not when.exactness.is_exact:
        return None
    return wall_clock(when.first_day - timedelta(days=days), REMINDED_AT, tz)
