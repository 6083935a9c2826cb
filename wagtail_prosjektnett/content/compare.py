"""What loading does to an object: what the object says, before and after."""

import json
import re
from enum import Enum
from typing import Any

from wagtail.fields import StreamField

#: What changes at every save, follows from something else, or is compared by itself.
VOLATILE = {
    "pk", "page", "organisation_id", "starts_at", "ends_at", "latest_revision", "live_revision", "draft_title",
    "latest_revision_created_at", "last_published_at", "first_published_at", "has_unpublished_changes",
    "wagtail_admin_comments", "live", "numchild", "index_entries", "path", "depth", "url_path", "expired", "locked",
    "locked_at", "locked_by", "owner", "alias_of", "content_type", "sort_order",
}  # fmt: skip

_BLOCK_KEYS = re.compile(r' data-block-key="[^"]*"')


class Effect(Enum):
    """What loading did to something."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    LEFT = "left"


def snapshot(instance: Any) -> Any:
    """Return what an object says, without what changes at every save."""
    if not hasattr(instance, "serializable_data"):
        return {field.attname: field.value_to_string(instance) for field in instance._meta.concrete_fields}
    data = _stable(instance.serializable_data())
    streams = [field.name for field in instance._meta.get_fields() if isinstance(field, StreamField)]
    # PostgreSQL gives the keys of stored JSON in an order of its own.
    return {**data, **{name: _what_blocks_say(json.loads(data[name])) for name in streams}}


def _stable(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _stable(value) for name, value in data.items() if name not in VOLATILE}
    if isinstance(data, list):
        return [_stable(value) for value in data]
    return without_block_keys(data) if isinstance(data, str) else data


def _what_blocks_say(data: Any) -> Any:
    """Return what stored blocks say: without the marks that Wagtail's editor gives them, and without what is empty.

    What was left empty is stored as no text, as nothing, or not at all, by the form, by code and by older versions.
    """
    if isinstance(data, dict):
        is_block = data.keys() == {"type", "value", "id"}
        kept = {
            name: value for name, value in data.items() if value not in (None, "") and not (is_block and name == "id")
        }
        return {name: _what_blocks_say(value) for name, value in kept.items()}
    if isinstance(data, list):
        return [_what_blocks_say(value) for value in data]
    return without_block_keys(data) if isinstance(data, str) else data


def without_block_keys(html: str) -> str:
    """Return rich text without the marks that Wagtail's editor gives each paragraph."""
    return _BLOCK_KEYS.sub("", html) if "data-block-key" in html else html
