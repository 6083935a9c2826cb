"""An article: its resources, where it comes from, when it was looked over, and what to read next."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from tests import factories
from tests.languages import translated
from wagtail_prosjektnett.models import ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import ExperiencePage, ExperienceRelatedPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return factories.network()


@pytest.fixture
def topics():
    return [Topic.objects.create(name=name) for name in ("Forankring", "Gevinster", "Risiko")]


@pytest.fixture
def phases():
    return list(ProjectPhase.objects.all())


@pytest.fixture
def add(network):
    def article(title, topics=(), phases=(), related=(), **fields):
        page = factories.article(network, title, **fields)
        page.topics, page.phases = topics, phases
        page.related_pages = [ExperienceRelatedPage(related=other) for other in related]
        page.save_revision().publish()
        return page

    return article


@pytest.fixture
def read_next(client):
    """The titles that a reader of an article is led on to."""

    def ask(page):
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        return [link.get_text() for link in soup.select("section[aria-labelledby=related] a")]

    return ask


def test_what_an_editor_chose_comes_first_and_then_what_shares_most(add, topics, phases, read_next):
    chosen = add("Valgt")
    add("Deler fase", phases=phases[:1])
    add("Deler ett tema", topics[:1])
    add("Deler to temaer", topics[:2])
    add("Deler ett tema og en fase", topics[1:2], phases[:1])
    add("Deler ikke noe", topics[2:], phases[1:])
    page = add("Artikkelen", topics[:2], phases[:1], [chosen])
    shared = ["Deler to temaer", "Deler ett tema og en fase", "Deler ett tema", "Deler fase"]
    assert read_next(page) == ["Valgt", *shared]


def test_equals_come_newest_first_and_no_more_than_five(add, topics, read_next):
    for year in range(2010, 2018):
        add(f"Fra {year}", topics, published_on=f"{year}-01-01")
    assert read_next(add("Artikkelen", topics)) == [f"Fra {year}" for year in (2017, 2016, 2015, 2014, 2013)]


def test_an_article_is_no_reading_after_itself_and_nothing_comes_twice(add, topics, read_next):
    other = add("En annen", topics)
    page = add("Artikkelen", topics, (), [other, other])
    page.related_pages.add(ExperienceRelatedPage(related=page))
    page.save_revision().publish()
    assert read_next(page) == ["En annen"]


def test_neither_an_article_nor_an_alias_of_it_is_read_after_another(add, topics, read_next):
    other = add("En annen", topics)
    page = add("Artikkelen", topics)
    alias = page.create_alias(update_slug="alias")
    again = alias.create_alias(update_slug="again")
    page.related_pages = [ExperienceRelatedPage(related=each) for each in (alias, again)]
    page.save_revision().publish()
    for pk in (page.pk, alias.pk, again.pk):
        assert read_next(ExperiencePage.objects.get(pk=pk)) == ["En annen"]
    assert read_next(other) == ["Artikkelen"] * 3


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_what_is_hidden_is_not_read_next(add, topics, read_next, hide):
    chosen, shared = add("Hemmelig valgt"), add("Hemmelig delt", topics)
    page = add("Artikkelen", topics, (), [chosen])
    for other in (chosen, shared):
        if hide == "unpublish":
            other.unpublish()
        else:
            PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert read_next(page) == []


def test_other_networks_have_readers_of_their_own(add, topics, read_next):
    page = add("Artikkelen", topics)
    other = factories.article(factories.network("Et annet"), "Et annet sted")
    other.topics = topics
    other.save_revision().publish()
    assert read_next(page) == []


def test_what_to_read_next_is_in_the_language_of_the_article(add, topics, read_next, nynorsk, two_languages, settings):
    settings.ROOT_URLCONF = "tests.multilingual_urls"
    page, other = add("Artikkelen", topics), add("En annen", topics)
    for each in (page, other):
        there = translated(each, nynorsk)
        there.title += " på nynorsk"
        there.save_revision().publish()
    there = ExperiencePage.objects.get(title="Artikkelen på nynorsk")
    assert read_next(there) == ["En annen på nynorsk"]
    assert read_next(page) == ["En annen"]


def test_a_resource_tells_its_type_its_size_and_whether_it_is_accessible(add, client):
    file = ContentFile(b"%PDF-" + b"x" * 1_258_286, "mal.pdf")
    document = get_document_model().objects.create(title="Malen", file=file)
    values = {"title": "Malen", "kind": "template", "document": document, "accessible": True}
    page = add("Artikkelen", resources=[("resource", values), ("resource", {**values, "accessible": False})])
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    first, second = (item.get_text(" ", strip=True) for item in soup.select(".resources > li"))
    assert first.replace("\xa0", " ") == "Malen (PDF, 1,2 MB) Tilgjengelig format Mal"
    assert "Tilgjengelig" not in second


def test_an_article_tells_when_it_was_looked_over_and_where_it_comes_from(add, network, client):
    gathering = factories.gathering(network, "Vårsamling")
    days = {"last_reviewed": "2026-03-01", "next_review": "2027-03-01"}
    page = add("Artikkelen", source_gathering=gathering, **days)
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    facts = {row.dt.get_text(): row.dd.get_text(strip=True) for row in soup.select(".facts > div")}
    assert facts == {
        "Fra samlingen": "Vårsamling",
        "Sist gjennomgått": "1. mars 2026",
        "Neste gjennomgang": "1. mars 2027",
    }
    PageViewRestriction.objects.create(page=gathering, restriction_type="login")
    assert "Vårsamling" not in client.get(page.url).content.decode()
