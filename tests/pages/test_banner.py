"""The banner is inherited by every page below a network, of whatever type, through every door."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import engines
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests import factories
from tests.conftest import API_DOORS
from tests.host.models import PlainPage
from wagtail_prosjektnett.pages.banner import network_banner
from wagtail_prosjektnett.pages.models import NetworkPage

pytestmark = pytest.mark.django_db

TODAY = date(2019, 6, 1)


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2019-06-01T12:00+02:00", tick=False):
        yield


def pages_of_every_type(network):
    pages = [
        factories.gathering(network),
        factories.announcement(network),
        factories.article(network),
        factories.publish(PlainPage(title="Nettstedets egen"), network),
    ]
    return [network, *pages, *(page.get_parent() for page in pages[:3])]


def banners_in_html(client, page):
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    return soup.select("[data-network-banner]")


def test_every_page_below_has_one_banner_in_html(client):
    network = factories.network(wind_down_from=date(2019, 2, 15))
    for page in pages_of_every_type(network):
        (banner,) = banners_in_html(client, page)
        assert banner["data-network-banner"] == "notice", page
        assert "Testnettverket" in banner.get_text()


@pytest.mark.parametrize("door", API_DOORS)
def test_every_page_below_has_the_banner_as_data(read, door):
    network = factories.network(wind_down_from=date(2019, 2, 15))
    for page in pages_of_every_type(network):
        banner = read(door, page)["network_banner"]
        assert banner["kind"] == "notice", page
        assert banner["since"] == "2019-02-15"
        assert banner["network"]["id"] == network.pk


@pytest.mark.parametrize("door", API_DOORS)
def test_pages_outside_any_network_have_none(client, read, door):
    factories.network(wind_down_from=date(2019, 2, 15))
    outside = factories.publish(PlainPage(title="Utenfor"), factories.site_root())
    assert banners_in_html(client, outside) == []
    assert read(door, outside)["network_banner"] is None
    assert read(door, factories.site_root())["network_banner"] is None


@pytest.mark.parametrize("door", API_DOORS)
def test_before_the_date_there_is_none(client, read, door):
    network = factories.network(wind_down_from=TODAY + timedelta(days=1), closed_from=TODAY + timedelta(days=9))
    for page in pages_of_every_type(network):
        assert banners_in_html(client, page) == []
        assert read(door, page)["network_banner"] is None


@pytest.mark.parametrize("door", API_DOORS)
def test_after_it_is_closed_the_banner_says_archived(client, read, door):
    network = factories.network(wind_down_from=date(2019, 2, 15), closed_from=TODAY)
    for page in pages_of_every_type(network):
        (banner,) = banners_in_html(client, page)
        assert banner["data-network-banner"] == "archived"
        assert read(door, page)["network_banner"]["kind"] == "archived"
        assert read(door, page)["network_banner"]["state"] == "closed"


def test_the_day_itself_turns_the_banner_on(client):
    network = factories.network(wind_down_from=date(2019, 7, 1))
    page = factories.announcement(network)
    with time_machine.travel("2019-06-30T23:59:59+02:00", tick=False):
        assert banners_in_html(client, page) == []
    with time_machine.travel("2019-07-01T00:00:00+02:00", tick=False):
        assert len(banners_in_html(client, page)) == 1


def test_changing_a_date_needs_no_republishing(client):
    network = factories.network()
    page = factories.article(network)
    assert banners_in_html(client, page) == []
    NetworkPage.objects.filter(pk=network.pk).update(wind_down_from=TODAY)
    assert len(banners_in_html(client, page)) == 1


def test_the_nearest_network_decides(client):
    outer = factories.network("Ytre", wind_down_from=date(2019, 2, 15))
    inner = factories.network("Indre", parent=outer)
    assert banners_in_html(client, factories.announcement(inner)) == []
    assert len(banners_in_html(client, factories.announcement(outer))) == 1


def test_an_unpublished_network_shows_nothing(client):
    network = factories.network(wind_down_from=date(2019, 2, 15))
    page = factories.publish(PlainPage(title="Egen"), network)
    network.unpublish()
    assert banners_in_html(client, page) == []


@pytest.mark.parametrize("door", API_DOORS)
def test_it_says_what_ends_what_goes_on_and_where_to_go(client, read, door):
    successor = factories.publish(PlainPage(title="Etterfølgeren"), factories.site_root())
    network = factories.network(
        wind_down_from=date(2019, 2, 15),
        banner_heading="Nettverket legges ned",
        banner_text="<p>Fordi <b>tiden</b> er ute.</p>",
        guidance_kind="until",
        guidance_until=date(2019, 12, 31),
        guidance_how="<p>Skriv til leder@example.org</p>",
        successor_page=successor,
    )
    text = banners_in_html(client, network)[0].get_text(" ", strip=True)
    for words in ("Nettverket legges ned", "tiden", "31. desember 2019", "leder@example.org", "Etterfølgeren"):
        assert words in text
    banner = read(door, network)["network_banner"]
    assert banner["text"] == "<p>Fordi <b>tiden</b> er ute.</p>"
    assert banner["guidance"] == {"until": "2019-12-31", "how": "<p>Skriv til leder@example.org</p>"}
    assert banner["successor"]["title"] == "Etterfølgeren"


def test_guidance_that_has_ended_is_not_offered():
    network = factories.network(
        wind_down_from=date(2019, 2, 15), guidance_kind="until", guidance_until=date(2019, 5, 31)
    )
    assert network_banner(network, timezone.now()).data()["guidance"] is None


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_a_successor_that_not_everybody_may_read_is_not_told(hide):
    successor = factories.publish(PlainPage(title="Hemmelig"), factories.site_root())
    network = factories.network(wind_down_from=date(2019, 2, 15), successor_page=successor)
    if hide == "unpublish":
        successor.unpublish()
    else:
        PageViewRestriction.objects.create(page=successor, restriction_type="login")
    network = NetworkPage.objects.get(pk=network.pk)
    assert network_banner(network, timezone.now()).data()["successor"] is None


def test_a_preview_shows_the_banner_of_unsaved_dates():
    network = factories.network()
    network.wind_down_from = date(2019, 2, 15)
    response = network.make_preview_request()
    assert response.content.count(b"data-network-banner") == 1


def test_a_preview_of_a_page_below_shows_it_too():
    network = factories.network(wind_down_from=date(2019, 2, 15))
    page = factories.announcement(network)
    page.title = "Ikke lagret"
    assert page.make_preview_request().content.count(b"data-network-banner") == 1


def test_a_new_page_that_is_not_in_the_tree_yet_is_previewed_with_it():
    network = factories.network(wind_down_from=date(2019, 2, 15))
    page = PlainPage(title="Ny", path=network.path + "ZZZZ", depth=network.depth + 1)
    assert network_banner(page, timezone.now()).network == network


def test_an_archive_promises_no_guidance(client, read):
    network = factories.network(closed_from=date(2018, 1, 1), guidance_kind="open_ended", guidance_how="<p>Spør</p>")
    assert "Spør" not in banners_in_html(client, network)[0].get_text()
    assert read("v2", network)["network_banner"]["guidance"] is None


def test_unpublishing_a_closed_network_opens_nothing_again(client, read):
    network = factories.network(closed_from=date(2018, 1, 1))
    fields = {"registration_method": "link", "registration_link": "https://example.org/"}
    page = factories.gathering(network, occurrences=[{"start_date": TODAY + timedelta(days=30)}], **fields)
    network.unpublish()
    assert "Meld deg på" not in client.get(page.url).content.decode()
    assert read("v2", page)["registration_status"]["value"] == "closed"


def test_a_view_of_the_sites_own_with_a_page_of_a_list_has_none(rf):
    context = {"page": Paginator([1, 2], 1).page(1), "request": rf.get("/")}
    template = engines["django"].from_string("{% load prosjektnett_tags %}<p>{% network_banner %}</p>")
    assert template.render(context) == "<p></p>"


def stylesheets(html):
    return html.count("wagtail_prosjektnett/network.css")


@pytest.mark.parametrize("argument, outside", [("", 0), (" always=True", 1)])
def test_pages_outside_networks_get_the_stylesheet_only_where_they_ask_for_it(rf, argument, outside):
    tag = f"{{% network_stylesheet{argument} %}}"
    template = engines["django"].from_string("{% load prosjektnett_tags %}" + tag + tag)
    below = factories.publish(PlainPage(title="Egen"), factories.network())
    for page, expected in ((below, 1), (factories.site_root(), outside), (None, outside)):
        assert stylesheets(template.render({"page": page, "request": rf.get("/")})) == expected
