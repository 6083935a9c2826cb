"""Writing a content file: the same content gives the same bytes on every machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import yaml
from django.utils.translation import gettext as _

from wagtail_prosjektnett.content.archive import CONTENT_FILE, pack
from wagtail_prosjektnett.content.format import NetworkFile

HEADING = "# A network, written by dump_network; load_network reads it.\n"
#: What comes first in an item, and what comes last, so that its own content is read together.
FIRST = ("key", "uid")
LAST = ("scheduled", "draft", "translations", "order", "items", "pages")
FOLDERS = ("images", "documents")
WIDTH = 118


class _Dumper(yaml.SafeDumper):
    """Python's own writer: the one in C breaks lines elsewhere."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out; a content file has no references within YAML."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # A line break of another sort would be read as an ordinary one.
    style = '"' if "\x85" in text else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


Check = Callable[[Path], None]


def write(
    file: NetworkFile, files: Mapping[str, Any], path: Path, *, overwrite: bool = False, check: Check | None = None
) -> None:
    """Write a content file with the images and documents beside it, all or nothing.

    ``files`` are objects with a ``file`` by their paths. Raises ``FileExistsError`` where something is at the path,
    unless it may ``overwrite`` it; of a folder, only what dumping writes is replaced. ``check`` is called with the
    content file before anything is put in its place, and may raise what it likes.
    """
    is_zip = path.suffix.lower() == ".zip"
    _refuse_existing(path, is_zip=is_zip, overwrite=overwrite)
    place = path.parent if is_zip else path
    is_new = not place.exists()
    place.mkdir(parents=True, exist_ok=True)
    try:
        # Inside the folder, which may be a disk of its own: moving a file must not mean copying it.
        with TemporaryDirectory(prefix=".network-", dir=place) as name:
            folder = Path(name) / "new"
            folder.mkdir()
            (folder / CONTENT_FILE).write_text(as_yaml(file), encoding="utf-8", newline="\n")
            for inside, item in files.items():
                _copy(item, folder / inside)
            if check:
                check(folder / CONTENT_FILE)
            if is_zip:
                pack(folder, Path(name) / "network.zip")
                os.replace(Path(name) / "network.zip", path)
            else:
                _replace(folder, path, Path(name) / "old")
    except BaseException:
        if is_new:
            place.rmdir()
        raise


def as_yaml(file: NetworkFile) -> str:
    """Return the text of a content file; what it has by itself is left out."""
    data = _written(file.model_dump(exclude_defaults=True))
    needed = {name: getattr(file, name) for name in ("format", "version", "language")}
    return HEADING + yaml.dump({**needed, **data}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def _written(value: Any) -> Any:
    """Return a value as it stands in the file."""
    if isinstance(value, dict):
        return {name: _written(value[name]) for name in sorted(value, key=_place)}
    if isinstance(value, list):
        return [_written(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, time):
        return value.isoformat() if value.second or value.microsecond else value.isoformat("minutes")
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID) else value


def _place(name: str) -> int:
    """Return where a part of an item comes; the others come between in the order of the format."""
    if name in FIRST:
        return FIRST.index(name) - len(FIRST)
    return LAST.index(name) + 1 if name in LAST else 0


def _refuse_existing(path: Path, *, is_zip: bool, overwrite: bool) -> None:
    is_there = path.exists() if is_zip or path.is_file() else path.is_dir() and any(path.iterdir())
    if is_there and not overwrite:
        raise FileExistsError(_("%s is there already. Choose another name, or use --overwrite.") % path)
    if overwrite and path.exists() and path.is_dir() is is_zip:
        raise FileExistsError(_("%s is not of the kind that would be written. Choose another name.") % path)
    if overwrite and path.is_dir() and any(path.iterdir()) and not (path / CONTENT_FILE).is_file():
        raise FileExistsError(_("%s holds other files than a network. Choose another folder.") % path)


def _copy(item: Any, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with item.file.storage.open(item.file.name, "rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)


def _replace(new: Path, path: Path, old: Path) -> None:
    """Put what is in a new folder in its place, and what was there aside; put it back if that fails."""
    old.mkdir()
    done: list[tuple[Path, Path]] = []
    try:
        for name in (*FOLDERS, CONTENT_FILE):
            for source, target in ((path / name, old / name), (new / name, path / name)):
                if os.path.lexists(source):
                    os.replace(source, target)
                    done.append((source, target))
    except BaseException:
        for source, target in reversed(done):
            os.replace(target, source)
        raise
