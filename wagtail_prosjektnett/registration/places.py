"""The times and places of a gathering as somebody who signs up sees them: each to be chosen, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wagtail_prosjektnett.domain.registration import Refusal
from wagtail_prosjektnett.wording.refusals import refusal_message


@dataclass(frozen=True)
class Place:
    """A time and place, and why nobody can sign up for it; None where one can."""

    occurrence: Any
    refusal: Refusal | None

    @property
    def key(self) -> str:
        """What it is known by in a form."""
        return str(self.occurrence.uid)

    @property
    def is_open(self) -> bool:
        """Whether one can sign up, for a seat or for the waiting list."""
        return self.refusal is None

    @property
    def deadline(self) -> date | None:
        """The last day on which one can sign up there."""
        deadline: date | None = self.occurrence.facts.terms.deadline
        return deadline

    @property
    def why_not(self) -> str:
        """Why one cannot, as a sentence; empty where one can."""
        return "" if self.refusal is None else refusal_message(self.refusal)


def places_of(page: Any, at: datetime) -> list[Place]:
    """Return the times and places of a gathering in their order, as they are at an aware instant."""
    return [Place(row, refusal_at(page, row, at)) for row in page.in_order]


def refusal_for_all(page: Any, places: list[Place]) -> Refusal | None:
    """Return why one can sign up for none of the places, or None where the reasons differ, or where one can."""
    reasons = {place.refusal for place in places} if page.takes_registrations else {Refusal.NOT_OFFERED}
    return reasons.pop() if len(reasons) == 1 else None


def awaited_opening(page: Any, places: list[Place]) -> date | None:
    """Return the first day on which one can sign up, where that is what one of the places waits for; else None."""
    is_awaited = any(place.refusal is Refusal.NOT_YET_OPEN for place in places)
    return page.registration_opens if is_awaited else None


def refusal_at(page: Any, row: Any, at: datetime) -> Refusal | None:
    """Return why nobody can sign up for a time and place of a gathering at an aware instant; None where one can."""
    return row.facts.refusal(at) if page.takes_registrations else Refusal.NOT_OFFERED
