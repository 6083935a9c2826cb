"""Editors write through API v3, and cannot get round what the form refuses."""

import pytest
import time_machine

from tests import factories
from tests.conftest import needs_v3
from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage, Occurrence

pytestmark = [pytest.mark.django_db, needs_v3]


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


@pytest.fixture
def write(client, django_user_model):
    """Send a body to API v3 as an administrator with a token."""
    from wagtail.models import APIToken

    user = django_user_model.objects.create_superuser("writer", "writer@example.org", "secret")
    _token, key = APIToken.create_token(user=user, name="test")

    def send(method, path, body):
        return getattr(client, method)(
            f"/api/v3/pages/{path}", body, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}"
        )

    return send


def new_gathering(index, *occurrences, **fields):
    return {
        "meta": {"type": "prosjektnett_pages.GatheringPage", "parent_id": index.pk, "action": "publish"},
        "title": "Samling",
        "occurrences": list(occurrences),
        **fields,
    }


def codes(response):
    return {error["type"] for error in response.json()["errors"]}


def test_a_gathering_is_created_and_published(write):
    index = factories.gathering_index(factories.network())
    body = new_gathering(index, {"start_date": "2026-12-10", "start_time": "10:00", "name": "Øst"})
    response = write("post", "", body)
    assert response.status_code == 201, response.content
    page = GatheringPage.objects.get()
    assert page.live
    assert page.occurrences.get().starts_at.isoformat() == "2026-12-10T09:00:00+00:00"
    assert response.json()["event_status"]["value"] == "scheduled"


@pytest.mark.parametrize(
    "dates, occurrence, fields, rule",
    [
        ({"closed_from": "2026-12-01"}, {}, {}, Rule.LIFECYCLE_FORBIDS_START),
        ({"wind_down_from": "2026-11-01"}, {}, {}, Rule.LIFECYCLE_FORBIDS_START),
        ({}, {"end_date": "2026-12-01"}, {}, Rule.END_BEFORE_START),
        ({}, {"start_date": "2027-03-28", "start_time": "02:30"}, {}, Rule.TIME_DOES_NOT_EXIST),
        ({}, {}, {"registration_method": "link"}, Rule.REGISTRATION_WITHOUT_LINK),
        ({}, {}, {"registration_link": "javascript:alert(1)"}, Rule.LINK_WITHOUT_SCHEME),
    ],
)
def test_what_the_form_refuses_is_refused_with_its_reason(write, dates, occurrence, fields, rule):
    index = factories.gathering_index(factories.network(**dates))
    response = write("post", "", new_gathering(index, {"start_date": "2026-12-10", **occurrence}, **fields))
    assert response.status_code == 422, response.content
    assert rule.value in codes(response)
    assert not GatheringPage.objects.exists()


def test_a_change_of_one_field_is_checked_against_the_rest(write):
    network = factories.network()
    page = factories.gathering(network, occurrences=[{"start_date": "2026-12-10"}])
    body = {"registration_deadline": "2026-12-11", "registration_method": "link", "meta": {"action": "publish"}}
    response = write("patch", f"{page.pk}/", body)
    assert response.status_code == 422
    assert {Rule.DEADLINE_AFTER_START.value, Rule.REGISTRATION_WITHOUT_LINK.value} <= codes(response)


def test_an_occurrence_keeps_its_key_when_it_is_sent_back(write, read):
    online = {"online_address": "https://example.org/rom"}
    page = factories.gathering(factories.network(), occurrences=[{"name": "Øst", **online}])
    row = page.occurrences.get()
    (whole,) = read("v3", page)["occurrences"]
    body = {"occurrences": [{**whole, "place": "Vadsø"}], "meta": {"action": "publish"}}
    response = write("patch", f"{page.pk}/", body)
    assert response.status_code == 200, response.content
    changed = Occurrence.objects.get()
    assert (changed.uid, changed.name, changed.place) == (row.uid, "Øst", "Vadsø")
    assert changed.online_address == row.online_address


def test_the_lifecycle_of_a_network_is_written_and_checked(write):
    network = factories.network()
    body = {"wind_down_from": "2026-12-01", "meta": {"action": "publish"}}
    assert write("patch", f"{network.pk}/", body).json()["lifecycle"]["wind_down_from"] == "2026-12-01"
    body = {"closed_from": "2026-11-30", "meta": {"action": "publish"}}
    response = write("patch", f"{network.pk}/", body)
    assert response.status_code == 422
    assert Rule.WIND_DOWN_AFTER_CLOSED.value in codes(response)
    assert NetworkPage.objects.get().closed_from is None
    body = {"taken_down_from": "2026-11-30", "meta": {"action": "publish"}}
    response = write("patch", f"{network.pk}/", body)
    assert response.status_code == 422
    assert Rule.TAKEN_DOWN_TOO_EARLY.value in codes(response)
    body["taken_down_from"] = "2027-12-01"
    assert write("patch", f"{network.pk}/", body).json()["lifecycle"]["taken_down_from"] == "2027-12-01"


def test_computed_values_cannot_be_written(write):
    network = factories.network()
    body = {"lifecycle": {"state": "closed"}, "network_banner": {"kind": "archived"}, "title": "Nytt navn"}
    write("patch", f"{network.pk}/", {**body, "meta": {"action": "publish"}})
    assert NetworkPage.objects.get().title == "Nytt navn"
    assert NetworkPage.objects.get().closed_from is None


def test_a_token_is_needed(client):
    network = factories.network()
    response = client.patch(f"/api/v3/pages/{network.pk}/", {"title": "x"}, content_type="application/json")
    assert response.status_code == 401
