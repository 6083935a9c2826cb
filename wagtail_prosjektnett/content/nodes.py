"""The pages of a network on a site, each with its translations, as they stand in a content file."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail_prosjektnett.content.versions import versions_of_page
from wagtail_prosjektnett.content.walk import SECTIONS
from wagtail_prosjektnett.pages.types import SECTION_ROLES, PageRole, has_role, page_model

#: Where the sections of a network stand in a file.
SECTION_NAMES = dict(zip(SECTION_ROLES, SECTIONS, strict=True))
ITEMS, PAGES = "items", "pages"


@dataclass
class Node:
    """A page in all its languages: the one that its facts come from first, then the others by their language."""

    pages: list[Any]
    #: The pages below it, by where they stand in the file: sections of a network, items of a section, other pages.
    below: dict[str, list[Node]] = field(default_factory=dict)
    key: str = ""
    #: Where it comes among all pages of the network, in the order of the tree.
    rank: int = 0

    @property
    def main(self) -> Any:
        """The page in its first language."""
        return self.pages[0]

    @property
    def uid(self) -> uuid.UUID:
        """What the page is known by on every site."""
        return self.main.translation_key

    @property
    def shown(self) -> Any:
        """What the page says to its readers, or in its newest draft where it has none."""
        return versions_of_page(self.main)["main"]

    def everything(self) -> Iterator[Node]:
        """Yield the page and all pages below it, parents first."""
        yield self
        for node in self.listed:
            yield from node.everything()

    @property
    def listed(self) -> list[Node]:
        """The pages below it, as a file lists them."""
        return [node for name in (*SECTIONS, ITEMS, PAGES) for node in self.below.get(name, ())]


def nodes_of(network: Any) -> tuple[Node, list[Any]]:
    """Return the pages of a network, and the networks inside it, which are left out with all that is below them.

    ``network`` may be in any of its languages. A page that stands in one language only is part of it.
    """
    model = page_model(PageRole.NETWORK)
    roots = list(model.objects.filter(translation_key=network.translation_key))
    pages, inside = _without_networks(roots)
    groups: dict[uuid.UUID, list[Any]] = {}
    for page in pages:
        groups.setdefault(page.translation_key, []).append(page)
    nodes = {key: Node(_main_first(group)) for key, group in groups.items()}
    by_path = {page.path: nodes[page.translation_key] for page in pages}
    top = nodes[network.translation_key]
    for rank, node in enumerate(sorted(nodes.values(), key=lambda node: _order(node, top))):
        node.rank = rank
        if node is not top:
            above = by_path[node.main.path[: -node.main.steplen]]
            above.below.setdefault(_place(above, node.main), []).append(node)
    return top, inside


def _place(above: Node, page: Any) -> str:
    """Return where a page below another one stands in a file."""
    role: Any = getattr(page, "role", None)
    if role is not None and role is getattr(above.main, "item_role", None):
        return ITEMS
    name = SECTION_NAMES.get(role, PAGES) if has_role(above.main, PageRole.NETWORK) else PAGES
    return PAGES if name in above.below else name


def _without_networks(roots: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return the pages of the branches of some networks, and the networks inside them."""
    found, inside = [], []
    for root in roots:
        skipped: tuple[str, ...] = ()
        for page in root.get_descendants(inclusive=True).specific().order_by("path"):
            if page.path.startswith(skipped) and skipped:
                continue
            if has_role(page, PageRole.NETWORK) and page.pk != root.pk:
                skipped = (*skipped, page.path)
                inside.append(page)
            else:
                found.append(page)
    return found, inside


def _main_first(pages: Iterable[Any]) -> list[Any]:
    """Return the translations of a page, first the one that its facts come from: the oldest that is no alias."""
    main = min(pages, key=lambda page: (page.alias_of_id is not None, page.pk))
    others = [page for page in pages if page is not main]
    return [main, *sorted(others, key=lambda page: page.locale.language_code)]


def _order(node: Node, top: Node) -> tuple[Any, ...]:
    """Return where a page comes among its siblings: those in the network's first language in the order of the tree."""
    return node.main.locale_id != top.main.locale_id, node.main.locale.language_code, node.main.path
