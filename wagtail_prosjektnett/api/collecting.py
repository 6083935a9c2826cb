"""What pages need to be told: their rows, loaded together, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects

from wagtail_prosjektnett.api.block_kinds import kind_of
from wagtail_prosjektnett.api.children import load_children
from wagtail_prosjektnett.api.lookups import Needs
from wagtail_prosjektnett.fields import ExtensibleStreamField, ProseField
from wagtail_prosjektnett.pages.types import PageRole, has_role

#: The rows of each type that are told, and what is joined to them.
_ROWS: dict[PageRole, dict[str, tuple[str, ...]]] = {
    PageRole.NETWORK: {"members": ("organisation",), "contacts": ("person__organisation",)},
    PageRole.GATHERING: {
        "occurrences": ("municipality",),
        "presentations": ("document__collection",),
        "contacts": ("person__organisation",),
    },
    PageRole.EXPERIENCE: {"related_pages": (), "phases": (), "topics": (), "municipality": ()},
}


def load_rows(pages: Iterable[Any]) -> None:
    """Load the rows of all pages that are told in full: one query for each kind of row."""
    for role, relations in _ROWS.items():
        same = [page for page in pages if has_role(page, role)]
        if not same:
            continue
        for name, joined in relations.items():
            relation = type(same[0])._meta.get_field(name)
            if relation.one_to_many:
                load_children(same, relation, joined)
            else:
                prefetch_related_objects(same, name)


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
    if role in _ROWS:
        _collect_rows(page, role, needs)


def _collect_ids(page: Any, needs: Needs) -> None:
    kinds = {
        "image_id": needs.images,
        "related_gathering_id": needs.pages,
        "source_gathering_id": needs.pages,
        "responsible_id": needs.people,
    }
    for name, ids in kinds.items():
        if (pk := getattr(page, name, None)) is not None:
            ids.add(pk)


def _collect_rows(page: Any, role: PageRole, needs: Needs) -> None:
    if role is PageRole.EXPERIENCE:
        needs.organisations.append(page.municipality)
        needs.pages |= {row.related_id for row in page.related_pages.all()}
        return
    for row in page.contacts.all():
        needs.person(row.person, page.locale_id)
    if role is PageRole.NETWORK:
        needs.organisations += [row.organisation for row in page.members.all()]
    else:
        needs.organisations += [row.municipality for row in page.occurrences.all()]
        rows = page.presentations.all()
        needs.known_documents.update({row.document_id: row.document for row in rows if row.document is not None})
