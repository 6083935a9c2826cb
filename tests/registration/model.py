"""What should be, said as simply as it can be: the seats of one time and place, with lists of who sits and waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wagtail_prosjektnett.domain.registration import Refusal


@dataclass
class ModelOfSeats:
    """The seats of a time and place. People are known by their addresses, and each has a number.

    ``seated`` and ``waiting`` have the number of each; ``beyond`` are those to whom an editor has given a seat before
    others, and ``moved_up`` counts who got one after having waited.
    """

    capacity: int | None
    has_waiting_list: bool = True
    takes_place: bool = True
    last_number: int = 0
    seated: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    beyond: set[str] = field(default_factory=set)
    moved_up: int = 0

    def has(self, who: str) -> bool:
        """Whether somebody has a seat or waits."""
        return who in self.seated or who in self.waiting

    @property
    def free(self) -> int | float:
        """How many seats nobody has."""
        return float("inf") if self.capacity is None else max(0, self.capacity - len(self.seated))

    def register(self, people: Sequence[str]) -> Refusal | list[bool]:
        """Sign up people who come together; returns for each whether the answer is a seat, or why there is none."""
        if not self.takes_place:
            return Refusal.POSTPONED
        given = 0 if self.waiting else min(len(people), self.free)
        if given < len(people) and not self.has_waiting_list:
            return Refusal.FULL
        for place, who in enumerate(who for who in people if not self.has(who)):
            self._enter(who, gets_seat=place < given)
        return [place < given for place in range(len(people))]

    def add(self, who: str) -> None:
        """Sign up somebody new as an editor can, also where there is no waiting list."""
        self._enter(who, gets_seat=not self.waiting and self.free > 0)

    def leave(self, who: str) -> None:
        """Let somebody go, and the next one move up."""
        self.seated.pop(who, None)
        self.waiting.pop(who, None)
        self.beyond.discard(who)
        self.fill()

    def promote(self, who: str) -> None:
        """Give one who waits a seat before all others."""
        self._move_up(who)
        self.beyond.add(who)

    def fill(self) -> None:
        """Let those who have waited longest have the free seats."""
        while self.takes_place and self.waiting and self.free > 0:
            self._move_up(min(self.waiting, key=lambda each: self.waiting[each]))

    def _move_up(self, who: str) -> None:
        self.seated[who] = self.waiting.pop(who)
        self.moved_up += 1

    def _enter(self, who: str, *, gets_seat: bool) -> None:
        self.last_number += 1
        (self.seated if gets_seat else self.waiting)[who] = self.last_number
