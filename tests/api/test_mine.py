"""A participant's own registration by its token: seen, confirmed, changed, cancelled and erased."""

import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.api.conftest import API
from tests.languages import again
from tests.registration.conftest import make_gathering, occurrence_of, participant, pool_of, sign_up
from wagtail_prosjektnett.domain.registration import Contact, Needs
from wagtail_prosjektnett.models import Registration, RegistrationMail, RegistrationNeeds
from wagtail_prosjektnett.pages.models import Question
from wagtail_prosjektnett.records.tokens import token_of
from wagtail_prosjektnett.registration.changes import expire_unconfirmed

pytestmark = pytest.mark.django_db

MINE = f"{API}/registrations/mine/"
JSON = "application/json"
#: What each of these costs at most, in queries.
MOST_QUERIES = {"get": 11, "patch": 34, "post": 6, "delete": 16}


@pytest.fixture
def page():
    """A gathering with two seats in the east, which can be followed online, and a question."""
    page = make_gathering(registration_needs=True)
    page.occurrences.update(online_address="https://video.example.org/rom")
    page.questions = [Question(label="Blir du med på middag?", kind="yes_no"), Question(label="Hvorfor?", kind="text")]
    page.save_revision().publish()
    return page


@pytest.fixture
def mine(page):
    """A registration with a seat."""
    alta = factories.municipality(municipality_number="5601")
    rows = page.questions.order_by("sort_order")
    answers = {str(row.uid): value for row, value in zip(rows, (True, "Derfor"), strict=True)}
    sign_up(page, participant(organisation=alta.pk, role="Leder", needs=Needs("Vegetar"), answers=answers))
    return Registration.objects.get()


@pytest.fixture
def ask(client, mine):
    """Ask with a token in the header, the one of the registration if no other is given."""

    def send(method="get", path="", body=None, token=None, **headers):
        token = token_of(mine) if token is None else token
        sent = {"authorization": f"Bearer {token}", **headers}
        data = {} if method in ("get", "head") else {"data": json.dumps(body) if body else "", "content_type": JSON}
        return getattr(client, method)(MINE + path, headers=sent, **data)

    return send


def test_a_registration_is_told_with_all_that_its_owner_has_said(ask, mine, page, conforms):
    answer = ask()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    told = answer.json()
    conforms("getRegistration", told)
    assert told["state"]["value"] == "seated"
    assert (told["name"], told["role"], told["email"]) == (mine.name, "Leder", mine.email)
    assert told["municipality"]["municipality_number"] == "5601"
    assert told["answers"] == mine.answers
    assert told["needs"] == {"dietary": "Vegetar", "access": ""}
    assert told["gathering"]["id"] == page.pk
    assert told["occurrence"]["name"] == "Øst"
    assert told["place_in_queue"] is None
    assert told["online_address"] == "https://video.example.org/rom"


def test_who_waits_is_told_their_own_place_and_no_online_address(ask, page):
    for _ in range(3):
        sign_up(page)
    last = Registration.objects.order_by("pk").last()
    told = ask(token=token_of(last)).json()
    assert told["state"]["value"] == "waiting"
    assert told["place_in_queue"] == 2
    assert told["online_address"] == ""


def test_one_that_is_to_be_confirmed_has_no_online_address_before(ask):
    other = make_gathering(registration_confirmation=True)
    other.occurrences.update(online_address="https://video.example.org/rom")
    sign_up(other)
    token = token_of(Registration.objects.order_by("pk").last())
    before = ask(token=token).json()
    assert (before["online_address"], before["confirm_by"]) == ("", "2026-11-24T12:00:00+01:00")
    answer = ask("post", "confirm/", token=token)
    assert answer.status_code == 200
    assert answer.json()["state"]["value"] == "seated"
    after = ask(token=token).json()
    assert (after["online_address"], after["confirm_by"]) == ("https://video.example.org/rom", None)


def test_confirming_again_is_answered_alike(ask):
    first = ask("post", "confirm/", **{"idempotency-key": "a"})
    ask("delete")
    assert ask("post", "confirm/", **{"idempotency-key": "a"}).content == first.content
    assert ask("post", "confirm/").status_code == 409


