"""Pages as a reader meets them."""

from datetime import date

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_every_page_type_is_served(client):
    network = factories.network(wind_down_from=date(2019, 2, 15))
    pages = [
        network,
        factories.gathering(network, registration_method="link"),
        factories.announcement(network),
        factories.article(network),
    ]
    pages += [page.get_parent() for page in pages[1:]]
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200
        assert response.content.count(b"data-network-banner=") == 1
