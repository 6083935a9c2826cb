"""What an answer costs: as many queries for one item as for twenty, and for a small tree as for a big one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api.conftest import API
from tests.conftest import API_DOORS
from tests.host.models import PlainPage

MOST_FOR_A_LIST = 9
#: What is stored about it in tables of its own makes an item dearer.
MOST_FOR_AN_ITEM = {"gathering": 9, "announcement": 7, "experience": 9}
MOST_FOR_A_NETWORK = 16
#: A landing page in HTML with a banner and blocks of every kind. A page chooser, a chosen image and what texts link to
#: cost queries of their own.
MOST_FOR_A_LANDING_PAGE = 24


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


def test_a_landing_page_in_html(full, client):
    for number in range(3):
        full.gathering(f"Samling {number}"), full.announcement(f"Nyhet {number}"), full.article(f"Artikkel {number}")
    few = queries_of(client, full.network.url)
    full.network.body = [*full.network.body.raw_data, *full.body()]
    full.network.save_revision().publish()
    assert queries_of(client, full.network.url) == few <= MOST_FOR_A_LANDING_PAGE


@pytest.mark.parametrize("path", ["networks/", "announcements/", "experiences/"])
def test_the_other_lists(full, cost, path):
    full.announcement(), full.article()
    few, _queries = cost(path)
    for number in range(5):
        full.announcement(f"Nyhet {number}"), full.article(f"Artikkel {number}")
    many, queries = cost(path)
    assert many == few, tables(queries)


V2 = "/api/v2/pages/"
#: What our viewset of API v2 and our schemas of API v3 cost at most. Wagtail's own need some 40 for each page.
MOST_FOR_A_LIST_IN_V2 = 20
MOST_FOR_A_PAGE = {
    "v2": {"network": 16, "gathering": 15, "announcement": 13, "experience": 17},
    "v3": {"network": 11, "gathering": 12, "announcement": 9, "experience": 12},
}


@pytest.mark.parametrize(
    "kind, make", [("Gathering", "gathering"), ("Announcement", "announcement"), ("Experience", "article")]
)
def test_a_list_in_api_v2_with_everything_in_it(full, client, kind, make):
    create = getattr(full, make)
    related = {"Announcement": "related_gathering", "Experience": "source_gathering"}.get(kind)
    fields = {related: full.gathering()} if related else {}
    for number in range(20):
        create(f"Side {number}", **fields)
    query = f"{V2}?type=prosjektnett_pages.{kind}Page&fields=*"
    counts = [queries_of(client, f"{query}&limit={limit}") for limit in (1, 20)]
    for number in range(40):
        factories.publish(PlainPage(title=f"Bare en side {number}"), full.network)
    counts.append(queries_of(client, f"{query}&limit=20"))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST_FOR_A_LIST_IN_V2


@pytest.mark.parametrize(
    "filters", ["starts_from=2026-01-01&published_to=2199-01-01", "event_status=scheduled", "network=N"]
)
def test_the_filters_in_api_v2(full, client, filters):
    full.gathering()
    query = f"{V2}?type=prosjektnett_pages.GatheringPage&fields=*&{filters.replace('N', str(full.network.pk))}"
    assert queries_of(client, query) <= MOST_FOR_A_LIST_IN_V2


@pytest.mark.parametrize("fields", ["", "&fields=_,title,slug"])
def test_a_list_in_api_v2_looks_up_nothing_that_it_does_not_tell(full, client, fields):
    full.gathering()
    assert queries_of(client, f"{V2}?type=prosjektnett_pages.GatheringPage{fields}") <= 7


@pytest.mark.parametrize("door", API_DOORS)
@pytest.mark.parametrize("name", MOST_FOR_A_PAGE["v2"])
def test_a_page_by_wagtails_apis(full, client, door, name):
    make = {"network": lambda: full.network, "experience": full.article}.get(name) or getattr(full, name)
    assert queries_of(client, f"/api/{door}/pages/{make().pk}/") <= MOST_FOR_A_PAGE[door][name]


def queries_of(client, url):
    """How many queries an answer needs once renditions are made."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, response.content
    return len(queries)


def test_the_documents_of_presentations_cost_nothing_of_their_own(full, cost):
    page = full.gathering()
    whole, _queries = cost(f"gatherings/{page.pk}/")
    page.body = []
    page.save_revision().publish()
    without_blocks, queries = cost(f"gatherings/{page.pk}/")
    assert len(page.presentations.all()) == 3
    assert without_blocks < whole
    assert not [sql for sql in queries if 'FROM "wagtaildocs_document"' in sql]
