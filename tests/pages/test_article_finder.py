"""The index of the experience base: searching, narrowing down, turning pages, and addresses that make no sense."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests import factories
from wagtail_prosjektnett.models import ProjectPhase, Topic
from wagtail_prosjektnett.pages import search
from wagtail_prosjektnett.pages.article_facets import FACETS
from wagtail_prosjektnett.pages.models import ExperienceIndexPage

pytestmark = pytest.mark.django_db

#: However many articles, filters and choices there are; in a site with several languages, the names cost no more.
MOST_QUERIES = 20
RANKS = pytest.mark.skipif(connection.vendor == "mysql", reason="there, newest first is all that a search can do")


@pytest.fixture
def network():
    return factories.network()


class Base:
    """An experience base with something in every filter."""

    def __init__(self, network):
        self.network = network
        self.topics = [Topic.objects.create(name=name) for name in ("Forankring", "Gevinster")]
        self.phases = list(ProjectPhase.objects.all()[:2])
        self.alta = factories.municipality("Alta", municipality_number="5601")
        self.gathering = factories.gathering(network, "Vårsamling")
        facts = {"municipality": self.alta, "source_gathering": self.gathering, "kind": "template"}
        self.add("Mandatmal", self.topics, self.phases, lead="Et prosjektmandat", published_on="2018-02-01", **facts)
        self.add("Gevinster", self.topics[1:], self.phases[:1], published_on="2019-02-01", lead="Uten mandat")
        self.index = ExperienceIndexPage.objects.get()

    def add(self, title, topics=(), phases=(), **fields):
        article = factories.article(self.network, title, **fields)
        article.topics, article.phases = topics, phases
        article.save_revision().publish()
        return article


@pytest.fixture
def base(network):
    return Base(network)


@pytest.fixture
def look(client):
    """Ask for the index as anybody can: the page, as soup with its status."""

    def ask(query="", status=200):
        response = client.get(ExperienceIndexPage.objects.order_by("pk").first().url + query)
        assert response.status_code == status, response.status_code
        soup = BeautifulSoup(response.content, "html.parser")
        for mark in soup.select(".filter [aria-hidden]"):
            mark.decompose()
        soup.titles = [heading.get_text(strip=True) for heading in soup.select(".card :is(h2, h3)")]
        soup.headers = response.headers
        return soup

    return ask


def links(soup, name):
    """The choices of a filter: label, count and address."""
    rows = soup.select(f"nav[aria-labelledby=filter-{name}] li")
    return {
        row.a.get_text(" ", strip=True): (int(row.select_one(".filter-count").get_text().split()[1]), row.a["href"])
        for row in rows
    }


def test_each_filter_narrows_down_and_can_be_removed(base, look):
    for name in FACETS:
        choices = links(look(), name)
        assert choices, name
        for label, (count, address) in choices.items():
            there = look(address)
            assert len(there.titles) == count, (name, label)
            chosen = there.select_one(f"nav[aria-labelledby=filter-{name}] [aria-current]")
            assert chosen.get_text(" ", strip=True).endswith(label)
            assert len(look(chosen["href"]).titles) == 2
            assert label in there.select_one(".chosen-filters").get_text()


def test_filters_and_searches_are_combined_in_the_address(base, look):
    base.add("Mandat for gevinster", base.topics[1:], kind="guide")
    assert look(f"?q=mandat&phase={base.phases[0].pk}").titles == ["Gevinster"]
    there = look(f"?q=mandat&topic={base.topics[1].pk}")
    assert sorted(there.titles) == ["Gevinster", "Mandat for gevinster"]
    address = links(there, "kind")["Erfaring"][1]
    assert address == f"?q=mandat&kind=lesson&topic={base.topics[1].pk}#articles"
    hidden = {field["name"]: field["value"] for field in look(address).select("form [type=hidden]")}
    assert hidden == {"kind": "lesson", "topic": str(base.topics[1].pk)}
    both = f"?phase={base.phases[1].pk}&municipality=5601&year=2018&source_gathering={base.gathering.pk}"
    assert look(both).titles == ["Mandatmal"]


@RANKS
def test_what_a_search_finds_comes_by_relevance_or_newest_first(base, look):
    base.add("Mandat", published_on="2017-01-01")
    there = look("?q=mandat")
    assert there.titles == ["Mandat", "Gevinster"]
    newest = there.select_one(".orders a:not([aria-current])")
    assert look(newest["href"]).titles == ["Gevinster", "Mandat"]
    assert [link.get_text() for link in look().select(".orders a")] == ["Nyeste først", "Mest brukt først"]


def test_the_number_of_hits_is_told_in_the_title_and_the_status(base, look):
    there = look("?q=gevinster")
    assert there.select_one("[role=status] h2").get_text() == "1 artikkel for «gevinster»"
    assert there.title.get_text().startswith("1 artikkel for «gevinster» – ")
    assert look().select_one("[role=status] h2").get_text() == "2 artikler"


def test_a_search_without_hits_shows_ways_on(base, look):
    there = look("?q=romfart&kind=template")
    assert there.select_one("[role=status] h2").get_text() == "0 artikler for «romfart»"
    ways = [link["href"] for link in there.select(".prose a")]
    assert look(ways[0]).titles == ["Mandatmal"]
    assert len(look(ways[1].partition("#")[0].partition("?")[1]).titles) == 2
    assert there.select_one(".chosen-filters")


def test_a_long_list_keeps_what_was_asked_for_from_page_to_page(base, look, settings):
    settings.PROSJEKTNETT_PAGE_SIZE = 2
    for number in range(3):
        base.add(f"Mal {number}", kind="template")
    seen, there = [], look("?kind=template")
    while there:
        seen += there.titles
        following = there.select_one("[rel=next]")
        there = following and look(following["href"])
    assert sorted(seen) == ["Mal 0", "Mal 1", "Mal 2", "Mandatmal"]


def test_what_is_searched_for_or_narrowed_down_is_not_for_search_engines(base, look):
    assert "X-Robots-Tag" not in look().headers
    for query in ("?q=mandat", "?kind=lesson", "?year=2018"):
        assert look(query).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "query, status",
    [
        ("?kind=poem", 404),
        ("?kind=lesson&kind=guide", 400),
        ("?topic=999999", 404),
        ("?topic=99999999999999999999", 404),
        ("?topic=x", 404),
        ("?topic=%D9%A1", 404),
        ("?phase=-1", 404),
        ("?municipality=5699", 404),
        ("?municipality=Alta", 404),
        ("?year=1", 404),
        ("?year=20180", 404),
        ("?source_gathering=999999", 404),
        ("?q=mandat&order=title", 404),
        ("?page=0", 404),
        ("?page=7", 404),
        ("?page=x", 404),
        ("?page=9999999999999999999999", 404),
        ("?q=" + "x" * 10_000, 400),
        ("?q=" + "a+" * 5_000, 400),
        ("?kind=%00%ED%A0%80", 200),
    ],
)
def test_an_address_that_makes_no_sense_gets_a_page_that_says_so(base, look, query, status):
    there = look(query, status)
    if status != 200:
        assert there.select_one("[role=status] li").get_text(strip=True)
        assert not there.titles
        assert there.headers["X-Robots-Tag"] == "noindex"
        assert len(look(there.select_one("[role=status] a")["href"].partition("?")[1]).titles) == 2
    assert there.select_one("form[role=search]")


def test_who_searches_very_often_is_told_to_wait(base, client, settings):
    settings.PROSJEKTNETT_THROTTLE_RATES = {"search": "2/hour"}
    url = ExperienceIndexPage.objects.get().url
    with time_machine.travel("2026-11-23T12:20:00+01:00", tick=False):
        assert [client.get(f"{url}?q=mandat").status_code for _ in range(2)] == [200, 200]
        refused, suggestions = client.get(f"{url}?q=mandat&kind=template"), client.get(f"{url}?suggest=man")
        assert client.get(f"{url}?kind=template").status_code == 200, "only what is searched for is limited"
    assert (refused.status_code, refused["Retry-After"], suggestions.status_code) == (429, "2400", 429)
    there = BeautifulSoup(refused.content, "html.parser")
    assert "Vent et minutt" in there.select_one("[role=status]").get_text()
    assert there.select_one("[name=q]")["value"] == "mandat", "nothing that was typed is lost"


@pytest.mark.parametrize("sign", ["%", "%25", "'", '"', ":*", "%00", "%ED%A0%80", "\\", "<script>", "*", "%FF"])
def test_no_search_is_too_odd(base, look, sign):
    assert look(f"?q={sign}").select_one("[role=status] h2")
    assert look(f"?q=gevinster+{sign}".replace("<script>", "<b>")).status != 500


def test_half_a_character_breaks_nothing(base):
    request = RequestFactory().get("/")
    request.GET = request.GET.copy()
    request.GET["q"], request.GET["kind"] = "gevinster \ud800", "\udfff"
    answer = base.index.serve(request)
    assert answer.render().status_code == 200
    assert "gevinster" in answer.content.decode()


def test_parameters_of_others_are_left_alone(base, look):
    assert len(look("?utm_source=nyhetsbrev&fbclid=1").titles) == 2


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_what_is_hidden_is_neither_found_nor_counted(base, look, hide):
    secret = base.add(
        "Hemmelig mandat", base.topics, municipality=factories.municipality("Vadsø", municipality_number="5607")
    )
    whence = factories.gathering(base.network, "Lukket samling")
    article = base.add("Åpen", source_gathering=whence)
    for page in (secret, whence):
        page.refresh_from_db()
        if hide == "unpublish":
            page.unpublish()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
    there = look()
    assert sorted(there.titles) == ["Gevinster", "Mandatmal", article.title]
    assert "Vadsø" not in links(there, "municipality")
    assert list(links(there, "source_gathering")) == ["Vårsamling"]
    assert "Hemmelig" not in "".join(look("?q=hemmelig").titles)
    look(f"?source_gathering={whence.pk}", 404)


def test_the_index_of_one_network_has_nothing_of_another(base, look):
    factories.article(factories.network("Et annet"), "Gevinster annet sted")
    assert look("?q=gevinster").titles == ["Gevinster"]


def test_the_index_costs_the_same_however_many_articles_there_are(base, client, settings):
    settings.PROSJEKTNETT_PAGE_SIZE = 4
    queries = ["", "?q=mandat", "?kind=template&year=2018", "?q=romfart", "?topic=999999"]

    def cost(query):
        client.get(base.index.url + query)
        with CaptureQueriesContext(connection) as asked:
            client.get(base.index.url + query)
        return len(asked)

    few = {query: cost(query) for query in queries}
    for number in range(10):
        topic = Topic.objects.create(name=f"Tema {number}")
        gathering = factories.gathering(base.network, f"Samling {number}")
        base.add(f"Mandat {number}", [topic], kind="template", published_on="2018-01-01", source_gathering=gathering)
    assert {query: cost(query) for query in queries} == few
    assert cost("?page=2") <= MOST_QUERIES
    assert max(few.values()) <= MOST_QUERIES


def test_the_index_and_the_api_find_the_same(base, look, client):
    for number in range(3):
        base.add(f"Om mandat {number}", base.topics[:1], kind="guide")
    for query in ("?q=mandat", "?q=mandat&order=newest", "?kind=guide", f"?topic={base.topics[0].pk}", "?year=2018"):
        items = client.get(f"/api/prosjektnett/experiences/{query}&network={base.network.pk}").json()
        there = look(query)
        assert there.titles == [item["title"] for item in items["items"]], query
        for name in FACETS:
            counts = [(facet["label"], facet["count"]) for facet in items["facets"][name]]
            found = {label.removeprefix("Fjern: "): count for label, (count, _address) in links(there, name).items()}
            # What would change nothing is no choice, so the page leaves it out.
            if found or any(count != len(there.titles) for _label, count in counts):
                assert found == dict(counts), (query, name)


def test_a_choice_is_one_in_all_languages(base, look, nynorsk, two_languages, settings):
    settings.ROOT_URLCONF = "tests.multilingual_urls"
    topic = base.topics[0]
    copy = topic.copy_for_translation(nynorsk)
    copy.name = "Forankring på nynorsk"
    copy.save()
    base.add("Med det andre ordet", [copy])
    there = links(look(f"?topic={copy.pk}"), "topic")
    assert {label: count for label, (count, _address) in there.items()} == {"Fjern: Forankring": 2, "Gevinster": 2}
    assert sorted(look(f"?topic={copy.pk}").titles) == ["Mandatmal", "Med det andre ordet"]


def test_a_script_gets_titles_that_fit_what_is_written(base, client):
    secret = base.add("Mandat som er hemmelig")
    secret.unpublish()
    base.add("Styringsgruppe", lead="mandat")
    base.add("Slik skriver vi et mandat")

    def suggested(text):
        return client.get(base.index.url, {"suggest": text}).json()["suggestions"]

    assert suggested("mand") == ["Slik skriver vi et mandat", "Mandatmal"]
    assert suggested("MAN skr") == ["Slik skriver vi et mandat"]
    assert suggested("") == suggested("%") == suggested("\0") == suggested("x" * 10_000) == []


def test_the_newest_titles_are_suggested_and_no_more_than_fit(base, client, monkeypatch):
    monkeypatch.setattr(search, "MOST_SUGGESTIONS", 2)
    for number in range(4):
        base.add(f"Mandat {number}")
    answer = client.get(base.index.url, {"suggest": "mandat"})
    assert answer.json() == {"suggestions": ["Mandat 3", "Mandat 2"]}
