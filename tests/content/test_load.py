"""Loading a content file: what it says is what a reader finds, and loading it again changes only what differs."""

import re
import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from tests import factories
from wagtail_prosjektnett.content.load import load_network
from wagtail_prosjektnett.models import ContactPerson, Organisation
from wagtail_prosjektnett.pages.models import (
    AnnouncementPage,
    ExperiencePage,
    GatheringPage,
    NetworkPage,
    Occurrence,
)

pytestmark = pytest.mark.django_db

GOOD = Path(__file__).parent / "files"


@pytest.fixture
def folder(tmp_path):
    """A copy of the good files, to be changed."""
    return Path(shutil.copytree(GOOD, tmp_path / "files"))


def load(folder):
    return load_network(folder / "network.yaml", factories.site_root(), today=date(2026, 11, 23))


def change(folder, old, new):
    file = folder / "network.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_every_page_is_published_and_served(client, folder):
    network = load(folder).network
    pages = network.get_descendants(inclusive=True)
    assert pages.count() == 7
    for page in pages:
        assert client.get(page.url).status_code == 200, page.title


def test_what_the_file_says_is_there(folder):
    load(folder)
    network = NetworkPage.objects.get()
    assert network.wind_down_from == date(2019, 2, 15)
    assert [block.block_type for block in network.body] == ["heading", "paragraph", "image", "contact"]
    assert network.body[2].value["image"].contextual_alt_text == "Snødekt vidde"
    assert network.members.get().organisation.names[0] == ("Kárášjohka", "se")
    assert network.contacts.get().person.email == "leder@example.org"
    gathering = GatheringPage.objects.get()
    east, west = gathering.in_order
    assert east.starts_at.isoformat() == "2018-02-14T09:00:00+00:00"
    assert east.municipality.name == "Kárášjohka – Karasjok"
    assert gathering.presentations.get().occurrence_uid == west.uid
    assert AnnouncementPage.objects.get().related_gathering_id == gathering.pk
    assert AnnouncementPage.objects.get().published_day == date(2019, 2, 15)
    article = ExperiencePage.objects.get()
    assert [phase.name for phase in article.phases.all()] == ["Konsept"]
    assert article.resources[0].value["document"].title == "Lysark"
    assert article.related_pages.get().related_id == AnnouncementPage.objects.get().pk


def test_links_between_parts_become_links_of_the_site(folder):
    load(folder)
    network = NetworkPage.objects.get()
    document, gathering = get_document_model().objects.get(), GatheringPage.objects.get()
    source = network.body[1].value.source
    assert (
        f'<a id="{document.pk}" linktype="document">' in source or f'linktype="document" id="{document.pk}"' in source
    )
    assert str(gathering.pk) in source
    assert f'id="{AnnouncementPage.objects.get().pk}"' in network.banner_text


def test_text_is_cleaned_as_the_editor_would(folder):
    change(
        folder, "<p>Mandatet var uklart.</p>", '<p class="x">Mandatet <span style="color:red">var</span> uklart.</p>'
    )
    load(folder)
    assert ExperiencePage.objects.get().lessons[0].value["context"].source == "<p>Mandatet var uklart.</p>"


def test_loading_again_changes_nothing(folder):
    load(folder)
    revisions = Revision.objects.count()
    again = load(folder)
    assert again.changed == 0
    assert Revision.objects.count() == revisions


def test_a_file_stays_valid_when_the_network_has_begun_to_wind_down(folder):
    change(folder, "wind_down_from: 2019-02-15", "wind_down_from: 2026-12-01")
    change(folder, "start_date: 2018-02-21", "start_date: 2026-12-10")
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        load(folder)
    with time_machine.travel("2026-12-02T12:00+01:00", tick=False):
        assert load(folder).changed == 0
        change(folder, "name: Vest", "name: Vest-Finnmark")
        assert load(folder).changed == 1
        change(folder, "wind_down_from: 2026-12-01", "wind_down_from: 2026-12-01\n  taken_down_from: 2027-12-01")
        assert load(folder).changed == 1
    assert NetworkPage.objects.get().taken_down_from == date(2027, 12, 1)


def test_an_archive_keeps_what_was_announced_before_the_end(folder):
    change(folder, "start_date: 2018-02-21", "start_date: 2019-03-01")
    change(folder, "title: Vårsamling", "title: Vårsamling\n      published_on: 2018-12-01")
    load(folder)
    assert Occurrence.objects.get(name="Vest").start_date == date(2019, 3, 1)


def test_only_what_differs_is_changed(folder):
    load(folder)
    keys = set(Occurrence.objects.values_list("uid", flat=True))
    change(folder, "name: Vest", "name: Vest-Finnmark")
    again = load(folder)
    assert again.changed == 1
    assert Occurrence.objects.filter(name="Vest-Finnmark").exists()
    assert set(Occurrence.objects.values_list("uid", flat=True)) == keys
    assert GatheringPage.objects.count() == 1


def test_a_changed_file_replaces_the_old_one(folder, django_capture_on_commit_callbacks):
    load(folder)
    document = get_document_model().objects.get()
    before = document.file.name
    path = folder / "documents" / "lysark.pdf"
    path.write_bytes(path.read_bytes() + b"\n% changed")
    with django_capture_on_commit_callbacks(execute=True):
        load(folder)
    document.refresh_from_db()
    assert document.file.read().endswith(b"% changed")
    assert not document.file.storage.exists(before)
    assert get_document_model().objects.count() == get_image_model().objects.count() == 1


def test_what_an_editor_added_elsewhere_is_left_alone(folder):
    network = load(folder).network
    factories.announcement(NetworkPage.objects.get(pk=network.pk), "Lagt til for hånd")
    load(folder)
    assert AnnouncementPage.objects.filter(title="Lagt til for hånd").exists()


def test_organisations_are_shared_between_networks_and_people_are_not(folder, tmp_path):
    load(folder)
    change(folder, "key: testnett", "key: annetnett")
    change(folder, "title: Testnettverket", "title: Et annet nettverk")
    load(folder)
    assert NetworkPage.objects.count() == 2
    assert Organisation.objects.count() == 1
    assert ContactPerson.objects.count() == 2


def test_dates_relative_to_the_day_of_loading(folder):
    change(folder, "  wind_down_from: 2019-02-15\n", "")
    change(folder, "start_date: 2018-02-21", "start_date: today + 30 days")
    change(folder, "registration_deadline: 2018-01-31", "registration_deadline: 2018-01-31")
    load(folder)
    assert Occurrence.objects.get(name="Vest").start_date == date(2026, 12, 23)


def test_the_command_tells_what_it_did(folder):
    out = StringIO()
    call_command("load_network", str(folder / "network.yaml"), stdout=out)
    assert re.match(r"Lastet inn «Testnettverket»: \d+ nye eller endrede, 0 som før\.", out.getvalue())


def test_the_command_counts_what_is_wrong(folder):
    change(folder, "  title: Testnettverket\n", "")
    with pytest.raises(CommandError, match=r"1 problem; ingenting ble endret\."):
        call_command("load_network", str(folder / "network.yaml"))


def test_the_command_puts_a_network_below_a_page(folder):
    elsewhere = factories.publish(Page(title="Et annet sted"), factories.site_root())
    call_command("load_network", str(folder / "network.yaml"), parent=elsewhere.pk, stdout=StringIO())
    assert NetworkPage.objects.get().get_parent() == elsewhere
    with pytest.raises(CommandError, match="999999"):
        call_command("load_network", str(folder / "network.yaml"), parent=999999, stdout=StringIO())
