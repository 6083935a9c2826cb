"""The gatherings of a network: which are listed, in what order, and what is told of them."""

from datetime import date

import pytest

from tests import factories
from wagtail_prosjektnett.pages import changes
from wagtail_prosjektnett.pages.models import NetworkPage
from wagtail_prosjektnett.records.content_changes import ChangeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    """A network with gatherings of every age."""
    found = factories.network()
    alta = factories.municipality("Alta", municipality_number="5601")
    factories.gathering(found, "Vår", [{"start_date": "2026-03-01", "municipality": alta, "name": "Vest"}])
    factories.gathering(found, "I dag", [{"start_date": "2026-11-23"}])
    signing_up = {"registration_method": "link", "registration_link": "https://example.org/skjema"}
    factories.gathering(
        found,
        "Neste",
        [{"start_date": "2026-12-10", "name": "Øst"}, {"start_date": "2027-01-20", "municipality": alta}],
        registration_deadline=date(2026, 12, 1),
        **signing_up,
    )
    factories.gathering(found, "Sesong", [{"start_date": "2027-02-01", "precision": "season"}])
    factories.gathering(found, "Avlyst", [{"start_date": "2027-03-01", "decision": "cancelled"}], season="autumn")
    return found


@pytest.mark.parametrize(
    "parameters, expected",
    [
        ({}, ["Vår", "I dag", "Neste", "Sesong", "Avlyst"]),
        ({"latest_first": "true"}, ["Avlyst", "Sesong", "Neste", "I dag", "Vår"]),
        ({"event_status": "held"}, ["Vår"]),
        ({"event_status": ["ongoing", "tentative"]}, ["I dag", "Sesong"]),
        ({"event_status": "cancelled"}, ["Avlyst"]),
        ({"registration_status": "open"}, ["Neste"]),
        ({"registration_status": ["open", "none"], "event_status": "scheduled"}, ["Neste"]),
        ({"season": "spring"}, ["Vår", "Sesong"]),
        ({"season": "autumn", "year": 2027}, ["Avlyst"]),
        ({"year": 2026}, ["Vår", "I dag", "Neste"]),
        ({"municipality": "5601"}, ["Vår", "Neste"]),
        ({"municipality": "5601", "from": "2027-01-20", "to": "2027-01-20"}, ["Neste"]),
        ({"municipality": "5601", "region": "Øst"}, []),
        ({"region": "Vest"}, ["Vår"]),
        ({"from": "2026-11-23"}, ["I dag", "Neste", "Sesong", "Avlyst"]),
        ({"to": "2026-11-23"}, ["Vår", "I dag"]),
        ({"limit": 2}, ["Vår", "I dag"]),
        ({"limit": 2, "offset": 4}, ["Avlyst"]),
        ({"offset": 2147483647}, []),
        ({"network": 2147483647}, []),
    ],
)
def test_filters_and_order(network, titles, parameters, expected):
    assert titles("gatherings/", **parameters) == expected


def test_a_network_has_its_own(network, titles):
    other = factories.network("Et annet")
    factories.gathering(other, "Annen")
    assert titles("gatherings/", network=other.pk) == ["Annen"]
    assert len(titles("gatherings/", network=network.pk)) == 5


def test_the_whole_list_is_counted(network, get):
    found = get("gatherings/", limit=2, offset=1)
    assert (found["count"], found["limit"], found["offset"], len(found["items"])) == (5, 2, 1, 2)
    assert get("gatherings/", offset=7)["count"] == 5
    assert get("gatherings/", year=1999) == {"items": [], "count": 0, "limit": 20, "offset": 0}


def test_the_site_sets_the_largest_limit(network, client, settings):
    settings.WAGTAILAPI_LIMIT_MAX = 3
    assert client.get("/api/prosjektnett/gatherings/").json()["limit"] == 3
    answer = client.get("/api/prosjektnett/gatherings/?limit=4")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "limit"
    settings.WAGTAILAPI_LIMIT_MAX = None
    assert client.get("/api/prosjektnett/gatherings/?limit=1000").json()["limit"] == 1000


def test_an_item_says_what_the_list_says(network, get):
    listed = get("gatherings/")["items"]
    assert [get(f"gatherings/{item['id']}/") for item in listed] == listed


def test_statuses_are_those_of_each_time_and_place_and_of_all(network, get):
    (found,) = get("gatherings/", registration_status="open")["items"]
    east, west = found["occurrences"]
    assert found["event_status"] == {"value": "scheduled", "label": "Planlagt"}
    assert [row["registration_status"]["value"] for row in (east, west)] == ["open", "open"]
    assert east["when"]["starts_at"] == "2026-12-10T00:00:00+01:00"
    assert west["location"]["municipality"]["municipality_number"] == "5601"
    assert found["season_of"] == {"season": "autumn", "year": 2026, "text": "høsten 2026"}


def test_a_wind_down_is_told_on_every_item(network, get, client):
    item = get("gatherings/")["items"][0]
    assert item["lifecycle"]["state"] == "active"
    assert item["network_banner"] is None
    assert "Link" not in client.get(f"/api/prosjektnett/gatherings/{item['id']}/")
    NetworkPage.objects.filter(pk=network.pk).update(
        wind_down_from=date(2026, 1, 1), successor_link="https://example.org/nytt <nett>"
    )
    changes.note(ChangeKind.OTHER)
    item = get("gatherings/")["items"][0]
    assert item["lifecycle"]["state"] == "winding_down"
    assert item["network_banner"]["kind"] == "notice"
    assert item["network"]["title"] == "Testnettverket"
    answer = client.get(f"/api/prosjektnett/gatherings/{item['id']}/")
    assert answer["Link"] == '<https://example.org/nytt%20%3Cnett%3E>; rel="successor-version"'
    assert "Link" in answer["Access-Control-Expose-Headers"]
    assert "Sunset" not in answer
    assert "Deprecation" not in answer
