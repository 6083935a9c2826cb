"""Writing a network of the site as a content file, with its documents and images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from wagtail_prosjektnett.content.content_keys import ContentKeys
from wagtail_prosjektnett.content.describe_pages import PageDescriber
from wagtail_prosjektnett.content.describe_records import RecordDescriber
from wagtail_prosjektnett.content.errors import in_words
from wagtail_prosjektnett.content.format import FORMAT, VERSION, NetworkFile
from wagtail_prosjektnett.content.load import problems
from wagtail_prosjektnett.content.nodes import Node, nodes_of
from wagtail_prosjektnett.content.redirects import redirects_to, relative_path
from wagtail_prosjektnett.content.register import Register
from wagtail_prosjektnett.content.write import write

Progress = Callable[[int, int], None]


class DumpRefused(Exception):
    """Raised when a network cannot be written as it is; it holds every problem, in words."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass
class DumpResult:
    """What was written: how many pages and files, and what is not part of the file, in words."""

    pages: int
    files: int
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def dump_network(network: Any, path: Path, *, overwrite: bool = False, progress: Progress | None = None) -> DumpResult:
    """Write a network with all that belongs to it into a folder, or into a zip file where the path ends so.

    ``network`` may be in any of its languages. The same network gives the same bytes, here and on every site that
    has loaded them. Images and documents are given keys by which they will be known again; nothing else is changed on
    the site. ``progress`` is called with how many of how many pages are done.

    Raises ``DumpRefused`` with every file that is missing on the site and with all that loading would refuse, and
    ``FileExistsError`` for a path at which something is, unless it may ``overwrite`` what an earlier dump has written.
    """
    dumping = _Dumping(network, progress)
    data = dumping.told()
    if dumping.register.problems:
        raise DumpRefused(dumping.register.problems)
    try:
        file = NetworkFile.model_validate(data)
    except ValidationError as error:
        raise DumpRefused([f"{in_words(tuple(found['loc']))}: {found['msg']}" for found in error.errors()]) from error
    write(file, dumping.records.files, path, overwrite=overwrite, check=_refuse_unreadable)
    dumping.keys.save()
    return DumpResult(dumping.total, len(dumping.records.files), dumping.register.notes)


def _refuse_unreadable(file: Path) -> None:
    """Raise ``DumpRefused`` for a content file that could not be loaded: what was stored before a rule was made."""
    found = list(problems(file))
    if found:
        raise DumpRefused([f"{in_words(problem.path)}: {problem.message}" for problem in found])


class _Dumping:
    """The reading of one network."""

    def __init__(self, network: Any, progress: Progress | None) -> None:
        self.top, inside = nodes_of(network)
        self.keys = ContentKeys(self.top.uid)
        self.language = self.top.main.locale.language_code
        nodes = list(self.top.everything())
        languages = {page.locale.language_code for node in nodes for page in node.pages}
        self.register = Register(self.language, languages, self.keys)
        for node in nodes:
            self.register.add_page(node)
        for other in inside:
            self.register.note(_("The network “%s”, which is inside this one") % other.title)
        self.pages = PageDescriber(self.register, self.language)
        self.records = RecordDescriber(self.register, self.language)
        self.total, self.done, self.progress = len(nodes), 0, progress

    def told(self) -> dict[str, Any]:
        """Return the content of the file."""
        network = self._page(self.top, "network")
        sections = {name: network.pop(name) for name in list(self.top.below) if name != "pages"}
        data: dict[str, Any] = {"format": FORMAT, "version": VERSION, "language": self.language, "network": network}
        data |= {name: found[0] for name, found in sections.items()}
        data["redirects"] = list(self._redirects())
        return data | self.records.told()

    def _page(self, node: Node, place: str) -> dict[str, Any]:
        told = self.pages.page(node, place)
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)
        for name, nodes in node.below.items():
            told[name] = [self._page(below, name) for below in nodes]
        if order := self._order(node):
            told["order"] = order
        return told

    @staticmethod
    def _order(node: Node) -> list[str]:
        """Return the keys of the pages below a page, where they do not stand as the file lists them."""
        stands = sorted(node.listed, key=lambda below: below.rank)
        return [] if node.listed == stands else [below.key for below in stands]

    def _redirects(self) -> Iterator[dict[str, Any]]:
        by_page = {page.pk: (node, page) for node in self.top.everything() for page in node.pages}
        site = self.top.main.get_site()
        for redirect in redirects_to(list(by_page)):
            if redirect.site_id and redirect.site_id != site.pk:
                values = {"path": redirect.old_path, "site": redirect.site}
                self.register.note(_("The redirect from %(path)s on the site %(site)s") % values)
                continue
            node, page = by_page[redirect.redirect_page_id]
            language = page.locale.language_code
            yield {
                "old_path": relative_path(redirect.old_path, self.top.main),
                "page": node.key,
                "language": None if language == self.language else language,
                "route_path": redirect.redirect_page_route_path,
                "permanent": redirect.is_permanent,
                "automatic": redirect.automatically_created,
                "every_site": redirect.site_id is None,
            }
