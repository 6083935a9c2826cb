"""Requests that would break Wagtail's API v2, refused in its own form before anything is read.

Wagtail answers 500 to an offset that no database can count to, to NUL characters and to values that are none
of their field.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, IntegerField
from taggit.managers import TaggableManager
from wagtail.api.v2.utils import BadRequestError

from wagtail_prosjektnett.api.parameters import LARGEST, LONGEST_TEXT

_WHOLE_NUMBERS = ("limit", "offset", "id")


def refuse_unreadable(parameters: Any) -> None:
    """Raise ``BadRequestError`` for query parameters that no database can read, whichever view they are for."""
    for name, values in parameters.lists():
        if any("\0" in text for text in (name, *values)):
            raise BadRequestError(f"null characters are not allowed for {name!r}")
    for name in _WHOLE_NUMBERS:
        text = parameters.get(name, "0")
        if not (text.isascii() and text.isdigit()):
            raise BadRequestError(f"{name} must be a positive integer")
        if len(text) > len(str(LARGEST)) or int(text) > LARGEST:
            raise BadRequestError(f"{name} cannot be higher than {LARGEST}")
    _refuse_site(parameters.get("site", ""))
    if parameters.get("search_operator", "or").lower() not in ("and", "or"):
        raise BadRequestError("search_operator must be either 'and' or 'or'")
    if len(parameters.get("search", "")) > LONGEST_TEXT:
        raise BadRequestError(f"search cannot be longer than {LONGEST_TEXT} characters")


def _refuse_site(text: str) -> None:
    _host, colon, port = text.partition(":")
    if colon and not (port.isascii() and port.isdecimal() and len(port) <= 5):
        raise BadRequestError("site must be the name of a host, or that and a port")


def refuse_strange_values(model: Any, names: Any, parameters: Any) -> None:
    """Raise ``BadRequestError`` for values that the fields of a model by which a list is filtered cannot have."""
    for name in names:
        if name not in parameters:
            continue
        try:
            _check(model._meta.get_field(name), parameters[name])
        except FieldDoesNotExist:
            continue
        except (ValidationError, ValueError, TypeError) as error:
            raise BadRequestError(
                f"field filter error. '{parameters[name]}' is not a valid value for {name}"
            ) from error


def _check(field: Any, value: str) -> None:
    if isinstance(field, BooleanField | TaggableManager):
        return  # Wagtail reads these in a way of its own.
    target = field.related_model._meta.pk if field.is_relation else field
    while target.is_relation:
        target = target.target_field
    found = target.to_python(value)
    if isinstance(target, IntegerField) and abs(found) > LARGEST:
        raise ValueError(value)
