"""What a page offers to follow: in its head for programs, and as links for readers."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache

from tests import factories
from tests.languages import again

pytestmark = pytest.mark.django_db

FEEDS = "http://localhost/feeds/"


@pytest.fixture
def network():
    cache.clear()  # of what another test was told, of the same moment and the same ids
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield factories.network("Nettverket")


@pytest.fixture
def gathering(network):
    return factories.gathering(
        network,
        "Samlingen",
        [
            {"name": "Øst", "start_date": "2026-12-10"},
            {"name": "Vest", "start_date": "2027-03-01", "precision": "month"},
            {"name": "Nord", "start_date": "2026-01-10"},
        ],
    )


@pytest.fixture
def offered(client):
    """What a page offers in its head, and what its readers can click on."""

    def look(page, reader=client):
        soup = BeautifulSoup(reader.get(page.url).content, "html.parser")
        head = {(link["type"], link["href"]) for link in soup.head.select('link[rel="alternate"][type]')}
        links = [link["href"] for link in soup.select("main a[href]")]
        return head, [link for link in links if "/feeds/" in link]

    return look


def test_a_network_offers_its_calendar_and_its_news(offered, network):
    head, links = offered(network)
    path = f"{FEEDS}networks/{network.pk}/"
    assert head == {("text/calendar", f"{path}calendar.ics"), ("application/atom+xml", f"{path}news.atom")}
    assert links == [f"webcal{path.removeprefix('http')}calendar.ics", f"{path}calendar.ics", f"{path}news.atom"]


def test_each_section_offers_what_is_in_it(offered, network, gathering):
    news = factories.announcement(network)
    article = factories.article(network)
    path = f"{FEEDS}networks/{network.pk}/"
    assert offered(again(gathering.get_parent().specific))[0] == {("text/calendar", f"{path}calendar.ics")}
    assert offered(again(news.get_parent().specific))[0] == {("application/atom+xml", f"{path}news.atom")}
    assert offered(news) == offered(article.get_parent().specific) == (set(), [])


def test_a_gathering_offers_its_calendar_and_what_is_ahead_in_it(offered, gathering):
    head, links = offered(gathering)
    own = f"{FEEDS}gatherings/{gathering.pk}/calendar.ics"
    east = f"{FEEDS}occurrences/{gathering.occurrences.get(name='Øst').uid}/calendar.ics?language=nb"
    assert head == {("text/calendar", own)}
    assert links == [east, own.replace("http:", "webcal:"), own]


def test_every_address_that_is_offered_is_there(client, offered, network, gathering):
    for page in (network, gathering):
        head, links = offered(page)
        for address in {*(address for _kind, address in head), *links}:
            assert client.get(address.partition("localhost")[2]).status_code == 200, address


def test_nothing_is_offered_where_only_some_may_read(admin, offered, network, gathering):
    network.view_restrictions.create(restriction_type="login")
    for page in (network, gathering):
        assert admin.get(page.url).status_code == 200
        assert offered(page, admin) == (set(), [])


def test_nothing_is_offered_on_a_site_without_feeds(client, offered, settings, network, gathering):
    settings.ROOT_URLCONF = "tests.without_feed_urls"
    for page in (network, gathering):
        assert offered(page) == (set(), [])
    api = "/api/prosjektnett/"
    told = client.get(f"{api}networks/{network.pk}/").json()["network"]
    assert (told["calendar"], told["news_feed"]) == (None, None)
    told = client.get(f"{api}gatherings/{gathering.pk}/").json()
    assert {told["calendar"], *(row["calendar"] for row in told["occurrences"])} == {None}


def test_the_headless_api_tells_the_same(client, network, gathering):
    api, path = "/api/prosjektnett/", f"{FEEDS}networks/{network.pk}/"
    told = client.get(f"{api}networks/{network.pk}/").json()["network"]
    assert (told["calendar"], told["news_feed"]) == (f"{path}calendar.ics", f"{path}news.atom")
    told = client.get(f"{api}gatherings/{gathering.pk}/").json()
    assert told["calendar"] == f"{FEEDS}gatherings/{gathering.pk}/calendar.ics"
    rows = {row["name"]: row["calendar"] for row in told["occurrences"]}
    assert rows["Vest"] is None
    assert rows["Øst"].endswith("/calendar.ics?language=nb")


def test_the_draft_of_a_page_that_was_never_published_offers_nothing(admin, network):
    page = factories.gathering(network, "Utkast", [{"start_date": "2026-12-10"}])
    again(page).unpublish()
    answer = again(page).make_preview_request()
    assert b"/feeds/" not in answer.content
