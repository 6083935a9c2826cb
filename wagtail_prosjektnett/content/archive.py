"""A content file with the images and documents beside it: a folder, or all of it in one zip file."""

from __future__ import annotations

import lzma
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from wagtail_prosjektnett.content.errors import ContentRefused, Problem

#: What the content file is called in a folder or a zip file.
CONTENT_FILE = "network.yaml"
#: How much a zip file may hold when it is unpacked, unless one says more.
MOST_BYTES = 2 * 1024**3
MOST_ENTRIES = 20_000
#: What Python raises for a zip file that is damaged, in one of the ways of packing it.
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError)
_PIECE = 1024 * 1024
#: All files of a zip file have this time, so that the same content gives the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


@contextmanager
def opened(path: Path, most_bytes: int = MOST_BYTES) -> Iterator[Path]:
    """Yield the content file of a folder, of a zip file that is unpacked meanwhile, or the file itself.

    Raises ``ContentRefused`` for a zip file with names that lead out of it, links, the same name twice, or more
    than ``most_bytes`` or ``MOST_ENTRIES`` in it, whatever it says of its own size.
    """
    if path.is_dir():
        yield path / CONTENT_FILE
    elif zipfile.is_zipfile(path) and path.suffix.lower() not in (".yaml", ".yml"):
        with TemporaryDirectory(prefix="network-") as folder:
            _unpack(path, Path(folder), most_bytes)
            try:
                yield _content_file(Path(folder))
            except ContentRefused as refused:
                raise ContentRefused(path / CONTENT_FILE, refused.problems, refused.lines) from None
    else:
        yield path


def pack(folder: Path, path: Path) -> None:
    """Write a folder into a zip file; the same content gives the same bytes on every machine."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(found for found in folder.rglob("*") if found.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), date_time=_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            with file.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, _PIECE)


def _content_file(folder: Path) -> Path:
    """Return the content file of an unpacked zip file, also where all of it is inside one folder."""
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir():
        return inside[0] / CONTENT_FILE
    return folder / CONTENT_FILE


def _unpack(path: Path, folder: Path, most_bytes: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if problem := _problem(entries):
                raise ContentRefused(path, [Problem((), problem)])
            left = most_bytes
            for entry in entries:
                left = _unpack_one(path, archive, entry, folder, left)
    except UNREADABLE as error:
        raise ContentRefused(path, [Problem((), _("The file cannot be read: %s") % error)]) from error


def _problem(entries: list[zipfile.ZipInfo]) -> str | None:
    if len(entries) > MOST_ENTRIES:
        return _("The zip file has more than %s files in it.") % MOST_ENTRIES
    names = [entry.filename for entry in entries]
    for entry in entries:
        if not _is_inside(entry):
            return _("The zip file has an entry that leads out of it, or is no file: %s.") % entry.filename
    if len({name.casefold() for name in names}) != len(names):
        return _("The zip file has the same name in it twice.")
    return None


def _is_inside(entry: zipfile.ZipInfo) -> bool:
    name, mode = entry.filename, entry.external_attr >> 16
    path = PurePosixPath(name)
    is_plain = not stat.S_IFMT(mode) or stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    return is_plain and not path.is_absolute() and ".." not in path.parts and not {"\\", ":", "\0"} & set(name)


def _unpack_one(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, left: int) -> int:
    """Write one entry; return how many bytes are left, counted as they come and not as the entry says."""
    target = folder / entry.filename
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return left
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, target.open("xb") as written:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise ContentRefused(path, [Problem((), _("The zip file holds more than is allowed. Use --max-size."))])
            written.write(piece)
    return left
