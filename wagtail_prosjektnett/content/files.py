"""The documents and images beside a content file: checking them, and loading them into a collection."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import get_allowed_image_extensions
from willow.image import Image

from wagtail_prosjektnett.content.assign import Assigner
from wagtail_prosjektnett.content.collection import NetworkCollection
from wagtail_prosjektnett.content.compare import Effect
from wagtail_prosjektnett.content.content_keys import ContentKeys
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import FileItem, ImageItem, NetworkFile
from wagtail_prosjektnett.content.keys import identity
from wagtail_prosjektnett.content.references import IMAGE, References

#: An image larger than this is a mistake, or an attack on the memory of the machine. It is Wagtail's own limit, where a
#: site does not set ``WAGTAILIMAGES_MAX_IMAGE_PIXELS``.
MOST_PIXELS = 128 * 1_000_000


def problems(file: NetworkFile, folder: Path) -> Iterator[Problem]:
    """Yield what is wrong with the files: missing, outside the folder, or not an image."""
    for name, items in (("images", file.images), ("documents", file.documents)):
        for index, item in enumerate(items):
            path = (name, index, "file")
            found = _found(item, folder)
            if found is None:
                yield Problem(path, _("There is no file “%s” beside the content file.") % item.file)
                continue
            yield from _kind_problems(found, name, path)
            if name == "images":
                yield from _image_problems(found, path)


class FileLoader:
    """Loads the images and documents of a content file into a collection.

    Each is found again by its key, and its file is replaced only if the content differs. ``undo`` removes
    the files that were stored, for when the database is rolled back.
    """

    def __init__(self, folder: Path, keys: ContentKeys, collection: NetworkCollection) -> None:
        self.folder = folder
        self.keys = keys
        self.collection = collection
        self._stored: list[Any] = []

    def load(self, kind: str, item: FileItem, references: References) -> tuple[Any, Effect]:
        """Return the image or document for an item, and what was done to it."""
        model = get_image_model() if kind == IMAGE else get_document_model()
        key = identity(kind, item, self.keys.scope)
        instance = self.keys.find(key, model) or model(collection=self.collection.for_privacy(item.privacy))
        is_new = instance.pk is None
        before = None if is_new else _told(instance)
        self._assign(instance, item, references, key)
        path = (self.folder / item.file).resolve()
        has_new_file = is_new or instance.get_file_hash() != _digest(path)
        if has_new_file:
            self._replace_file(instance, path)
        has_new_tags = not is_new and sorted(instance.tags.names()) != sorted(item.tags)
        changed = is_new or has_new_file or has_new_tags or before != _told(instance)
        if changed:
            instance.save()
            instance.tags.set(item.tags)
        return instance, Effect.NEW if is_new else Effect.CHANGED if changed else Effect.UNCHANGED

    def undo(self) -> None:
        """Remove the files that were stored."""
        for stored in self._stored:
            stored.storage.delete(stored.name)

    def _assign(self, instance: Any, item: FileItem, references: References, key: uuid.UUID) -> None:
        instance.title = item.title
        if isinstance(item, ImageItem):
            instance.description = item.alt
            point = item.focal_point
            for name in ("x", "y", "width", "height"):
                setattr(instance, f"focal_point_{name}", getattr(point, name) if point else None)
        if item.fields is not None:
            Assigner(references, key).assign(instance, item)
        if not self.collection.fits(instance.collection, item.privacy):
            instance.collection = self.collection.for_privacy(item.privacy)

    def _replace_file(self, instance: Any, path: Path) -> None:
        if instance.pk is not None:
            storage, name = instance.file.storage, instance.file.name
            transaction.on_commit(lambda: storage.delete(name))
            if hasattr(instance, "renditions"):
                instance.renditions.all().delete()
        with path.open("rb") as source:
            instance.file.save(path.name, File(source), save=False)
        self._stored.append(instance.file)
        instance.file_hash = _digest(path)
        instance.file_size = path.stat().st_size


def _told(instance: Any) -> dict[str, Any]:
    """Return what an image or document says, its file and its tags apart."""
    return {
        field.attname: field.value_to_string(instance)
        for field in instance._meta.concrete_fields
        if field.name not in ("file", "file_hash", "file_size", "width", "height")
    }


def _found(item: FileItem, folder: Path) -> Path | None:
    """Return the path of a file inside the folder, links resolved, or None."""
    try:
        path = (folder / item.file).resolve()
        return path if path.is_file() and path.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):  # a name that no file can have
        return None


def _kind_problems(path: Path, name: str, place: Path_) -> Iterator[Problem]:
    """Yield a problem for a kind of file that the site does not accept from its editors either."""
    documents = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None)
    allowed = get_allowed_image_extensions() if name == "images" else documents
    if allowed and path.suffix.lower().removeprefix(".") not in allowed:
        yield Problem(place, _("This site accepts these kinds of files only: %s.") % ", ".join(allowed))


def _image_problems(path: Path, place: Path_) -> Iterator[Problem]:
    try:
        with path.open("rb") as source:
            width, height = Image.open(source).get_size()
        if path.suffix.lower() != ".svg":
            with PillowImage.open(path) as image:
                image.verify()
    except Exception as error:  # the decoders raise what they like
        yield Problem(place, _("The file is not an image that can be used: %s") % error)
        return
    most = getattr(settings, "WAGTAILIMAGES_MAX_IMAGE_PIXELS", MOST_PIXELS)
    if most is not None and width * height > most:
        yield Problem(place, _("The image is too large. Make it smaller than %s pixels.") % most)


def _digest(path: Path) -> str:
    return hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
