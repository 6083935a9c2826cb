"""Words that seem to be misspelt, and what they probably should be: a word in the title of a page that may be found.

It takes PostgreSQL with its extension ``pg_trgm``. Nothing is corrected where that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from django.db import connections
from django.db.models import F, FloatField, Func, QuerySet, Value

from wagtail_prosjektnett.domain.word_stems import SHORTEST_STEM
from wagtail_prosjektnett.pages.search_index import Manner, Match, entries_of, index_model, looked_for, ranked

#: How alike a word and a part of a title must be for PostgreSQL, from 0 to 1.
LIKE_A_TITLE = 0.4
#: How alike two words must be, from 0 to 1.
LIKE_A_WORD = 0.75
#: A search of more words than these is no slip of the fingers: each of them costs two queries.
MOST_CORRECTED = 5
_MOST_TITLES = 50


def corrected(match: Match, backend: Any, pages: QuerySet[Any], words: Sequence[str]) -> list[str]:
    """Return words to search some pages for instead of words that find nothing; none where nothing is alike."""
    model = index_model("IndexEntry")
    if len(words) > MOST_CORRECTED or not _can_compare(model):
        return []
    found = []
    for _config, word in looked_for(model, backend.config, words):
        if len(word) < SHORTEST_STEM or ranked(match(backend, [word], Manner.WHOLE), pages, 1):
            found.append(word)
        elif other := _most_alike(word, _titles_like(model, pages, word)):
            found.append(other)
        else:
            return []
    return found if found != list(words) else []


def _can_compare(model: Any) -> bool:
    """Whether the database can compare words, and the index keeps titles as they are written."""
    connection = connections[model.objects.db]
    if connection.vendor != "postgresql" or not hasattr(model, "title_text"):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def _titles_like(model: Any, pages: QuerySet[Any], word: str) -> list[str]:
    likeness = Func(Value(word), F("title_text"), function="WORD_SIMILARITY", output_field=FloatField())
    entries = entries_of(model.objects.alias(likeness=likeness).filter(likeness__gte=LIKE_A_TITLE), pages)
    return list(entries.order_by("-likeness", "-pk").values_list("title_text", flat=True)[:_MOST_TITLES])


def _most_alike(word: str, titles: Sequence[str]) -> str | None:
    """Return the word in some titles that is most like another; of equals, the one that is there first."""
    others = dict.fromkeys(other.lower() for title in titles for other in re.findall(r"[^\W_]+", title))
    likeness = {other: SequenceMatcher(None, word.lower(), other).ratio() for other in others}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= LIKE_A_WORD else None
