"""The command that writes a network: where it writes, what it refuses, and that nothing is lost."""

import os
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests import factories
from tests.content.moving import blocks, document, image, written
from tests.host.models import PlainPage
from wagtail_prosjektnett.content.load import load_network
from wagtail_prosjektnett.models import ContentKey
from wagtail_prosjektnett.pages.models import AnnouncementPage

pytestmark = pytest.mark.django_db


def command(*arguments, **options):
    out = StringIO()
    call_command("dump_network", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_the_command_writes_a_zip_file_with_the_same_bytes_each_time(bundle, tmp_path):
    network = bundle.load().network
    told = command(network.pk, tmp_path / "a.zip")
    assert "Testnettverket" in told
    command(network.slug, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert sorted(archive.namelist()) == ["documents/lysark.pdf", "images/vidda.png", "network.yaml"]
    call_command("load_network", str(tmp_path / "a.zip"))


def test_what_is_there_is_not_written_over_unasked(bundle, tmp_path):
    network = bundle.load().network
    for path in (tmp_path / "dump", tmp_path / "dump.zip"):
        command(network.pk, path)
        with pytest.raises(CommandError, match="--overwrite"):
            command(network.pk, path)
    (tmp_path / "dump" / "README").write_text("Mitt")
    (tmp_path / "dump" / "images" / "old.png").write_bytes(b"")
    command(network.pk, tmp_path / "dump", overwrite=True)
    assert sorted(path.name for path in (tmp_path / "dump").rglob("*.*")) == ["lysark.pdf", "network.yaml", "vidda.png"]
    assert (tmp_path / "dump" / "README").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("Viktig")
    with pytest.raises(CommandError, match="other"):
        command(network.pk, other, overwrite=True)
    assert (other / "thesis.txt").exists()


def test_a_missing_file_is_told_and_nothing_is_written(tmp_path):
    network = factories.network(image=image("Borte"))
    os.remove(get_image_model().objects.get().file.path)
    with pytest.raises(CommandError, match="Borte"):
        command(network.pk, tmp_path / "dump")
    assert not list(Path(tmp_path).glob("*dump*"))
    assert not ContentKey.objects.exists()


def test_a_network_that_is_not_there_or_not_alone(tmp_path):
    factories.network("Ett")
    with pytest.raises(CommandError, match="Ett"):
        command("ukjent", tmp_path / "dump")
    section = factories.publish(PlainPage(title="Mappe"), factories.site_root())
    factories.network("Ett", parent=section)
    with pytest.raises(CommandError, match="/mappe/ett/"):
        command("ett", tmp_path / "dump")


def test_a_new_document_is_known_again_after_it_was_written(tmp_path):
    network = factories.network()
    page = factories.announcement(network, "Nyhet")
    blocks(page, "body", ("document", {"title": "Lysark", "document": document()}))
    page.save_revision().publish()
    path = written(network, tmp_path / "dump")
    file = path / "network.yaml"
    file.write_text(file.read_text("utf-8").replace("title: Lysark\n", "title: Lysark 2\n", 1), "utf-8")
    load_network(file, factories.site_root())
    assert get_document_model().objects.get().title == "Lysark 2"


def test_what_could_not_be_loaded_is_not_written(tmp_path):
    network = factories.network()
    page = factories.announcement(network, "Nyhet", related_gathering=None)
    AnnouncementPage.objects.filter(pk=page.pk).update(category="ukjent")
    with pytest.raises(CommandError, match=r"announcements.items\[0\].category"):
        command(network.pk, tmp_path / "dump")
    assert not (tmp_path / "dump").exists()


def test_a_dump_that_fails_leaves_what_was_there(bundle, tmp_path, monkeypatch):
    network = bundle.load().network
    command(network.pk, tmp_path / "dump")
    before = {path: path.read_bytes() for path in (tmp_path / "dump").rglob("*.*")}
    replace, calls = os.replace, []

    def fail_in_the_middle(source, target):
        calls.append(target)
        if len(calls) == 4:
            raise OSError("full")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_in_the_middle)
    with pytest.raises(CommandError, match="full"):
        command(network.pk, tmp_path / "dump", overwrite=True)
    assert {path: path.read_bytes() for path in (tmp_path / "dump").rglob("*.*")} == before
