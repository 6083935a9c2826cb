"""What people have sent in as a spreadsheet. What strangers have written is text in it, and never a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin

BOM = b"\xef\xbb\xbf"
#: What a program takes for the beginning of a formula (OWASP, CSV Injection), also where it drops what is before it.
_FORMULA = re.compile(r"[\s\x00-\x20\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
#: What may stand before a formula within a text, and the sign that follows it.
_GAP = re.compile(r'([\s\x00-\x20\u200b\ufeff;"]+)([=+\-@＝＋－＠]?)')
#: What begins a new cell for a program that separates by semicolons or tabs: quotes within a line mean nothing to it.
_NEW_CELL = frozenset(";\t\r\n")
#: What a program takes for a number and changes: it drops zeros in front, and rounds from the sixteenth digit on.
_LONG_NUMBER = re.compile(r"\s*(?:0\d+|\d{12,})\s*")
#: What XML 1.0 has no room for.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_text(value: str) -> str:
    """Return what a spreadsheet shows as it was written, with an apostrophe before what it would take for a formula."""
    return f"'{value}" if _FORMULA.match(value) else value


def for_csv(value: Any) -> Any:
    """Return a value for a CSV file, in which a spreadsheet guesses what each cell is, and where it begins.

    Where commas are decimal, as in Norway, it separates by semicolons, whatever the file does.
    """
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if not isinstance(value, str):
        return value
    return f"'{value}" if _LONG_NUMBER.fullmatch(value) else as_text(_GAP.sub(_no_formula, value))


def _no_formula(gap: re.Match[str]) -> str:
    before, sign = gap.groups()
    return f"{before}'{sign}" if sign and not _NEW_CELL.isdisjoint(before) else gap.group()


def for_xlsx(value: Any) -> Any:
    """Return a value for an XLSX file, in which each cell says what it is."""
    if isinstance(value, datetime):
        return timezone.make_naive(value)
    return as_text(_NOT_IN_XML.sub("", value)) if isinstance(value, str) else value


class SafeSpreadsheetMixin(SpreadsheetExportMixin):
    """Exports a list as a file in which no cell is a formula, and in which no program changes a number."""

    export_filename = ""

    def get_filename(self) -> str:
        """Return the name of the file, with the day."""
        return f"{self.export_filename}-{timezone.localdate().isoformat()}"

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return a cell as the kind of file needs it."""
        return for_csv(value) if export_format == self.FORMAT_CSV else for_xlsx(value)

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        """Write the file so that every program knows that it is UTF-8."""
        yield BOM
        yield from super().stream_csv(queryset)
