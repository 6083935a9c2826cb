"""Municipality codes and the names of municipalities, as Statistics Norway gives them in Klass 131."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

#: What stands between parallel names: a hyphen in Klass, a dash in the official form. "Sør-Varanger" is one name.
_BETWEEN_NAMES = re.compile(r"\s+[-–]\s+")
_OFFICIAL_SEPARATOR = " – "

#: The code for what belongs to no known municipality, "Uoppgitt".
UNKNOWN_MUNICIPALITY = "9999"

#: The language of each part of those names of municipalities in Finnmark that have several parts, as BCP 47 tags.
#:
#: A name is in the table, and not a municipality number: the numbers changed in 2020 and in 2024, the names did not.
#: Sources: Statistics Norway, "Flerspråklige fylkes- og kommunenavn", tells which name is Sámi, Norwegian and Kven;
#: for Hammerfest it is the royal resolution of 30 October 2018. Sámi names in Finnmark are Northern Sámi.
NAME_LANGUAGES = {
    "Hammerfest": "nb",
    "Hámmerfeasta": "se",
    "Kárášjohka": "se",
    "Karasjok": "nb",
    "Guovdageaidnu": "se",
    "Kautokeino": "nb",
    "Porsanger": "nb",
    "Porsáŋgu": "se",
    "Porsanki": "fkv",
    "Deatnu": "se",
    "Tana": "nb",
    "Unjárga": "se",
    "Nesseby": "nb",
}


@dataclass(frozen=True)
class Period:
    """The days on which a municipality number is in use, both ends included; None where an end is not known."""

    first: date | None = None
    last: date | None = None

    def overlaps(self, other: "Period") -> bool:
        """Whether some day is in both periods. An end that is not known reaches as far as it can."""
        return not self._is_before(other) and not other._is_before(self)

    def _is_before(self, other: "Period") -> bool:
        return self.last is not None and other.first is not None and self.last < other.first


@dataclass(frozen=True)
class MunicipalityCode:
    """One municipality number with its official name and the period in which it means that municipality.

    ``is_cut`` says that the first day may be later than the real one: Klass cuts the period of a code at the beginning
    of the range that somebody asked for.
    """

    number: str
    name: str
    period: Period
    is_cut: bool = False


def split_names(name: str) -> list[str]:
    """Return the parallel names in an official name, in its order; one where there are no parallel names."""
    return _BETWEEN_NAMES.split(" ".join(name.split()))


def official_name(name: str) -> str:
    """Return a name with dashes between its parts, as it is written officially; Klass writes hyphens."""
    return _OFFICIAL_SEPARATOR.join(split_names(name))


def with_languages(parts: Sequence[str]) -> list[tuple[str, str]]:
    """Return parallel names with their languages; none unless the language of every one of them is known.

    Names are shown one by one where they are given so. With one of them left out, readers would see a name that is
    not the official one.
    """
    if len(parts) < 2 or not all(part in NAME_LANGUAGES for part in parts):
        return []
    return [(part, NAME_LANGUAGES[part]) for part in parts]


def overlapping(periods: Iterable[Period]) -> bool:
    """Whether any two of some periods have a day in common."""
    seen: list[Period] = []
    for period in periods:
        if any(period.overlaps(other) for other in seen):
            return True
        seen.append(period)
    return False
