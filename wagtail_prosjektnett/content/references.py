"""What the parts of a content file refer to by key: images, documents, people, pages and so on."""

from collections.abc import Iterator
from typing import Any

import swapper
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wagtail_prosjektnett.content.errors import Path_, Problem, unknown_key
from wagtail_prosjektnett.content.format import NetworkFile, PageItem
from wagtail_prosjektnett.content.keys import key_uuid
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


def pages_of(file: NetworkFile) -> Iterator[tuple[Path_, PageItem, Path_ | None]]:
    """Yield the pages of a file with their paths and the paths of their parents, parents first."""
    yield ("network",), file.network, None
    for name in ("gatherings", "announcements", "experiences"):
        section = getattr(file, name)
        if section is not None:
            yield (name,), section, ("network",)
            for index, item in enumerate(section.items):
                yield (name, "items", index), item, (name,)


class References:
    """The keys of a file, and once they are loaded, the objects of the site that they stand for."""

    def __init__(self, file: NetworkFile) -> None:
        self.problems: list[Problem] = []
        #: Whether every key leads to an object of the site yet.
        self.loaded = False
        self._places: dict[tuple[str, str], Path_] = {}
        self._items: dict[tuple[str, str], Any] = {}
        self._objects: dict[tuple[str, str], Any] = {}
        self._alt = {image.key: image.alt for image in file.images}
        self._declare(file)
        self._find_phases(file)

    def knows(self, kind: str, key: str) -> bool:
        """Whether something in the file, or a phase of the site, has a key."""
        return (kind, key) in self._places

    def problem(self, kind: str, key: str, path: Path_) -> Problem | None:
        """Return what is wrong with a reference, or None."""
        if self.knows(kind, key):
            return None
        return Problem(path, unknown_key(str(KIND_NAMES[kind]), key))

    def item(self, kind: str, key: str) -> Any:
        """Return the item of the file that has a key, or None where the site has it already."""
        return self._items.get((kind, key))

    def put(self, kind: str, key: str, item: Any) -> None:
        """Tell which object of the site a key stands for."""
        self._objects[kind, key] = item

    def get(self, kind: str, key: str) -> Any:
        """Return the object that a key stands for; before loading, a stand-in that is only there."""
        return self._objects.get((kind, key), key)

    def alt(self, key: str) -> str:
        """Return the description of an image that the file gives with it."""
        return self._alt.get(key, "")

    def pk(self, kind: str, key: str) -> Any:
        """Return the primary key of the object that a key stands for."""
        return getattr(self.get(kind, key), "pk", None)

    def _declare(self, file: NetworkFile) -> None:
        lists = (
            (IMAGE, "images"),
            (DOCUMENT, "documents"),
            (ORGANISATION, "organisations"),
            (PERSON, "people"),
            (TOPIC, "topics"),
            (PHASE, "phases"),
        )
        for kind, name in lists:
            for index, item in enumerate(getattr(file, name)):
                self._declare_one(kind, item, (name, index, "key"))
        for path, page, _parent in pages_of(file):
            self._declare_one(PAGE, page, (*path, "key"))

    def _declare_one(self, kind: str, item: Any, path: Path_) -> None:
        key = item.key
        if self.knows(kind, key):
            values = {"kind": KIND_NAMES[kind], "key": key}
            message = _("The key “%(key)s” is already used by another %(kind)s. Give each its own.") % values
            self.problems.append(Problem(path, message))
        self._places[kind, key] = path
        self._items[kind, key] = item

    def _find_phases(self, file: NetworkFile) -> None:
        """Let articles refer to phases that the site has, such as the six that come with the package."""
        experiences = file.experiences.items if file.experiences else []
        wanted = {key for article in experiences for key in article.phases}
        by_uuid = {key_uuid(PHASE, key): key for key in wanted if not self.knows(PHASE, key)}
        for phase in ProjectPhase.objects.filter(translation_key__in=by_uuid):
            key = by_uuid[phase.translation_key]
            self._places[PHASE, key] = ()
            self.put(PHASE, key, phase)
