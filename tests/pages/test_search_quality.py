"""How good a search is: thirty questions in Norwegian to the articles of the example site, with the right answers.

The articles are prose of some hundred words each, written before the questions were.
"""

import shutil
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from wagtail.models import Page

from tests import factories
from wagtail_prosjektnett.pages.models import NetworkPage
from wagtail_prosjektnett.pages.search import matching
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.visibility import read_as_anybody

CONTENT = Path(__file__).parents[2] / "example_site" / "content" / "finnmark"
#: The article that answers best, by the beginning of its slug.
QUESTIONS = {
    "prosjektmandat": "prosjektmandat",
    "mal for mandat": "prosjektmandat",
    "mandatet": "prosjektmandat",
    "prosjekt eller linje": "prosjekt-eller-linje",
    "linjeoppgave": "prosjekt-eller-linje",
    "rett arbeidsform": "prosjekt-eller-linje",
    "måle gevinster": "gevinster",
    "gevinstene": "gevinster",
    "spart kjøretid": "gevinster",
    "evaluering": "evaluering",
    "evalueringer": "evaluering",
    "interessentanalyse": "interessentanalyse",
    "interessenter": "interessentanalyse",
    "hvem angår prosjektet": "interessentanalyse",
    "forankring hos politikerne": "forankring",
    "rådmann": "forankring",
    "interkommunalt samarbeid": "interkommunalt",
    "lange avstander": "interkommunalt",
    "samisk": "kommunikasjon",
    "kvensk": "kommunikasjon",
    "oversetting til samisk": "kommunikasjon",
    "språk": "kommunikasjon",
    "anskaffelser i små kommuner": "anskaffelser",
    "leverandør": "anskaffelser",
    "styringsgruppe": "styringsgruppe",
    "styringsgruppa": "styringsgruppe",
    "risiko": "risiko",
    "sannsynlighet": "risiko",
    "avslutte prosjektet": "avslutning",
    "overlevering til linjen": "avslutning",
}
#: How many of the thirty must have the right answer first. SQLite knows no forms of words.
LEAST = {"sqlite": 28, "postgresql": 30}


@pytest.fixture
def network(db, tmp_path):
    """The network of the example site, without the blocks that only that site has."""
    folder = tmp_path / "finnmark"
    shutil.copytree(CONTENT, folder)
    file = folder / "network.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    content["network"]["body"] = []
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    call_command("load_network", file, parent=factories.site_root().pk, verbosity=0)
    return NetworkPage.objects.get()


@pytest.mark.skipif(connection.vendor not in LEAST, reason="only these databases rank what is found")
def test_the_right_article_comes_first(network, settings):
    path = "wagtail.search.backends.database"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": path, "SEARCH_CONFIG": "norwegian"}}
    call_command("update_index", verbosity=0, stdout=StringIO())
    request = RequestFactory().get("/")
    read_as_anybody(request)
    wrong = {}
    for question, right in QUESTIONS.items():
        ids = matching(request, question, network, PageRole.EXPERIENCE).ids
        slugs = [Page.objects.get(pk=pk).slug for pk in ids[:3]]
        if not slugs or not slugs[0].startswith(right):
            wrong[question] = slugs
    assert len(QUESTIONS) == 30
    assert len(QUESTIONS) - len(wrong) >= LEAST[connection.vendor], wrong
