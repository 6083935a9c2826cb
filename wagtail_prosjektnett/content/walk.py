"""The pages of a content file in the order in which they are made: parents first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wagtail_prosjektnett.content.errors import Path_
from wagtail_prosjektnett.content.format import FileItem, NetworkFile, TreeItem

SECTIONS = ("gatherings", "announcements", "experiences")
#: What is not a page.
RECORDS = ("images", "documents", "organisations", "people", "topics", "phases")
#: The versions of a page that are to come, in the order in which they were written.
LATER = ("scheduled", "draft")


class Place(NamedTuple):
    """A page in one language: where it stands in the file, what the file says of it, and what it is below.

    ``node`` is the place of the page in its first language, ``above`` that of its parent, and
    ``main`` is what the file says of it in its first language.
    """

    path: Path_
    item: TreeItem
    language: str
    node: Path_
    above: Path_ | None
    main: TreeItem

    @property
    def key(self) -> str:
        """What the page is called in the file, in all its languages."""
        return self.main.key

    @property
    def is_translation(self) -> bool:
        """Whether this is another language than the page's first."""
        return self.path != self.node


def pages_of(file: NetworkFile) -> Iterator[Place]:
    """Yield every page of a file in each of its languages, parents first."""
    yield from _page(file, ("network",), file.network, None)
    for name in SECTIONS:
        section = getattr(file, name)
        if section is not None:
            yield from _page(file, (name,), section, ("network",))
            yield from _pages(file, (name, "items"), section.items, (name,))
            yield from _pages(file, (name, "pages"), section.pages, (name,))
    yield from _pages(file, ("network", "pages"), file.network.pages, ("network",))


def as_they_stand(places: Sequence[Place]) -> Iterator[Place]:
    """Yield the pages of a file parents first, and those below one page in the ``order`` that it gives.

    A page that the order does not name comes after those that it names.
    """
    below: dict[Path_ | None, dict[Path_, list[Place]]] = {}
    for place in places:
        below.setdefault(place.above, {}).setdefault(place.node, []).append(place)

    def rank(node: list[Place], order: list[str]) -> int:
        return order.index(node[0].key) if node[0].key in order else len(order)

    def inside(above: Path_ | None, order: list[str]) -> Iterator[Place]:
        for node in sorted(below.get(above, {}).values(), key=lambda node: rank(node, order)):
            yield from node
            yield from inside(node[0].node, node[0].main.order)

    yield from inside(None, [])


def versions_of(place: Place) -> Iterator[tuple[Path_, TreeItem]]:
    """Yield what the file says of a page: as it is, and the versions that are to come."""
    yield place.path, place.item
    for name in LATER:
        version = getattr(place.item, name)
        if version is not None:
            yield (*place.path, name), version


def languages_of(file: NetworkFile) -> dict[str, Path_]:
    """Return the languages of a file, its own first, and where each is first used."""
    found: dict[str, Path_] = {file.language: ("language",)}
    for name in RECORDS:
        for index, item in enumerate(getattr(file, name)):
            found.setdefault(getattr(item, "language", None) or file.language, (name, index, "language"))
            for number, part in enumerate(getattr(item, "translations", [])):
                found.setdefault(part.language, (name, index, "translations", number, "language"))
    for place in pages_of(file):
        found.setdefault(place.language, (*place.path, "language"))
    return found


def restricted_items(file: NetworkFile) -> Iterator[tuple[Path_, TreeItem | FileItem]]:
    """Yield what not everyone may see: pages, images and documents."""
    for name in ("images", "documents"):
        for index, item in enumerate(getattr(file, name)):
            if item.privacy:
                yield (name, index), item
    for place in pages_of(file):
        if place.item.privacy:
            yield place.path, place.item


def _pages(file: NetworkFile, path: Path_, items: Sequence[TreeItem], above: Path_) -> Iterator[Place]:
    for index, item in enumerate(items):
        here = (*path, index)
        yield from _page(file, here, item, above)
        yield from _pages(file, (*here, "pages"), item.pages, here)


def _page(file: NetworkFile, path: Path_, item: TreeItem, above: Path_ | None) -> Iterator[Place]:
    yield Place(path, item, item.language or file.language, path, above, item)
    for index, translation in enumerate(item.translations):
        here = (*path, "translations", index)
        yield Place(here, translation, translation.language or file.language, path, above, item)
