"""Telling what an object of the site says, as a content file does: the way back from ``Assigner``."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, get_args

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from pydantic import BaseModel

from wagtail_prosjektnett.content import richtext
from wagtail_prosjektnett.content.describe_streams import StreamDescriber, in_order
from wagtail_prosjektnett.content.mapping import Holds, RowItem, holds, known_fields, own_fields
from wagtail_prosjektnett.content.references import kind_of
from wagtail_prosjektnett.content.register import Register

#: What a file says of a value is read by its field; these types are read back as they are.
PLAIN = (str, bool, int, float, date, time, datetime)


class Describer:
    """Tells what objects say in one language. What they refer to is met by the register."""

    def __init__(self, register: Register, language: str) -> None:
        self.register = register
        self.language = language
        self.streams = StreamDescriber(register, language)

    def describe(self, item_type: type[BaseModel], instance: Any, skip: Collection[str] = ()) -> dict[str, Any]:
        """Return an object as the item of a file, less what the format keeps by itself and the fields to skip."""
        model: Any = type(instance)
        told: dict[str, Any] = {}
        for name, attribute, field in known_fields(model, item_type):
            if attribute not in skip:
                told[name] = self._tell(field, instance, attribute, row_type(item_type, name))
        own = own_fields(model, item_type)
        if "fields" in item_type.model_fields and own:
            told["fields"] = self._own(own, instance)
        return {name: value for name, value in told.items() if value is not None}

    def _own(self, fields: list[Any], instance: Any) -> dict[str, Any]:
        """Return the fields that the format does not know, less those that have nothing in them."""
        told = {}
        for field in fields:
            if holds(field) is Holds.FILE:
                if getattr(instance, field.name):
                    values = {"field": field.verbose_name, "name": instance}
                    self.register.note(_("The file in the field “%(field)s” of “%(name)s”") % values)
                continue
            value = self._tell(field, instance, field.name, RowItem)
            if value != self._unsaid(field):
                told[field.name] = value
        return told

    def _unsaid(self, field: Any) -> Any:
        """Return what a field is given where a file says nothing of it."""
        what = holds(field)
        if what is Holds.VALUE:
            return field.get_default()
        return None if what is Holds.REFERENCE else "" if what is Holds.PROSE else []

    def _tell(self, field: Any, instance: Any, attribute: str, item_type: type[BaseModel]) -> Any:
        what = holds(field)
        if what is Holds.ROWS:
            rows = [row for row in getattr(instance, attribute).all() if not self._is_lost(row)]
            return [self._row(item_type, row) for row in rows]
        if what is Holds.REFERENCES:
            return self._references(field, getattr(instance, attribute).all())
        if what is Holds.TAGS:
            return sorted(getattr(instance, attribute).names())
        value = getattr(instance, getattr(field, "attname", attribute))
        if what is Holds.REFERENCE:
            kind = kind_of(field.related_model)
            return self.register.ref(kind, value, self.language) if kind else None
        if what is Holds.PROSE:
            return richtext.written(value, self.register, self.language, getattr(field, "features", None))
        if what is Holds.STREAM:
            return self.streams.tell(field.stream_block, list(value.raw_data), str(instance))
        return plain(field, value)

    def _row(self, item_type: type[BaseModel], row: Any) -> dict[str, Any]:
        if item_type is RowItem:
            model: Any = type(row)
            return self._own(own_fields(model, RowItem), row)
        return self.describe(item_type, row)

    def _is_lost(self, row: Any) -> bool:
        """Whether a row is about something that is not in the file."""
        needed = [field for field in row._meta.concrete_fields if holds(field) is Holds.REFERENCE and not field.null]
        kinds = [(field, kind) for field in needed if (kind := kind_of(field.related_model))]
        own = [pair for pair in kinds if not isinstance(pair[0], ParentalKey)]
        return any(self.register.ref(kind, getattr(row, field.attname), self.language) is None for field, kind in own)

    def _references(self, field: Any, items: Any) -> list[str]:
        kind = kind_of(field.related_model)
        known = sorted(items, key=lambda item: str(getattr(item, "translation_key", None) or getattr(item, "uid", "")))
        refs = (self.register.ref(kind, item.pk, self.language) for item in known) if kind else ()
        return [ref for ref in refs if ref is not None]


def row_type(item_type: type[BaseModel], name: str) -> type[BaseModel]:
    """Return what the rows in a part of an item are, or ``RowItem`` for a part without rows."""
    inside = get_args(item_type.model_fields[name].annotation)
    row = inside[0] if inside else None
    row = get_args(row)[0] if row is not None and get_args(row) else row
    return row if isinstance(row, type) and issubclass(row, BaseModel) else RowItem


def plain(field: Any, value: Any) -> Any:
    """Return a value as a file has it, so that its field reads it back."""
    if value is None or isinstance(value, PLAIN):
        return value
    if isinstance(value, dict | list):
        return in_order(json.loads(json.dumps(value, cls=DjangoJSONEncoder)))
    return str(value)
