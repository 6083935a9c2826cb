"""What somebody has typed into the form of a gathering so far, and how buttons in it move that about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

#: How many people can be signed up together.
MOST_PEOPLE = 20
#: The fields that stand once in the form, whoever comes.
_OWN = ("occurrence", "contact_name", "contact_email")


def number_in(text: str) -> int | None:
    """Return a number of people, or the place of one, as a browser sends it, or None for what is none."""
    return int(text) if text.isdecimal() and len(text) < 5 else None


def prefix(place: int) -> str:
    """Return what the names of the fields of one person begin with; the first one is 0."""
    return f"person-{place}"


@dataclass(frozen=True)
class Typed:
    """What was typed: once for the whole form, and for each person. Nothing of it is checked.

    ``several`` is whether somebody signs up others. ``focus`` is the name of the field where whoever has pressed a
    button goes on; empty where nobody has.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Mapping[str, str], ...] = ({},)
    several: bool = False
    focus: str = ""

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Typed:
        """Return what a form that was sent holds."""
        places = range(min(number_in(data.get("people", "")) or 1, MOST_PEOPLE))
        people = tuple(_below(f"{prefix(place)}-", data) for place in places)
        return cls({name: data[name] for name in _OWN if name in data}, people, bool(data.get("several")))

    @property
    def data(self) -> dict[str, str]:
        """All of it, by the names of the fields."""
        people = enumerate(self.people)
        return {
            **self.own,
            **{f"{prefix(place)}-{name}": value for place, person in people for name, value in person.items()},
        }

    def after(self, action: str) -> Typed | None:
        """Return what stands in the form when a button was pressed, or None for one that moves nothing."""
        name, _dash, place = action.partition("-")
        if name == "several":
            first = self.people[0]
            contact = {"contact_name": first.get("name", ""), "contact_email": first.get("email", "")}
            return replace(self, several=True, own={**contact, **self.own}, focus="contact_name")
        if name == "alone":
            return replace(self, several=False, people=self.people[:1], focus=_name_of(0))
        if name == "add":
            people = (*self.people, {})[:MOST_PEOPLE]
            return replace(self, people=people, focus=_name_of(len(people) - 1))
        if name == "remove" and (number := number_in(place)) is not None:
            people = _without(self.people, number)
            return replace(self, people=people, focus=_name_of(min(number, len(people) - 1)))
        return None


def _name_of(place: int) -> str:
    return f"{prefix(place)}-name"


def _below(start: str, data: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(start): data[name] for name in data if name.startswith(start)}


def _without(people: tuple[Mapping[str, str], ...], place: int) -> tuple[Mapping[str, str], ...]:
    return tuple(person for at, person in enumerate(people) if at != place) or ({},)
