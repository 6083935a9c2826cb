"""Loading a content file into a site: check all of it, then write all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from wagtail_prosjektnett.content import check
from wagtail_prosjektnett.content.collection import NetworkCollection
from wagtail_prosjektnett.content.compare import Effect
from wagtail_prosjektnett.content.content_keys import ContentKeys
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.files import FileLoader
from wagtail_prosjektnett.content.format import NetworkFile
from wagtail_prosjektnett.content.keys import identity, key_uuid
from wagtail_prosjektnett.content.leftovers import leftovers, remove
from wagtail_prosjektnett.content.pages import PageLoader
from wagtail_prosjektnett.content.parse import outside, parse
from wagtail_prosjektnett.content.redirects import load_redirect
from wagtail_prosjektnett.content.references import (
    DOCUMENT,
    IMAGE,
    LISTS,
    ORGANISATION,
    PAGE,
    PERSON,
    PHASE,
    TOPIC,
    References,
)
from wagtail_prosjektnett.content.snippets import load_snippet
from wagtail_prosjektnett.content.source import Source
from wagtail_prosjektnett.content.walk import as_they_stand, languages_of, pages_of
from wagtail_prosjektnett.records.content_changes import long_transaction


@dataclass(frozen=True)
class Change:
    """What loading did to one thing of the site, with its kind and its name as people know them."""

    effect: Effect
    kind: str
    name: str
    #: Whether other pages of the site may show it as well.
    shared: bool = False


@dataclass
class LoadResult:
    """What was done, or would be: the network, and every item that is new, changed, removed or left over."""

    network: Any = None
    name: str = ""
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changed(self) -> int:
        """How many items are new or changed."""
        return sum(change.effect in (Effect.NEW, Effect.CHANGED) for change in self.changes)

    def tell(self, effect: Effect, item: Any, name: str = "", *, shared: bool = False) -> None:
        """Tell what was done to one item."""
        if effect is Effect.UNCHANGED:
            self.unchanged += 1
        else:
            self.changes.append(Change(effect, str(item._meta.verbose_name), name or str(item), shared))


@dataclass(frozen=True)
class Options:
    """How a file is loaded.

    ``dry_run`` writes nothing and tells what would be done. ``remove`` deletes what came from the file once and is
    not in it now, where nothing needs it. ``progress`` is called with how many of how many items are done.
    """

    today: date | None = None
    dry_run: bool = False
    remove: bool = False
    progress: Callable[[int, int], None] | None = None


class _RolledBack(Exception):
    """Raised to undo a rehearsal."""


def load_network(path: Path, parent: Any, **options: Any) -> LoadResult:
    """Load a content file below a page, in one transaction, and return what was done.

    Loading a file again changes only what differs. ``options`` are those of ``Options``; ``today`` is the day that
    relative dates count from. Raises ``ContentRefused`` with every problem that was found; the database is
    then as it was before.
    """
    chosen = Options(**options)
    read = _Read(path, chosen.today or timezone.localdate())
    file = read.file
    if read.problems or file is None:
        raise read.source.refused(read.problems)
    if found := list(check.place_problems(file, parent)):
        raise read.source.refused(found)
    return _Loading(read.source, file, read.references, parent, chosen).execute()


def problems(path: Path) -> list[Problem]:
    """Return all that is wrong with a content file, wherever it would be loaded; nothing is written."""
    return _Read(path, timezone.localdate()).problems


class _Read:
    """A content file that was read and checked; ``today`` is the day that relative dates count from."""

    def __init__(self, path: Path, today: date) -> None:
        self.source = Source(path)
        self.file, unreadable = parse(self.source.data, today)
        self.problems: list[Problem] = unreadable
        if self.file is None:
            return
        self.references = References(self.file)
        found = list(check.item_problems(self.file, self.references, self.source.folder))
        if unreadable:
            self.problems = [*unreadable, *outside(found, unreadable)]
        else:
            self.problems = [*found, *check.rule_problems(self.file, timezone.now())]


class _Loading:
    """The writing of one file that has been checked."""

    def __init__(
        self, source: Source, file: NetworkFile, references: References, parent: Any, options: Options
    ) -> None:
        self.source = source
        self.file = file
        self.references = references
        self.parent = parent
        self.options = options
        self.result = LoadResult(name=file.network.title)
        self.places = list(pages_of(file))
        self.keys = ContentKeys(identity(PAGE, file.network, file.network.key), file.network.key)
        self.total = len(self.places) + sum(len(getattr(file, name)) for name in LISTS.values())
        self.done = 0

    def execute(self) -> LoadResult:
        """Write everything, or nothing."""
        files = FileLoader(self.source.folder, self.keys, NetworkCollection(self.file, self.keys))
        try:
            with transaction.atomic(), long_transaction():
                self._load_files(files)
                self._load_snippets()
                self._load_pages()
                self._load_redirects()
                self._tell_leftovers()
                self.keys.save()
                if self.options.dry_run:
                    raise _RolledBack
        except _RolledBack:
            files.undo()
        except BaseException:
            files.undo()
            raise
        return self.result

    def _load_files(self, loader: FileLoader) -> None:
        for kind in (IMAGE, DOCUMENT):
            for index, item in enumerate(getattr(self.file, LISTS[kind])):
                with self._step((LISTS[kind], index)):
                    instance, effect = loader.load(kind, item, self.references)
                    self._loaded(kind, item, instance, effect)

    def _load_snippets(self) -> None:
        locales = self._locales()
        for kind in (ORGANISATION, PERSON, TOPIC, PHASE):
            for index, item in enumerate(getattr(self.file, LISTS[kind])):
                with self._step((LISTS[kind], index)):
                    found = load_snippet(kind, item, self.references, locales, self.keys.scope)
                    for language, instance, effect in found:
                        self._loaded(kind, item, instance, effect, language)

    def _load_pages(self) -> None:
        loader = self.loader = PageLoader(
            self.references, self._locales(), self.keys.scope, self.parent, rehearse=self.options.dry_run
        )
        loader.look_up(self.places)
        in_order = list(as_they_stand(self.places))
        for place in in_order:
            with self._step(place.path, counts=False):
                loader.ensure(place)
        loader.made_all()
        self.references.loaded = True
        effects: list[Effect] = []
        for place in self.places:
            with self._step(place.path):
                effects.append(loader.fill(place))
        loader.finish()
        if loader.problems:
            raise self.source.refused(loader.problems)
        moved = loader.put_in_place(in_order)
        for place, effect in zip(self.places, effects, strict=True):
            is_moved = effect is Effect.UNCHANGED and place.path in moved
            self.result.tell(Effect.CHANGED if is_moved else effect, loader.page(place), place.item.title)
            self.keys.put(loader.key(place), loader.page(place), made=effect is Effect.NEW)
        network = loader.page(self.places[0])
        self.result.network = type(network).objects.get(pk=network.pk)

    def _load_redirects(self) -> None:
        problems = []
        for index, item in enumerate(self.file.redirects):
            page = self.references.get(PAGE, item.ref)
            found, effect = load_redirect(item, page, self.result.network, ("redirects", index))
            if isinstance(effect, Problem):
                problems.append(effect)
            else:
                self.result.tell(effect, found, found.old_path)
                self.keys.put(key_uuid("redirect", found.old_path), found, made=effect is Effect.NEW)
        if problems:
            raise self.source.refused(problems)

    def _tell_leftovers(self) -> None:
        found = leftovers(self.keys)
        removed = dict(remove(found, map(self.loader.page, self.places))) if self.options.remove else {}
        for index, item in enumerate(found):
            if index in removed:
                self.result.tell(Effect.REMOVED, item, removed[index])
            else:
                self.result.tell(Effect.LEFT, item)

    def _loaded(self, kind: str, item: Any, instance: Any, effect: Effect, language: str = "") -> None:
        self.references.put(kind, item.key, instance, language)
        self.keys.put(identity(kind, item, self.keys.scope), instance, made=effect is Effect.NEW)
        self.result.tell(effect, instance, shared=kind not in (IMAGE, DOCUMENT))

    def _locales(self) -> dict[str, Locale]:
        return {
            locale.language_code: locale for locale in Locale.objects.filter(language_code__in=languages_of(self.file))
        }

    @contextmanager
    def _step(self, path: Path_, *, counts: bool = True) -> Iterator[None]:
        """Refuse the file with the place of what Django or Wagtail would not accept."""
        try:
            yield
        except ValidationError as error:
            raise self.source.refused([Problem(path, " ".join(error.messages))]) from error
        if counts:
            self.done += 1
            if self.options.progress:
                self.options.progress(self.done, self.total)
