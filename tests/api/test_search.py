"""Searches: what is found, in which order, and at what price."""

import unicodedata

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from tests import factories
from wagtail_prosjektnett.pages import search
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.visibility import read_as_anybody

pytestmark = pytest.mark.django_db
RANKS = pytest.mark.skipif(connection.vendor == "mysql", reason="there, newest first is all that a search can do")


@pytest.fixture
def network():
    return factories.network()


def found(text, *args):
    """The titles of what a search finds, in its order."""
    request = RequestFactory().get("/")
    read_as_anybody(request)
    ids = search.matching(request, text, *args).ids
    pages = Page.objects.in_bulk(ids)
    return [pages[pk].title for pk in ids]


@RANKS
def test_the_best_match_comes_first(network, titles):
    factories.article(network, "Gevinster")
    factories.article(network, "Noe annet", lead="Om gevinster til slutt i en lang tekst om helt andre ting.")
    assert titles("experiences/", q="gevinster") == ["Gevinster", "Noe annet"]
    assert titles("experiences/", q="gevinster", order="relevance") == ["Gevinster", "Noe annet"]
    assert titles("experiences/", q="gevinster", limit=1, offset=1) == ["Noe annet"]
    assert titles("search/", q="gevinster") == ["Gevinster", "Noe annet"]


def test_what_is_found_may_be_newest_first(network, titles):
    for title, year in (("Gevinster i fjor", 2025), ("Gevinster i år", 2026), ("Gevinster den gang", 2019)):
        page = factories.article(network, title, published_on=f"{year}-02-01")
        Page.objects.filter(pk=page.pk).update(first_published_at=f"{year}-02-01T12:00Z")
    newest = ["Gevinster i år", "Gevinster i fjor", "Gevinster den gang"]
    assert titles("experiences/", q="gevinster", order="newest") == newest
    assert titles("search/", q="gevinster", order="newest") == newest
    assert titles("experiences/") == titles("experiences/", order="relevance") == newest


def test_an_order_that_does_not_exist_is_refused(network, client):
    answer = client.get("/api/prosjektnett/search/?q=a&order=title")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "order"


def test_all_words_must_be_there_each_in_title_or_text(network):
    factories.article(network, "Mandat", lead="Gevinster realiseres")
    factories.article(network, "Bare mandat")
    assert found("mandat gevinster") == ["Mandat"]
    assert found("GEVINSTER, mandat!") == ["Mandat"]
    assert found("mandat mangler") == []


def test_a_word_is_found_whatever_way_its_accents_are_written(network):
    factories.article(network, "Kárášjoga čoahkkin")
    for text in ("Kárášjoga", "čoahkkin", unicodedata.normalize("NFD", "Kárášjoga čoahkkin")):
        assert found(text) == ["Kárášjoga čoahkkin"], text


@pytest.fixture
def backend(settings):
    """The database as search backend, with a text search configuration of PostgreSQL's."""

    def configure(name):
        path = "wagtail.search.backends.database"
        settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": path, "SEARCH_CONFIG": name}}

    return configure


SIGNS = ["'", '"', "*", "_", ":*", "%", "\\", "\0", "^", "!", "|", "-", "("]


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_are_spaces(network, sign):
    factories.article(network, "Gevinster")
    assert found(f"gevinster {sign}") == found(f"{sign}gevinster") == ["Gevinster"]
    assert found(sign) == []


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "NEAR(", "title:", "autocomplete :"])
def test_operators_are_words(network, backend, operator):
    backend("simple")
    factories.article(network, "Gevinster")
    assert found(f"gevinster {operator}") == found(operator) == []


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text):
    found(text)


@pytest.mark.parametrize("text", ["x" * 10_000, "a " * 5_000, " ".join(str(n) for n in range(2_500)), "ø" * 10_000])
def test_a_text_of_ten_thousand_characters_finds_nothing(network, text):
    assert found(text) == []


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(search, "MOST_MATCHES", 3)


@RANKS
def test_the_newest_matches_are_looked_through(network, few):
    for number in range(5):
        factories.article(network, f"Gevinster {number}")
    assert sorted(found("gevinster")) == ["Gevinster 2", "Gevinster 3", "Gevinster 4"]


@RANKS
def test_what_is_hidden_or_elsewhere_takes_no_place_among_the_matches(network, few):
    other = factories.network("Et annet")
    old = [factories.article(network, f"Gevinster {number}").title for number in range(3)]
    for number in range(4):
        factories.article(other, f"Gevinster annet sted {number}")
        factories.article(network, f"Gevinster skjult {number}").unpublish()
        factories.announcement(network, f"Gevinster nytt {number}")
    assert sorted(found("gevinster", network.pk, PageRole.EXPERIENCE)) == old


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows languages")
def test_the_words_that_a_language_leaves_out_are_left_out(network, backend):
    backend("norwegian")
    factories.article(network, "Realisering av gevinstene og målene")
    assert found("gevinst og mål av realiseringen") == ["Realisering av gevinstene og målene"]
    assert found("og") == []


def test_another_backend_is_asked_through_wagtail(network, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback"}}
    factories.article(network, "Gevinster")
    newest = factories.article(network, "Flere gevinster")
    Page.objects.filter(pk=newest.pk).update(first_published_at="2030-01-01T12:00Z")
    assert found("gevinster", network.pk) == ["Flere gevinster", "Gevinster"]
    assert found("gevinster", None, PageRole.GATHERING) == []


def test_a_search_costs_the_same_however_many_match(network, client, settings):
    settings.PROSJEKTNETT_CACHE = ""

    def cost():
        client.get("/api/prosjektnett/search/?q=gevinster")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/prosjektnett/search/?q=gevinster").status_code == 200
        return len(queries)

    factories.article(network, "Gevinster")
    few = cost()
    for number in range(10):
        factories.article(network, f"Gevinster {number}")
    assert cost() == few
