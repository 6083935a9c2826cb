"""The pages that other pages refer to, and those above them, found together whatever their types."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import swapper
from django.db.models import Q

from wagtail_prosjektnett.api.needs import Needs
from wagtail_prosjektnett.pages.types import PageRole, page_model

#: By these a page class of the site's own has addresses that its base page does not know.
_ADDRESSES = ("get_url_parts", "get_url", "get_full_url", "url", "full_url")


class FoundPages:
    """Pages by what they are needed for; visibility is not looked at.

    ``load`` costs one query, however many pages. Asked again, it finds what was noted since, and translations: of
    pages that are in another language than those that refer to them. Where there is nothing of that, it costs none.
    """

    def __init__(self, needs: Needs) -> None:
        self.needs = needs
        self.by_pk: dict[Any, Any] = {}
        self.networks: list[Any] = []
        self._by_key: dict[Any, dict[int, Any]] = {}
        self._by_path: dict[str, Any] = {}
        self._locales: dict[int, Any] = {}
        self._missing: set[int] = set()
        self._translated: set[Any] = set(needs.keys)

    def load(self) -> None:
        """Find what is needed, with the networks at the places where there may be some."""
        needs, wanted = self.needs, Q(path__in=self.needs.paths | self.needs.networks)
        wanted |= Q(translation_key__in=needs.keys) | Q(pk__in=needs.pages)
        if (parent := needs.parent) is not None:
            wanted |= Q(path__startswith=parent.path, depth=parent.depth + 1)
        if needs.pages or needs.keys or needs.paths or needs.networks or parent is not None:
            self._load(wanted, _network_accessor() if needs.networks else "")

    def load_more(self) -> None:
        """Find the pages that were noted since, and the translations that are shown."""
        pages = self.needs.pages - self.by_pk.keys() - self._missing
        keys = {page.translation_key for page in self.by_pk.values() if self._is_translated(page)} - self._translated
        if not pages and not keys:
            return
        wanted = Q(translation_key__in=keys)
        if pages:
            chosen = _pages().filter(pk__in=pages)
            wanted |= Q(translation_key__in=chosen.values("translation_key"))
        self._translated |= keys
        self._load(wanted, "")

    def in_language(self, page: Any, locale_id: int) -> Any:
        """Return a page in a language; as it is where it has no translation that is published."""
        translation = self.same(page).get(locale_id)
        return translation if translation is not None and translation.live else page

    def same(self, page: Any) -> dict[int, Any]:
        """Return a page in all its languages that were needed, by the ids of their locales."""
        return self._by_key.get(page.translation_key, {})

    def at(self, path: str) -> Any:
        """Return the page at a place in the tree, or None."""
        return self._by_path.get(path)

    def locale(self, locale_id: int) -> Any:
        """Return a locale that came with a page, or None."""
        return self._locales.get(locale_id)

    def _is_translated(self, page: Any) -> bool:
        """Whether a page that was chosen may be shown in another language than its own."""
        return page.pk in self.needs.pages and self.needs.locales != {page.locale_id}

    def _load(self, wanted: Q, network: str) -> None:
        joined = ("locale", f"{network}__successor_page") if network else ("locale",)
        found = {page.pk: page for page in _pages().filter(wanted).select_related(*joined)}
        for page in found.values():
            self._locales[page.locale_id] = page.locale
            self._note_network(page, network)
        self.by_pk |= {**found, **_with_own_addresses(found.values())}
        self._missing |= self.needs.pages - self.by_pk.keys()
        for page in self.by_pk.values():
            self._by_key.setdefault(page.translation_key, {})[page.locale_id] = page
            self._by_path[page.path] = page

    def _note_network(self, page: Any, accessor: str) -> None:
        network = page
        for name in accessor.split("__") if accessor else ():
            network = getattr(network, name, None)
        if network is None or network is page:
            return
        network.locale = page.locale
        if (successor := network.successor_page) is not None and (locale := self.locale(successor.locale_id)):
            successor.locale = locale
        self.networks.append(network)


def _pages() -> Any:
    return swapper.load_model("wagtailcore", "Page").objects.order_by()


def _network_accessor() -> str:
    """Return the way from any page to the network that it is, as queries name it; empty where there are none."""
    model, base = page_model(PageRole.NETWORK), _pages().model
    if model is None:
        return ""
    types = [*reversed(model._meta.get_base_chain(base)), model]
    links = (child._meta.get_ancestor_link(parent) for parent, child in pairwise(types))
    return "__".join(link.remote_field.get_accessor_name() for link in links)


def _with_own_addresses(pages: Iterable[Any]) -> dict[Any, Any]:
    """Return those pages, as what they are, whose types make addresses that the base page does not know."""
    model = _pages().model
    special = [page.pk for page in pages if _has_own_address(page, model)]
    return {page.pk: page for page in model.objects.filter(pk__in=special).specific()} if special else {}


def _has_own_address(page: Any, base: Any) -> bool:
    model = page.specific_class
    return model is not None and any(getattr(model, name) is not getattr(base, name) for name in _ADDRESSES)
