"""The parallel names of organisations, read with the rows that name these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Func, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from wagtail_prosjektnett.records.organisations import Name, Organisation, OrganisationName

_FIELDS = ("id", "sort_order", "name", "language")


class _JsonList(Func):
    """The values of all rows as one list in JSON, in no order."""

    function = "JSON_ARRAYAGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return it as SQLite calls it."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return it as PostgreSQL calls it."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def with_names(rows: Any, path: str) -> Any:
    """Return rows that bring along the parallel names of the organisation that a path of lookups leads to.

    Rows of a draft, which are not in the database yet, bring none.
    """
    if not isinstance(rows, QuerySet):
        return rows
    names = OrganisationName.objects.filter(organisation=OuterRef(path)).order_by()
    told = names.annotate(told=_JsonList(JSONObject(**{name: name for name in _FIELDS}))).values("told")
    return rows.annotate(told_names=Subquery(told))


def organisations_of(rows: Iterable[Any], path: str) -> list[Organisation]:
    """Return the organisations that rows lead to by a path of lookups, each with the names that its row brought."""
    found = []
    for row in rows:
        organisation = row
        for name in path.split("__"):
            organisation = getattr(organisation, name, None)
        if organisation is None:
            continue
        if hasattr(row, "told_names"):
            parts = sorted(row.told_names or (), key=lambda part: (part["sort_order"] or 0, part["id"]))
            organisation.known_names = [Name(part["name"], part["language"]) for part in parts]
        found.append(organisation)
    return found


def read_with_names(rows: QuerySet[Any], path: str) -> list[Any]:
    """Return rows as a list; the organisation that each leads to knows its parallel names."""
    found = list(with_names(rows, path))
    organisations_of(found, path)
    return found


def give_names(organisations: Iterable[Organisation]) -> None:
    """Let every organisation know its parallel names: one query for all that do not yet, or none."""
    organisations = list(organisations)
    names = {each.pk: list(each.known_names) for each in organisations if each.known_names is not None}
    unknown = {each.pk for each in organisations} - names.keys()
    names.update({pk: [] for pk in unknown})
    for row in OrganisationName.objects.filter(organisation__in=unknown) if unknown else ():
        names[row.organisation_id].append(Name(row.name, row.language))
    for each in organisations:
        each.known_names = names[each.pk]
