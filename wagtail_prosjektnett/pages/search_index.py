"""Wagtail's search index in the database, asked directly.

The newest entries that match are ranked, and no others: what a search costs then hardly depends on how many there
are. Wagtail's own ranking takes a time that grows with their square on SQLite, and reads every page on PostgreSQL.
Each word may be in the title or in the rest of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connections
from django.db.models import Exists, F, FloatField, Func, Lookup, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

#: How much more a word in the title counts on SQLite than one in the text; on PostgreSQL the index itself says so.
TITLE_WEIGHT = 4


class Manner(Enum):
    """How words are looked for."""

    #: As they are, in title and text.
    WHOLE = "whole"
    #: As the beginnings of words in title and text.
    BEGINNINGS = "beginnings"
    #: As the beginnings of words that are indexed for suggestions.
    SUGGESTIONS = "suggestions"


#: Returns the index entries of a search backend that have all of some words, with ``rank``; the higher, the better.
Match = Callable[[Any, Sequence[str], Manner], "QuerySet[Any]"]


def matcher(backend: Any) -> Match | None:
    """Return how the index of a search backend is asked, or None where it is no index in SQLite or PostgreSQL."""
    return _MATCHERS.get(f"{type(backend).__module__}.{type(backend).__name__}")


def ranked(entries: QuerySet[Any], pages: QuerySet[Any], most: int) -> list[int]:
    """Return the ids of those of some pages that index entries are of, the best match first.

    Of more than ``most``, it is those that came into the index last.
    """
    rows = entries_of(entries, pages).order_by("-pk").values_list("rank", "pk", "page")[:most]
    return [page for _rank, _entry, page in sorted(rows, reverse=True)]


def entries_of(entries: QuerySet[Any], pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return those index entries that are of some pages, each with ``page``, its id."""
    prefix = "" if entries.model is index_model("IndexEntry") else "index_entry__"
    found = entries.filter(**{f"{prefix}content_type__in": get_descendants_content_types_pks(pages.model)})
    found = found.annotate(page=Cast(f"{prefix}object_id", pages.model._meta.pk))
    return found.filter(Exists(pages.order_by().filter(pk=OuterRef("page"))))


def index_model(name: str) -> Any:
    """Return a model of the search index by its name."""
    return get_app_config().get_model(name)


def _on_sqlite(backend: Any, words: Sequence[str], manner: Manner) -> QuerySet[Any]:
    model = index_model("SQLiteFTSIndexEntry")
    columns = "{autocomplete}" if manner is Manner.SUGGESTIONS else "{title body}"
    ending = "" if manner is Manner.WHOLE else " *"
    query = f"{columns} : (" + " AND ".join(f'"{word}"{ending}' for word in words) + ")"
    rank = Func(template=f'-bm25("{model._meta.db_table}", 0, 1, {TITLE_WEIGHT})', output_field=FloatField())
    return model.objects.filter(_Matches(F("title"), query)).annotate(rank=rank)


class _Matches(Lookup):
    """Whether an entry, whatever its column, matches a query of FTS5; only a lookup stands in ``WHERE`` as it is."""

    lookup_name = "matches"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the condition: FTS5 wants the name of the table before ``MATCH``."""
        query, params = self.process_rhs(compiler, connection)
        return f'"{index_model("SQLiteFTSIndexEntry")._meta.db_table}" MATCH {query}', params


def _on_postgresql(backend: Any, words: Sequence[str], manner: Manner) -> QuerySet[Any]:
    from django.contrib.postgres.search import SearchQuery, SearchRank

    model = index_model("IndexEntry")
    wanted = backend.autocomplete_config if manner is Manner.SUGGESTIONS else backend.config
    known = looked_for(model, wanted, words)
    if not known:
        return model.objects.none().annotate(rank=Value(0.0))
    if manner is Manner.WHOLE:
        queries = [SearchQuery(word, config=config) for config, word in known]
    else:
        queries = [SearchQuery(f"'{word}':*", config=config, search_type="raw") for config, word in known]
    anyhow = reduce(or_, queries)
    if manner is Manner.SUGGESTIONS:
        begun = model.objects.filter(*(Q(autocomplete=query) for query in queries))
        return begun.annotate(rank=SearchRank(F("autocomplete"), anyhow))
    matches = reduce(and_, (Q(title=query) | Q(body=query) for query in queries))
    rank = SearchRank(F("title"), anyhow) * F("title_norm") + SearchRank(F("body"), anyhow)
    return model.objects.filter(matches).annotate(rank=rank)


def looked_for(model: Any, config: str | None, words: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words that PostgreSQL looks for at all, each with the configuration that it is read by.

    Stop words are not in the index: asked for, they would not be found. The database's default configuration is
    named, as the planner else does not know beforehand what is looked for, and leaves the index aside.
    """
    with connections[model.objects.db].cursor() as cursor:
        cursor.execute(_KNOWN, [config, list(words)])
        return list(cursor.fetchall())


_KNOWN = """
    SELECT config::text, word
    FROM (SELECT coalesce(%s::regconfig, get_current_ts_config()) AS config) AS chosen, unnest(%s::text[]) AS word
    WHERE numnode(plainto_tsquery(config, word)) > 0
"""
_DATABASE = "modelsearch.backends.database"
_MATCHERS: dict[str, Match] = {
    f"{_DATABASE}.sqlite.sqlite.SQLiteSearchBackend": _on_sqlite,
    f"{_DATABASE}.postgres.postgres.PostgresSearchBackend": _on_postgresql,
}
