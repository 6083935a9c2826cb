"""What articles of the experience base name: phases, topics and related pages, read together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet, Value

#: The columns of a row, whichever kind it is of; by the first three, the database sorts them.
_COLUMNS = ("row_kind", "row_order", "row_name", "row_page", "row_named", "row_locale", "row_key")


class _Kind(NamedTuple):
    """A relation of articles: the model of its rows, and their fields for the article and for what it names."""

    name: str
    rows: Any
    article: str
    named: str
    title: str
    order: Any

    def read(self, pks: Iterable[int]) -> QuerySet[Any, Any]:
        """Return the rows of articles, without their fields."""
        values = (
            Value(self.name),
            self.order,
            F(f"{self.named}__{self.title}"),
            F(f"{self.article}_id"),
            F(f"{self.named}_id"),
            F(f"{self.named}__locale_id"),
            F(f"{self.named}__translation_key"),
        )
        rows = self.rows._base_manager.order_by().filter(**{f"{self.article}__in": pks})
        return rows.annotate(**dict(zip(_COLUMNS, values, strict=True))).values_list(*_COLUMNS)


def load_named(articles: Iterable[Any]) -> None:
    """Give several articles of one type their phases, topics and related pages, with one query for all of them."""
    by_pk = {article.pk: article for article in articles}
    fields = type(next(iter(by_pk.values())))._meta.get_field
    phases, topics, related = fields("phases"), fields("topics"), fields("related_pages")
    kinds = (
        _terms(phases, F(f"{phases.m2m_reverse_field_name()}__sort_order")),
        _terms(topics, Value(0)),
        _Kind(related.name, related.related_model, related.field.name, "related", "title", F("sort_order")),
    )
    first, *others = (kind.read(by_pk) for kind in kinds)
    found: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for kind, order, name, pk, *named in first.union(*others, all=True).order_by(*_COLUMNS[:3]):
        found[kind, pk].append((order, name, *named))
    for pk, article in by_pk.items():
        _give_terms(article, phases, found[phases.name, pk])
        _give_terms(article, topics, found[topics.name, pk])
        rows = found[related.name, pk]
        article.related_pages = [related.related_model(sort_order=row[0], related_id=row[2]) for row in rows]


def _terms(field: Any, order: Any) -> _Kind:
    rows = field.remote_field.through
    return _Kind(field.name, rows, field.m2m_field_name(), field.m2m_reverse_field_name(), "name", order)


def _give_terms(article: Any, field: Any, rows: list[Any]) -> None:
    """Let an article know its phases or its topics as Django lets it when these are prefetched, in the same order."""
    model, database = field.related_model, article._state.db
    terms = model._default_manager.none()
    terms._result_cache = [_term(model, database, *row[1:]) for row in rows]
    if not hasattr(article, "_prefetched_objects_cache"):
        article._prefetched_objects_cache = {}
    article._prefetched_objects_cache[field.name] = terms


def _term(model: Any, database: str, name: str, pk: int, locale_id: int, key: UUID) -> Any:
    """Return a term; what else it has is read when somebody asks for it."""
    values = {model._meta.pk.attname: pk, "name": name, "locale_id": locale_id, "translation_key": key}
    names = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(database, names, [values[each] for each in names])
