"""A bad content file gives a message that names the file and the place, and changes nothing at all."""

import shutil
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Page

from tests import factories
from wagtail_prosjektnett.content import pages as content_pages
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage

pytestmark = pytest.mark.django_db

GOOD = Path(__file__).parent / "files"


@pytest.fixture
def folder(tmp_path):
    """A copy of the good files, to be spoiled."""
    return Path(shutil.copytree(GOOD, tmp_path / "files"))


def everything():
    """What is in the database, table by table, and in the media folder."""
    tables = {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}
    media = sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return tables, media


def refuse(file):
    """Load a file that must be refused; return the message."""
    before = everything()
    with pytest.raises(CommandError) as caught:
        call_command("load_network", str(file), stdout=StringIO())
    assert everything() == before
    assert caught.value.returncode != 0
    message = str(caught.value)
    assert str(file) in message
    return message


def spoil(folder, old, new):
    file = folder / "network.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


# what is changed, to what, the path that the message must name, words that it must have
MISTAKES = {
    "unknown field": ("  lead: Et", "  laed: Et", "network.laed", "Extra inputs"),
    "missing title": ("  title: Testnettverket\n", "", "network.title", "required"),
    "wrong format": ("format: prosjektnett", "format: noe-annet", "format", "prosjektnett"),
    "unknown block": ("- heading: Bakgrunn", "- raw_html: Bakgrunn", "network.body[0]", "raw_html"),
    "block without a name": ("- heading: Bakgrunn", "- Bakgrunn", "network.body[0]", "heading: Tekst"),
    "unknown part of a block": (
        "caption: Vidda om vinteren",
        "bildetekst: x",
        "network.body[2].image.bildetekst",
        "caption",
    ),
    "missing document file": (
        "file: documents/lysark.pdf",
        "file: documents/borte.pdf",
        "documents[0].file",
        "documents/borte.pdf",
    ),
    "file outside the folder": (
        "file: documents/lysark.pdf",
        "file: ../../../../etc/hostname",
        "documents[0].file",
        "etc/hostname",
    ),
    "not an image": ("file: images/vidde.png", "file: documents/lysark.pdf", "images[0].file", "ikke et bilde"),
    "key used twice": ("    - key: takk", "    - key: samling", "announcements.items[0].key", "samling"),
    "name given twice": ("  title: Testnettverket", "  title: A\n  title: B", "network.title", "to ganger"),
    "reference to nothing": (
        "organisation: karasjok, email",
        "organisation: borte, email",
        "people[0].organisation",
        "borte",
    ),
    "image that is not there": ("  image: vidde\n", "  image: borte\n", "network.image", "borte"),
    "link to nothing": ('href="page:samling"', 'href="page:borte"', "network.body[1].paragraph", "borte"),
    "person that is not there": ("- contact: leader", "- contact: borte", "network.body[3].contact", "borte"),
    "phase that is not there": ("phases: [konsept]", "phases: [borte]", "experiences.items[0].phases[0]", "borte"),
    "script": ("<p>Spør <a", "<script>alert(1)</script><p>Spør <a", "network.guidance_how", "<script>"),
    "script in a block": (
        "<p>Mandatet var uklart.</p>",
        "<p>x</p><script>alert(1)</script>",
        "experiences.items[0].lessons[0].lesson.context",
        "<script>",
    ),
    "handler": (
        "<p>Vi skrev det sammen.</p>",
        '<p onclick="alert(1)">x</p>',
        "experiences.items[0].lessons[0].lesson.action",
        "onclick",
    ),
    "javascript link": ('href="page:takk"', 'href="java&#10;script:alert(1)"', "network.banner_text", "javascript"),
    "link without scheme": (
        "registration_link: https://example.org/pamelding",
        "registration_link: example.org",
        "gatherings.items[0].registration_link",
        "https://",
    ),
    "malformed e-mail": ("email: leder@example.org", "email: leder", "people[0].email", "epost"),
    "malformed date": (
        "start_date: 2018-02-21",
        "start_date: 2018-02-31",
        "gatherings.items[0].occurrences[1].start_date",
        "date",
    ),
    "end before start": (
        "end_time: 15:00",
        "end_time: 09:00",
        "gatherings.items[0].occurrences[0].end_time",
        "etter starten",
    ),
    "deadline after start": (
        "registration_deadline: 2018-01-31",
        "registration_deadline: 2018-03-31",
        "gatherings.items[0].registration_deadline",
        "Fristen",
    ),
    "gathering after the end": (
        "start_date: 2018-02-21",
        "start_date: 2019-02-21",
        "gatherings.items[0].occurrences[1].start_date",
        "Testnettverket",
    ),
    "presentation at an unknown place": (
        "occurrence: vest",
        "occurrence: nord",
        "gatherings.items[0].presentations[0].occurrence",
        "sted",
    ),
    "resource without content": (
        "document: lysark, kind: template",
        "kind: template",
        "experiences.items[0].resources[0].resource.document",
        "dokument",
    ),
    "slot that ends before it starts": (
        "end: 11:00, title",
        "end: 9:00, title",
        "gatherings.items[0].programme[0].slot.end",
        "etter starten",
    ),
    "wrong organisation number": (
        "    municipality_number: 5610",
        "    organisation_number: 123456789",
        "organisations[0].organisation_number",
        "kontrollsiffer",
    ),
    "unknown category": ("category: network", "category: tull", "announcements.items[0].category", "tull"),
    "unknown time zone": ("  key: testnett", "  key: testnett\n  time_zone: Tull", "network.time_zone", "tidssone"),
    "closed before wound down": (
        "wind_down_from: 2019-02-15",
        "wind_down_from: 2019-02-15\n  closed_from: 2018-12-31",
        "network.closed_from",
        "avsluttes",
    ),
    "taken down before wound down": (
        "wind_down_from: 2019-02-15",
        "wind_down_from: 2019-02-15\n  taken_down_from: 2018-12-31",
        "network.taken_down_from",
        "tas ned",
    ),
    "language that the site lacks": ("version: 1", "version: 1\nlanguage: fkv", "language", "fkv"),
    "related gathering that is none": (
        "related_gathering: samling",
        "related_gathering: mandat",
        "announcements.items[0].related_gathering",
        "samling",
    ),
    "municipality that is none": (
        "    kind: municipality\n    municipality_number: 5610",
        "    kind: state",
        "gatherings.items[0].occurrences[0].municipality",
        "karasjok",
    ),
    "list that may not be empty": (
        "- contact: leader",
        "- steps: {heading: Slik, steps: []}",
        "network.body[3]",
        "minst",
    ),
    "slug that is taken": ("  title: Testnettverket", "  title: Opptatt\n  slug: opptatt", "network", "opptatt"),
    "file name that no file can have": (
        "file: documents/lysark.pdf",
        f"file: documents/{'a' * 300}.pdf",
        "documents[0].file",
        "documents/",
    ),
    "character that no database can store": (
        "title: Lysark}",
        'title: "Lys\\0ark"}',
        "documents[0].title",
        "NUL",
    ),
    "year that is a slip": ("published_on: 2019-02-15", "published_on: 0019-02-15", "published_on", "1900"),
}


