"""How lists of what people have sent in are searched, in the list itself and for what is done to all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.db.models import Q


def with_text(rows: Any, fields: Iterable[str], text: str) -> Any:
    """Return the rows that have a text in one of some fields, in upper or lower case."""
    # SQLite knows the case of English letters alone; its regular expressions are Python's, which knows that of all.
    on_sqlite = connections[rows.db].vendor == "sqlite"
    lookup, value = ("iregex", re.escape(text)) if on_sqlite else ("icontains", text)
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__{lookup}": value})
    return rows.filter(condition)
