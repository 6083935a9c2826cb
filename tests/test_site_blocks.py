"""A block that a site registers is like one of ours: stored, shown, found, compared, told - and in no migration."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.conftest import API_DOORS
from wagtail_prosjektnett.pages.models import AnnouncementPage

pytestmark = pytest.mark.django_db

VALUE = {"figure": "4711", "label": "innbyggere i nettverket"}


@pytest.fixture
def page():
    return factories.announcement(factories.network(), body=[{"type": "key_figure", "value": VALUE}])


def test_it_gives_no_migration():
    assert "key_figure" in AnnouncementPage._meta.get_field("body").stream_block.child_blocks
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_it_is_published_and_shown(client, page):
    stored = AnnouncementPage.objects.get(pk=page.pk)
    assert dict(stored.body[0].value) == VALUE
    assert VALUE["label"] in client.get(page.url).content.decode()


def test_an_editor_is_offered_it(admin, page):
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "key_figure" in html
    assert VALUE["label"] in html


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