@pytest.fixture(autouse=True)
def _taken_slug(db):
    """Another page has a slug already."""
    factories.publish(Page(title="Opptatt", slug="opptatt"), factories.site_root())


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_and_nothing_is_changed(folder, name):
    old, new, path, words = MISTAKES[name]
    message = refuse(spoil(folder, old, new))
    assert path in message
    assert words in message


@pytest.mark.parametrize(
    "content",
    [
        b"network: [",
        b"[" * 5000 + b"]" * 5000,
        b"\xff\xfe\x00",
        b"",
        b"- just\n- a list",
        b"a: &x [1]\nb: *x",
        b"format: prosjektnett",
    ],
)
def test_a_file_that_is_not_a_content_file(folder, content):
    file = folder / "network.yaml"
    file.write_bytes(content)
    refuse(file)


def test_a_file_that_is_not_there(folder):
    refuse(folder / "borte.yaml")


def test_references_within_yaml_are_refused_before_they_grow(folder):
    levels = [f"l{number}: &l{number} [{', '.join([f'*l{number - 1}'] * 9)}]" for number in range(1, 12)]
    file = folder / "network.yaml"
    file.write_text("l0: &l0 [x]\n" + "\n".join(levels), encoding="utf-8")
    refuse(file)


def test_every_problem_is_told_at_once_with_its_line(folder):
    spoil(folder, "- heading: Bakgrunn", "- raw_html: Bakgrunn")
    file = spoil(folder, "phases: [konsept]", "phases: [borte]")
    message = refuse(file)
    assert "raw_html" in message
    assert "borte" in message
    line = file.read_text(encoding="utf-8").splitlines().index("    - raw_html: Bakgrunn") + 1
    assert f"{file}:{line}: network.body[0]" in message


