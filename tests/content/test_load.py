"""Loading a content file."""

from pathlib import Path

import pytest

from tests import factories
from wagtail_prosjektnett.content.load import load_network
from wagtail_prosjektnett.pages.models import NetworkPage

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parent / "files" / "network.yaml"


def test_a_file_is_loaded_and_served(client):
    result = load_network(FILE, factories.site_root())
    network = NetworkPage.objects.get()
    assert result.network == network
    for page in network.get_descendants(inclusive=True):
        response = client.get(page.url)
        assert response.status_code == 200, page.title


def test_loading_again_changes_nothing():
    load_network(FILE, factories.site_root())
    again = load_network(FILE, factories.site_root())
    assert again.changed == 0
