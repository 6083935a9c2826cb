"""Topics, phases and people are shown in the language of the page, whichever language an editor chose them in."""

import pytest
from wagtail.models import Locale

from tests import factories
from tests.conftest import API_DOORS
from tests.languages import again, translated
from wagtail_prosjektnett.models import ContactPerson, OrganisationName, ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import GatheringContact

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.multilingual_urls")]


@pytest.fixture
def nynorsk(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    return Locale.objects.create(language_code="nn")


def in_nynorsk(snippet, locale, name):
    copy = snippet.copy_for_translation(locale)
    copy.name = name
    copy.save()
    return copy


@pytest.fixture
def article(nynorsk):
    """An article in Nynorsk that refers to snippets in Bokmål."""
    person = factories.person("Rådgiver for erfaringer")
    source = factories.article(factories.network(), responsible=person, body=[("contact", person)])
    topic, phase = Topic.objects.create(name="Erfaring"), ProjectPhase.objects.create(name="Gjennomføre nå")
    source.topics, source.phases = [topic], [phase]
    source.save_revision().publish()
    translation = translated(source, nynorsk)
    in_nynorsk(person, nynorsk, "Rådgjevar for erfaringar")
    in_nynorsk(topic, nynorsk, "Røynsle")
    in_nynorsk(phase, nynorsk, "Gjennomføre no")
    return again(translation)


@pytest.mark.parametrize("door", API_DOORS)
def test_the_apis(read, door, article):
    data = read(door, article)
    assert [topic["name"] for topic in data["topics"]] == ["Røynsle"]
    assert [phase["name"] for phase in data["phases"]] == ["Gjennomføre no"]
    assert data["responsible"]["name"] == "Rådgjevar for erfaringar"
    assert data["body"][0]["value"]["name"] == "Rådgjevar for erfaringar"


def test_html(client, article):
    html = client.get(article.url).content.decode()
    assert "Røynsle" in html
    assert "Gjennomføre no<" in html
    assert html.count("Rådgjevar for erfaringar") == 2
    assert "Rådgiver" not in html
    html = client.get(article.get_parent().url).content.decode()
    assert "Gjennomføre no<" in html


@pytest.mark.parametrize("door", API_DOORS)
def test_contacts_of_a_gathering(client, read, door, nynorsk):
    person = factories.person("Rådgiver", organisation=factories.municipality("Porsanger"))
    source = factories.gathering(factories.network())
    source.contacts = [GatheringContact(person=person)]
    source.save_revision().publish()
    translation = translated(source, nynorsk)
    assert read(door, translation)["contacts"][0]["person"]["name"] == "Rådgiver"
    in_nynorsk(person, nynorsk, "Rådgjevar")
    assert read(door, translation)["contacts"][0]["person"]["name"] == "Rådgjevar"
    assert "Rådgjevar" in client.get(translation.url).content.decode()


def test_a_list_costs_as_much_for_three_articles_as_for_one(client, nynorsk, django_assert_max_num_queries):
    network = factories.network()

    def add(number):
        phase = ProjectPhase.objects.create(name=f"Fase {number}")
        page = factories.article(network, f"Artikkel {number}")
        page.phases = [phase]
        page.save_revision().publish()
        in_nynorsk(phase, nynorsk, f"Nynorsk {number}")
        return translated(page, nynorsk)

    def queries():
        with django_assert_max_num_queries(1000) as captured:
            html = client.get(index.url).content.decode()
        return len(captured), html

    index = add(1).get_parent()
    queries()
    one, _html = queries()
    add(2), add(3)
    three, html = queries()
    assert three == one
    assert all(f"Nynorsk {number}" in html for number in (1, 2, 3))


def test_people_come_with_all_names_of_where_they_work(nynorsk, django_assert_num_queries):
    organisation = factories.municipality("Kárášjohka – Karasjok")
    organisation.parallel_names = [OrganisationName(name="Kárášjohka", language="se")]
    organisation.save()
    factories.person("Rådgiver", organisation=organisation)
    with django_assert_num_queries(2):
        (person,) = ContactPerson.as_shown()
        assert person.organisation.names[0].language == "se"
