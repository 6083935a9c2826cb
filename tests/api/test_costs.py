"""What an answer costs: as many queries for one item as for twenty, and for a small tree as for a big one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api.conftest import API
from tests.host.models import PlainPage

MOST_FOR_A_LIST = 13
#: What is stored about it in tables of its own makes an item dearer.
MOST_FOR_AN_ITEM = {"gathering": 12, "announcement": 10, "experience": 13}
MOST_FOR_A_NETWORK = 21


def tables(queries):
    """The table that each query reads, for whoever looks into why there are too many."""
    return [re.search(r'FROM "(\w+)"', sql).group(1) for sql in queries]


@pytest.fixture
def cost(client, settings):
    """How many queries an answer needs that is made anew, once renditions are made."""
    settings.PROSJEKTNETT_CACHE = ""

    def ask(path, **parameters):
        client.get(f"{API}/{path}", parameters)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{API}/{path}", parameters)
        assert response.status_code == 200, response.content
        return len(queries), [query["sql"] for query in queries]

    return ask


def test_a_list_of_full_gatherings(full, cost):
    for number in range(20):
        full.gathering(f"Samling {number}")
    count, queries = cost("gatherings/", limit=20)
    one, _queries = cost("gatherings/", limit=1)
    assert one == count <= MOST_FOR_A_LIST, tables(queries)
    for number in range(40):
        factories.publish(PlainPage(title=f"Side {number}"), full.network)
    for number in range(20, 60):
        factories.gathering(full.network, f"Samling {number}", [{"start_date": "2027-01-01"}])
    later, _queries = cost("gatherings/", limit=20)
    assert later == count


def test_the_filters_of_gatherings(full, cost):
    full.gathering()
    count, _queries = cost("gatherings/", **{"from": "2026-11-23"}, year=2026, event_status="scheduled")
    assert count <= MOST_FOR_A_LIST
    count, _queries = cost("gatherings/", network=full.network.pk)
    assert count <= MOST_FOR_A_LIST + 1


@pytest.mark.parametrize("name", MOST_FOR_AN_ITEM)
def test_an_item(full, cost, name):
    page = full.article() if name == "experience" else getattr(full, name)()
    count, queries = cost(f"{name}s/{page.pk}/")
    assert count <= MOST_FOR_AN_ITEM[name], tables(queries)


def test_a_network_with_all_that_its_landing_page_shows(full, cost):
    for number in range(10):
        full.gathering(f"Samling {number}")
        full.announcement(f"Nyhet {number}")
        full.article(f"Artikkel {number}")
    count, queries = cost(f"networks/{full.network.pk}/")
    assert count <= MOST_FOR_A_NETWORK, tables(queries)


@pytest.mark.parametrize("path", ["networks/", "announcements/", "experiences/"])
def test_the_other_lists(full, cost, path):
    full.announcement(), full.article()
    few, _queries = cost(path)
    for number in range(5):
        full.announcement(f"Nyhet {number}"), full.article(f"Artikkel {number}")
    many, queries = cost(path)
    assert many == few, tables(queries)
