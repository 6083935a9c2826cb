"""What pages need to be told: their rows, loaded together, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects

from wagtail_prosjektnett.api.article_rows import load_named
from wagtail_prosjektnett.api.block_kinds import kind_of
from wagtail_prosjektnett.api.children import give_rows, rows_of
from wagtail_prosjektnett.api.needs import Needs
from wagtail_prosjektnett.fields import ExtensibleStreamField, ProseField
from wagtail_prosjektnett.pages.types import PageRole, has_role
from wagtail_prosjektnett.records.parallel_names import read_with_names
from wagtail_prosjektnett.visibility import Visibility

#: The rows of each type that are told, and what is joined to them; with organisations, their names.
_ROWS = {
    PageRole.NETWORK: {"members": "organisation", "contacts": "person__organisation"},
    PageRole.GATHERING: {
        "occurrences": "municipality",
        "presentations": "document",
        "contacts": "person__organisation",
    },
}


def load_rows(pages: Iterable[Any], visibility: Visibility) -> None:
    """Load the rows of all pages that are told in full to a reader: one query for each kind of row."""
    pages = list(pages)
    for role, relations in _ROWS.items():
        same = [page for page in pages if has_role(page, role)]
        for name, joined in relations.items() if same else ():
            relation = type(same[0])._meta.get_field(name)
            rows = rows_of(same, relation).select_related(joined)
            if joined == "document":
                more = (f"{joined}__{name}" for name in visibility.asks_of_documents)
                give_rows(same, relation, rows.select_related(joined, *more))
            else:
                give_rows(same, relation, read_with_names(rows, joined))
    articles = [page for page in pages if has_role(page, PageRole.EXPERIENCE)]
    if articles:
        load_named(articles)
        prefetch_related_objects(articles, "municipality")


def collect(page: Any, needs: Needs) -> None:
    """Note what a page of a network refers to: by its fields, its blocks and its rows.

    Of another page, only what stands in fields of the kinds that are ours.
    """
    for field in page._meta.concrete_fields:
        if isinstance(field, ExtensibleStreamField):
            value = getattr(page, field.name)
            kind_of(value.stream_block).collect(value.stream_block, list(value.raw_data), needs)
        elif isinstance(field, ProseField):
            needs.html(getattr(page, field.name) or "")
    role = getattr(page, "role", None)
    if not isinstance(role, PageRole):
        return
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        needs.keys.add(page.translation_key)
    _collect_ids(page, needs)
    if role is PageRole.EXPERIENCE:
        needs.organisations.append(page.municipality)
        needs.pages |= {row.related_id for row in page.related_pages.all()}
    elif role in _ROWS:
        _collect_rows(page, role, needs)


def _collect_ids(page: Any, needs: Needs) -> None:
    kinds = {
        "image_id": needs.images,
        "successor_page_id": needs.pages,
        "related_gathering_id": needs.pages,
        "source_gathering_id": needs.pages,
        "responsible_id": needs.people,
    }
    for name, ids in kinds.items():
        if (pk := getattr(page, name, None)) is not None:
            ids.add(pk)


def _collect_rows(page: Any, role: PageRole, needs: Needs) -> None:
    for row in page.contacts.all():
        needs.person(row.person, page.locale_id)
    if role is PageRole.NETWORK:
        needs.organisations += [row.organisation for row in page.members.all()]
    else:
        needs.organisations += [row.municipality for row in page.occurrences.all()]
        rows = page.presentations.all()
        needs.known_documents.update({row.document_id: row.document for row in rows if row.document is not None})
