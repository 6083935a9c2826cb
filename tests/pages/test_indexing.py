"""Search engines are asked to leave out closed networks where the site decides so, and know a page by one address."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from wagtail.models import Locale, PageViewRestriction, Site

from tests import factories
from tests.host.models import PlainPage
from tests.languages import translated
from wagtail_prosjektnett.domain.lifecycle import LifecycleState
from wagtail_prosjektnett.models import Frontend

pytestmark = pytest.mark.django_db

DATES = {
    LifecycleState.PLANNED: {"active_from": "2030-01-01"},
    LifecycleState.ACTIVE: {},
    LifecycleState.WINDING_DOWN: {"wind_down_from": "2020-01-01"},
    LifecycleState.CLOSED: {"closed_from": "2020-01-01"},
}


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


def robots(client, page):
    """What search engines are asked by the header and by the page."""
    answer = client.get(page.url)
    assert answer.status_code == 200
    metas = BeautifulSoup(answer.content, "html.parser").select("head meta[name=robots]")
    return answer.headers.get("X-Robots-Tag"), [meta["content"] for meta in metas]


LISTED, LEFT_OUT = (None, []), ("noindex", ["noindex"])


@pytest.mark.parametrize("lists", [True, False])
@pytest.mark.parametrize("state", list(LifecycleState))
def test_robots_follow_the_lifecycle_and_the_site(client, settings, state, lists):
    settings.PROSJEKTNETT_INDEX_CLOSED_NETWORKS = lists
    network = factories.network(**DATES[state])
    page = factories.announcement(network)
    expected = LEFT_OUT if state is LifecycleState.CLOSED and not lists else LISTED
    for each in (network, page, page.get_parent().specific):
        assert robots(client, each) == expected


def test_the_sites_own_pages_below_a_network_ask_by_the_header(client, settings):
    settings.PROSJEKTNETT_INDEX_CLOSED_NETWORKS = False
    inside = factories.publish(PlainPage(title="Inne"), factories.network(closed_from="2020-01-01"))
    outside = factories.publish(PlainPage(title="Ute"), factories.site_root())
    assert [robots(client, page)[0] for page in (inside, outside)] == ["noindex", None]


def test_an_unpublished_network_still_rules_its_pages(client, settings):
    settings.PROSJEKTNETT_INDEX_CLOSED_NETWORKS = False
    network = factories.network(closed_from="2020-01-01")
    page = factories.announcement(network)
    network.unpublish()
    assert robots(client, page) == LEFT_OUT


def links(client, page, rel, parameters=None):
    answer = client.get(page.url, parameters or {})
    head = BeautifulSoup(answer.content, "html.parser").head
    return [link["href"] for link in head.select(f"link[rel={rel}]:not([type])")]


def test_a_page_is_known_without_the_parameters_of_others(client):
    page = factories.announcement(factories.network())
    assert links(client, page, "canonical", {"utm_source": "brev"}) == [page.full_url]


@pytest.fixture
def news(settings):
    """An index with three parts."""
    settings.PROSJEKTNETT_PAGE_SIZE = 1
    network = factories.network(slug="nett")
    first, *_others = [factories.announcement(network, f"Nyhet {number}") for number in range(3)]
    return first.get_parent().specific


@pytest.mark.parametrize(("asked", "known"), [("1", ""), ("2", "?page=2"), ("3", "?page=3")])
def test_each_part_of_a_list_is_known_by_itself(client, news, asked, known):
    assert links(client, news, "canonical", {"page": asked}) == [news.full_url + known]


@pytest.mark.parametrize("asked", ["99", "tull", "-1"])
def test_a_part_that_is_not_there_is_not_known(client, news, asked):
    assert links(client, news, "canonical", {"page": asked}) == []


def test_a_frontend_has_one_address_for_all_parts(client, news):
    Frontend.objects.create(site=Site.objects.get(is_default_site=True), address="https://example.org")
    assert links(client, news, "canonical", {"page": "2"}) == ["https://example.org/nett/aktuelt/"]


def test_what_is_narrowed_down_or_wrong_is_not_known(client):
    index = factories.article(factories.network()).get_parent()
    assert links(client, index, "canonical") == [index.full_url]
    for parameters in ({"q": "prosjekt"}, {"kind": "lesson"}, {"page": "7"}, {"kind": "tull"}):
        assert links(client, index, "canonical", parameters) == []


def test_a_form_is_not_known(client):
    page = factories.gathering(
        factories.network(), occurrences=[{"start_date": "2026-12-10"}], registration_method="built_in"
    )
    answer = client.get(f"/registration/{page.pk}/")
    assert answer["X-Robots-Tag"] == "noindex"
    assert b"canonical" not in answer.content


def test_an_alias_is_known_as_what_it_repeats(client):
    network = factories.network()
    page, elsewhere = factories.announcement(network), factories.announcement(factories.network("Et annet"))
    alias = page.create_alias(parent=elsewhere.get_parent(), update_slug="alias")
    again = alias.create_alias(update_slug="again")
    assert [links(client, each, "canonical") for each in (alias, again)] == [[page.full_url]] * 2
    PageViewRestriction.objects.create(page=network, restriction_type="login")
    assert [links(client, each, "canonical") for each in (alias, again)] == [[alias.full_url]] * 2


def test_only_what_is_the_same_in_other_languages_is_told(client, news, two_languages, settings):
    settings.ROOT_URLCONF = "tests.multilingual_urls"
    translation = translated(news, Locale.objects.create(language_code="nn"))
    languages = [news.full_url, translation.full_url]
    assert links(client, news, "alternate") == links(client, translation, "alternate") == languages
    assert links(client, news, "alternate", {"page": "2"}) == []
    assert links(client, news.create_alias(update_slug="alias"), "alternate") == []
