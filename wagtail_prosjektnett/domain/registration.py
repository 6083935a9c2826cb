"""Who gets a seat: what a registration is, why one is refused, and how the seats of an occurrence are given out.

Seats hang on an occurrence. They are given in the order in which people sign up; who comes when all are taken waits,
in the same order, for one that is freed.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any


class RegistrationState(StrEnum):
    """What somebody who has signed up has got."""

    SEATED = "seated"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    #: The address was not confirmed in time.
    EXPIRED = "expired"

    @property
    def is_active(self) -> bool:
        """Whether it holds a seat or a place in the queue."""
        return self in ACTIVE


ACTIVE = (RegistrationState.SEATED, RegistrationState.WAITING)
ENDED = (RegistrationState.CANCELLED, RegistrationState.EXPIRED)


class Refusal(StrEnum):
    """Why nobody can sign up. The values are part of the API: they never change."""

    NOT_OFFERED = "registration-not-offered"
    CANCELLED = "occurrence-cancelled"
    POSTPONED = "occurrence-postponed"
    OVER = "occurrence-over"
    NETWORK_CLOSED = "network-closed"
    CLOSED = "registration-closed"
    NOT_YET_OPEN = "registration-not-yet-open"
    FULL = "gathering-full"


class RegistrationRefused(Exception):
    """Raised when something cannot be done with a registration; nothing was changed."""

    def __init__(self, reason: Refusal) -> None:
        self.reason = reason
        super().__init__(reason.value)


class TryLater(Exception):
    """Raised when the database could not be written to in several tries; nothing was changed."""


class QuestionKind(StrEnum):
    """How a question of an editor's is answered."""

    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Seats:
    """How the seats of an occurrence are taken. ``capacity`` is None where there is no limit."""

    capacity: int | None = None
    seated: int = 0
    waiting: int = 0
    has_waiting_list: bool = True

    @property
    def free(self) -> int | None:
        """How many seats are free, never less than none; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seated)

    @property
    def over(self) -> int:
        """How many more have a seat than there are seats, as it is after a capacity was lowered."""
        return 0 if self.capacity is None else max(0, self.seated - self.capacity)

    @property
    def has_room(self) -> bool:
        """Whether somebody who comes now gets a seat: there is a free one, and nobody waits for it."""
        return self.waiting == 0 and self.free != 0

    def given_to(self, people: int) -> int:
        """Return how many of those who come together get a seat; the others wait."""
        if self.waiting:
            return 0
        return people if self.free is None else min(people, self.free)

    def freed_for_waiting(self) -> int:
        """Return how many of those who wait can move up."""
        return self.waiting if self.free is None else min(self.waiting, self.free)


@dataclass(frozen=True)
class Needs:
    """What somebody needs to take part: special categories of personal data (GDPR, article 9)."""

    dietary: str = ""
    access: str = ""

    def __bool__(self) -> bool:
        return bool(self.dietary or self.access)


@dataclass(frozen=True)
class Participant:
    """Somebody who is signed up, as they or their contact say it.

    ``email`` is empty for who is signed up by a contact and gets no mail of their own. ``answers`` are those to the
    questions of the gathering, by the keys of the questions. ``organisation`` is the primary key of a chosen one.
    ``needs`` is None where the gathering does not ask for them.
    """

    name: str
    email: str = ""
    organisation: int | None = None
    organisation_name: str = ""
    role: str = ""
    comment: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    needs: Needs | None = Needs()


@dataclass(frozen=True)
class Contact:
    """Who signs up others. Mail for those without an address of their own goes to the contact."""

    name: str = ""
    email: str = ""


#: The contact of those who sign up themselves.
NOBODY = Contact()


def normalised(email: str) -> str:
    """Return an e-mail address as it is compared: two that differ in capitals alone are one."""
    return unicodedata.normalize("NFKC", email.strip()).casefold()


def holder(participant: Participant, contact: Contact) -> str:
    """Return what nobody else who is signed up for the same occurrence may have: a digest of the address.

    Who has no address of their own is told from others by the contact's address and the name. A digest is compared
    alike in every database, whatever it takes for the same letter.
    """
    if participant.email:
        return sha256(normalised(participant.email).encode()).hexdigest()
    name = " ".join(unicodedata.normalize("NFKC", participant.name).casefold().split())
    return sha256(f"{normalised(contact.email)}\n{name}".encode()).hexdigest()


def repeated(participants: Sequence[Participant], contact: Contact = NOBODY) -> list[int]:
    """Return the places of those who stand in a list already, further up: nobody is signed up twice at once."""
    seen: set[str] = set()
    found: list[int] = []
    for place, participant in enumerate(participants):
        key = holder(participant, contact)
        if key in seen:
            found.append(place)
        seen.add(key)
    return found
