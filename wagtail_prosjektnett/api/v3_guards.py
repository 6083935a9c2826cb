"""Requests that would break Wagtail's API v3, or learn from it of what is hidden, answered in its own form.

Wagtail answers 500 to an offset that no database can count to, and to NUL characters and quotation marks in a search;
and it finds what refers to a page that the reader may not see. Like ``v3``, this rests on internals of a preview.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import swapper
from django.http import HttpRequest
from ninja.errors import HttpError

from wagtail_prosjektnett.api.parameters import LARGEST
from wagtail_prosjektnett.api.stock import words_alone


def register() -> None:
    """Put the guards in place, before Wagtail's routers take over what they guard."""
    from wagtail.api.v3 import pagination, querysets
    from wagtail.api.v3.schemas.params import SearchSchema

    SearchSchema.search_queryset = _with_words(SearchSchema.search_queryset)
    paginator = pagination.WagtailLimitOffsetPagination
    paginator.paginate_queryset = _within_bounds(paginator.paginate_queryset)
    querysets.get_pages_queryset = _checked_first(querysets.get_pages_queryset)


def _within_bounds(paginate: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(paginate)
    def bounded(self: Any, queryset: Any, pagination: Any, request: HttpRequest, **parameters: Any) -> Any:
        if pagination.offset > LARGEST:
            raise HttpError(400, f"offset cannot be higher than {LARGEST}")
        return paginate(self, queryset, pagination, request, **parameters)

    return bounded


def _with_words(search: Callable[..., Any]) -> Callable[..., Any]:
    from wagtail.api.v3.errors import as_validation_error

    @wraps(search)
    def with_words(self: Any, request: HttpRequest, queryset: Any) -> Any:
        if "\0" in (self.search or ""):
            raise as_validation_error(ValueError("null characters are not allowed"), loc=("search",))
        words = None if self.search is None else words_alone(self.search)
        return search(self.model_copy(update={"search": words}), request, queryset)

    return with_words


def _checked_first(get_pages: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(get_pages)
    def checked(request: HttpRequest, *models: Any) -> Any:
        pages = get_pages(request, *models)
        if not models:  # one page is asked for, by its id
            return pages
        asked = [field for field in _page_fields(models[0]) if field.name in request.GET]
        are_seen = all(_is_seen(get_pages(request), field, request.GET[field.name]) for field in asked)
        return pages if are_seen else pages.none()

    return checked


def _page_fields(model: Any) -> list[Any]:
    base = swapper.load_model("wagtailcore", "Page")
    return [
        field for field in model._meta.concrete_fields if field.many_to_one and issubclass(field.related_model, base)
    ]


def _is_seen(pages: Any, field: Any, value: str) -> bool:
    """Whether the reader may see a page that is named; what names none is left for Wagtail to refuse."""
    if not (value.isascii() and value.isdigit()):
        return True
    return len(value) <= len(str(LARGEST)) and pages.filter(pk=value).exists()
