"""Giving an object of the site what an item of a content file says of it."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import BaseModel

from wagtail_prosjektnett.content import richtext
from wagtail_prosjektnett.content.errors import Path_
from wagtail_prosjektnett.content.mapping import Holds, Mapped, mapped
from wagtail_prosjektnett.content.references import References, kind_of
from wagtail_prosjektnett.content.streams import StreamReader


class Assigner:
    """Gives objects their content; nothing is saved.

    ``owner`` is the stable key of the object, from which its blocks get theirs. A ``draft`` may lack what
    must be there when it is published.
    """

    def __init__(self, references: References, owner: uuid.UUID, *, draft: bool = False) -> None:
        self.references = references
        self.reader = StreamReader(references, owner, draft=draft)

    def assign(self, instance: Any, item: BaseModel, path: Path_ = (), *, only: Any = None) -> None:
        """Give an object all that an item of a file says, or ``only`` what belongs to a model that it inherits from."""
        for part in mapped(type(instance), item):
            if only is not None and part.field.model is not only:
                continue
            here = (*path, part.name)
            if part.holds is Holds.ROWS:
                setattr(instance, part.attribute, self._rows(part, here))
            elif part.holds is Holds.TAGS:
                getattr(instance, part.attribute).set(part.value)
            elif part.holds is not Holds.FILE:
                setattr(instance, part.attribute, self._value(part, here))

    def _rows(self, part: Mapped, path: Path_) -> list[Any]:
        rows = []
        for order, item in enumerate(part.value):
            row = part.field.related_model(sort_order=order)
            self.assign(row, item, (*path, order))
            rows.append(row)
        return rows

    def _value(self, part: Mapped, path: Path_) -> Any:
        if part.holds is Holds.STREAM:
            return self.reader.read(part.field.stream_block, part.value, path)
        if part.holds is Holds.PROSE:
            return richtext.clean(part.value or "", self.references, getattr(part.field, "features", None))
        if part.holds is Holds.REFERENCE:
            return self._object(part, part.value) if part.value else None
        if part.holds is Holds.REFERENCES:
            return [self._object(part, ref) for ref in part.value]
        value = part.field.get_default() if part.value is None and not part.field.null else part.value
        return part.field.to_python(value)

    def _object(self, part: Mapped, ref: str) -> Any:
        return self.references.get(kind_of(part.field.related_model) or "", ref)
