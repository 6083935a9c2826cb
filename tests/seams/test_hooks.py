"""A block that a site registers is like one of ours: stored, shown, found, compared, told - and in no migration."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import streamfield

from tests import factories
from tests.conftest import API_DOORS
from tests.content.conftest import GOOD, Folder
from tests.forms import announcement_data
from wagtail_prosjektnett.fields import ExtensibleStreamField
from wagtail_prosjektnett.pages.models import AnnouncementPage, NetworkPage
from wagtail_prosjektnett.pages.types import PageRole, page_model

pytestmark = pytest.mark.django_db

VALUE = {"figure": "4711", "label": "innbyggere i nettverket"}
STREAM = [{"type": "key_figure", "value": VALUE}]

#: Every field that asks the hook, with a page that has it.
FIELDS = {
    "body": factories.announcement,
    "programme": factories.gathering,
    "lessons": factories.article,
    "resources": factories.article,
}


@pytest.fixture
def page():
    return factories.announcement(factories.network(), body=STREAM)


def test_it_gives_no_migration():
    assert "key_figure" in AnnouncementPage._meta.get_field("body").stream_block.child_blocks
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_new_field_that_asks_the_hook_needs_a_row_here():
    fields = [field for role in PageRole for field in page_model(role)._meta.get_fields()]
    assert {field.name for field in fields if isinstance(field, ExtensibleStreamField)} == FIELDS.keys()


@pytest.mark.parametrize("field", FIELDS)
def test_it_is_published_and_shown_in_every_field_and_told_by_the_apis(client, read, field):
    page = FIELDS[field](factories.network(), **{field: STREAM})
    stored = type(page).objects.get(pk=page.pk)
    assert dict(getattr(stored, field)[0].value) == VALUE
    assert VALUE["label"] in client.get(page.url).content.decode()
    assert read("v2", page)[field][0]["value"] == VALUE


def test_an_editor_is_offered_it_saves_a_draft_with_it_and_publishes_it(admin):
    section = factories.announcement(factories.network()).get_parent()
    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", "announcementpage", section.pk])
    assert "key_figure" in admin.get(url).content.decode()
    data = announcement_data(slug="tall", body=streamfield([("key_figure", VALUE)]))
    admin.post(url, data)
    page = AnnouncementPage.objects.get(slug="tall")
    assert not page.live
    assert dict(page.get_latest_revision_as_object().body[0].value) == VALUE

    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert VALUE["label"] in admin.get(url).content.decode()
    admin.post(url, {**data, "action-publish": "1"})
    page.refresh_from_db()
    assert page.live
    assert dict(page.body[0].value) == VALUE


def test_the_sites_search_finds_it(page):
    found = Page.objects.live().search("innbyggere")
    assert [match.pk for match in found] == [page.pk]


def test_it_is_compared_between_revisions(admin, page):
    earlier = page.latest_revision
    page.body = [{"type": "key_figure", "value": {**VALUE, "figure": "4712"}}]
    later = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, earlier.pk, later.pk])
    html = admin.get(address).content.decode()
    assert "4711" in html
    assert "4712" in html


@pytest.mark.parametrize("door", API_DOORS)
def test_the_apis_tell_it(read, page, door):
    (block,) = read(door, page)["body"]
    assert (block["type"], block["value"]) == ("key_figure", VALUE)


def test_a_content_file_brings_it_and_changes_nothing_the_second_time(client, tmp_path):
    bundle = Folder(Path(shutil.copytree(GOOD, tmp_path / "files")))
    bundle.change("    - heading: Bakgrunn", f"    - key_figure: {{figure: 4711, label: {VALUE['label']}}}")
    bundle.load()
    network = NetworkPage.objects.get()
    assert dict(network.body[0].value) == VALUE
    assert VALUE["label"] in client.get(network.url).content.decode()
    assert bundle.load().changed == 0
