"""Writes into the history of a gathering what was done to its registrations. Nothing personal stands there."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from wagtail.log_actions import log

from wagtail_prosjektnett.models import Registration, SeatPool
from wagtail_prosjektnett.pages.sources import source_of
from wagtail_prosjektnett.pages.types import PageRole


class RegistrationAction(StrEnum):
    """What is done to registrations by people, as the history of the gathering names it."""

    ADDED = "wagtail_prosjektnett.registration_added"
    CHANGED = "wagtail_prosjektnett.registration_changed"
    CANCELLED = "wagtail_prosjektnett.registration_cancelled"
    PROMOTED = "wagtail_prosjektnett.registration_promoted"
    MOVED = "wagtail_prosjektnett.registration_moved"
    ATTENDED = "wagtail_prosjektnett.registration_attended"
    WRITTEN_TO = "wagtail_prosjektnett.registration_written_to"
    ERASED = "wagtail_prosjektnett.registration_erased"
    EXPORTED = "wagtail_prosjektnett.registration_exported"
    NEEDS_OPENED = "wagtail_prosjektnett.registration_needs_opened"


def note(
    pool: SeatPool, action: RegistrationAction, registrations: Iterable[Registration], user: Any = None, **facts: Any
) -> None:
    """Write down what somebody has done to registrations for one occurrence; without a user, participants themselves.

    The entry names the registrations by their ids. Where the gathering was deleted, it is kept with the seats.
    """
    log(
        instance=source_of(PageRole.GATHERING, pool.gathering_key) or pool,
        action=action.value,
        user=user,
        data={"registrations": [each.pk for each in registrations], **facts},
    )
