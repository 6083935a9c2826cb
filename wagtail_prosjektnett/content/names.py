"""Readable keys for what is written into a content file.

The same network gives the same keys on every site: a key is made from what the thing is called, and the second
thing of that name gets a number. What is named first follows from the order of the file.
"""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

#: Longer names are cut, so that a number fits behind them.
LONGEST = 80


class Names:
    """The keys that one sort of things has in a file."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._taken: set[str] = set()

    def new(self, name: str) -> str:
        """Return a key that is not taken for a thing of some name; one without a usable name is called its kind."""
        stem = slugify(string_to_ascii(name)).strip("-_").replace("_", "-")[:LONGEST].rstrip("-") or self.kind
        key, number = stem, 1
        while key in self._taken:
            number += 1
            key = f"{stem}-{number}"
        self._taken.add(key)
        return key