def test_what_was_not_confirmed_in_time_has_ended(ask):
    other = make_gathering(registration_confirmation=True)
    sign_up(other)
    token = token_of(Registration.objects.order_by("pk").last())
    with time_machine.travel("2026-11-24T12:00+01:00", tick=False):
        expire_unconfirmed(timezone.now())
        answer = ask("post", "confirm/", token=token)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:prosjektnett:problem:registration-ended")
        assert ask(token=token).json()["state"]["value"] == "expired"


def test_a_change_leaves_what_it_does_not_name(ask, mine, page, conforms):
    question = page.questions.get(kind="text")
    answer = ask("patch", body={"role": "", "answers": {str(question.uid): "Nytt svar"}})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    conforms("changeRegistration", told)
    assert told["answers"] == {**mine.answers, str(question.uid): "Nytt svar"}
    assert (told["name"], told["role"]) == (mine.name, "")
    assert told["needs"] == {"dietary": "Vegetar", "access": ""}
    assert told["municipality"]["municipality_number"] == "5601"
    assert RegistrationMail.objects.filter(kind="changed").count() == 1
    told = ask("patch", body={"municipality": None, "needs": None, "name": "Nytt navn"}).json()
    assert (told["municipality"], told["needs"], told["name"]) == (None, None, "Nytt navn")
    assert not RegistrationNeeds.objects.exists()


def ask_anew(page, *questions):
    """Publish a gathering with other questions."""
    page = again(page)
    page.questions = list(questions)
    page.save_revision().publish()


def test_what_is_not_asked_any_more_was_still_answered(ask, mine, page):
    before = dict(mine.answers)
    ask_anew(page)
    assert ask("patch", body={"role": "Rådgiver"}).status_code == 200
    mine.refresh_from_db()
    assert (mine.role, mine.answers) == ("Rådgiver", before)


def test_what_somebody_needs_stays_when_it_is_not_asked_any_more(ask, page):
    page = again(page)
    page.registration_needs, page.occurrences = False, list(page.occurrences.all())
    page.save_revision().publish()
    assert ask("patch", body={"role": "Rådgiver"}).json()["needs"] == {"dietary": "Vegetar", "access": ""}


def test_a_question_that_came_later_hinders_no_other_change(ask, mine, page):
    before = dict(mine.answers)
    ask_anew(page, *again(page).questions.all(), Question(label="Hvordan kommer du?", kind="text", required=True))
    assert ask("patch", body={"role": "Rådgiver"}).status_code == 200
    new = str(again(page).questions.get(label="Hvordan kommer du?").uid)
    answer = ask("patch", body={"answers": {new: ""}})
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/answers/{new}"]
    assert ask("patch", body={"answers": {new: "Med buss"}}).status_code == 200
    mine.refresh_from_db()
    assert mine.answers == {**before, new: "Med buss"}


def test_a_municipality_that_is_no_more_stays_until_it_is_changed(ask, mine):
    mine.organisation.valid_to = timezone.datetime(2026, 1, 1).date()
    mine.organisation.save()
    assert ask("patch", body={"role": "Rådgiver"}).json()["municipality"]["municipality_number"] == "5601"
    assert ask("patch", body={"municipality": "5601"}).status_code == 422


