"""Pages as a reader meets them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

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


FACT_BOX = ("fact_box", {"heading": "Husk", "text": "<p>x</p>"})
SLOT = ("slot", {"title": "Velkommen"})


@pytest.mark.parametrize(
    "body, programme, levels",
    [
        ([FACT_BOX], [SLOT], {"Husk": "h2", "Velkommen": "h3"}),
        ([("heading", "Bakgrunn"), FACT_BOX], [SLOT], {"Bakgrunn": "h2", "Husk": "h3", "Velkommen": "h3"}),
        ([FACT_BOX], [("day", "Mandag"), SLOT], {"Husk": "h2", "Mandag": "h3", "Velkommen": "h4"}),
    ],
)
def test_no_level_of_headings_is_skipped(client, body, programme, levels):
    page = factories.gathering(factories.network(), body=body, programme=programme)
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    found = {heading.get_text(strip=True): heading.name for heading in soup.main.select("h2, h3, h4")}
    assert levels.items() <= found.items()
