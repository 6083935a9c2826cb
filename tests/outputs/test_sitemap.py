"""The sitemap lists what anybody may read and search engines may list, under the address that it is known by."""

import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests import factories
from tests.host.models import PlainPage
from tests.languages import translated
from wagtail_prosjektnett.models import Frontend

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
OURS, WAGTAILS = "/sitemap.xml", "/wagtail-sitemap.xml"


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


def sitemap(client, door=OURS, **headers):
    """What a sitemap tells: for each address the day of its last change, and its languages."""
    answer = client.get(door, headers=headers)
    assert answer.status_code == 200
    told = {}
    for url in ElementTree.fromstring(answer.content).findall("s:url", NAMES):  # noqa: S314 - it is our own answer
        languages = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}
        told[url.findtext("s:loc", namespaces=NAMES)] = (url.findtext("s:lastmod", namespaces=NAMES), languages)
    return told


@pytest.mark.parametrize("door", [OURS, WAGTAILS])
def test_pages_are_told_with_the_day_that_they_show(client, door):
    network = factories.network()
    pages = [
        factories.announcement(network, published_on=date(2019, 2, 15)),
        factories.announcement(network, "To", published_on=date(2019, 2, 15), changed_on=date(2019, 3, 1)),
        factories.gathering(network),
    ]
    told = sitemap(client, door)
    assert [told[page.full_url][0] for page in pages] == ["2019-02-15", "2019-03-01", "2026-11-23"]
    assert told[network.full_url] == (None, {})


@pytest.mark.parametrize("door", [OURS, WAGTAILS])
def test_what_nobody_may_read_is_not_told(client, door):
    network = factories.network()
    draft, closed = (factories.announcement(network, title) for title in ("Utkast", "Lukket"))
    draft.unpublish()
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    told = sitemap(client, door)
    assert network.full_url in told
    assert not {draft.full_url, closed.full_url} & told.keys()


@pytest.mark.parametrize("door", [OURS, WAGTAILS])
@pytest.mark.parametrize("lists", [True, False])
def test_a_closed_network_is_told_where_the_site_lets_it(client, settings, door, lists):
    settings.PROSJEKTNETT_INDEX_CLOSED_NETWORKS = lists
    closed = factories.network("Avsluttet", closed_from="2020-01-01")
    gathering = factories.gathering(closed)
    others = [factories.network("Aktivt"), factories.network("Avvikles", wind_down_from="2020-01-01")]
    told = sitemap(client, door)
    assert all(page.full_url in told for page in others)
    assert {closed.full_url in told, gathering.full_url in told, gathering.get_parent().full_url in told} == {lists}


def test_the_sites_own_pages_below_a_closed_network_are_left_out_too(client, settings):
    settings.PROSJEKTNETT_INDEX_CLOSED_NETWORKS = False
    inside = factories.publish(PlainPage(title="Inne"), factories.network(closed_from="2020-01-01"))
    outside = factories.publish(PlainPage(title="Ute"), factories.site_root())
    told = sitemap(client)
    assert (inside.full_url in told, outside.full_url in told) == (False, True)


def test_languages_are_told_and_aliases_are_not(client, two_languages, settings):
    settings.ROOT_URLCONF = "tests.multilingual_urls"
    nynorsk = Locale.objects.create(language_code="nn")
    page = factories.network("Nettverk")
    translation = translated(page, nynorsk)
    alias = page.create_alias(update_slug="alias")
    told = sitemap(client)
    languages = {"nb": page.full_url, "nn": translation.full_url}
    assert told[page.full_url][1] == told[translation.full_url][1] == languages
    assert alias.full_url not in told


def test_a_page_in_a_frontend_is_told_where_it_is_known(client):
    Frontend.objects.create(site=Site.objects.get(is_default_site=True), address="https://example.org/nettverk")
    network = factories.network(slug="nett")
    outside = factories.publish(PlainPage(title="Ute"), factories.site_root())
    told = sitemap(client)
    assert "https://example.org/nettverk/nett/" in told
    assert outside.full_url in told
    assert network.full_url not in told


def test_each_site_tells_of_its_own_pages(client):
    here = factories.network("Her")
    front = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
    Site.objects.create(hostname="other.example.org", root_page=front)
    there = factories.network("Der", parent=front)
    assert there.full_url not in sitemap(client)
    told = sitemap(client, host="other.example.org")
    assert (there.full_url in told, here.full_url in told) == (True, False)


def test_a_sitemap_costs_the_same_whatever_its_length(client, two_languages, settings):
    settings.PROSJEKTNETT_INDEX_CLOSED_NETWORKS = False
    Frontend.objects.create(site=Site.objects.get(is_default_site=True), address="https://example.org/nettverk")
    costs = []
    for count in (2, 12):
        for number in range(count):
            factories.announcement(factories.network(f"Nettverk {count} {number}"))
        sitemap(client)
        with CaptureQueriesContext(connection) as queries:
            assert len(sitemap(client)) > count
        costs.append(len(queries))
    assert costs[0] == costs[1]
