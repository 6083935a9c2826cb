"""The page of a gathering once it is over, and the news that was written about it."""

import pytest
import time_machine
from bs4 import BeautifulSoup

from tests import factories
from tests.languages import translated
from wagtail_prosjektnett.pages.models import Presentation

pytestmark = pytest.mark.django_db

SURVEY = "https://example.org/evaluering"


@pytest.fixture
def look(client):
    """Ask for a page as anybody can, at a moment: the page, as soup."""

    def ask(page, at="2026-11-23T12:00+01:00"):
        with time_machine.travel(at, tick=False):
            return BeautifulSoup(client.get(page.url).content, "html.parser")

    return ask


@pytest.fixture
def network():
    return factories.network()


def lines(part):
    """The headings and the links of a part of a page, in order."""
    return [found.get_text(" ", strip=True) for found in part.select("h3, a")]


def test_presentations_stand_below_the_time_and_place_where_they_were_held(network, look):
    rows = [{"name": "Øst", "start_date": "2018-02-15"}, {"start_date": "2018-02-20"}]
    page = factories.gathering(network, occurrences=rows)
    east, nameless = page.in_order
    link = "https://example.org/lysark"
    page.presentations = [
        Presentation(title="I øst", link=link, occurrence_uid=east.uid),
        Presentation(title="Uten navn", link=link, occurrence_uid=nameless.uid),
        Presentation(title="Begge steder", link=link),
    ]
    page.save_revision().publish()
    shown = look(page).select_one("section[aria-labelledby=presentations]")
    assert lines(shown) == [
        "Begge steder", "Øst, 15. februar 2018", "I øst", "20. februar 2018", "Uten navn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "decision, at, is_led",
    [
        ("as_planned", "2026-12-09T12:00+01:00", False),
        ("as_planned", "2026-12-10T12:00+01:00", True),
        ("as_planned", "2027-12-10T12:00+01:00", True),
        ("cancelled", "2027-12-10T12:00+01:00", False),
        ("postponed", "2027-12-10T12:00+01:00", False),
    ],
)
def test_readers_are_led_to_the_survey_once_the_gathering_has_begun(network, look, decision, at, is_led):
    rows = [{"start_date": "2026-12-10", "decision": decision}, {"start_date": "2028-12-10"}]
    page = factories.gathering(network, occurrences=rows, survey_link=SURVEY)
    there = look(page, at)
    assert bool(there.select(f'a[href="{SURVEY}"]')) is is_led
    assert bool(there.select("#evaluation")) is is_led


def test_what_was_said_and_what_it_led_to_is_shown(network, look):
    page = factories.gathering(network, evaluation_summary="<p>Nyttig</p>", evaluation_outcome="<p>Ny mal</p>")
    shown = look(page).select_one("section[aria-labelledby=evaluation]")
    assert [found.get_text() for found in shown.select("h3, p")] == [
        "Hva deltakerne sa", "Nyttig", "Hva det førte til", "Ny mal",
    ]  # fmt: skip


def test_news_and_articles_about_it_are_told_apart(network, look):
    page = factories.gathering(network)
    factories.announcement(network, "Presentasjonene er ute", related_gathering=page, published_on="2018-03-01")
    factories.article(network, "Å avslutte", source_gathering=page, kind="template")
    factories.announcement(network, "Om noe annet")
    there = look(page)
    (news,) = there.select("section[aria-labelledby=announcements] li")
    assert news.get_text(" ", strip=True) == "Presentasjonene er ute 01.03.2018"
    (article,) = there.select("section[aria-labelledby=articles] li")
    assert article.get_text(" ", strip=True) == "Å avslutte Mal"


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_an_alias_shows_the_news_and_articles_about_its_page(network, look, is_elsewhere):
    other = factories.network("Et annet") if is_elsewhere else network
    page = factories.gathering(network)
    alias = page.create_alias(parent=factories.gathering_index(other), update_slug="alias").specific
    again = alias.create_alias(update_slug="again").specific
    factories.announcement(network, "Presentasjonene er ute", related_gathering=page)
    factories.article(network, "Å avslutte", source_gathering=page)
    factories.article(other, "Her også", source_gathering=again)
    titles = [link.get_text(strip=True) for link in look(again).select("section[aria-labelledby=articles] a")]
    assert sorted(titles) == ["Her også", "Å avslutte"]
    for each in (page, alias, again):
        (news,) = look(each).select("section[aria-labelledby=announcements] a")
        assert news.get_text(strip=True) == "Presentasjonene er ute"


def test_an_alias_in_another_language_tells_nothing_twice(network, look, nynorsk, two_languages, settings):
    settings.ROOT_URLCONF = "tests.multilingual_urls"
    page = factories.gathering(network)
    translated(factories.article(network, "Å avslutte", source_gathering=page), nynorsk)
    alias = page.copy_for_translation(nynorsk, copy_parents=True, alias=True).specific
    assert len(look(alias).select("section[aria-labelledby=articles] li")) == 1


def test_a_piece_of_news_shows_its_gathering_and_leads_to_others_like_it(network, look):
    gathering = factories.gathering(network, "Vårsamling", [{"name": "Vest", "start_date": "2018-02-15"}])
    page = factories.announcement(network, related_gathering=gathering, category="gathering")
    there = look(page)
    (card,) = there.select(".related-gathering .card")
    assert card.a["href"] == gathering.url
    assert "Vest: 15. februar 2018" in card.get_text()
    assert there.select_one(".kicker a")["href"] == f"{page.get_parent().url}?category=gathering#news"
    gathering.unpublish()
    assert not look(page).select(".related-gathering")


def test_a_category_that_the_site_no_longer_has_leads_nowhere(network, look):
    page = factories.announcement(network, category="news")
    type(page).objects.filter(pk=page.pk).update(category="gone")
    assert not look(page).select(".kicker")
