"""Loading a content file into a site: check all of it, then write all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale

from wagtail_prosjektnett.content import check
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.files import FileLoader
from wagtail_prosjektnett.content.format import NetworkFile
from wagtail_prosjektnett.content.pages import PageLoader
from wagtail_prosjektnett.content.parse import outside, parse
from wagtail_prosjektnett.content.references import (
    DOCUMENT,
    IMAGE,
    ORGANISATION,
    PERSON,
    PHASE,
    TOPIC,
    References,
    pages_of,
)
from wagtail_prosjektnett.content.snippets import load_snippet
from wagtail_prosjektnett.content.source import Source


@dataclass
class LoadResult:
    """What was loaded: the network, and how many items were new or changed, or as before."""

    network: Any = None
    changed: int = 0
    unchanged: int = 0
    collection: Any = field(default=None, repr=False)

    def count(self, changed: bool) -> None:
        """Count one item."""
        if changed:
            self.changed += 1
        else:
            self.unchanged += 1


def load_network(path: Path, parent: Any, today: date | None = None) -> LoadResult:
    """Load a content file below a page, in one transaction, and return what was done.

    Loading a file again changes only what differs. ``today`` is the day that relative dates count from.
    Raises ``ContentRefused`` with every problem that was found; the database is then as it was before.
    """
    source = Source(path)
    file, unreadable = parse(source.data, today or timezone.localdate())
    if file is None:
        raise source.refused(unreadable)
    references = References(file)
    found = list(check.item_problems(file, references, source.folder))
    if unreadable:
        raise source.refused([*unreadable, *outside(found, unreadable)])
    found += check.rule_problems(file, timezone.now())
    if found or (found := list(check.place_problems(file, parent))):
        raise source.refused(found)
    return _Loading(source, file, references, parent).execute()


class _Loading:
    """The writing of one file that has been checked."""

    def __init__(self, source: Source, file: NetworkFile, references: References, parent: Any) -> None:
        self.source = source
        self.file = file
        self.references = references
        self.parent = parent
        self.result = LoadResult()

    def execute(self) -> LoadResult:
        files: FileLoader | None = None
        try:
            with transaction.atomic():
                locale = self._locale()
                files = FileLoader(self.source.folder, self._collection(), self.file.network.key)
                self._load_files(files)
                self._load_snippets(locale)
                self._load_pages(locale)
        except BaseException:
            if files is not None:
                files.undo()
            raise
        return self.result

    def _locale(self) -> Locale:
        try:
            return Locale.objects.get(language_code=self.file.language)
        except Locale.DoesNotExist as error:
            known = ", ".join(Locale.objects.values_list("language_code", flat=True))
            message = _("This site has no content in the language %(language)s. It has: %(known)s.")
            values = {"language": self.file.language, "known": known}
            raise self.source.refused([Problem(("language",), message % values)]) from error

    def _collection(self) -> Collection:
        root = Collection.get_first_root_node()
        name = self.file.network.title
        found = root.get_children().filter(name=name).first()
        return found or root.add_child(instance=Collection(name=name))

    def _load_files(self, loader: FileLoader) -> None:
        for kind, items in ((IMAGE, self.file.images), (DOCUMENT, self.file.documents)):
            for item in items:
                instance, changed = loader.load(item)
                self.references.put(kind, item.key, instance)
                self.result.count(changed)

    def _load_snippets(self, locale: Locale) -> None:
        lists = (
            (ORGANISATION, self.file.organisations),
            (PERSON, self.file.people),
            (TOPIC, self.file.topics),
            (PHASE, self.file.phases),
        )
        for kind, items in lists:
            for item in items:
                scope = self.file.network.key if kind == PERSON else ""
                instance, changed = load_snippet(kind, item, self.references, locale, scope)
                self.references.put(kind, item.key, instance)
                self.result.count(changed)

    def _load_pages(self, locale: Locale) -> None:
        loader = PageLoader(self.references, locale, self.file.network.key)
        places: dict[Path_ | None, Any] = {None: self.parent}
        pages = list(pages_of(self.file))
        for path, item, parent in pages:
            try:
                places[path] = loader.ensure(item, places[parent])
            except ValidationError as error:
                raise self.source.refused([Problem(path, " ".join(error.messages))]) from error
        self.references.loaded = True
        for path, item, _parent in pages:
            try:
                self.result.count(loader.fill(places[path], item, path))
            except ValidationError as error:
                raise self.source.refused([Problem(path, " ".join(error.messages))]) from error
        if loader.problems:
            raise self.source.refused(loader.problems)
        self.result.network = places[("network",)]
