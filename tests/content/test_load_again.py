"""Loading a changed file: what would change is told, and what is gone is removed only if one asks for it."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from wagtail.documents import get_document_model

from tests import factories
from tests.content.test_bad_files import everything
from wagtail_prosjektnett.models import ContactPerson, Organisation
from wagtail_prosjektnett.pages.models import AnnouncementPage, NetworkPage

pytestmark = pytest.mark.django_db

THANKS = """    - key: takk
      title: Takk for nå
      category: network
      published_on: 2019-02-15
      related_gathering: samling
"""


def command(bundle, **options):
    out = StringIO()
    call_command("load_network", str(bundle.file), stdout=out, **options)
    return out.getvalue()


def shorten(bundle):
    bundle.change("  items:\n" + THANKS, "  items: []\n")
    bundle.change('<a href="page:takk">nyheten</a>', "nyheten")
    bundle.change("      related_pages: [takk]\n", "")


def test_a_rehearsal_tells_what_would_change_and_changes_nothing(bundle):
    before = everything()
    told = command(bundle, dry_run=True)
    assert everything() == before
    assert "Ny: samling «Vårsamling»" in told
    assert "Ingenting ble endret" in told
    command(bundle)
    bundle.change("title: Vårsamling", "title: Vintersamling")
    before = everything()
    assert "Endret: samling «Vintersamling»" in command(bundle, dry_run=True)
    assert everything() == before


def test_what_is_gone_from_the_file_is_told_and_left(bundle):
    command(bundle)
    shorten(bundle)
    assert "ikke lenger i filen, beholdt: nyhet «Takk for nå»" in command(bundle)
    assert AnnouncementPage.objects.exists()
    assert "Takk for nå" in command(bundle)


def test_what_is_gone_from_the_file_is_removed_if_one_asks(bundle):
    command(bundle)
    shorten(bundle)
    assert "Slettet: nyhet «Takk for nå»" in command(bundle, remove=True)
    assert not AnnouncementPage.objects.exists()
    assert "Takk for nå" not in command(bundle)


def without_leader(bundle):
    bundle.change(
        "people:\n  - {key: leader, name: Nettverksleder, organisation: karasjok, email: leder@example.org}\n", ""
    )
    bundle.change("    - contact: leader\n", "")
    bundle.change("  contacts:\n    - {person: leader, role: leader}\n", "")
    bundle.change("      responsible: leader\n", "")


def test_what_nothing_needs_is_removed(bundle):
    command(bundle)
    without_leader(bundle)
    assert "Slettet: kontaktperson «Nettverksleder" in command(bundle, remove=True)
    assert not ContactPerson.objects.exists()


def test_what_something_else_needs_is_not_removed(bundle):
    command(bundle)
    other = factories.network("Et annet nettverk")
    other.body = [("contact", ContactPerson.objects.get())]
    other.save_revision().publish()
    without_leader(bundle)
    assert "beholdt: kontaktperson «Nettverksleder" in command(bundle, remove=True)
    assert ContactPerson.objects.exists()


def test_a_municipality_that_the_site_has_is_used_as_it_is(bundle):
    call_command("load_municipalities", "--finnmark", verbosity=0)
    karasjok = Organisation.objects.get(municipality_number="5610")
    bundle.change("    names:\n      - {name: Kárášjohka, language: se}\n      - {name: Karasjok, language: nb}\n", "")
    command(bundle)
    assert Organisation.objects.get(municipality_number="5610") == karasjok
    assert karasjok.parallel_names.count() == 2
    assert NetworkPage.objects.get().members.get().organisation == karasjok
    assert bundle.load().changed == 0


def test_a_number_of_another_time_means_another_municipality(bundle):
    other = factories.municipality("Karasjok", municipality_number="5610", valid_from="1900-01-01")
    bundle.change("    municipality_number: 5610\n", "    municipality_number: 5610\n    valid_from: 2024-01-01\n")
    command(bundle)
    assert Organisation.objects.filter(municipality_number="5610").count() == 2
    assert NetworkPage.objects.get().members.get().organisation != other


def test_pages_that_an_editor_made_are_not_removed(bundle):
    command(bundle)
    factories.announcement(NetworkPage.objects.get(), "Lagt til for hånd")
    assert "Lagt til for hånd" not in command(bundle, remove=True)
    assert AnnouncementPage.objects.filter(title="Lagt til for hånd").exists()


def test_a_removed_document_takes_its_file_along(bundle, django_capture_on_commit_callbacks):
    command(bundle)
    bundle.change("documents:\n  - {key: lysark, file: documents/lysark.pdf, title: Lysark}\n", "")
    bundle.change('<a href="document:lysark">lysarkene</a>', "lysarkene")
    bundle.change(
        "        - {title: Lysark, document: lysark, occurrence: vest, accessible: true}",
        "        - {title: Lysark, link: https://example.org/, occurrence: vest}",
    )
    bundle.change(
        "        - resource: {title: Mal, document: lysark, kind: template}",
        "        - resource: {title: Mal, link: https://example.org/, kind: template}",
    )
    with django_capture_on_commit_callbacks(execute=True):
        command(bundle, remove=True)
    assert not get_document_model().objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("lysark*.pdf"))
