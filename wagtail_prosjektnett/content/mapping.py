"""How the parts of a content file correspond to the fields of models.

Names are the same in both. What a field holds follows from the model, so that checking and writing a
file agree, and a field that a model gains later needs no line here.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

from modelcluster.fields import ParentalManyToManyField
from pydantic import BaseModel
from wagtail.fields import RichTextField, StreamField

#: Parts of a file that are not fields of the model, or are handled by themselves.
LEFT_OUT = {"key", "items", "occurrence", "file", "alt"}
#: Parts of a file with another name than the relation of the model.
RENAMED = {"names": "parallel_names"}


class Holds(Enum):
    """What a field holds."""

    VALUE = "a plain value"
    PROSE = "rich text"
    STREAM = "blocks"
    REFERENCE = "the key of something"
    REFERENCES = "the keys of several things"
    ROWS = "rows of the item itself"


class Mapped(NamedTuple):
    """A part of a file and the field of the model that it becomes."""

    name: str
    attribute: str
    field: Any
    holds: Holds
    value: Any


def mapped(model: Any, item: BaseModel) -> Iterator[Mapped]:
    """Yield the parts of an item of a file with the fields of the model that they become."""
    for name in type(item).model_fields:
        if name not in LEFT_OUT:
            attribute = RENAMED.get(name, name)
            field = model._meta.get_field(attribute)
            yield Mapped(name, attribute, field, _holds(field), getattr(item, name))


def _holds(field: Any) -> Holds:
    if isinstance(field, StreamField):
        return Holds.STREAM
    if isinstance(field, RichTextField):
        return Holds.PROSE
    if field.one_to_many:
        return Holds.ROWS
    if isinstance(field, ParentalManyToManyField):
        return Holds.REFERENCES
    return Holds.REFERENCE if field.is_relation else Holds.VALUE