def test_what_cannot_be_read_hides_nothing_else(folder):
    spoil(folder, "  title: Testnettverket\n", "  teaser: x\n")
    spoil(folder, "name: Vest, start_date: 2018-02-21", "name: Vest, start_date: i morgen")
    spoil(folder, "- heading: Bakgrunn", "- raw_html: Bakgrunn")
    spoil(folder, "file: documents/lysark.pdf", "file: documents/borte.pdf")
    spoil(folder, "registration_method: link", "registration_method: brevdue")
    spoil(folder, "key: karasjok", "key: Kárášjohka")
    message = refuse(spoil(folder, "phases: [konsept]", "phases: [borte]"))
    for path in (
        "network.title",
        "network.teaser",
        "gatherings.items[0].occurrences[1].start_date",
        "gatherings.items[0].registration_method",
        "organisations[0].key",
        "network.body[0]",
        "documents[0].file",
        "experiences.items[0].phases[0]",
    ):
        assert f": {path}: " in message
    assert message.count("2000-01-01") == message.count(": x") == 0


def test_a_failure_in_the_middle_leaves_everything_as_it_was(folder, monkeypatch):
    def fail(self, place):
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(content_pages.PageLoader, "fill", fail)
    before = everything()
    with pytest.raises(RuntimeError):
        call_command("load_network", str(folder / "network.yaml"), stdout=StringIO())
    assert everything() == before


def test_a_page_with_unpublished_changes_is_not_overwritten(folder):
    file = folder / "network.yaml"
    call_command("load_network", str(file), stdout=StringIO())
    network = NetworkPage.objects.get()
    network.lead = "Under arbeid"
    network.save_revision(user=get_user_model().objects.create_user("redaktor"))
    message = refuse(spoil(folder, "Et nettverk for tester.", "Endret i filen."))
    assert "ikke er publisert" in message


def load(folder):
    call_command("load_network", str(folder / "network.yaml"), stdout=StringIO())


def test_what_an_editor_withdrew_stays_withdrawn(folder):
    load(folder)
    GatheringPage.objects.get().unpublish()
    assert "avpublisert" in refuse(spoil(folder, "title: Vårsamling", "title: Endret i filen"))


def test_a_gathering_of_the_sites_own_is_not_left_behind(folder):
    spoil(folder, "  wind_down_from: 2019-02-15\n", "")
    load(folder)
    soon = date.today() + timedelta(days=60)
    factories.gathering(NetworkPage.objects.get(), "Julesamling", [{"start_date": soon}])
    message = refuse(spoil(folder, "  title: Testnettverket", "  title: Testnettverket\n  closed_from: 2020-01-01"))
    assert "network.closed_from" in message
    assert "Julesamling" in message


@pytest.mark.parametrize("where", ["root", "article"])
def test_a_network_is_made_only_where_an_editor_could(folder, where):
    root = factories.site_root()
    parent = root.get_parent() if where == "root" else factories.article(factories.network("Annet"))
    with pytest.raises(CommandError, match="--parent"):
        call_command("load_network", str(folder / "network.yaml"), parent=parent.pk, stdout=StringIO())
    assert not NetworkPage.objects.filter(title="Testnettverket").exists()


def test_a_kind_of_document_that_the_site_does_not_accept(folder, settings):
    settings.WAGTAILDOCS_EXTENSIONS = ["docx"]
    assert "docx" in refuse(folder / "network.yaml")
