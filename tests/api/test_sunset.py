"""A network whose pages are to be taken down tells so in advance, in HTML and in our API."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api.conftest import API

pytestmark = pytest.mark.django_db

#: Midnight in Oslo, in winter and in summer.
DATES = [("2027-12-01", "Tue, 30 Nov 2027 23:00:00 GMT"), ("2027-07-01", "Wed, 30 Jun 2027 22:00:00 GMT")]


@pytest.fixture
def network(db):
    return factories.network(taken_down_from="2027-12-01", successor_link="https://example.org/nytt")


@pytest.fixture
def gathering(network):
    return factories.gathering(network, occurrences=[{"start_date": "2026-12-10"}], registration_method="built_in")


def take_down(network, day):
    network.taken_down_from = date.fromisoformat(day) if day else None
    network.save_revision().publish()


@pytest.mark.parametrize("day, header", DATES)
def test_every_answer_about_a_resource_of_the_network_tells(client, network, gathering, day, header):
    take_down(network, day)
    news = factories.announcement(network)
    article = factories.article(network)
    for path in answers_about(network, gathering, news, article):
        answer = client.get(f"{API}/{path}")
        assert answer["Sunset"] == header, path
        assert answer["Link"] == '<https://example.org/nytt>; rel="successor-version"'
        assert "Sunset" in answer["Access-Control-Expose-Headers"]


def answers_about(network, gathering, news, article):
    """Where our API answers about a network, or about one thing of it."""
    return [
        f"networks/{network.pk}/",
        f"networks/{network.pk}/feedback/",
        f"gatherings/{gathering.pk}/",
        f"gatherings/{gathering.pk}/registration-form/",
        f"announcements/{news.pk}/",
        f"experiences/{article.pk}/",
        f"experiences/{article.pk}/feedback/",
        f"pages/?html_path={gathering.get_url()}",
    ]


def test_no_such_answer_is_forgotten_here(openapi):
    promised = {
        re.sub(r"[^a-z]", "", path)
        for path, item in openapi["paths"].items()
        if "Sunset" in item.get("get", {}).get("responses", {}).get("200", {}).get("headers", {})
    }
    page = SimpleNamespace(pk=1, get_url=lambda: "")
    asked = {re.sub(r"[^a-z]", "", path.partition("?")[0].replace("1", "id")) for path in answers_about(*[page] * 4)}
    assert asked == promised


def test_every_answer_tells_whether_the_network_is_being_wound_down(get, network, gathering):
    network.wind_down_from = date(2026, 11, 1)
    network.save_revision().publish()
    news, article = factories.announcement(network), factories.article(network)
    for path in answers_about(network, gathering, news, article):
        answer = get(path)
        told = answer.get("page", answer.get("network") if "sections" in answer else answer)
        assert told["network"]["id"] == network.pk, path
        assert told["lifecycle"]["state"] == "winding_down", path
        assert told["network_banner"]["kind"], path


def test_the_date_is_that_of_the_time_zone_of_the_network(client, network, gathering):
    network.time_zone = "Europe/Helsinki"
    take_down(network, "2027-12-01")
    assert client.get(f"{API}/networks/{network.pk}/")["Sunset"] == "Tue, 30 Nov 2027 22:00:00 GMT"
    assert client.get(gathering.get_url())["Sunset"] == "Tue, 30 Nov 2027 22:00:00 GMT"


def test_a_network_that_ends_but_stays_tells_nothing(client, network, gathering):
    network.wind_down_from, network.closed_from = date(2026, 1, 1), date(2026, 6, 1)
    take_down(network, None)
    for path in (f"{API}/networks/{network.pk}/", f"{API}/gatherings/{gathering.pk}/", gathering.get_url()):
        assert "Sunset" not in client.get(path)


def test_a_list_and_a_page_outside_tell_nothing(client, network, gathering):
    outside = factories.gathering(factories.network("Et annet"), occurrences=[{"start_date": "2026-12-10"}])
    for path in (f"{API}/gatherings/?network={network.pk}", f"{API}/gatherings/{outside.pk}/", outside.get_url()):
        assert "Sunset" not in client.get(path)


def test_nothing_is_taken_down_by_the_clock(client, network, gathering):
    take_down(network, "2026-11-01")
    answer = client.get(f"{API}/gatherings/{gathering.pk}/")
    assert answer.json()["lifecycle"]["taken_down_from"] == "2026-11-01"
    assert answer.json()["lifecycle"]["state"] == "active"
    assert answer["Sunset"] == "Sat, 31 Oct 2026 23:00:00 GMT"
    assert client.get(gathering.get_url())["Sunset"] == "Sat, 31 Oct 2026 23:00:00 GMT"


def test_a_kept_answer_tells_too_and_a_new_date_makes_a_new_one(client, network, gathering):
    path = f"{API}/gatherings/{gathering.pk}/"
    first, kept = client.get(path), client.get(path)
    assert kept["Sunset"] == first["Sunset"] == DATES[0][1]
    head = client.head(path)
    assert head["Sunset"] == DATES[0][1]
    known = {"If-None-Match": first["ETag"]}
    assert client.get(path, headers=known).status_code == 304
    take_down(network, "2027-07-01")
    again = client.get(path, headers=known)
    assert again.status_code == 200
    assert again["Sunset"] == DATES[1][1]


def test_pages_tell_at_no_extra_query(client, network, gathering):
    def queries(page):
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page.get_url())
        assert answer.status_code == 200
        return answer.get("Sunset"), len(asked)

    for page in (network, gathering, gathering.get_parent().specific):
        client.get(page.get_url())
        take_down(network, "2027-12-01")
        sunset, with_date = queries(page)
        assert sunset == DATES[0][1]
        take_down(network, None)
        assert queries(page) == (None, with_date)