@pytest.mark.parametrize(
    "body, pointer",
    [
        ({"name": ""}, "/name"),
        ({"name": None}, "/name"),
        ({"name": "a\nb"}, "/name"),
        ({"email": "annen@example.org"}, "/email"),
        ({"state": "seated"}, "/state"),
        ({"occurrence": "1"}, "/occurrence"),
        ({"municipality": "9999"}, "/municipality"),
        ({"needs": {"dietary": "x" * 501}}, "/needs/dietary"),
    ],
)
def test_what_cannot_be_changed_so_is_named(ask, mine, body, pointer):
    answer = ask("patch", body=body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    mine.refresh_from_db()
    assert mine.name.startswith("Deltaker")


def test_cancelling_lets_the_next_one_move_up(ask, mine, page):
    for _ in range(2):
        sign_up(page)
    answer = ask("delete")
    assert answer.status_code == 200
    assert answer.json()["state"]["value"] == "cancelled"
    assert (pool_of(page).seated, pool_of(page).waiting) == (2, 0)
    assert RegistrationMail.objects.filter(kind="moved_up").count() == 1
    assert ask("delete").json() == answer.json()
    assert RegistrationMail.objects.filter(kind="cancelled").count() == 1
    answer = ask("patch", body={"role": "Leder"})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:prosjektnett:problem:registration-ended")


def test_erasing_leaves_nothing_and_the_token_opens_nothing(ask, mine, page):
    answer = ask("post", "erase/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Cache-Control"] == "private, no-store"
    mine.refresh_from_db()
    assert (mine.name, mine.email, mine.role, mine.answers) == ("", "", "", {})
    assert pool_of(page).seated == 0
    for method in ("get", "patch", "delete"):
        assert ask(method, body={"role": "a"}).status_code == 404


WRONG = {
    "none": {},
    "empty": {"authorization": ""},
    "no scheme": {"authorization": "{token}"},
    "another scheme": {"authorization": "Basic {token}"},
    "cut": {"authorization": "Bearer {cut}"},
    "with more": {"authorization": "Bearer {token}a"},
    "made up": {"authorization": "Bearer abc"},
    "long": {"authorization": "Bearer " + "a" * 4000},
    "of other letters": {"authorization": "Bearer æøå\x80"},
}


@pytest.mark.parametrize("method", ["get", "patch", "delete", "post confirm/", "post erase/"])
def test_every_wrong_token_is_answered_alike_at_the_same_cost(client, mine, method):
    method, _space, path = method.partition(" ")
    token, told = token_of(mine), []
    for headers in WRONG.values():
        sent = {name: value.format(token=token, cut=token[:-1]) for name, value in headers.items()}
        with CaptureQueriesContext(connection) as queries:
            answer = client.generic(method.upper(), MINE + path, "", content_type=JSON, headers=sent)
        told.append((answer.status_code, answer.content, answer["Cache-Control"], len(queries)))
    assert set(told) == {(404, told[0][1], "no-store, private", 1)}
    assert json.loads(told[0][1])["type"] == "urn:prosjektnett:problem:not-found"
    mine.refresh_from_db()
    assert mine.is_active


def test_a_token_in_the_address_opens_nothing(client, mine):
    for name in ("token", "authorization"):
        assert client.get(f"{MINE}?{name}={token_of(mine)}").status_code == 404


@pytest.mark.parametrize("path", ["", "confirm/", "erase/"])
def test_what_is_only_read_changes_nothing(ask, mine, path):
    for method in ("get", "head"):
        ask(method, path)
    mine.refresh_from_db()
    assert mine.is_active
    assert ask("get", "erase/").status_code == 405
    assert ask("put").status_code == 405
    assert ask("put")["Allow"] == "GET, HEAD, PATCH, DELETE"


def test_it_works_in_a_closed_network_and_without_the_page(ask, page):
    network = page.network
    network.wind_down_from, network.closed_from = (timezone.datetime(2026, month, 1).date() for month in (10, 11))
    network.save_revision().publish()
    assert ask().json()["occurrence"]["registration_status"]["value"] == "closed"
    page.unpublish()
    told = ask().json()
    assert (told["gathering"], told["occurrence"], told["online_address"]) == (None, None, "")
    assert ask("patch", body={"role": "a"}).json()["type"] == "urn:prosjektnett:problem:registration-not-offered"
    assert ask("delete").json()["state"]["value"] == "cancelled"


def test_who_was_signed_up_by_a_contact_can_change_it_without_an_address(ask, page):
    sign_up(page, participant(email=""), contact=Contact("Sekretær", "sekretaer@example.org"))
    token = token_of(Registration.objects.order_by("pk").last())
    assert ask(token=token).json()["signed_up_by"] == "Sekretær"
    assert ask("patch", body={"role": "Rådgiver"}, token=token).json()["role"] == "Rådgiver"


@pytest.mark.parametrize("method, path", [("get", ""), ("patch", ""), ("post", "confirm/"), ("delete", "")])
def test_what_it_costs(ask, method, path):
    with CaptureQueriesContext(connection) as queries:
        assert ask(method, path, body={"role": "a"} if method == "patch" else None).status_code == 200
    assert len(queries) <= MOST_QUERIES[method]


def test_it_is_moved_with_its_occurrence(ask, mine, page):
    page.move(factories.gathering_index(factories.network("Et annet")), pos="last-child")
    assert ask().json()["gathering"]["url"].startswith("http://localhost/et-annet/")
    assert occurrence_of(page).uid == mine.pool.uid
