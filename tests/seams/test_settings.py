"""Each setting is read when it is used: changing it changes what readers, editors and the APIs get."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from tests import factories
from tests.conftest import API_DOORS
from tests.forms import announcement_data
from wagtail_prosjektnett import conf
from wagtail_prosjektnett.models import Frontend
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


def test_preview_max_age_ends_what_a_token_opens(client, settings):
    Frontend.objects.create(site=Site.objects.get(is_default_site=True), address="https://example.org")
    html = factories.network().make_preview_request(preview_mode="frontend").content.decode()
    token = unquote(html.partition("token=")[2].partition('"')[0])
    settings.PROSJEKTNETT_PREVIEW_MAX_AGE = 60
    for seconds, status in ((59, 200), (61, 404)):
        with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
            answer = client.get("/api/prosjektnett/preview/", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == status


def test_throttle_rates_limit_searches(client, settings):
    cache.clear()
    for rate, statuses in (("2/day", [200, 200, 429]), ("4/day", [200, 429]), (None, [200, 200])):
        settings.PROSJEKTNETT_THROTTLE_RATES = {"search": rate}
        answers = [client.get("/api/prosjektnett/search/?q=a") for _ in statuses]
        assert [answer.status_code for answer in answers] == statuses


def test_a_new_setting_needs_a_test_of_what_it_changes():
    tested = [name for name in globals() if name.startswith("test_")]
    for name in conf.SETTINGS:
        assert any(test.startswith(f"test_{name.lower()}_") for test in tested), name
