"""A front-end cache forgets every address that shows what has changed."""

import pytest
import time_machine
from django.test import TestCase

from tests import factories
from tests.feedback.conftest import shown
from tests.host.models import PlainPage
from tests.registration.conftest import make_gathering
from wagtail_prosjektnett.pages.models import NetworkPage

pytestmark = pytest.mark.django_db

API = "http://localhost/api/prosjektnett/"
FEEDS = "http://localhost/feeds/"
purged: list[str] = []


class Backend:
    """A front-end cache that notes what it is to forget."""

    def __init__(self, parameters):
        self.hostnames = None

    def invalidates_hostname(self, hostname):
        return True

    def purge(self, url):
        purged.append(url)

    def purge_batch(self, urls):
        purged.extend(urls)


@pytest.fixture
def forgotten(settings):
    """What is forgotten when something is done."""
    settings.WAGTAILFRONTENDCACHE = {"own": {"BACKEND": f"{__name__}.Backend"}}

    def after(do):
        with TestCase.captureOnCommitCallbacks(execute=True):
            factories.network("En annen")  # and with it, what was done before
        purged.clear()
        with TestCase.captureOnCommitCallbacks(execute=True):
            do()
        return set(purged)

    return after


def test_a_gathering_is_forgotten_with_all_that_shows_it(forgotten):
    network = factories.network()
    page = factories.gathering(network)
    other = factories.announcement(network)
    found = forgotten(page.save_revision().publish)
    shown = {page.full_url, page.get_parent().full_url, network.full_url, factories.site_root().full_url}
    api = {f"{API}gatherings/", f"{API}gatherings/{page.pk}/", f"{API}networks/{network.pk}/"}
    feeds = {f"{FEEDS}gatherings/{page.pk}/calendar.ics", f"{FEEDS}networks/{network.pk}/calendar.ics"}
    assert found >= shown | api | feeds
    assert other.full_url not in found


def test_what_readers_say_is_forgotten_with_what_it_is_about(forgotten):
    article = factories.article(factories.network())
    index = article.get_parent()
    network = index.get_parent()
    waiting = shown(article, state="waiting")
    assert not forgotten(waiting.save)
    waiting.state = "shown"
    assert forgotten(waiting.save) >= {article.full_url, f"{API}experiences/{article.pk}/feedback/"}
    found = forgotten(lambda: shown(index.specific))
    assert found >= {index.full_url, f"{API}networks/{network.pk}/feedback/"}
    assert article.full_url not in found


def test_a_network_is_forgotten_with_all_its_pages(forgotten):
    network = factories.network()
    page = factories.gathering(network)
    found = forgotten(NetworkPage.objects.get(pk=network.pk).save_revision().publish)
    assert {network.full_url, page.full_url, f"{API}networks/", f"{API}networks/{network.pk}/"} <= found


def test_a_network_is_forgotten_with_every_item_that_tells_its_dates(forgotten):
    network = factories.network()
    gathering, news, article = (
        make(network) for make in (factories.gathering, factories.announcement, factories.article)
    )
    item, told = f"{API}gatherings/{gathering.pk}/", f"{API}experiences/{article.pk}/"
    lists = {f"{API}{name}/" for name in ("gatherings", "announcements", "experiences")}
    items = {item, f"{item}registration-form/", f"{API}announcements/{news.pk}/", told, f"{told}feedback/"}
    found = forgotten(NetworkPage.objects.get(pk=network.pk).save_revision().publish)
    assert {*lists, *items, f"{API}networks/{network.pk}/feedback/"} <= found


@pytest.mark.parametrize("do", ["publish", "unpublish", "delete"])
def test_a_landing_page_is_forgotten_with_whatever_stands_below_it(forgotten, do):
    network = factories.network()
    plain = factories.publish(PlainPage(title="Om nettverket"), network)
    for page in (plain, factories.gathering_index(network)):
        page = type(page).objects.get(pk=page.pk)
        changes = {"publish": page.save_revision().publish, "unpublish": page.unpublish, "delete": page.delete}
        assert f"{API}networks/{network.pk}/" in forgotten(changes[do])


@pytest.mark.parametrize("do", ["publish", "unpublish", "delete"])
def test_a_gathering_is_forgotten_with_its_form_and_the_calendars_of_its_times_and_places(forgotten, client, do):
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        page = make_gathering()
        form = f"{API}gatherings/{page.pk}/registration-form/"
        told = client.get(f"/api/prosjektnett/gatherings/{page.pk}/").json()
        calendars = {row["calendar"] for row in told["occurrences"]}
        calendars |= {address.partition("?")[0] for address in calendars}
        assert len(calendars) == 4
        changes = {"publish": page.save_revision().publish, "unpublish": page.unpublish, "delete": page.delete}
        assert {form, *calendars} <= forgotten(changes[do])


def test_news_are_forgotten_with_the_feeds_that_have_them(forgotten):
    network = factories.network()
    page = factories.announcement(network, category="grants")
    news = f"{FEEDS}networks/{network.pk}/news"
    assert {f"{news}.atom", f"{news}/grants.atom"} <= forgotten(page.save_revision().publish)


def test_a_deleted_gathering_is_forgotten(forgotten):
    page = factories.gathering(factories.network())
    item, section = f"{API}gatherings/{page.pk}/", page.get_parent()
    assert {item, f"{API}gatherings/", section.full_url} <= forgotten(page.delete)


def test_a_draft_is_no_reason_to_forget(forgotten):
    page = factories.gathering(factories.network())
    assert forgotten(page.save_revision) == set()


def test_what_follows_a_network_around_another_one_is_forgotten_too(forgotten):
    outer = factories.network("Ytre")
    inner = factories.network("Indre", parent=outer)
    page, news = factories.gathering(inner), factories.announcement(inner, category="grants")
    whole = {f"{FEEDS}networks/{outer.pk}/calendar.ics", f"{API}networks/{outer.pk}/"}
    assert whole <= forgotten(page.save_revision().publish)
    shown = {f"{FEEDS}networks/{outer.pk}/news.atom", f"{FEEDS}networks/{outer.pk}/news/grants.atom"}
    assert shown <= forgotten(news.save_revision().publish)


def test_calendars_of_gatherings_that_name_a_network_are_forgotten_with_it(forgotten):
    network = factories.network()
    page = factories.gathering(network)
    found = forgotten(NetworkPage.objects.get(pk=network.pk).save_revision().publish)
    assert f"{FEEDS}gatherings/{page.pk}/calendar.ics" in found
