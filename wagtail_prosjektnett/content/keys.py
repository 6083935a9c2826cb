"""From the readable keys of a content file to keys that are the same on every site."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

#: The namespace of all keys that come from content files; changing it would orphan what was loaded.
NAMESPACE = uuid.UUID("5c6a1d0e-6f1b-5c1e-9a5d-6d1c7a0f3b52")

#: How many keys are asked for in one query.
MOST = 250


def key_uuid(kind: str, key: str, scope: str = "") -> uuid.UUID:
    """Return the stable key of an item that has no ``uid`` of its own.

    ``scope`` is the key of the network for what belongs to it. Organisations, topics and phases have
    none: two networks that name the same one share it.
    """
    return uuid.uuid5(NAMESPACE, "/".join(part for part in (scope, kind, key) if part))


def identity(kind: str, item: Any, scope: str = "") -> uuid.UUID:
    """Return the stable key of an item of a file: its ``uid``, or one made from its key."""
    return item.uid or key_uuid(kind, item.key, scope)


def occurrence_uid(page: uuid.UUID, item: Any) -> uuid.UUID:
    """Return the stable key of an occurrence of the gathering that has the key ``page``."""
    return item.uid or uuid.uuid5(page, item.key)


def question_uid(page: uuid.UUID, item: Any) -> uuid.UUID:
    """Return the stable key of a question of the gathering that has the key ``page``; answers are kept by it."""
    return item.uid or uuid.uuid5(page, f"question/{item.key}")


def pages_with_keys(model: Any, keys: Sequence[uuid.UUID]) -> Iterator[Any]:
    """Yield the pages of a model that have some translation keys, the oldest first, with a few queries."""
    for start in range(0, len(keys), MOST):
        yield from model.objects.filter(translation_key__in=keys[start : start + MOST]).order_by("pk")
