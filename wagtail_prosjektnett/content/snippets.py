"""Loading the snippets of a content file."""

import json
from typing import Any

from pydantic import BaseModel
from wagtail.fields import StreamField
from wagtail.models import Locale

from wagtail_prosjektnett.content.keys import key_uuid
from wagtail_prosjektnett.content.mapping import Holds, mapped
from wagtail_prosjektnett.content.references import ORGANISATION, PERSON, PHASE, TOPIC, References, kind_of
from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic

MODELS: dict[str, Any] = {ORGANISATION: Organisation, PERSON: ContactPerson, TOPIC: Topic, PHASE: ProjectPhase}


def load_snippet(kind: str, item: Any, references: References, locale: Locale, scope: str) -> tuple[Any, bool]:
    """Return the snippet for an item of a file, and whether it was created or changed."""
    model = MODELS[kind]
    key = key_uuid(kind, item.key, scope)
    identity = {"uid": key} if model is Organisation else {"translation_key": key, "locale": locale}
    instance = model.objects.filter(**identity).first() or model(**identity)
    before = snapshot(instance) if instance.pk else None
    assign(instance, item, references)
    changed = before != snapshot(instance)
    if changed:
        instance.full_clean()
        instance.save()
    return instance, changed


def assign(instance: Any, item: BaseModel, references: References) -> None:
    """Give an object the plain values, references and rows of an item of a file."""
    for part in mapped(type(instance), item):
        if part.holds is Holds.REFERENCE:
            target = references.get(kind_of(part.field.related_model) or "", part.value) if part.value else None
            setattr(instance, part.attribute, target)
        elif part.holds is Holds.ROWS:
            rows = []
            for order, row in enumerate(part.value):
                made = part.field.related_model(sort_order=order)
                assign(made, row, references)
                rows.append(made)
            setattr(instance, part.attribute, rows)
        elif part.holds is Holds.VALUE:
            value = part.field.get_default() if part.value is None and not part.field.null else part.value
            setattr(instance, part.attribute, part.field.to_python(value))


def snapshot(instance: Any) -> Any:
    """Return what an object says, without what changes at every save, to tell whether loading changes it."""
    if not hasattr(instance, "serializable_data"):
        return {field.attname: field.value_to_string(instance) for field in instance._meta.concrete_fields}
    data = _stable(instance.serializable_data())
    streams = [field.name for field in instance._meta.get_fields() if isinstance(field, StreamField)]
    # PostgreSQL gives the keys of stored JSON in an order of its own.
    return {**data, **{name: json.loads(data[name]) for name in streams}}


VOLATILE = {
    "pk", "page", "organisation_id", "starts_at", "ends_at", "latest_revision", "live_revision", "draft_title",
    "latest_revision_created_at", "last_published_at", "first_published_at", "has_unpublished_changes",
    "wagtail_admin_comments", "live", "numchild", "index_entries",
}  # fmt: skip


def _stable(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _stable(value) for name, value in data.items() if name not in VOLATILE}
    if isinstance(data, list):
        return [_stable(value) for value in data]
    return data
