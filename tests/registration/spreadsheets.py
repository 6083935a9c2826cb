"""Reads what was exported, as a spreadsheet program would."""

import csv
import io

import openpyxl


def rows_of(answer, kind):
    """The rows of an export, the heading first."""
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def records_of(answer, kind):
    """The rows of an export, each by its headings."""
    heading, *rows = rows_of(answer, kind)
    return [dict(zip(heading, row, strict=True)) for row in rows]
