"""What a registration is worth at an instant, as its owner is told it: nothing of a seat that is none any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.occurrences import EventStatus
from wagtail_prosjektnett.domain.registration import RegistrationState
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.registration.places import refusal_at
from wagtail_prosjektnett.wording import mails


@dataclass(frozen=True)
class Standing:
    """What a registration is worth.

    ``state`` says what its owner has got, and is empty where there is nothing left to have a seat at; ``called_off``
    says that it is cancelled. ``queue`` is the place on the waiting list. ``is_given_on`` is whether somebody else gets
    what its owner gives back, and ``is_open`` whether one can sign up anew.
    """

    state: str
    called_off: str = ""
    queue: int | None = None
    is_given_on: bool = False
    is_open: bool = False


def standing_of(registration: Registration, occurrence: Any, at: datetime) -> Standing:
    """Return what a registration is worth at an aware instant; its occurrence is None where it is not published."""
    must_confirm = registration.confirm_by is not None
    state = mails.status(RegistrationState(registration.state), None, must_confirm=must_confirm)
    if not registration.is_active:
        return Standing(state)
    if occurrence is None:
        return Standing("")
    facts = occurrence.facts
    status = facts.event_status(at)
    if status is EventStatus.CANCELLED:
        return Standing("", called_off=str(mails.OPENINGS[MailKind.OCCURRENCE_CANCELLED]))
    if not status.is_ahead or not facts.lifecycle.state(at).permits.registration:
        return Standing("")
    return Standing(
        state,
        queue=registration.place_in_queue,
        is_given_on=facts.moves_up(at),
        is_open=refusal_at(occurrence.page, occurrence, at) is None,
    )
