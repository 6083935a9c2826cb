"""What a network has from its content file: found again by key, and told when the file has it no more."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail_prosjektnett.records.content_keys import ContentKey


class ContentKeys:
    """The keys of what a network has from its content file.

    ``network`` is the translation key of the network, and ``scope`` what the file calls it.
    """

    def __init__(self, network: uuid.UUID, scope: str = "") -> None:
        self.network = network
        self.scope = scope
        rows = ContentKey.objects.filter(network=network).prefetch_related("item")
        self._before: dict[tuple[int, str], ContentKey] = {
            _place(row.content_type_id, row.object_id): row for row in rows
        }
        self._by_key: dict[uuid.UUID, list[ContentKey]] = {}
        for row in self._before.values():
            self._by_key.setdefault(row.key, []).append(row)
        self._now: dict[tuple[int, str], uuid.UUID] = {}
        self._made: set[tuple[int, str]] = set()

    def find(self, key: uuid.UUID, model: Any) -> Any:
        """Return the object of a model that has a key, or None."""
        wanted = ContentType.objects.get_for_model(model).pk
        rows = self._by_key.get(key, ())
        return next((row.item for row in rows if row.content_type_id == wanted), None)

    def key_of(self, instance: Any) -> uuid.UUID | None:
        """Return the key that an object was given, or None."""
        row = self._before.get(_place_of(instance))
        return row.key if row else None

    def put(self, key: uuid.UUID, instance: Any, *, made: bool) -> None:
        """Tell that an object is in the file, by which key, and whether loading has made it now."""
        place = _place_of(instance)
        self._now[place] = key
        if made:
            self._made.add(place)

    def gone(self) -> list[Any]:
        """Return the objects that loading made from the file before and that are not in it now."""
        rows = [row for place, row in self._before.items() if row.made_by_loading and place not in self._now]
        return [row.item for row in rows if row.item is not None]

    def save(self) -> None:
        """Remember what was put, and forget what is not there any more."""
        fresh = [
            ContentKey(
                network=self.network,
                key=key,
                content_type_id=place[0],
                object_id=place[1],
                made_by_loading=place in self._made,
            )
            for place, key in self._now.items()
            if place not in self._before
        ]
        ContentKey.objects.bulk_create(fresh, batch_size=500)
        missing = [row.pk for row in self._before.values() if row.item is None]
        ContentKey.objects.filter(pk__in=missing).delete()


def _place(content_type: int, object_id: str) -> tuple[int, str]:
    return content_type, object_id


def _place_of(instance: Any) -> tuple[int, str]:
    return _place(ContentType.objects.get_for_model(instance).pk, str(instance.pk))
