"""Erases one person everywhere: what they are signed up for, and what they have said of articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from wagtail_prosjektnett.feedback.retention import erase_feedback_of, feedback_of
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.registration import retention


@dataclass(frozen=True)
class KnownOf:
    """How many registrations and how much feedback a person is known by, or was until they were erased.

    ``of_others`` is how many of the registrations are of others with addresses of their own, whom the person signed
    up: these stay.
    """

    registrations: int
    feedback: int
    of_others: int = 0

    @property
    def everything(self) -> int:
        """How many both are together."""
        return self.registrations + self.feedback


def known_of(email: str) -> KnownOf:
    """Return what somebody is known by, whose e-mail address is given, and change nothing."""
    of_others = len(retention.signed_up_by(email))
    registrations = retention.registrations_of(email).count() + of_others
    return KnownOf(registrations, feedback_of(email).count(), of_others)


def erase_person(email: str, at: datetime, *, user: Any = None) -> KnownOf:
    """Erase somebody at an aware instant, by an e-mail address, and return how much that was.

    It is done in transactions of its own, in which seats are given back. Raises ``TryLater`` where the database could
    not take that: what is left is erased the next time.
    """
    registrations = retention.erase_person(email, at, user=user)
    return KnownOf(registrations, in_own_transaction(partial(erase_feedback_of, email, at, user=user)))
