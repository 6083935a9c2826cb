"""When an article is to be looked at again, and what follows from that day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: The longest time between two reviews, in months. No time at all means that there are none.
MOST_MONTHS = 240
#: For so many days before the day it is said that a review is due soon, and after so many days that it is overdue.
SOON_DAYS = 30
OVERDUE_DAYS = 30


@dataclass(frozen=True)
class _Meaning:
    """How many days from today the due day is, both included and None for no bound, and what follows from that."""

    first: int | None
    last: int | None
    is_told: bool
    is_listed: bool


class ReviewState(StrEnum):
    """How urgent the review of an article is, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    SOON = "soon"
    LATER = "later"
    NEVER = "never"

    @property
    def is_told(self) -> bool:
        """Whether the one who is responsible gets mail of it."""
        return _MEANINGS[self].is_told

    @property
    def is_listed(self) -> bool:
        """Whether it is in the report of what is to be done, where nobody asks for anything else."""
        return _MEANINGS[self].is_listed

    def due_days(self, today: date) -> tuple[date | None, date | None] | None:
        """Return the first and the last due day that have this state on a day, each None where there is no bound.

        What is never due has no such days at all: that is None.
        """
        if self is ReviewState.NEVER:
            return None
        meaning = _MEANINGS[self]
        first, last = (None if days is None else today + timedelta(days=days) for days in (meaning.first, meaning.last))
        return first, last

    @classmethod
    def of(cls, due: date | None, today: date) -> "ReviewState":
        """Return the state on a day of an article that is due on another; None is no day."""
        return next(state for state in cls if _has_state(due, state.due_days(today)))


_MEANINGS = {
    ReviewState.OVERDUE: _Meaning(None, -OVERDUE_DAYS - 1, is_told=True, is_listed=True),
    ReviewState.DUE: _Meaning(-OVERDUE_DAYS, 0, is_told=True, is_listed=True),
    ReviewState.SOON: _Meaning(1, SOON_DAYS, is_told=False, is_listed=True),
    ReviewState.LATER: _Meaning(SOON_DAYS + 1, None, is_told=False, is_listed=False),
    ReviewState.NEVER: _Meaning(None, None, is_told=False, is_listed=False),
}


def _has_state(due: date | None, days: tuple[date | None, date | None] | None) -> bool:
    if due is None or days is None:
        return due is None and days is None
    first, last = days
    return (first is None or first <= due) and (last is None or due <= last)


@dataclass(frozen=True)
class Review:
    """What decides when an article is to be looked at again.

    ``next_review`` is a day that somebody has chosen. ``last_reviewed`` is when somebody last looked at it, and
    ``published`` the day that is shown as published, None before there is one. ``months`` is the time between two
    reviews, 0 for none. ``permitted`` is whether the articles of its network are reviewed at all.
    """

    next_review: date | None
    last_reviewed: date | None
    published: date | None
    months: int
    permitted: bool = True

    @property
    def due(self) -> date | None:
        """The day on which it is to be looked at: the one that was chosen, or so many months after the last time."""
        if not self.permitted:
            return None
        began = self.last_reviewed or self.published
        if self.next_review is not None or began is None or not self.months:
            return self.next_review
        return months_later(began, self.months)

    def state(self, today: date) -> ReviewState:
        """Return how urgent its review is on a day."""
        return ReviewState.of(self.due, today)


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day of a month that is too short to have it."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class ReviewRefusal(StrEnum):
    """Why it cannot be said of an article just now that it still holds."""

    NOT_PERMITTED = "not-permitted"
    NOT_PUBLISHED = "not-published"
    NETWORK_CLOSED = "network-closed"
    LOCKED = "locked"
    IN_WORKFLOW = "in-workflow"
    SCHEDULED = "scheduled"


class ReviewRefused(Exception):
    """Raised when it cannot be said of an article that it still holds; nothing was changed."""

    def __init__(self, reason: ReviewRefusal) -> None:
        self.reason = reason
        super().__init__(reason.value)
