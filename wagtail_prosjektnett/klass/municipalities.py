"""From rows of Klass 131, "Standard for kommuneinndeling", to municipality codes."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from wagtail_prosjektnett.content.errors import Problem
from wagtail_prosjektnett.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.domain.municipalities import UNKNOWN_MUNICIPALITY, MunicipalityCode, Period, official_name
from wagtail_prosjektnett.domain.numbers import is_municipality_number
from wagtail_prosjektnett.klass.source import Source, read_source
from wagtail_prosjektnett.wording.rules import MESSAGES

#: The municipalities of Finnmark from 2024, in the form in which Klass gives codes.
FINNMARK = Path(__file__).parent / "finnmark.json"
LONGEST_NAME = 255
_MUNICIPALITY_LEVEL = "1"
#: The days of the code itself, and what of them lies within the range that Klass was asked for.
_OWN_DAYS = ("validFrom", "validTo")
_IN_RANGE = ("validFromInRequestedRange", "validToInRequestedRange")
#: ISO-8859-1, in which Klass writes CSV unless it is asked for UTF-8, has neither ŋ nor š: Klass then writes "?".
#: The others are what letters become when UTF-8 is read as something else.
_SIGNS_OF_LOST_LETTERS = set("?�ÃÂ")


@dataclass
class Municipalities:
    """What a file says: codes of municipalities, and which rows of it are none, each with why."""

    codes: list[MunicipalityCode]
    left_out: list[str]


def read_municipalities(file: Path) -> Municipalities:
    """Return the municipality codes in a file from Klass, as CSV or JSON.

    Raises ``ContentRefused`` with every problem in the file, each with its line or its place in the list.
    """
    source = read_source(file)
    reading = _Reading(source)
    for index, row in enumerate(source.rows):
        reading.read(index, row)
    reading.find_duplicates()
    if reading.problems:
        raise source.refused(sorted(reading.problems, key=lambda problem: problem.path[1:2]))
    if not reading.codes:
        raise source.whole(_("There are no municipalities in the file. Fetch classification 131 from Klass."))
    return Municipalities([code for _index, code in reading.codes], reading.left_out)


class _Reading:
    """The rows of one file as they are read, and what is wrong with them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.codes: list[tuple[int, MunicipalityCode]] = []
        self.problems: list[Problem] = []
        self.left_out: list[str] = []

    def read(self, index: int, row: dict[str, Any]) -> None:
        """Read one row: a code, one that is left out, or problems."""
        number, level = _cell(row, "code"), _cell(row, "level")
        told = {"code": _shown(number), "name": _shown(_cell(row, "name"))}
        if level != _MUNICIPALITY_LEVEL:
            self.left_out.append(_("“%(code)s %(name)s” is on another level than municipalities.") % told)
        elif number == UNKNOWN_MUNICIPALITY:
            self.left_out.append(_("“%(code)s %(name)s” is no municipality.") % told)
        else:
            self._read_municipality(index, number, row)

    def _read_municipality(self, index: int, number: str, row: dict[str, Any]) -> None:
        found = len(self.problems)
        if not is_municipality_number(number):
            self._problem(index, "code", _not_four_digits(number))
        name = self._name(index, row)
        columns = _day_columns(row)
        period = self._period(index, row, columns)
        if len(self.problems) > found or period is None:
            return
        if period.last is not None and period.last.year < EARLIEST_YEAR:
            text = _("“%(code)s %(name)s” was not in use after %(year)s.")
            self.left_out.append(text % {"code": number, "name": name, "year": EARLIEST_YEAR - 1})
            return
        is_cut = columns == _IN_RANGE and period.first is not None
        self.codes.append((index, MunicipalityCode(number, name, _within_our_years(period), is_cut)))

    def _name(self, index: int, row: dict[str, Any]) -> str:
        text = row["name"] if isinstance(row["name"], str) else ""
        name = unicodedata.normalize("NFC", text.strip())
        if not name:
            self._problem(index, "name", _("The name is missing."))
        elif any(unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" for letter in name):
            self._problem(index, "name", _("The name has a line break or an invisible character in it. Remove it."))
        elif _SIGNS_OF_LOST_LETTERS & set(name):
            text = _("“%s” has lost a letter on the way. Fetch the file from Klass as JSON, or as CSV in UTF-8.")
            self._problem(index, "name", text % _shown(name))
        elif len(official_name(name)) > LONGEST_NAME:
            self._problem(index, "name", _("The name is longer than %s characters.") % LONGEST_NAME)
        return official_name(name)

    def _period(self, index: int, row: dict[str, Any], columns: tuple[str, str]) -> Period | None:
        """Return the period in which a code is in use; None where a day cannot be read or it ends before it starts."""
        found = len(self.problems)
        first, after = [self._day(index, row, column) for column in columns]
        if len(self.problems) > found:
            return None
        if first and after and after <= first:
            text = _("The code ends (%(end)s) before it starts (%(start)s). The end is the first day without it.")
            self._problem(index, columns[1], text % {"start": first.isoformat(), "end": after.isoformat()})
            return None
        # Klass gives the first day on which a code is no longer in use ("to is exclusive" in its API guide).
        return Period(first, after - timedelta(days=1) if after else None)

    def _day(self, index: int, row: dict[str, Any], column: str) -> date | None:
        text = _cell(row, column.lower())
        if not text or text.startswith("+"):  # Klass has written "+999999999-12-31" for no end
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._problem(index, column, _("“%s” is not a day. Write it as 2024-01-01.") % _shown(text))
            return None
        if day.year > LATEST_YEAR or day == date.min:
            years = {"earliest": EARLIEST_YEAR, "latest": LATEST_YEAR}
            self._problem(index, column, MESSAGES[Rule.YEAR_OUT_OF_RANGE] % years)
        return day

    def find_duplicates(self) -> None:
        """Find numbers that are given twice for the same day; in Klass, a number means one municipality at a time."""
        seen: dict[str, list[tuple[int, MunicipalityCode]]] = defaultdict(list)
        for index, code in self.codes:
            for other_index, other in seen[code.number]:
                if code.period.overlaps(other.period):
                    place = {"number": code.number, "place": self._place(other_index)}
                    text = _("“%(number)s” is given for the same days at %(place)s. Keep one of them.")
                    self._problem(index, "code", text % place)
                    break
            seen[code.number].append((index, code))

    def _place(self, index: int) -> str:
        path = (self.source.list_name, index)
        line = self.source.lines.get(path)
        return _("line %s") % line if line else f"{path[0]}[{index}]"

    def _problem(self, index: int, column: str, message: str) -> None:
        self.problems.append(Problem((self.source.list_name, index, column), message))


def _cell(row: dict[str, Any], column: str) -> str:
    """Return the text of a cell; JSON may have numbers where Klass has text, and null where there is nothing."""
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _shown(text: str) -> str:
    """Return text on one line, without what a terminal would obey or could not show."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))


def _day_columns(row: dict[str, Any]) -> tuple[str, str]:
    """Return the columns that tell when a code is in use. The two pairs are not mixed: one of them may be cut."""
    has_own = any(_cell(row, column.lower()) for column in _OWN_DAYS)
    return _OWN_DAYS if has_own else _IN_RANGE


def _not_four_digits(number: str) -> str:
    if number.isascii() and number.isdigit() and len(number) == 3:
        text = _(
            "“%s” has lost the zero it begins with, perhaps in a spreadsheet. Load the file as it came from Klass."
        )
        return text % number
    return _("“%s” is not a municipality number. Check it: it has four digits.") % _shown(number)


def _within_our_years(period: Period) -> Period:
    """Return a period without a first day that is older than a network can be: in use for as long as we count."""
    is_older = period.first is not None and period.first.year < EARLIEST_YEAR
    return Period(None, period.last) if is_older else period
