"""Gatherings as search engines are told of them: what Google asks of an event is there, or there is no event."""

from datetime import date, datetime

import pytest
import time_machine
from hypothesis import given
from wagtail.models import Site

from tests import factories
from tests.domain.strategies import OSLO, whens
from tests.outputs.told import told, values_in
from tests.registration.conftest import NOW, make_gathering, sign_up
from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.models import Frontend
from wagtail_prosjektnett.outputs.structured_data.events import event_dates
from wagtail_prosjektnett.pages.models import NetworkMember

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel(NOW, tick=False):
        yield


def event_of(client, page):
    """The event of a gathering, which has all that Google asks of one."""
    [event] = told(client, page, "Event")
    for each in (event, *event.get("subEvent", [])):
        assert each["name"]
        assert datetime.fromisoformat(each["startDate"]).date() <= datetime.fromisoformat(each["endDate"]).date()
        assert each["eventStatus"].startswith("https://schema.org/Event")
        for place in each["location"]:
            assert place["url"] if place["@type"] == "VirtualLocation" else place["address"]["addressCountry"] == "NO"
    return event


def one(**fields):
    """A gathering at one time and place."""
    return make_gathering(occurrences=[{"start_date": "2026-12-10", "place": "Rådhuset", **fields}])


def test_one_time_and_place_is_one_event(client):
    alta = factories.municipality("Alta")
    page = one(start_time="10:00", end_time="15:30", address="Markveien 1", municipality=alta)
    event = event_of(client, page)
    assert "subEvent" not in event
    assert (event["startDate"], event["endDate"]) == ("2026-12-10T10:00:00+01:00", "2026-12-10T15:30:00+01:00")
    assert event["location"] == [
        {
            "@type": "Place",
            "name": "Rådhuset",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Markveien 1",
                "addressLocality": "Alta",
                "addressCountry": "NO",
            },
        }
    ]
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert (event["url"], event["inLanguage"]) == (page.full_url, "nb")


def test_several_times_and_places_are_events_of_one(client):
    page = make_gathering()
    event = event_of(client, page)
    assert [each["name"] for each in event["subEvent"]] == ["Samling – Øst", "Samling – Vest"]
    assert (event["startDate"], event["endDate"]) == ("2026-12-10", "2026-12-12")
    assert [place["name"] for place in event["location"]] == ["Kirkenes", "Alta"]
    assert len({each["@id"] for each in (event, *event["subEvent"])}) == 3
    assert "offers" not in event


@pytest.mark.parametrize("precision", ["month", "season", "year"])
def test_what_is_not_dated_to_a_day_is_no_event(client, precision):
    page = make_gathering(occurrences=[{"start_date": "2027-12-10", "place": "Alta", "precision": precision}])
    assert told(client, page, "Event") == []


def test_what_has_no_place_is_no_event(client):
    assert told(client, one(place=""), "Event") == []


def test_of_several_only_those_are_told_that_are_known(client):
    known = {"name": "Øst", "start_date": "2026-12-10", "place": "Kirkenes"}
    page = make_gathering(occurrences=[known, {"name": "Vest", "start_date": "2027-02-01", "precision": "month"}])
    assert [each["name"] for each in event_of(client, page)["subEvent"]] == ["Samling – Øst"]


@pytest.mark.parametrize(
    ("place", "mode"), [("", "OnlineEventAttendanceMode"), ("Rådhuset", "MixedEventAttendanceMode")]
)
def test_the_online_address_is_told_to_nobody(client, place, mode):
    page = one(place=place, online_address="https://video.example.org/rom")
    event = event_of(client, page)
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert event["location"][-1] == {"@type": "VirtualLocation", "url": page.full_url}
    assert not [value for value in values_in(event) if "video.example.org" in str(value)]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "EventScheduled"),
        ({"decision": "postponed"}, "EventPostponed"),
        ({"decision": "cancelled"}, "EventCancelled"),
        ({"start_date": "2026-11-23"}, "EventScheduled"),
        ({"start_date": "2018-02-15"}, "EventScheduled"),
    ],
    ids=["planned", "postponed", "cancelled", "ongoing", "held"],
)
def test_the_status_of_an_event(client, fields, status):
    page = make_gathering(
        registration_method="none", occurrences=[{"start_date": "2026-12-10", "place": "Alta", **fields}]
    )
    assert event_of(client, page)["eventStatus"] == f"https://schema.org/{status}"


def test_a_gathering_is_cancelled_when_all_its_occurrences_are(client):
    rows = [{"start_date": "2026-12-10", "place": "Alta"}, {"start_date": "2026-12-12", "place": "Vadsø"}]
    page = make_gathering(occurrences=[{**rows[0], "decision": "cancelled"}, rows[1]])
    event = event_of(client, page)
    assert event["eventStatus"].endswith("EventScheduled")
    assert [each["eventStatus"].rpartition("/")[2] for each in event["subEvent"]] == [
        "EventCancelled",
        "EventScheduled",
    ]


