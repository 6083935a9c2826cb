"""A site in several languages: labels in that of the request, everything else in that of the page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Site

from tests import factories
from tests.api.conftest import API
from tests.api.test_costs import MOST_FOR_A_LIST
from tests.languages import translated
from wagtail_prosjektnett.models import ContactPerson, Topic
from wagtail_prosjektnett.pages.models import GatheringContact

pytestmark = pytest.mark.django_db


@pytest.fixture
def nynorsk(settings):
    """The locale of Nynorsk, in a site that has its pages below ``/nn/``."""
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.multilingual_urls"
    Site.clear_site_root_paths_cache()
    yield Locale.objects.create(language_code="nn")
    Site.clear_site_root_paths_cache()


@pytest.mark.parametrize(
    "parameters, header, label, tag",
    [
        ({}, "", "Planlagt", "nb"),
        ({}, "nn", "Planlagd", "nn"),
        ({}, "en-GB,en;q=0.9", "Scheduled", "en"),
        ({"locale": "en"}, "nn", "Scheduled", "en"),
        ({"locale": "NN"}, "en", "Planlagd", "nn"),
    ],
)
def test_labels_are_in_the_language_of_the_request(client, parameters, header, label, tag):
    factories.gathering(factories.network(), occurrences=[{"start_date": "2026-12-10"}])
    response = client.get(f"{API}/gatherings/", parameters, headers={"accept-language": header})
    (item,) = response.json()["items"]
    assert item["event_status"]["label"] == label
    assert response["Content-Language"] == tag
    assert "Accept-Language" in response["Vary"]


def test_a_site_in_one_language_lists_all_its_pages_in_every_language(titles):
    factories.gathering(factories.network())
    assert titles("gatherings/", locale="en") == ["Samling"]


def test_an_item_lists_its_translations(nynorsk, get, titles):
    page = factories.gathering(factories.network())
    translation = translated(page, nynorsk)
    translation.title = "Samling på nynorsk"
    translation.save_revision().publish()
    found = get(f"gatherings/{page.pk}/")
    assert found["translations"] == [
        {
            "id": translation.pk,
            "title": "Samling på nynorsk",
            "url": translation.full_url,
            "language": "nn",
            "name": "Norsk (nynorsk)",
        }
    ]
    assert [each["id"] for each in get(f"gatherings/{translation.pk}/")["translations"]] == [page.pk]
    assert titles("gatherings/", locale="nn") == ["Samling på nynorsk"]
    assert titles("gatherings/", locale="nb") == ["Samling"]
    assert len(titles("gatherings/")) == 2
    translation.unpublish()
    assert get(f"gatherings/{page.pk}/")["translations"] == []


def test_an_address_of_a_language_leads_to_its_page(nynorsk, get):
    page = factories.gathering(factories.network())
    translation = translated(page, nynorsk)
    for each in (page, translation):
        assert get("pages/", html_path=each.url)["page"]["id"] == each.pk


def test_people_topics_and_relations_are_in_the_language_of_the_page(nynorsk, get):
    network = factories.network()
    gathering = factories.gathering(network)
    person, topic = factories.person("Rådgiver"), Topic.objects.create(name="Forankring")
    for thing, name in ((person, "Rådgjevar"), (topic, "Forankring på nynorsk")):
        copy = thing.copy_for_translation(nynorsk)
        copy.name = name
        copy.save()
    there = translated(gathering, nynorsk)
    link = f'<p><a linktype="page" id="{gathering.pk}">x</a></p>'
    body = [{"type": "contact", "value": person.pk}, {"type": "paragraph", "value": link}]
    article = factories.article(network, source_gathering=gathering, responsible=person, body=body)
    article.topics = [topic]
    article.save_revision().publish()
    translation = translated(article, nynorsk)
    found = get(f"experiences/{translation.pk}/")
    assert found["responsible"]["name"] == "Rådgjevar"
    assert found["body"][0]["value"]["name"] == "Rådgjevar"
    assert found["body"][1]["value"] == f'<p><a href="{there.url}">x</a></p>'
    assert found["source_gathering"]["id"] == there.pk
    assert [term["name"] for term in found["topics"]] == ["Forankring på nynorsk"]
    here = get(f"experiences/{article.pk}/")
    assert here["responsible"]["name"] == "Rådgiver"
    assert here["source_gathering"]["id"] == gathering.pk
    (facet,) = get("experiences/", locale="nn")["facets"]["topic"]
    assert (facet["label"], facet["count"]) == ("Forankring på nynorsk", 1)
    assert get("experiences/", topic=topic.pk)["count"] == 2
    other = Topic.objects.get(name="Forankring på nynorsk")
    assert get("experiences/", topic=other.pk)["count"] == 2


def test_a_list_in_another_language_costs_no_more(full, nynorsk, client):
    for each in (full.leader, full.adviser):
        each.copy_for_translation(nynorsk).save()
    for number in range(5):
        page = translated(full.gathering(f"Samling {number}"), nynorsk)
        page.contacts = [GatheringContact(person=person) for person in ContactPerson.objects.filter(locale=1)]
        page.save_revision().publish()
    for path in ("gatherings/?locale=nn&limit=5", "gatherings/?locale=nn&limit=1"):
        client.get(f"{API}/{path}")
        with CaptureQueriesContext(connection) as queries:
            found = client.get(f"{API}/{path}").json()
        assert found["count"] == 5
        assert len(queries) <= MOST_FOR_A_LIST, [query["sql"][:200] for query in queries]
