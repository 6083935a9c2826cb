"""On a base page of the site's own, too, the networks go and the site's pages stay."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Site

from wagtail_prosjektnett.pages.removal import RemovalRefused, delete_networks
from wagtail_prosjektnett.pages.types import PageRole, page_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def front_page():
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def network(front_page):
    network = front_page.add_child(instance=page_model(PageRole.NETWORK)(title="Nettverket"))
    network.add_child(instance=page_model(PageRole.GATHERING_INDEX)(title="Samlinger"))
    return network


def test_the_networks_go(network, front_page):
    before = type(front_page).objects.count()
    call_command("delete_networks", "--noinput", stdout=StringIO())
    assert type(front_page).objects.count() == before - 2
    assert not page_model(PageRole.NETWORK).objects.exists()


def test_a_site_is_not_lost_with_its_front_page(network):
    Site.objects.update(root_page=network)
    with pytest.raises(RemovalRefused):
        delete_networks()
    assert page_model(PageRole.NETWORK).objects.exists()
