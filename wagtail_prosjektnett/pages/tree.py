"""The nearest network above any page, at the price of one query for a whole request.

A page's place in the tree is its path, and its ancestors' paths are the beginnings of it. Networks of
many pages are therefore found together, whatever type the pages have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.rich_text import expand_db_html

from wagtail_prosjektnett.pages.types import PageRole, has_any_role, has_role, page_model

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
        missing, model = self.unknown(pages), page_model(PageRole.NETWORK)
        if missing:
            found = None if model is None else model.objects.select_related("successor_page", "locale")
            self.remember(missing, () if found is None else found.filter(path__in=missing))

    def unknown(self, pages: Iterable[Any]) -> set[str]:
        """Return the paths at and above several pages at which nobody has looked for a network yet."""
        return {path for page in pages for path in ancestor_paths(page)} - self._by_path.keys()

    def remember(self, paths: Iterable[str], networks: Iterable[NetworkPageMixin]) -> None:
        """Take over the networks that were found at some paths; at the others there is none."""
        self._by_path.update(dict.fromkeys(paths))
        self._by_path.update({network.path: network for network in networks})

    def introduce(self, pages: Iterable[Any]) -> None:
        """Let several pages of networks know their own network, with one query for all of them."""
        pages = list(pages)
        self.preload(pages)
        for page in pages:
            if has_any_role(page):
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


def nearest_is_one_of(paths: Iterable[str], everywhere: Iterable[str]) -> Q:
    """Return the condition that the nearest network above a page is one of some; both are paths of networks."""
    everywhere = list(everywhere)
    found = Q(pk__in=())
    for path in paths:
        inside = Q(path__startswith=path)
        for nested in everywhere:
            if nested != path and nested.startswith(path):
                inside &= ~Q(path__startswith=nested)
        found |= inside
    return found
