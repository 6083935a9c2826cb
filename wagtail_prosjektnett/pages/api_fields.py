"""How our pages' fields are declared for Wagtail's API v2 and v3.

A *computed* field is read by both; the function that makes its value is typed, and v3's OpenAPI
document takes its type from there. A *writable* field is a field of the model that editors may also
write through v3, where Wagtail has it.
"""

from collections.abc import Callable
from typing import Any

from rest_framework.fields import Field
from wagtail import VERSION
from wagtail.api import APIField

CAN_WRITE = VERSION >= (8, 0)


class ComputedField(Field):
    """A read-only field whose value a function makes from the whole object."""

    def __init__(self, compute: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)
        # An attribute of the instance, so that v3 reads the function's own return type.
        self.to_representation = compute


def computed(name: str, compute: Callable[[Any], Any]) -> APIField:
    """Declare a field that is only read, and the function that makes it."""
    return APIField(name, serializer=ComputedField(compute))


def writable(name: str) -> APIField:
    """Declare a field of the model that v3 may write; on Wagtail 7.4, which has no v3, one to read."""
    return APIField(name, writable=True) if CAN_WRITE else APIField(name)
