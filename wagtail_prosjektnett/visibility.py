"""What a reader may see: published pages, less those that are restricted for this reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import CollectionViewRestriction, PageViewRestriction

if TYPE_CHECKING:
    from django.http import HttpRequest

_ATTRIBUTE = "_prosjektnett_visibility"


class Visibility:
    """The view restrictions that keep the reader of a request out, each kind read once."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def hidden_paths(self) -> tuple[str, ...]:
        """The paths of the pages below which the reader may see nothing."""
        restrictions = PageViewRestriction.objects.select_related("page")
        return tuple(found.page.path for found in restrictions if not found.accept_request(self.request))

    @cached_property
    def hidden_collections(self) -> frozenset[int]:
        """The ids of the collections whose documents the reader may not open."""
        restrictions = CollectionViewRestriction.objects.select_related("collection")
        hidden = [found.collection for found in restrictions if not found.accept_request(self.request)]
        return frozenset(
            pk for top in hidden for pk in top.get_descendants(inclusive=True).values_list("pk", flat=True)
        )

    def visible(self, pages: Any) -> Any:
        """Return those pages of a queryset that the reader may see."""
        hidden = Q()
        for path in self.hidden_paths:
            hidden |= Q(path__startswith=path)
        return pages.filter(live=True).exclude(hidden) if hidden else pages.filter(live=True)

    def shows(self, page: Any) -> bool:
        """Whether the reader may see a page."""
        return page.live and not page.path.startswith(self.hidden_paths)

    def opens(self, document: Any) -> bool:
        """Whether the reader may open a document."""
        return document.collection_id not in self.hidden_collections


def visibility_for(request: HttpRequest) -> Visibility:
    """Return what the reader of a request may see."""
    if not hasattr(request, _ATTRIBUTE):
        setattr(request, _ATTRIBUTE, Visibility(request))
    return getattr(request, _ATTRIBUTE)
