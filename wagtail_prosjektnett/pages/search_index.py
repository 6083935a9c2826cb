"""Wagtail's search index in the database, asked directly.

The newest entries that match are ranked, and no others: what a search costs then hardly depends on how many there
are. Wagtail's own ranking takes a time that grows with their square on SQLite, and reads every page on PostgreSQL.
Each word may be in the title or in the rest of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

#: Returns the matches of some words as a queryset of index entries with ``rank``; the higher, the better.
Match = Callable[[Any, Sequence[str]], "QuerySet[Any]"]


def matcher(backend: Any) -> Match | None:
    """Return how the index of a search backend is asked, or None where it is no index in SQLite or PostgreSQL."""
    return _MATCHERS.get(f"{type(backend).__module__}.{type(backend).__name__}")


def ranked(match: Match, backend: Any, pages: QuerySet[Any], words: Sequence[str], most: int) -> list[int]:
    """Return the ids of those of some pages that have all words, the best match first.

    Of more than ``most``, it is those that came into the index last.
    """
    entry = match(backend, words)
    prefix = "" if entry.model is _model("IndexEntry") else "index_entry__"
    found = entry.filter(**{f"{prefix}content_type__in": get_descendants_content_types_pks(pages.model)})
    found = found.annotate(page=Cast(f"{prefix}object_id", pages.model._meta.pk))
    shown = Exists(pages.order_by().filter(pk=OuterRef("page")))
    rows = found.filter(shown).order_by("-pk").values_list("rank", "pk", "page")[:most]
    return [page for _rank, _entry, page in sorted(rows, reverse=True)]


def _on_sqlite(backend: Any, words: Sequence[str]) -> QuerySet[Any]:
    model = _model("SQLiteFTSIndexEntry")
    query = "{title body} : (" + " AND ".join(f'"{word}"' for word in words) + ")"
    rank = Func(template=f'-bm25("{model._meta.db_table}", 0, 1, {TITLE_WEIGHT})', output_field=FloatField())
    return model.objects.filter(_Matches(F("title"), query)).annotate(rank=rank)


class _Matches(Lookup):
    """Whether an entry, whatever its column, matches a query of FTS5; only a lookup stands in ``WHERE`` as it is."""

    lookup_name = "matches"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the condition: FTS5 wants the name of the table before ``MATCH``."""
        query, params = self.process_rhs(compiler, connection)
        return f'"{_model("SQLiteFTSIndexEntry")._meta.db_table}" MATCH {query}', params


def _on_postgresql(backend: Any, words: Sequence[str]) -> QuerySet[Any]:
    from django.contrib.postgres.search import SearchQuery, SearchRank

    model = _model("IndexEntry")
    queries = [SearchQuery(word, config=config) for config, word in _known(model, backend.config, words)]
    if not queries:
        return model.objects.none().annotate(rank=Value(0.0))
    matches = reduce(and_, (Q(title=query) | Q(body=query) for query in queries))
    anyhow = reduce(or_, queries)
    rank = SearchRank(F("title"), anyhow) * F("title_norm") + SearchRank(F("body"), anyhow)
    return model.objects.filter(matches).annotate(rank=rank)


def _known(model: Any, config: str | None, words: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words that PostgreSQL looks for at all, each with the configuration that it is read by.

    Stop words are not in the index: asked for, they would not be found. The database's default configuration is
    named, as the planner else does not know beforehand what is looked for, and leaves the index aside.
    """
    with connections[model.objects.db].cursor() as cursor:
        cursor.execute(_KNOWN, [config, list(words)])
        return list(cursor.fetchall())


def _model(name: str) -> Any:
    return get_app_config().get_model(name)


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
