"""What the pages of a network refer to, and by which keys a content file knows it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import swapper
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wagtail_prosjektnett.content.content_keys import ContentKeys
from wagtail_prosjektnett.content.names import Names
from wagtail_prosjektnett.content.nodes import Node
from wagtail_prosjektnett.content.references import DOCUMENT, IMAGE, ORGANISATION, PAGE
from wagtail_prosjektnett.content.snippets import MODELS


@dataclass(frozen=True)
class Entry:
    """Something that a file tells of, in one or more languages; the first of them is its main one."""

    kind: str
    key: str
    uid: uuid.UUID
    languages: tuple[str, ...]
    items: tuple[Any, ...]

    @property
    def place(self) -> tuple[str, str]:
        """What tells it from all else in the file."""
        return self.kind, self.key


class Register:
    """Gives keys to what is referred to, in the order in which it is met, and remembers it.

    ``language`` is that of the file, and ``languages`` are those that the network's pages are in: others are left out.
    """

    def __init__(self, language: str, languages: set[str], keys: ContentKeys) -> None:
        self.language = language
        self.languages = languages
        self.keys = keys
        #: What is not in the file, and what makes it impossible to write one, each in words.
        self.notes: list[str] = []
        self.problems: list[str] = []
        self._names: dict[str, Names] = {}
        self._entries: dict[tuple[str, uuid.UUID], Entry] = {}
        self._known: dict[tuple[str, int], Entry | None] = {}
        self._instances: dict[tuple[str, int], Any] = {}

    def add_page(self, node: Node) -> None:
        """Give a page its key, by the slug that its readers see."""
        node.key = self._names_of(PAGE).new(node.shown.slug)
        languages = tuple(page.locale.language_code for page in node.pages)
        entry = Entry(PAGE, node.key, node.uid, languages, tuple(node.pages))
        for page in node.pages:
            self._known[PAGE, page.pk], self._instances[PAGE, page.pk] = entry, page

    def ref(self, kind: str, pk: Any, language: str) -> str | None:
        """Return how text in a language refers to an object, or None for what is not in the file."""
        if pk is None:
            return None
        pk = int(pk)
        if (kind, pk) not in self._known:
            self._known[kind, pk] = self._meet(kind, pk)
        entry = self._known[kind, pk]
        if entry is None:
            return None
        return entry.key + self._mark(kind, entry, self._instances[kind, pk], language)

    def outside(self, kind: str, pk: Any) -> Any:
        """Return an object of the site that is not in the file, or None."""
        return _model(kind).objects.filter(pk=pk).first()

    def entries(self, kind: str) -> list[Entry]:
        """Return what the file tells of one kind, by its keys."""
        found = [entry for entry in self._entries.values() if entry.kind == kind]
        return sorted(found, key=lambda entry: entry.key)

    def note(self, text: str) -> None:
        """Remember something that is not in the file, for whoever writes it."""
        if text not in self.notes:
            self.notes.append(text)

    def _mark(self, kind: str, entry: Entry, instance: Any, language: str) -> str:
        """Return the mark of a reference to another language than the one it would lead to by itself."""
        if kind in (IMAGE, DOCUMENT, ORGANISATION):
            return ""
        wanted = instance.locale.language_code
        leads_to = language if language in entry.languages else entry.languages[0]
        return "" if wanted == leads_to or wanted not in entry.languages else f"@{wanted}"

    def _meet(self, kind: str, pk: int) -> Entry | None:
        model = _model(kind)
        instance = model.objects.filter(pk=pk).first()
        if instance is None:
            return None
        if kind == PAGE:
            self.note(_("A reference to the page “%s”, which is outside the network") % instance.title)
            return None
        if kind in (IMAGE, DOCUMENT) and not _has_file(instance):
            values = {"kind": instance._meta.verbose_name, "id": pk, "name": instance.title}
            self.problems.append(_("The file of the %(kind)s “%(name)s” (id %(id)s) is missing.") % values)
        self._instances[kind, pk] = instance
        uid, items = self._identity(kind, instance)
        if (kind, uid) not in self._entries:
            name = getattr(items[0], "title", "") if kind in (IMAGE, DOCUMENT) else items[0].name
            languages = tuple(item.locale.language_code for item in items if hasattr(item, "locale_id"))
            self._entries[kind, uid] = Entry(kind, self._names_of(kind).new(name), uid, languages, tuple(items))
        return self._entries[kind, uid]

    def _identity(self, kind: str, instance: Any) -> tuple[uuid.UUID, list[Any]]:
        """Return what something is known by on every site, and the same thing in the languages of the file."""
        if kind == ORGANISATION:
            return instance.uid, [instance]
        if kind in (IMAGE, DOCUMENT):
            return self._file_key(instance), [instance]
        same = list(type(instance).objects.filter(translation_key=instance.translation_key).select_related("locale"))
        wanted = [item for item in same if item.locale.language_code in self.languages] or same
        return instance.translation_key, sorted(wanted, key=self._order)

    def _order(self, item: Any) -> tuple[bool, str]:
        return item.locale.language_code != self.language, item.locale.language_code

    def _file_key(self, instance: Any) -> uuid.UUID:
        """Return the key of an image or a document: the one it came with, or a new one that is remembered."""
        key = self.keys.key_of(instance) or uuid.uuid4()
        self.keys.put(key, instance, made=False)
        return key

    def _names_of(self, kind: str) -> Names:
        return self._names.setdefault(kind, Names(kind))


def _model(kind: str) -> Any:
    own = {
        IMAGE: get_image_model,
        DOCUMENT: get_document_model,
        PAGE: lambda: swapper.load_model("wagtailcore", "Page"),
    }
    return own[kind]() if kind in own else MODELS[kind]


def _has_file(instance: Any) -> bool:
    return bool(instance.file) and instance.file.storage.exists(instance.file.name)
