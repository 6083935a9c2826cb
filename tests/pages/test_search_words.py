"""Which words a search finds: in any script and case, by their beginnings, and misspelt."""

import unicodedata

import pytest
from django.db import connection
from django.test import RequestFactory
from wagtail.models import Page

from tests import factories
from wagtail_prosjektnett.pages import search
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.visibility import read_as_anybody

pytestmark = pytest.mark.django_db
NEEDS_INDEX = pytest.mark.skipif(connection.vendor == "mysql", reason="there, Wagtail's own search is all there is")
NEEDS_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compares words")


@pytest.fixture
def network():
    return factories.network()


def matches(text):
    request = RequestFactory().get("/")
    read_as_anybody(request)
    return search.matching(request, text, None, PageRole.EXPERIENCE)


def found(text):
    """The titles of what a search finds, in its order."""
    ids = matches(text).ids
    pages = Page.objects.in_bulk(ids)
    return [pages[pk].title for pk in ids]


#: Northern Sámi words, with each of the letters that Norwegian lacks.
SAMI = ["čoahkkin", "Kárášjohka", "Unjárga", "ođđasat", "Porsáŋgu", "šaddat", "mátki ja ruŧŧa", "ážžat"]


@NEEDS_INDEX
@pytest.mark.parametrize("configuration", [None, "norwegian"])
@pytest.mark.parametrize("words", SAMI)
def test_sami_letters_are_found_in_any_case_in_title_and_text(network, settings, words, configuration):
    path = "wagtail.search.backends.database"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": path, "SEARCH_CONFIG": configuration}}
    factories.article(network, words)
    factories.article(network, "Tekst", lead=f"Muhtun {words} dáppe")
    for asked in (words, words.upper(), words.lower(), unicodedata.normalize("NFD", words)):
        assert sorted(found(asked)) == sorted([words, "Tekst"]), asked


@NEEDS_INDEX
def test_a_letter_is_not_another_one(network):
    factories.article(network, "ruŧŧa")
    factories.article(network, "boađus")
    assert found("rutta") == found("boadus") == []


@NEEDS_INDEX
def test_other_forms_are_found_where_no_page_has_the_very_words(network):
    factories.article(network, "Gevinstplanen i praksis")
    factories.article(network, "Noe helt annet")
    assert found("gevinster") == ["Gevinstplanen i praksis"]
    assert matches("gevinster").by_beginnings
    factories.article(network, "Gevinster")
    assert found("gevinster") == ["Gevinster"]
    assert not matches("gevinster").by_beginnings


@pytest.fixture
def compares(db):
    """A database that can compare words."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


TITLES = ["Slik skriver vi et prosjektmandat", "En styringsgruppe som styrer", "Fra plan til gevinst", "Čoahkkin"]


@NEEDS_POSTGRESQL
@pytest.mark.parametrize("configuration", ["simple", "norwegian"])
@pytest.mark.parametrize(
    "typed, meant",
    [
        ("prosjektmandt", "prosjektmandat"),
        ("prosejktmandat", "prosjektmandat"),
        ("styrngsgruppe", "styringsgruppe"),
        ("gevisnt", "gevinst"),
        ("hvordan skrive prosjektmandt", "prosjektmandat"),
        ("čoahkin", "čoahkkin"),
    ],
)
def test_a_misspelt_word_finds_what_was_meant(network, compares, settings, configuration, typed, meant):
    path = "wagtail.search.backends.database"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": path, "SEARCH_CONFIG": configuration}}
    for title in TITLES:
        factories.article(network, title, lead="Hvordan skrive noe")
    there = matches(typed)
    assert meant in there.corrected or there.by_beginnings
    (title,) = found(typed)
    assert meant in title.lower()


@NEEDS_POSTGRESQL
def test_nothing_is_corrected_to_what_is_hidden_or_not_alike(network, compares):
    factories.article(network, "Prosjektmandat").unpublish()
    factories.article(network, "Risiko på én side")
    assert found("prosjektmandt") == found("romfart") == []
    assert matches("prosjektmandt").corrected == ""


@NEEDS_POSTGRESQL
def test_without_the_extension_nothing_is_corrected(network):
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION IF EXISTS pg_trgm CASCADE")
    factories.article(network, "Prosjektmandat")
    assert found("prosjektmandt") == []
