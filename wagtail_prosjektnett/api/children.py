"""The rows of many pages or snippets, read together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet


def load_children(parents: Iterable[Any], relation: Any) -> None:
    """Give several pages or snippets their rows of one relation, with one query, or none where there are none of them.

    Django's prefetching does that too, but each reading of the rows then makes two querysets.
    """
    if parents := list(parents):
        give_rows(parents, relation, rows_of(parents, relation))


def rows_of(parents: Iterable[Any], relation: Any) -> QuerySet[Any]:
    """Return the rows that several pages or snippets have of one relation."""
    keys = {parent.pk for parent in parents}
    return relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": keys})


def give_rows(parents: Iterable[Any], relation: Any, found: Iterable[Any]) -> None:
    """Give several pages or snippets those rows of one relation that are theirs."""
    by_pk = {parent.pk: parent for parent in parents}
    rows: dict[Any, list[Any]] = {pk: [] for pk in by_pk}
    for row in found:
        rows[getattr(row, relation.field.attname)].append(row)
    for pk, parent in by_pk.items():
        setattr(parent, relation.name, rows[pk])
