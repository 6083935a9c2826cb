"""Each setting is read when it is used: changing it changes what readers, editors and the APIs get."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.conftest import API_DOORS
from tests.forms import announcement_data
from wagtail_prosjektnett import conf
from wagtail_prosjektnett.models import ContentChange
from wagtail_prosjektnett.pages.models import AnnouncementPage, NetworkPage

pytestmark = pytest.mark.django_db


def form(admin, model, parent):
    """The form of a new page, as an editor sees it."""
    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", model, parent.pk])
    return BeautifulSoup(admin.get(url).content, "html.parser")


def test_base_template_changes_what_pages_extend(client, settings):
    page = factories.network()
    assert client.get(page.url).content.startswith(b"\n<!doctype html>\n<html lang")
    settings.PROSJEKTNETT_BASE_TEMPLATE = "host/bare.html"
    html = client.get(page.url).content.decode()
    assert html.strip().startswith("<!doctype html><title>Testnettverket</title>")
    assert "<h1>Testnettverket</h1>" in html


def test_time_zone_is_that_of_a_new_network(admin, read, settings):
    before = factories.network()
    form(admin, "networkpage", factories.site_root())
    settings.PROSJEKTNETT_TIME_ZONE = "Arctic/Longyearbyen"
    chosen = form(admin, "networkpage", factories.site_root()).select_one("[name=time_zone] option[selected]")
    assert chosen["value"] == "Arctic/Longyearbyen"
    assert read("v2", factories.network("Et nytt"))["time_zone"] == "Arctic/Longyearbyen"
    assert NetworkPage.objects.get(pk=before.pk).time_zone == "Europe/Oslo"


def test_page_size_divides_lists(client, settings):
    network = factories.network()
    pages = [factories.announcement(network, f"Nyhet {number}") for number in range(3)]
    url = pages[0].get_parent().url
    assert b"pagination" not in client.get(url).content
    settings.PROSJEKTNETT_PAGE_SIZE = 2
    first, second = (client.get(url, {"page": number}).content.decode() for number in (1, 2))
    assert [html.count('class="item"') for html in (first, second)] == [2, 1]
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


@pytest.mark.parametrize("door", API_DOORS)
def test_image_renditions_are_the_sizes_in_the_apis(read, door, image, settings):
    page = factories.network(image=image)
    assert read(door, page)["image"]["renditions"].keys() == {"small", "medium", "large"}
    settings.PROSJEKTNETT_IMAGE_RENDITIONS = {"tiny": "fill-20x20"}
    renditions = read(door, page)["image"]["renditions"]
    assert {name: (size["width"], size["height"]) for name, size in renditions.items()} == {"tiny": (20, 20)}


def ask(client, **headers):
    """An answer of our API."""
    return client.get("/api/prosjektnett/networks/", headers=headers)


def test_max_age_is_how_long_others_keep_an_answer(client, settings):
    assert ask(client)["Cache-Control"] == "public, max-age=60"
    settings.PROSJEKTNETT_MAX_AGE = 0
    assert ask(client)["Cache-Control"] == "no-cache"


def test_cache_keeps_answers(client, settings, django_assert_max_num_queries):
    factories.network()
    ask(client)
    with django_assert_max_num_queries(1):
        ask(client)
    settings.PROSJEKTNETT_CACHE = ""
    with CaptureQueriesContext(connection) as queries:
        ask(client)
    assert len(queries) > 1


def test_release_makes_validators_new(client, settings):
    etag = ask(client)["ETag"]
    assert ask(client, if_none_match=etag).status_code == 304
    settings.PROSJEKTNETT_RELEASE = "2026-11"
    assert ask(client, if_none_match=etag).status_code == 200


def test_changes_kept_days_is_how_long_one_can_be_away(settings):
    with time_machine.travel("2026-11-23T12:00+01:00"):
        factories.network()
    with time_machine.travel("2026-12-20T12:00+01:00"):
        call_command("prune_content_changes", verbosity=0)
        assert ContentChange.objects.filter(page_id__isnull=False).exists()
        settings.PROSJEKTNETT_CHANGES_KEPT_DAYS = 20
        call_command("prune_content_changes", verbosity=0)
        assert not ContentChange.objects.filter(page_id__isnull=False).exists()


def test_announcement_categories_are_offered_stored_and_shown(admin, read, settings):
    section = factories.announcement(factories.network()).get_parent()
    form(admin, "announcementpage", section)
    settings.PROSJEKTNETT_ANNOUNCEMENT_CATEGORIES = {"courses": "Kurs"}
    offered = form(admin, "announcementpage", section).select("[name=category] option")
    assert [option.get_text(strip=True) for option in offered if option["value"]] == ["Kurs"]

    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", "announcementpage", section.pk])
    admin.post(url, {**announcement_data(category="courses", slug="kurs"), "action-publish": "1"})
    page = AnnouncementPage.objects.get(slug="kurs")
    assert "Kurs" in admin.get(page.url).content.decode()
    assert read("v2", page)["category_label"] == "Kurs"


def test_a_new_setting_needs_a_test_of_what_it_changes():
    tested = [name for name in globals() if name.startswith("test_")]
    for name in conf.SETTINGS:
        assert any(test.startswith(f"test_{name.lower()}_") for test in tested), name