def offer_of(client, page):
    return event_of(client, page)["offers"]


def test_an_offer_tells_how_one_signs_up(client):
    page = one(capacity=2)
    row = page.occurrences.get()
    assert offer_of(client, page) == {
        "@type": "Offer",
        "url": f"http://localhost/registration/{page.pk}/?occurrence={row.uid}",
        "price": "0",
        "priceCurrency": "NOK",
        "availability": "https://schema.org/InStock",
        "validThrough": "2026-12-01T00:00:00+01:00",
    }
    event = event_of(client, page)
    assert (event["maximumAttendeeCapacity"], event["remainingAttendeeCapacity"]) == (2, 2)


@pytest.mark.parametrize("waiting_list", [True, False])
def test_seats_are_as_fresh_as_the_page(client, waiting_list):
    page = make_gathering(
        occurrences=[{"name": "Øst", "start_date": "2026-12-10", "place": "Alta", "capacity": 1}],
        registration_waiting_list=waiting_list,
    )
    assert offer_of(client, page)["availability"] == "https://schema.org/InStock"
    sign_up(page)
    assert offer_of(client, page)["availability"] == "https://schema.org/SoldOut"
    assert "remainingAttendeeCapacity" not in event_of(client, page)


@pytest.mark.parametrize(
    ("fields", "availability"),
    [
        ({"registration_opens": date(2026, 11, 25)}, "PreOrder"),
        ({"registration_deadline": "2026-11-20"}, "OutOfStock"),
        ({"registration_method": "link", "registration_link": "https://skjema.example.org/"}, "InStock"),
        ({"registration_method": "email", "registration_email": "post@example.org"}, "InStock"),
    ],
)
def test_an_offer_follows_the_status_that_readers_see(client, fields, availability):
    page = make_gathering(occurrences=[{"start_date": "2026-12-10", "place": "Alta"}], **fields)
    offer = offer_of(client, page)
    assert offer["availability"] == f"https://schema.org/{availability}"
    elsewhere = fields.get("registration_method")
    assert ("price" in offer) == (elsewhere is None)
    if elsewhere:
        assert offer["url"] == (fields.get("registration_link") or page.full_url)
    if "registration_opens" in fields:
        assert offer["validFrom"] == "2026-11-25T00:00:00+01:00"


@pytest.mark.parametrize(
    "fields", [{"registration_method": "none"}, {"occurrences": [{"start_date": "2018-02-15", "place": "Alta"}]}]
)
def test_without_registration_and_afterwards_there_is_no_offer(client, fields):
    page = make_gathering(**{"occurrences": [{"start_date": "2026-12-10", "place": "Alta"}], **fields})
    assert "offers" not in event_of(client, page)


def test_in_a_frontend_one_signs_up_there(client):
    Frontend.objects.create(site=Site.objects.get(is_default_site=True), address="https://example.org/nettverk")
    page = one()
    place = "https://example.org/nettverk/testnettverket/samlinger/samling/"
    assert (offer_of(client, page)["url"], event_of(client, page)["url"]) == (place, place)


def test_those_who_own_the_network_then_are_the_organisers(client):
    network = factories.network("Nettverket")
    page = make_gathering(network, occurrences=[{"start_date": "2026-12-10", "place": "Alta"}])
    assert event_of(client, page)["organizer"] == [
        {
            "@type": "Organization",
            "@id": f"{network.full_url}#organization",
            "name": "Nettverket",
            "url": network.full_url,
        }
    ]
    names = ("Fylket", "Før", "Etter")
    old, before, after = (factories.municipality(name, organisation_number="974760673") for name in names)
    network.members = [
        NetworkMember(organisation=old, role="owner"),
        NetworkMember(organisation=before, role="owner", takes_part_to=date(2026, 12, 9)),
        NetworkMember(organisation=after, role="owner", takes_part_from=date(2026, 12, 11)),
        NetworkMember(organisation=factories.municipality("Medlem"), role="member"),
    ]
    network.save_revision().publish()
    assert event_of(client, page)["organizer"] == [
        {"@type": "GovernmentOrganization", "name": "Fylket", "iso6523Code": "0192:974760673"}
    ]


@given(whens())
def test_dates_are_told_as_exactly_as_they_are_known(when: When):
    start, end = event_dates(when, OSLO)
    if when.start_time is None:
        assert start == when.first_day.isoformat()
    else:
        assert datetime.fromisoformat(start) == when.span(OSLO).start
    if when.start_time is not None and when.end_time is not None:
        assert datetime.fromisoformat(end) == when.span(OSLO).end
    else:
        assert end == when.final_day.isoformat()
    assert all("T" not in text or text[-6] in "+-" for text in (start, end))
