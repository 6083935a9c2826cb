"""What readers are told of seats, and that they are told what is so now, whatever anybody has kept."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.api.conftest import API
from tests.conftest import API_DOORS
from tests.registration.conftest import make_gathering, occurrence_of, pool_of, sign_up
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.registration.changes import cancel

pytestmark = pytest.mark.django_db

EAST, WEST = 0, 1
#: What shows seats, and what does not.
WITH_SEATS = ["gatherings/", "gatherings/{page}/", "gatherings/{page}/registration-form/", "networks/{network}/"]
WITHOUT = ["networks/", "announcements/", "experiences/", "pages/?html_path=/"]


@pytest.fixture
def page():
    """A gathering with two seats in the east and no limit in the west."""
    return make_gathering()


@pytest.fixture
def other(page):
    """Another gathering of the same network, with registration."""
    return make_gathering(page.network, "En annen")


@pytest.fixture
def ask(client, page):
    """Ask with the validator of an earlier answer."""

    def again(path, etag="", **headers):
        path = path.format(page=page.pk, network=page.network.pk)
        return client.get(f"{API}/{path}", headers={**({"if-none-match": etag} if etag else {}), **headers})

    return again


def seats(get, page, row=EAST):
    return get(f"gatherings/{page.pk}/")["occurrences"][row]["seats"]


def test_each_time_and_place_tells_how_its_seats_are_taken(get, page):
    assert seats(get, page) == {"capacity": 2, "left": 2, "waiting": 0, "has_waiting_list": True}
    assert seats(get, page, WEST) == {"capacity": None, "left": None, "waiting": 0, "has_waiting_list": True}
    for _ in range(3):
        sign_up(page)
    assert seats(get, page) == {"capacity": 2, "left": 0, "waiting": 1, "has_waiting_list": True}
    told = get(f"gatherings/{page.pk}/")
    assert [row["registration_status"]["value"] for row in told["occurrences"]] == ["waiting_list", "open"]


def test_fewer_seats_than_are_taken_are_never_less_than_none(get, page):
    sign_up(page), sign_up(page)
    page.occurrences.filter(name="Øst").update(capacity=1)
    page.refresh_from_db()
    page.save_revision().publish()
    assert pool_of(page).seats.over == 1
    assert seats(get, page)["left"] == 0


def test_where_one_signs_up_elsewhere_nothing_is_told(get):
    link = {"registration_method": "link", "registration_link": "https://example.org/"}
    page = factories.gathering(factories.network(), "Samling", [{"start_date": "2026-12-10", "capacity": 3}], **link)
    assert seats(get, page) is None
    assert get(f"gatherings/{page.pk}/")["registration_form"] is None


@pytest.mark.parametrize("door", API_DOORS)
def test_every_door_tells_the_same(get, read, page, door):
    for _ in range(3):
        sign_up(page)
    ours, theirs = get(f"gatherings/{page.pk}/"), read(door, page)
    assert ours["occurrences"][EAST]["seats"]["waiting"] == 1
    assert [row["seats"] for row in theirs["occurrences"]] == [row["seats"] for row in ours["occurrences"]]
    names = ("registration_waiting_list", "registration_confirmation", "registration_needs", "registration_form")
    assert {name: theirs[name] for name in names} == {name: ours[name] for name in names}


def first_registration():
    return Registration.objects.order_by("pk").first()


CHANGES = {
    "signing up": sign_up,
    "cancelling": lambda page: in_own_transaction(lambda: cancel(first_registration(), timezone.now())),
    "the waiting list": lambda page: [sign_up(page) for _ in range(2)],
}


@pytest.mark.parametrize("path", WITH_SEATS)
@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_of_seats_the_answer_is_made_anew(ask, page, path, name):
    sign_up(page)
    first = ask(path)
    assert ask(path, first["ETag"]).status_code == 304
    CHANGES[name](page)
    second = ask(path, first["ETag"])
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    assert second.content != first.content


@pytest.mark.parametrize("path", WITHOUT)
def test_what_tells_of_no_seats_stays_as_it_is(ask, page, path):
    first = ask(path)
    sign_up(page)
    assert ask(path, first["ETag"]).status_code == 304
    assert first["Cache-Control"] == "public, max-age=60"


def test_a_gathering_stays_as_it_is_when_somebody_signs_up_for_another(ask, page, other):
    first = ask("gatherings/{page}/")
    sign_up(other)
    assert ask("gatherings/{page}/", first["ETag"]).status_code == 304


@pytest.mark.parametrize("path", ["gatherings/{}/", "gatherings/{}/registration-form/"])
def test_an_alias_tells_of_the_seats_of_its_source(ask, page, path):
    alias = page.create_alias(parent=factories.gathering_index(factories.network("Et annet")), update_slug="alias")
    again = alias.create_alias(update_slug="again")
    sign_up(page)
    for shown in (page, alias, again):
        first = ask(path.format(shown.pk))
        assert first["Cache-Control"] == "no-cache"
        assert ask(path.format(shown.pk), first["ETag"]).status_code == 304
        sign_up(page)
        second = ask(path.format(shown.pk), first["ETag"])
        assert second.status_code == 200
        assert second.content != first.content


@pytest.mark.parametrize("path", [*WITH_SEATS, *WITHOUT])
def test_nothing_new_costs_one_query(ask, page, path):
    sign_up(page)
    etag = ask(path)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert ask(path, etag).status_code == 304
    assert len(queries) == 1


def test_nobody_shows_seats_without_asking_while_they_can_be_taken(ask, page, settings):
    for path in WITH_SEATS:
        answer = ask(path)
        assert answer["Cache-Control"] == "no-cache"
        assert "Last-Modified" not in answer


def test_seats_of_what_is_over_may_be_kept(client, page):
    past = make_gathering(
        page.network,
        "I fjor",
        [{"start_date": "2025-12-10", "capacity": 3}],
        registration_deadline="2025-12-01",
        published_on=date(2025, 11, 1),
    )
    assert client.get(f"{API}/gatherings/{past.pk}/")["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("status", ["open", "waiting_list", "full"])
def test_gatherings_are_found_by_how_their_seats_are_taken(titles, status):
    network = factories.network()
    row = [{"name": "Øst", "start_date": "2026-12-10", "capacity": 1}]
    make_gathering(network, "open", row)
    sign_up(make_gathering(network, "waiting_list", row))
    sign_up(make_gathering(network, "full", row, registration_waiting_list=False))
    assert titles("gatherings/", registration_status=status) == [status]


def test_no_online_address_is_told(get, page):
    occurrence_of(page).page.occurrences.update(online_address="https://video.example.org/hemmelig")
    assert "hemmelig" not in str(get(f"gatherings/{page.pk}/"))
