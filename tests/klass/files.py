"""Files from Klass for tests, and what loading them says."""

import csv
import io
import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from wagtail_prosjektnett.models import Organisation

COLUMNS = ["code", "parentCode", "level", "name", "shortName", "presentationName", "validFrom", "validTo"]


def row(
    code: str = "5601", name: str = "Alta", valid_from: str = "2024-01-01", valid_to: str = "", **more: Any
) -> dict:
    """One code as Klass gives it."""
    return {"code": code, "level": "1", "name": name, "validFrom": valid_from, "validTo": valid_to, **more}


def as_csv(rows: list[dict], delimiter: str = ";", columns: list[str] | None = None) -> str:
    """Rows as CSV, quoted as Klass does."""
    out = io.StringIO()
    names = columns or COLUMNS
    writer = csv.DictWriter(out, names, "", "ignore", delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_json(rows: list[dict], key: str = "codes") -> str:
    """Rows as JSON; what is empty is null, as in Klass."""
    return json.dumps({key: [{name: value or None for name, value in each.items()} for each in rows]})


def write(folder: Path, content: str | bytes, name: str = "klass.csv") -> Path:
    """A file with some content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def load(*arguments: Any, **options: Any) -> str:
    """Load a file; return what the command says."""
    out = StringIO()
    call_command("load_municipalities", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def stored() -> list[tuple]:
    """All organisations with their names, as they are in the database."""
    return [
        (*values, list(Organisation.objects.get(pk=values[0]).parallel_names.values_list("name", "language")))
        for values in Organisation.objects.order_by("pk").values_list()
    ]
