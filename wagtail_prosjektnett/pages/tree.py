"""The nearest network above any page, at the price of one query for a whole request.

A page's place in the tree is its path, and its ancestors' paths are the beginnings of it. Networks of
many pages are therefore found together, whatever type the pages have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from wagtail.rich_text import expand_db_html

from wagtail_prosjektnett.pages.types import PageRole, has_role, page_model

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wagtail_prosjektnett.pages.network import NetworkPageMixin

_ATTRIBUTE = "_prosjektnett_networks"


class Networks:
    """The networks that have been looked up, by the path of the page that asked.

    With ``drafts``, readers see networks that are not published too, as in a preview.
    """

    def __init__(self, *, drafts: bool = False) -> None:
        self.drafts = drafts
        #: Banners that were made already, so that a list of pages expands each text once.
        self.banners: dict[Any, Any] = {}
        #: How a network's rich text is made HTML; who reads many networks puts a function in its place that
        #: has looked up all links together.
        self.expand: Callable[[str, NetworkPageMixin], str] = lambda text, _network: expand_db_html(text)
        self._by_path: dict[str, NetworkPageMixin | None] = {}
        self._learned: dict[str, NetworkPageMixin | None] = {}

    def nearest(self, page: Any) -> NetworkPageMixin | None:
        """Return the nearest network at or above a page, published or not, or None where it is in no network.

        Its dates rule the page: unpublishing a closed network does not open registration again. A page
        that is itself a network is its own, with whatever an editor has changed in it and not saved yet.
        """
        return next(self._at_or_above(page), None)

    def nearest_shown(self, page: Any) -> NetworkPageMixin | None:
        """Return the nearest network at or above a page that readers may know of, or None."""
        return next((found for found in self._at_or_above(page) if found.live or self.drafts), None)

    def preload(self, pages: Iterable[Any]) -> None:
        """Look up the networks of several pages with one query, or none where all are known."""
        missing = {path for page in pages for path in ancestor_paths(page)} - self._by_path.keys()
        if not missing:
            return
        self._by_path.update(dict.fromkeys(missing))
        model = page_model(PageRole.NETWORK)
        if model is not None:
            networks = model.objects.filter(path__in=missing).select_related("successor_page", "locale")
            self._by_path.update({network.path: network for network in networks})

    def introduce(self, pages: Iterable[Any]) -> None:
        """Let several pages of networks know their own network, with one query for all of them."""
        pages = list(pages)
        self.preload(pages)
        for page in pages:
            if isinstance(getattr(page, "role", None), PageRole):
                page.network = self.nearest(page)

    def learn(self, page: Any) -> None:
        """Take over what a page has found out about its network already, so that it is not looked up twice.

        A network that is not published is left to be looked up: readers may see another one above it.
        """
        if "_network" in page.__dict__ and (page.network is None or page.network.live):
            self._learned[page.path] = page.network

    def _at_or_above(self, page: Any) -> Iterator[NetworkPageMixin]:
        is_network = has_role(page, PageRole.NETWORK)
        if is_network:
            yield page
        if page.path in self._learned:
            learned = self._learned[page.path]
            yield from [] if learned is None or learned.pk == page.pk else [learned]
            return
        self.preload([page])
        found = (self._by_path[path] for path in ancestor_paths(page))
        # A network that was read as a page of any type is found here.
        yield from (each for each in found if each is not None and not (is_network and each.pk == page.pk))


def networks_of(request: HttpRequest | None) -> Networks:
    """Return the networks that were looked up for a request; a new collection without a request."""
    if request is None:
        return Networks()
    if not hasattr(request, _ATTRIBUTE):
        setattr(request, _ATTRIBUTE, Networks(drafts=getattr(request, "is_preview", False)))
    return getattr(request, _ATTRIBUTE)


def nearest_network(page: Any) -> NetworkPageMixin | None:
    """Return the nearest network at or above a page, published or not."""
    return Networks().nearest(page)


def ancestor_paths(page: Any) -> list[str]:
    """Return the paths of a page and its ancestors, nearest first; none for a page outside the tree."""
    path = page.path or ""
    return [path[:length] for length in range(len(path), 0, -page.steplen)]
