"""The documents and images beside a content file: checking them, and loading them into a collection."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import get_allowed_image_extensions
from wagtail.models import Collection

from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import FileItem, ImageItem, NetworkFile
from wagtail_prosjektnett.content.keys import key_uuid
from wagtail_prosjektnett.content.references import DOCUMENT, IMAGE
from wagtail_prosjektnett.records.content_keys import ContentKey

#: An image larger than this is a mistake, or an attack on the memory of the machine.
MOST_PIXELS = 50_000_000


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

    def __init__(self, folder: Path, collection: Collection, scope: str) -> None:
        self.folder = folder
        self.collection = collection
        self.scope = scope
        self._stored: list[Any] = []

    def load(self, item: FileItem) -> tuple[Any, bool]:
        """Return the image or document for an item, and whether anything about it was changed."""
        is_image = isinstance(item, ImageItem)
        model = get_image_model() if is_image else get_document_model()
        key = key_uuid(IMAGE if is_image else DOCUMENT, item.key, self.scope)
        instance = _known(key, model) or model(collection=self.collection)
        values = {"title": item.title, **({"description": item.alt} if isinstance(item, ImageItem) else {})}
        changed = instance.pk is None or any(getattr(instance, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(instance, name, value)
        path = (self.folder / item.file).resolve()
        if instance.pk is None or instance.get_file_hash() != _digest(path):
            self._replace_file(instance, path)
            changed = True
        if changed:
            instance.save()
            _remember(key, instance)
        return instance, changed

    def undo(self) -> None:
        """Remove the files that were stored."""
        for stored in self._stored:
            stored.storage.delete(stored.name)

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


def _known(key: uuid.UUID, model: Any) -> Any:
    """Return the image or document that was loaded for a key before, or None."""
    found = ContentKey.objects.filter(key=key, content_type=ContentType.objects.get_for_model(model)).first()
    return found.item if found else None


def _remember(key: uuid.UUID, instance: Any) -> None:
    place = {"content_type": ContentType.objects.get_for_model(instance), "object_id": str(instance.pk)}
    ContentKey.objects.update_or_create(key=key, defaults=place)


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
        with PillowImage.open(path) as image:
            pixels = image.width * image.height
            image.verify()
    except Exception as error:  # Pillow raises whatever its decoders do
        yield Problem(place, _("The file is not an image that can be used: %s") % error)
        return
    if pixels > MOST_PIXELS:
        yield Problem(place, _("The image is too large. Make it smaller than %s pixels.") % MOST_PIXELS)


def _digest(path: Path) -> str:
    return hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
