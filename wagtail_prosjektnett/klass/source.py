"""From the bytes of a file from Klass to rows of text, whether it is CSV or JSON."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from wagtail_prosjektnett.content.errors import ContentRefused, Path_, Problem

MEGABYTE = 1024**2
#: All municipalities since 1838 are less than one megabyte.
MOST_BYTES = 20 * MEGABYTE
#: What a file must tell of each code.
NEEDED = ("code", "level", "name")
_DELIMITERS = ";,\t"
#: The keys under which Klass gives codes: in a range or on a day, and in one version of a classification.
_JSON_LISTS = ("codes", "classificationItems")


@dataclass
class Source:
    """A file from Klass that was read: its rows, by the names of their columns in lower case.

    ``lines`` are the lines on which rows stand, where the file has lines that mean something.
    """

    file: Path
    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[Path_, int] = field(default_factory=dict)
    #: What the list of rows is called in messages.
    list_name: str = "rows"

    def refused(self, problems: list[Problem]) -> ContentRefused:
        """Return the refusal of this file for some problems."""
        return ContentRefused(self.file, problems, self.lines)

    def whole(self, message: str) -> ContentRefused:
        """Return the refusal of this file for something that is not in any one row."""
        return self.refused([Problem((), message)])


def read_source(file: Path) -> Source:
    """Return the rows of a file. Raises ``ContentRefused`` for a file that is neither CSV nor JSON from Klass."""
    source = Source(file)
    text = _text(source)
    if not text.strip():
        raise source.whole(_("The file is empty. Fetch it from Klass again."))
    if text.lstrip().startswith("<"):
        raise source.whole(_("The file is a web page or XML. Fetch the codes from Klass as CSV or JSON."))
    if text.lstrip().startswith(("{", "[")):
        _read_json(source, text)
    else:
        _read_csv(source, text)
    if not source.rows:
        raise source.whole(_("There are no codes in the file. Check what was asked of Klass, and fetch it again."))
    return source


def _text(source: Source) -> str:
    """Return the text of a file in any of the encodings that Klass and spreadsheets write."""
    try:
        with source.file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise source.whole(_("The file cannot be read: %s") % error) from error
    if len(data) > MOST_BYTES:
        raise source.whole(
            _("The file is larger than %(count)s megabytes; a list of municipalities is much smaller. Choose another.")
            % {"count": MOST_BYTES // MEGABYTE}
        )
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise source.whole(_("The file is not text in UTF-8 or ISO-8859-1. Fetch it from Klass again."))


def _read_json(source: Source, text: str) -> None:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise source.whole(_("The file is not valid JSON: %s") % error) from error
    except RecursionError as error:
        raise source.whole(_("The file is nested too deeply.")) from error
    lists = [name for name in _JSON_LISTS if isinstance(data, dict) and isinstance(data.get(name), list)]
    if not lists:
        raise source.whole(
            _("The JSON has no list called “codes” or “classificationItems”. Fetch codes or a version from Klass.")
        )
    source.list_name = lists[0]
    rows = data[source.list_name]
    problems = [problem for index, row in enumerate(rows) for problem in _json_problems(source, index, row)]
    if problems:
        raise source.refused(problems)
    source.rows = [{name.lower(): value for name, value in row.items()} for row in rows]


def _json_problems(source: Source, index: int, row: Any) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield Problem((source.list_name, index), _("A code must be an object with “code”, “level” and “name”."))
        return
    names = {name.lower() for name in row}
    for name in NEEDED:
        if name not in names:
            yield Problem((source.list_name, index), _("“%s” is missing.") % name)


def _read_csv(source: Source, text: str) -> None:
    first_line = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    problems: list[Problem] = []
    line = 1
    try:
        for cells in reader:
            if not header and any(cells):
                header = _header(source, cells, line)
            elif any(cells):
                path = (source.list_name, len(source.rows))
                source.lines[path] = line
                problems += [Problem(path, message) for message in _row_messages(cells, header)]
                source.rows.append(dict(zip(header, cells, strict=False)))
            line = reader.line_num + 1
    except csv.Error as error:
        source.lines[()] = line
        raise source.whole(_("The file is not valid CSV: %s") % error) from error
    if problems:
        raise source.refused(problems)


def _header(source: Source, cells: list[str], line: int) -> list[str]:
    """Return the names of the columns; refuse a file that lacks one of them, or has one twice."""
    names = [cell.strip().lower() for cell in cells]
    missing = [name for name in NEEDED if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    source.lines[()] = line
    if missing:
        text = _("These columns are missing: %(names)s. The first line must name the columns, as in a file from Klass.")
        raise source.whole(text % {"names": ", ".join(missing)})
    if twice:
        raise source.whole(_("These columns are in the file twice: %(names)s.") % {"names": ", ".join(twice)})
    del source.lines[()]
    return names


def _row_messages(cells: list[str], header: list[str]) -> Iterator[str]:
    if len(cells) != len(header):
        counts = {"found": len(cells), "expected": len(header)}
        yield _("The line has %(found)s columns, and the first line has %(expected)s.") % counts
