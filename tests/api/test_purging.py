"""A front-end cache forgets every address that shows what has changed."""

import pytest
from django.test import TestCase

from tests import factories
from wagtail_prosjektnett.pages.models import NetworkPage

pytestmark = pytest.mark.django_db

API = "http://localhost/api/prosjektnett/"
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
    assert found >= shown | api
    assert other.full_url not in found


def test_a_network_is_forgotten_with_all_its_pages(forgotten):
    network = factories.network()
    page = factories.gathering(network)
    found = forgotten(NetworkPage.objects.get(pk=network.pk).save_revision().publish)
    assert {network.full_url, page.full_url, f"{API}networks/", f"{API}networks/{network.pk}/"} <= found


def test_a_deleted_gathering_is_forgotten(forgotten):
    page = factories.gathering(factories.network())
    item, section = f"{API}gatherings/{page.pk}/", page.get_parent()
    assert {item, f"{API}gatherings/", section.full_url} <= forgotten(page.delete)


def test_a_draft_is_no_reason_to_forget(forgotten):
    page = factories.gathering(factories.network())
    assert forgotten(page.save_revision) == set()
