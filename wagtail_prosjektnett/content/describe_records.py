"""Telling what a network refers to: organisations, people, topics, phases, images and documents."""

from __future__ import annotations

from typing import Any

from wagtail_prosjektnett.content.describe import Describer
from wagtail_prosjektnett.content.format import (
    FileItem,
    ImageItem,
    Item,
    OrganisationItem,
    PersonItem,
    PhaseItem,
    TopicItem,
)
from wagtail_prosjektnett.content.privacy import collection_rules
from wagtail_prosjektnett.content.references import DOCUMENT, IMAGE, LISTS, ORGANISATION, PERSON, PHASE, TOPIC
from wagtail_prosjektnett.content.register import Entry, Register

ITEMS: dict[str, type[Item]] = {
    IMAGE: ImageItem,
    DOCUMENT: FileItem,
    PERSON: PersonItem,
    TOPIC: TopicItem,
    PHASE: PhaseItem,
    ORGANISATION: OrganisationItem,
}
FOLDERS = {IMAGE: "images", DOCUMENT: "documents"}


class RecordDescriber:
    """Tells all that has been met, and what is met while it is told. ``language`` is that of the file."""

    def __init__(self, register: Register, language: str) -> None:
        self.register = register
        self.language = language
        #: The images and documents of the site by their path beside the content file.
        self.files: dict[str, Any] = {}

    def told(self) -> dict[str, Any]:
        """Return the lists of a file, each in the order of its keys."""
        told: dict[tuple[str, str], dict[str, Any]] = {}
        while waiting := [entry for kind in ITEMS for entry in self.register.entries(kind) if entry.place not in told]:
            for entry in waiting:
                told[entry.place] = self._tell(entry)
        kinds = {LISTS[kind]: self.register.entries(kind) for kind in ITEMS}
        return {name: [told[entry.place] for entry in entries] for name, entries in kinds.items()}

    def _tell(self, entry: Entry) -> dict[str, Any]:
        known = {"key": entry.key, "uid": entry.uid}
        if entry.kind in FOLDERS:
            return {**known, **self._file(entry)}
        main, *others = entry.items
        told = {**known, **self._content(entry, main)}
        if others:
            told["translations"] = [self._content(entry, other, is_translation=True) for other in others]
        return told

    def _content(self, entry: Entry, item: Any, *, is_translation: bool = False) -> dict[str, Any]:
        language = item.locale.language_code if entry.languages else self.language
        told = Describer(self.register, language).describe(ITEMS[entry.kind], item)
        return {**told, "language": language} if is_translation or language != self.language else told

    def _file(self, entry: Entry) -> dict[str, Any]:
        item = entry.items[0]
        suffix = "." + item.file.name.rpartition(".")[2].lower() if "." in item.file.name else ""
        path = f"{FOLDERS[entry.kind]}/{entry.key}{suffix}"
        self.files[path] = item
        told = Describer(self.register, self.language).describe(ITEMS[entry.kind], item)
        told |= {"file": path, "tags": sorted(item.tags.names())}
        told["privacy"] = [rule.model_dump() for rule in collection_rules(item.collection)]
        if entry.kind == IMAGE:
            told |= {"alt": item.description, "focal_point": _focal_point(item)}
        return told


def _focal_point(image: Any) -> dict[str, int] | None:
    if not image.has_focal_point():
        return None
    return {name: getattr(image, f"focal_point_{name}") for name in ("x", "y", "width", "height")}
