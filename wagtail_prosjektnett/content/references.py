"""What the parts of a content file refer to by key: images, documents, people, pages and so on."""

from __future__ import annotations

import copy
from typing import Any

import swapper
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wagtail_prosjektnett.content.errors import Path_, Problem, unknown_key
from wagtail_prosjektnett.content.format import NetworkFile
from wagtail_prosjektnett.content.keys import key_uuid
from wagtail_prosjektnett.content.walk import RECORDS, pages_of
from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic

IMAGE, DOCUMENT, ORGANISATION, PERSON, TOPIC, PHASE, PAGE = (
    "image",
    "document",
    "organisation",
    "person",
    "topic",
    "phase",
    "page",
)

KIND_NAMES = {
    IMAGE: gettext_lazy("image"),
    DOCUMENT: gettext_lazy("document"),
    ORGANISATION: gettext_lazy("organisation"),
    PERSON: gettext_lazy("person"),
    TOPIC: gettext_lazy("topic"),
    PHASE: gettext_lazy("project phase"),
    PAGE: gettext_lazy("page"),
}
#: The parts of a file that hold the items of each kind.
LISTS = dict(zip((IMAGE, DOCUMENT, ORGANISATION, PERSON, TOPIC, PHASE), RECORDS, strict=True))


def kind_of(model: Any) -> str | None:
    """Return the kind of reference that leads to a model, or None where a file cannot refer to it."""
    kinds = {
        get_image_model(): IMAGE,
        get_document_model(): DOCUMENT,
        Organisation: ORGANISATION,
        ContactPerson: PERSON,
        Topic: TOPIC,
        ProjectPhase: PHASE,
        swapper.load_model("wagtailcore", "Page"): PAGE,
    }
    return next((kind for known, kind in kinds.items() if issubclass(model, known)), None)


class References:
    """The keys of a file, and once they are loaded, the objects of the site that they stand for."""

    def __init__(self, file: NetworkFile) -> None:
        self.problems: list[Problem] = []
        #: Whether every key leads to an object of the site yet.
        self.loaded = False
        #: The language of the text that is being read.
        self.language = file.language
        self._languages: dict[tuple[str, str], set[str]] = {}
        self._items: dict[tuple[str, str], Any] = {}
        self._objects: dict[tuple[str, str, str], Any] = {}
        self._alt = {image.key: image.alt for image in file.images}
        self._declare(file)
        self._find_phases(file)

    def in_language(self, language: str) -> References:
        """Return the same references for text in another language."""
        view = copy.copy(self)
        view.language = language
        return view

    def problem(self, kind: str, ref: str, path: Path_) -> Problem | None:
        """Return what is wrong with a reference, or None."""
        key, language = _split(ref)
        known = self._languages.get((kind, key))
        if known is None:
            return Problem(path, unknown_key(str(KIND_NAMES[kind]), key))
        if language and language not in known:
            values = {"kind": KIND_NAMES[kind], "key": key, "language": language}
            return Problem(path, _("The %(kind)s with the key “%(key)s” is not in the language %(language)s.") % values)
        return None

    def item(self, kind: str, ref: str) -> Any:
        """Return the item of the file that has a key, or None where the site has it already."""
        return self._items.get((kind, _split(ref)[0]))

    def put(self, kind: str, key: str, item: Any, language: str = "") -> None:
        """Tell which object of the site a key stands for in a language; the first one is for all others too."""
        self._objects[kind, key, language] = item
        self._objects.setdefault((kind, key, ""), item)

    def get(self, kind: str, ref: str) -> Any:
        """Return the object that a key stands for; before loading, a stand-in that is only there."""
        key, language = _split(ref)
        anywhere = self._objects.get((kind, key, ""), key)
        return self._objects.get((kind, key, language or self.language), anywhere)

    def alt(self, key: str) -> str:
        """Return the description of an image that the file gives with it."""
        return self._alt.get(key, "")

    def pk(self, kind: str, ref: str) -> Any:
        """Return the primary key of the object that a key stands for."""
        return getattr(self.get(kind, ref), "pk", None)

    def _declare(self, file: NetworkFile) -> None:
        for kind, name in LISTS.items():
            for index, item in enumerate(getattr(file, name)):
                translations = getattr(item, "translations", [])
                own = getattr(item, "language", None) or file.language
                self._declare_one(kind, item, (name, index), [own, *(found.language for found in translations)])
        for place in pages_of(file):
            if not place.is_translation:
                languages = [found.language or file.language for found in place.item.translations]
                self._declare_one(PAGE, place.item, place.path, [place.language, *languages])

    def _declare_one(self, kind: str, item: Any, path: Path_, languages: list[str]) -> None:
        key = item.key
        if (kind, key) in self._languages:
            values = {"kind": KIND_NAMES[kind], "key": key}
            message = _("The key “%(key)s” is already used by another %(kind)s. Give each its own.") % values
            self.problems.append(Problem((*path, "key"), message))
        for index, language in enumerate(languages[1:]):
            if language in languages[: index + 1]:
                here = (*path, "translations", index, "language")
                self.problems.append(Problem(here, _("There is one in this language already.")))
        self._languages[kind, key] = set(languages)
        self._items[kind, key] = item

    def _find_phases(self, file: NetworkFile) -> None:
        """Let articles refer to phases that the site has, such as the six that come with the package."""
        wanted = {_split(ref)[0] for place in pages_of(file) for ref in getattr(place.item, "phases", [])}
        by_uuid = {key_uuid(PHASE, key): key for key in wanted if (PHASE, key) not in self._languages}
        for phase in ProjectPhase.objects.filter(translation_key__in=by_uuid).select_related("locale"):
            key, language = by_uuid[phase.translation_key], phase.locale.language_code
            self._languages.setdefault((PHASE, key), set()).add(language)
            self.put(PHASE, key, phase, language)


def _split(ref: str) -> tuple[str, str]:
    key, _at, language = ref.partition("@")
    return key, language
