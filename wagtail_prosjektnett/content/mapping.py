"""How the parts of a content file correspond to the fields of models.

Names are the same in both. What a field holds follows from the model, so that checking, writing and
reading a file agree, and a field that a model gains later needs no line here.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

import swapper
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from pydantic import BaseModel
from taggit.managers import TaggableManager
from wagtail import models as wagtail_models
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage

from wagtail_prosjektnett.content.format import Item, TreeItem
from wagtail_prosjektnett.content.source import Plain, typed

#: Parts of a file that are not fields of the model, or are handled by themselves.
LEFT_OUT = {
    "key", "uid", "items", "occurrence", "file", "alt", "tags", "focal_point",
    *TreeItem.model_fields.keys() - {"title", "slug", "seo_title", "search_description", "show_in_menus",
                                     "go_live_at", "expire_at"},
}  # fmt: skip
#: Parts that become fields of Wagtail's own base page, which a site's own may lack.
OF_THE_BASE_PAGE = {"seo_title", "search_description", "show_in_menus"}
#: Parts of a file with another name than the relation of the model.
RENAMED = {"names": "parallel_names"}
#: Fields that belong to the row and not to its content, or that lead out of the network.
TECHNICAL = {"id", "sort_order", "page", "locale", "translation_key", "index_entries", "uid", "successor_page"}


class Holds(Enum):
    """What a field holds."""

    VALUE = "a plain value"
    PROSE = "rich text"
    STREAM = "blocks"
    REFERENCE = "the key of something"
    REFERENCES = "the keys of several things"
    ROWS = "rows of the item itself"
    TAGS = "tags"
    FILE = "a file, which content files do not carry here"


class RowItem(Item):
    """A row of a type of the site's own."""

    fields: dict[str, Any]


class Mapped(NamedTuple):
    """A part of a file and the field of the model that it becomes."""

    name: str
    attribute: str
    field: Any
    holds: Holds
    value: Any


def mapped(model: Any, item: BaseModel) -> Iterator[Mapped]:
    """Yield the parts of an item of a file with the fields of the model that they become.

    Fields of the site's own come last. Those that a file leaves out get their default, unless it says
    nothing of any of them.
    """
    for name, attribute, field in known_fields(model, type(item)):
        yield Mapped(name, attribute, field, holds(field), getattr(item, name))
    given = getattr(item, "fields", None)
    if given is not None:
        for field in own_fields(model, type(item)):
            yield Mapped(field.name, field.name, field, holds(field), _own_value(field, given))


@cache
def known_fields(model: Any, item_type: type[BaseModel]) -> list[tuple[str, str, Any]]:
    """Return the parts that an item of a file has with the attributes and the fields of the model."""
    own = {field.name for field in model._meta.get_fields()}
    # What a name is in another language is a field; which language a page is in is told by its place.
    kept = {"language"} & own
    missing = OF_THE_BASE_PAGE - own
    names = [name for name in item_type.model_fields if name not in (LEFT_OUT - kept) | missing]
    attributes = [RENAMED.get(name, name) for name in names]
    return [
        (name, attribute, model._meta.get_field(attribute)) for name, attribute in zip(names, attributes, strict=True)
    ]


@cache
def own_fields(model: Any, item_type: type[BaseModel]) -> list[Any]:
    """Return the fields that a model of the site has besides those that the format knows."""
    known = {attribute for _name, attribute, _field in known_fields(model, item_type)} | TECHNICAL | _base_names(model)
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many, *get_all_child_relations(model)]
    fields += [field for field in model._meta.many_to_many if field not in fields]
    return [field for field in fields if field.name not in known and not _is_technical(field)]


def holds(field: Any) -> Holds:
    """Return what a field holds."""
    kinds = (
        (isinstance(field, StreamField), Holds.STREAM),
        (isinstance(field, RichTextField), Holds.PROSE),
        (isinstance(field, TaggableManager), Holds.TAGS),
        (isinstance(field, models.FileField), Holds.FILE),
        (bool(field.one_to_many), Holds.ROWS),
        (isinstance(field, ParentalManyToManyField) or bool(field.many_to_many), Holds.REFERENCES),
        (bool(field.is_relation), Holds.REFERENCE),
    )
    return next((kind for fits, kind in kinds if fits), Holds.VALUE)


def _base_names(model: Any) -> set[str]:
    """Return the names of the fields that Wagtail's own base of a model has."""
    for base in (AbstractImage, AbstractDocument):
        if issubclass(model, base):
            return {field.name for field in base._meta.get_fields()} | {"renditions", "collection", "uploaded_by_user"}
    if not hasattr(model, "get_url_parts"):
        return set()
    base = swapper.load_model("wagtailcore", "Page")
    names = {field.name for field in base._meta.get_fields()}
    if not swapper.is_swapped("wagtailcore", "Page"):
        return names
    # Wagtail 8 has a base for the base pages of sites; what a site adds to it is its own.
    wagtails = {field.name for field in wagtail_models.AbstractPage._meta.get_fields()}
    added = {field.name for field in base._meta.concrete_fields} - wagtails - OF_THE_BASE_PAGE
    return names - added


def _is_technical(field: Any) -> bool:
    remote = getattr(field, "remote_field", None)
    is_link = bool(getattr(remote, "parent_link", False)) or getattr(field, "attname", "") == "page_id"
    return is_link or not getattr(field, "editable", True)


def _own_value(field: Any, given: dict[str, Any]) -> Any:
    what = holds(field)
    if what in (Holds.ROWS, Holds.REFERENCES, Holds.STREAM, Holds.TAGS):
        value = given.get(field.name) or []
        return [RowItem(fields=row) for row in value] if what is Holds.ROWS else value
    if field.name in given:
        return _meant(field, given[field.name])
    return field.get_default() if what is Holds.VALUE else ""


def _meant(field: Any, value: Any) -> Any:
    """Return a value as a field of the site's own means it, where a file has it without quotation marks."""
    if isinstance(field, models.JSONField):
        return typed(value)
    if not isinstance(value, Plain):
        return value
    found = typed(value)
    return found if found is None or isinstance(field, models.BooleanField) else str(value)
