"""What the history of a page says of rows that people have sent in: what was done, and to which, by their numbers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext
from wagtail.log_actions import LogFormatter

#: How many ids an entry shows; all of them are kept.
_MOST_SHOWN = 10


class NumberedFormatter(LogFormatter):
    """Says what was done, and to which rows. Nobody is named."""

    #: Set by the subclass: what was done, and under which name the entry keeps the ids.
    done: Any = ""
    rows = ""

    def words(self, count: int) -> str:
        """Return what is said of one row or of several, with room for what was done and for the ids."""
        return ngettext("%(done)s (number %(ids)s)", "%(done)s (%(count)s, with the numbers %(ids)s)", count)

    def format_message(self, log_entry: Any) -> str:
        """Return what the history says of an entry."""
        ids = log_entry.data.get(self.rows, [])
        if not ids:
            return str(self.done)
        shown = ", ".join(str(each) for each in ids[:_MOST_SHOWN]) + ("…" if len(ids) > _MOST_SHOWN else "")
        return self.words(len(ids)) % {"done": self.done, "ids": shown, "count": len(ids)}
