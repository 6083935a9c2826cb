"""A network in one zip file, and zip files that would do harm."""

import stat
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from wagtail_prosjektnett.content import archive
from wagtail_prosjektnett.pages.models import NetworkPage

pytestmark = pytest.mark.django_db


def load(path, **options):
    call_command("load_network", str(path), stdout=StringIO(), **options)


def refused(path, **options):
    with pytest.raises(CommandError) as caught:
        load(path, **options)
    assert not NetworkPage.objects.exists()
    return str(caught.value)


@pytest.fixture
def packed(bundle, tmp_path):
    path = tmp_path / "network.zip"
    archive.pack(bundle.path, path)
    return path


def test_a_zip_file_and_a_folder_are_loaded(bundle, packed):
    load(packed)
    assert NetworkPage.objects.get().title == "Testnettverket"
    load(bundle.path)
    assert NetworkPage.objects.count() == 1


def test_the_same_content_gives_the_same_bytes(bundle, packed, tmp_path):
    bundle.file.touch()
    archive.pack(bundle.path, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside.txt", "images/../../outside.txt", "a\\..\\b", "C:/x"])
def test_entries_that_climb_out_are_refused(packed, tmp_path, name):
    with zipfile.ZipFile(packed, "a") as opened:
        opened.writestr(zipfile.ZipInfo(name), "x")
    assert "outside" in refused(packed) or name in ("a\\..\\b", "C:/x")
    assert not list(tmp_path.rglob("outside.txt"))


def test_links_are_refused(packed):
    entry = zipfile.ZipInfo("images/link.png")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(packed, "a") as opened:
        opened.writestr(entry, "/etc/hostname")
    assert "images/link.png" in refused(packed)


def test_the_same_name_twice_is_refused(packed):
    with zipfile.ZipFile(packed, "a") as opened:
        opened.writestr("Network.yaml", "format: annet")
    assert "to ganger" in refused(packed)


def test_a_zip_file_that_grows_without_end_is_refused(packed):
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("images/large.png", b"\0" * 5_000_000)
    assert "--max-size" in refused(packed, max_size=1)


def test_more_files_than_any_network_has_are_refused(packed, monkeypatch):
    monkeypatch.setattr(archive, "MOST_ENTRIES", 2)
    assert "2" in refused(packed)


def test_a_damaged_zip_file(packed):
    data = bytearray(packed.read_bytes())
    data[40:200] = b"\xff" * 160
    packed.write_bytes(bytes(data))
    assert str(packed) in refused(packed)


def test_a_zip_file_without_a_content_file(tmp_path):
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("readme.txt", "x")
    assert "network.yaml" in refused(path)
