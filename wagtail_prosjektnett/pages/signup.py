"""How one signs up for an occurrence: what readers and search engines are told alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from wagtail_prosjektnett.domain.occurrences import RegistrationMethod, RegistrationStatus
from wagtail_prosjektnett.pages.registration_links import occurrence_form_url


@dataclass(frozen=True)
class Signup:
    """What there is to tell of how one signs up for an occurrence.

    ``is_counted`` is whether we know how many seats are taken; ``seats_left`` is how many are free for who signs up
    now, and None where that is not known, or where there is no limit. ``url`` is empty while nobody can sign up.
    """

    is_on: bool
    status: RegistrationStatus
    opens_on: date | None
    deadline: date | None
    url: str
    is_queue: bool
    is_counted: bool
    seats_left: int | None


def signup_of(occurrence: Any, at: datetime) -> Signup:
    """Return how one signs up for an occurrence at an aware instant; off once it is over."""
    facts = occurrence.facts
    status = facts.registration_status(at)
    is_ahead = facts.event_status(at).is_ahead
    is_counted = occurrence.page.takes_registrations
    return Signup(
        is_on=facts.terms.is_on and is_ahead,
        status=status,
        opens_on=facts.terms.opens if status is RegistrationStatus.NOT_YET_OPEN else None,
        deadline=facts.terms.deadline,
        url=_address(occurrence) if status.is_open else "",
        is_queue=status is RegistrationStatus.WAITING_LIST,
        is_counted=is_counted,
        seats_left=occurrence.seats.free if is_counted and status is RegistrationStatus.OPEN else None,
    )


def _address(occurrence: Any) -> str:
    gathering = occurrence.page
    if gathering.registration_method == RegistrationMethod.EMAIL:
        return f"mailto:{gathering.registration_email}?subject={quote(gathering.title)}"
    if gathering.takes_registrations:
        return occurrence_form_url(occurrence) or ""
    return gathering.registration_link
