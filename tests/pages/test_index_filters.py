"""The indexes of news and of gatherings: narrowing down, turning pages, and addresses that make no sense."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests import factories
from tests.languages import translated

pytestmark = pytest.mark.django_db

#: However many pages, filters and choices there are.
MOST_QUERIES = 20
PAST, AHEAD = "2018-02-15", "2027-02-15"


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


class Network:
    """A network with news of several years and categories, and with gatherings in the east and in the west."""

    def __init__(self):
        self.network = factories.network()
        self.alta = factories.municipality("Alta", municipality_number="5601")
        self.vadso = factories.municipality("Vadsø", municipality_number="5607")
        self.both = self.gather("Samling i vest og øst", ("Vest", self.alta, PAST), ("Øst", self.vadso, "2018-02-20"))
        self.gather("Høstsamling i vest", ("Vest", self.alta, "2018-09-01"))
        self.gather("Samling framover", ("Øst", self.vadso, AHEAD))
        for title, category, day in (("Tilskudd", "grants", PAST), ("Om oss", "network", PAST), ("Mer", "grants", "")):
            factories.announcement(self.network, title, category=category, published_on=day or "2019-02-15")
        self.gatherings = self.both.get_parent().url
        self.news = self.network.get_children().get(title="Aktuelt").url

    def gather(self, title, *places):
        rows = [{"name": name, "municipality": where, "start_date": day} for name, where, day in places]
        return factories.gathering(self.network, title, rows)

    def tell(self, title, **fields):
        return factories.announcement(self.network, title, **fields)


@pytest.fixture
def filled():
    return Network()


@pytest.fixture
def look(client):
    """Ask for a page as anybody can: the page, as soup."""

    def ask(url, status=200):
        response = client.get(url)
        assert response.status_code == status, response.status_code
        soup = BeautifulSoup(response.content, "html.parser")
        for mark in soup.select(".filter [aria-hidden]"):
            mark.decompose()
        soup.titles = [heading.get_text(strip=True) for heading in soup.select(":is(.card, .item) :is(h3, h4)")]
        soup.headers = response.headers
        return soup

    return ask


def choices(soup):
    """The choices of each filter: by its name, the label, the count and the address."""
    return {
        each["aria-labelledby"].removeprefix("filter-"): {
            row.a.get_text(" ", strip=True): (
                int(row.select_one(".filter-count").get_text().split()[1]),
                row.a["href"],
            )
            for row in each.select("li")
        }
        for each in soup.select("nav.filter")
    }


def counts(soup):
    return {name: {label: count for label, (count, _url) in found.items()} for name, found in choices(soup).items()}


def test_news_is_narrowed_down_by_year_and_category(filled, look):
    there = look(filled.news)
    assert counts(there) == {
        "year": {"2019": 1, "2018": 2},
        "category": {"Tilskudd": 2, "Om nettverket": 1},
    }
    there = look(filled.news + "?year=2018")
    assert there.titles == ["Tilskudd", "Om oss"] or there.titles == ["Om oss", "Tilskudd"]
    assert counts(there)["category"] == {"Tilskudd": 1, "Om nettverket": 1}
    there = look(filled.news + choices(there)["category"]["Tilskudd"][1])
    assert there.titles == ["Tilskudd"]
    assert [link["href"] for link in there.select(".chosen-filters a")] == [
        "?category=grants#news", "?year=2018#news", filled.news + "#news",
    ]  # fmt: skip
    assert there.select_one("[role=status] h2").get_text() == "1 nyhet"


def test_gatherings_are_narrowed_down_by_year_season_and_place(filled, look):
    there = look(filled.gatherings)
    assert counts(there) == {
        "year": {"2027": 1, "2018": 2},
        "season": {"Vår": 2, "Høst": 1},
        "region": {"Vest": 2, "Øst": 2},
        "municipality": {"Alta": 2, "Vadsø": 2},
    }
    assert there.titles == ["Samling framover", "Høstsamling i vest", "Samling i vest og øst"]
    assert [each.get_text() for each in there.select("section[aria-labelledby=held] > h3")] == ["2018"]
    there = look(filled.gatherings + "?region=%C3%98st")
    assert there.titles == ["Samling framover", "Samling i vest og øst"]
    assert "municipality" not in counts(there), "it would change nothing"
    there = look(filled.gatherings + "?region=%C3%98st&municipality=5601")
    assert not there.titles, "region and municipality are those of one and the same occurrence"
    assert there.select(".chosen-filters")
    assert look(filled.gatherings + "?year=2018&season=autumn&region=Vest&municipality=5601").titles == [
        "Høstsamling i vest"
    ]


@pytest.mark.parametrize("index", ["news", "gatherings"])
def test_each_choice_gives_as_many_as_it_says_and_is_taken_away_again(filled, look, index):
    url = getattr(filled, index)
    for name, found in choices(look(url)).items():
        for label, (count, address) in found.items():
            there = look(url + address)
            assert len(there.titles) == count, (name, label)
            assert there.headers["X-Robots-Tag"] == "noindex"
            (removed,) = (where for shown, (_n, where) in choices(there)[name].items() if shown.endswith(label))
            assert len(look(url + removed).titles) == 3
    assert "X-Robots-Tag" not in look(url).headers


def test_there_are_no_filters_where_they_would_change_nothing(look):
    network = factories.network()
    news, gathering = factories.announcement(network), factories.gathering(network)
    for page in (news, gathering):
        there = look(page.get_parent().url)
        assert len(there.titles) == 1
        assert not there.select("#filters")


def test_held_gatherings_stand_below_their_years_and_are_divided(filled, look, settings):
    settings.PROSJEKTNETT_PAGE_SIZE = 2
    filled.gather("Gammel", ("Vest", filled.alta, "2017-05-01"))
    there = look(filled.gatherings + "?region=Vest")
    headings = there.select("section[aria-labelledby=held] :is(h3, h4)")
    assert [each.get_text(strip=True) for each in headings] == ["2018", "Høstsamling i vest", "Samling i vest og øst"]
    there = look(filled.gatherings + there.select_one("[rel=next]")["href"])
    headings = there.select("section[aria-labelledby=held] :is(h3, h4)")
    assert [each.get_text(strip=True) for each in headings] == ["2017", "Gammel"]


def test_news_shows_its_dates_its_correction_and_its_gathering(filled, look):
    filled.tell("Rettet", correction="<p>Feil dato</p>", changed_on="2020-01-02", related_gathering=filled.both)
    item = look(filled.news).find(class_="tag-correction").find_parent("article")
    assert item.h3.get_text() == "Rettet"
    assert item.select_one(".item-more a")["href"] == filled.both.url
    assert "2020-01-02" in [time["datetime"] for time in item.select("time")]
    assert len(look(filled.news).select(".tag-correction")) == 1


def test_lists_are_in_their_language_and_link_to_gatherings_in_it(filled, look, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED, settings.ROOT_URLCONF = True, "tests.multilingual_urls"
    gathering = translated(filled.both, nynorsk)
    told = [translated(filled.tell(f"Om {number}", related_gathering=filled.both), nynorsk) for number in range(3)]
    there = look(told[0].get_parent().url)
    assert len(there.titles) == 3
    assert {link["href"] for link in there.select(".item-more a")} == {gathering.url}
    there = look(gathering.get_parent().url + "?region=Vest")
    assert there.titles == [gathering.title]
    assert there.select_one("[role=status] h2").get_text() == "1 samling"


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_what_is_hidden_is_neither_shown_nor_counted_nor_linked(filled, look, hide):
    secret = filled.gather(
        "Lukket", ("Hemmelig sted", factories.municipality("Tana", municipality_number="5628"), PAST)
    )
    news = filled.tell("Åpen", related_gathering=secret)
    gone = filled.tell("Hemmelig nyhet", category="news", published_on="2001-01-01")
    for page in (secret, gone):
        if hide == "unpublish":
            page.unpublish()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
    there = look(filled.news)
    assert news.title in there.titles
    assert not {"Lukket", "Hemmelig"} & set(there.get_text().split())
    assert counts(there)["category"] == {"Tilskudd": 2, "Om nettverket": 1}
    assert "2001" not in counts(there)["year"]
    assert "Hemmelig sted" not in counts(look(filled.gatherings))["region"]
    assert look(filled.gatherings + "?region=Hemmelig+sted", 404).select("[role=status] li")


def test_another_network_has_nothing_to_do_with_it(filled, look):
    other = factories.network("Et annet")
    factories.announcement(other, "Annet sted", category="news", published_on="2012-01-01")
    factories.gathering(other, "Annet sted", [{"name": "Sør", "start_date": "2012-01-01"}])
    for url in (filled.news, filled.gatherings):
        assert "2012" not in counts(look(url))["year"]
        assert len(look(url).titles) == 3
    # It is known, but nothing of this network has it.
    there = look(filled.gatherings + "?region=S%C3%B8r")
    assert not there.titles
    assert there.select_one(".prose a")["href"] == filled.gatherings + "#gatherings"


@pytest.mark.parametrize(
    "query, status",
    [
        ("?category=poem", 404),
        ("?category=grants&category=news", 400),
        ("?category=" + "x" * 10_000, 404),
        ("?category=%27%22%25", 404),
        ("?category=%00", 200),
        ("?category=%ED%A0%80", 200),
        ("?year=1", 404),
        ("?year=x", 404),
        ("?year=-2018", 404),
        ("?year=%D9%A1", 404),
        ("?year=" + "9" * 30, 404),
        ("?year=2018&year=2019", 400),
        ("?page=0", 404),
        ("?page=-1", 404),
        ("?page=abc", 404),
        ("?page=9", 404),
        ("?page=1" + "0" * 30, 404),
        ("?page=1&page=1", 400),
        ("?utm_source=nyhetsbrev&q=%25", 200),
    ],
)
def test_an_address_of_news_that_makes_no_sense_gets_a_page_that_says_so(filled, look, query, status):
    refused_or_whole(look, filled.news, query, status)


@pytest.mark.parametrize(
    "query, status",
    [
        ("?season=winter", 404),
        ("?season=spring&season=spring", 400),
        ("?region=Nord", 404),
        ("?region=" + "x" * 10_000, 404),
        ("?region=%25", 404),
        ("?region=%27%20OR%201=1--", 404),
        ("?region=%00%00", 200),
        ("?region=%22%3Cscript%3E", 404),
        ("?municipality=5699", 404),
        ("?municipality=Alta", 404),
        ("?municipality=%D9%A1%D9%A1%D9%A1%D9%A1", 404),
        ("?year=99999", 404),
        ("?page=0", 404),
        ("?page=2", 404),
        ("?page=%FF", 200),
        ("?page=1" + "0" * 30, 404),
    ],
)
def test_an_address_of_gatherings_that_makes_no_sense_gets_a_page_that_says_so(filled, look, query, status):
    refused_or_whole(look, filled.gatherings, query, status)


def refused_or_whole(look, url, query, status):
    there = look(url + query, status)
    assert len(there.titles) == (3 if status == 200 else 0)
    assert not there.select("script:not([type='application/ld+json'])")
    if status != 200:
        assert there.select_one("[role=status] li").get_text(strip=True)
        assert there.headers["X-Robots-Tag"] == "noindex"
        assert len(look(there.select_one("[role=status] a")["href"]).titles) == 3


def test_news_costs_the_same_however_much_there_is(filled, client, settings):
    settings.PROSJEKTNETT_PAGE_SIZE = 4
    queries = ["", "?year=2018", "?year=2018&category=grants", "?year=2100"]
    few = {query: cost(client, filled.news + query) for query in queries}
    for number in range(10):
        about = filled.gather(f"Samling {number}", (f"Sted {number}", filled.alta, PAST))
        filled.tell(f"Nyhet {number}", published_on=PAST, category="grants", related_gathering=about)
    assert {query: cost(client, filled.news + query) for query in queries} == few
    assert cost(client, filled.news + "?page=2") <= MOST_QUERIES
    assert max(few.values()) <= MOST_QUERIES


def test_gatherings_cost_the_same_however_many_there_are(filled, client, settings):
    settings.PROSJEKTNETT_PAGE_SIZE = 4
    queries = ["", "?year=2018", "?season=spring&region=Vest", "?municipality=5601"]
    filled.gather("I begge lister", ("Vest", filled.alta, PAST), ("Vest", filled.alta, AHEAD))
    few = {query: cost(client, filled.gatherings + query) for query in queries}
    for number in range(10):
        place = factories.municipality(f"Kommune {number}", municipality_number=f"18{number:02}")
        filled.gather(f"Samling {number}", ("Vest", filled.alta, PAST), (f"Sted {number}", place, AHEAD))
        filled.gather(f"Gammel {number}", ("Vest", filled.alta, PAST))
    assert {query: cost(client, filled.gatherings + query) for query in queries} == few
    assert cost(client, filled.gatherings + "?page=2") <= MOST_QUERIES
    assert max(few.values()) <= MOST_QUERIES


def cost(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)
