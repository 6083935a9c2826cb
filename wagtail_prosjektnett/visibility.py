"""What a reader may see: published pages, less those that are restricted for this reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import PageViewRestriction

if TYPE_CHECKING:
    from django.http import HttpRequest

_ATTRIBUTE = "_prosjektnett_visibility"


class Visibility:
    """The view restrictions that keep a reader out, read once for a request."""

    def __init__(self, hidden_paths: Iterable[str]) -> None:
        self.hidden_paths = tuple(hidden_paths)

    def visible(self, pages: Any) -> Any:
        """Return those pages of a queryset that the reader may see."""
        hidden = Q()
        for path in self.hidden_paths:
            hidden |= Q(path__startswith=path)
        return pages.filter(live=True).exclude(hidden) if hidden else pages.filter(live=True)

    def shows(self, page: Any) -> bool:
        """Whether the reader may see a page."""
        return page.live and not page.path.startswith(self.hidden_paths)


def visibility_for(request: HttpRequest) -> Visibility:
    """Return what the reader of a request may see."""
    if not hasattr(request, _ATTRIBUTE):
        restrictions = PageViewRestriction.objects.select_related("page")
        hidden = [found.page.path for found in restrictions if not found.accept_request(request)]
        setattr(request, _ATTRIBUTE, Visibility(hidden))
    return getattr(request, _ATTRIBUTE)
