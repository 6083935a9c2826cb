"""Signing up over our API: what a frontend sends, what it is answered, and what strangers learn."""

import json
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator
from wagtail.models import PageViewRestriction

from tests import factories
from tests.api.conftest import API
from tests.languages import translated
from tests.registration.conftest import make_gathering, occurrence_of, pool_of, sign_up
from wagtail_prosjektnett.models import AnsweredRequest, Registration, RegistrationMail, RegistrationNeeds
from wagtail_prosjektnett.own_transaction import MOST_TRIES
from wagtail_prosjektnett.pages.models import Question
from wagtail_prosjektnett.records.answered_requests import prune_answered_requests

pytestmark = pytest.mark.django_db

PROBLEM = "urn:prosjektnett:problem:"
#: What it costs to sign somebody up: what it is about, what is asked there, and what the seats cost themselves.
MOST_QUERIES = 18
JSON = "application/json"


@pytest.fixture
def page():
    """A gathering with two seats in the east and no limit in the west."""
    return make_gathering()


@pytest.fixture
def post(client):
    """Send a body, which may be text that is no JSON, to the registrations of a gathering."""

    def send(page, body, key=None, content_type=JSON, **headers):
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        sent = {**({"idempotency-key": key} if key is not None else {}), **headers}
        return client.post(f"{API}/gatherings/{page.pk}/registrations/", data, content_type=content_type, headers=sent)

    return send


def person(name="Deltaker", email="deltaker@example.org", **fields):
    return {"name": name, "email": email, **fields}


def signup(page, *people, name="Øst", **fields):
    """What a frontend sends for some people, or for one."""
    return {"occurrence": str(occurrence_of(page, name).uid), "participants": list(people or [person()]), **fields}


def refusal(answer, status, kind):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    data = answer.json()
    assert data["type"] == PROBLEM + kind
    assert data["title"]
    assert data["detail"]
    return data


def pointers(answer):
    return [error["pointer"] for error in refusal(answer, 422, "invalid-body")["errors"]]


@pytest.fixture
def asked():
    """A gathering that asks a question of each kind, and for needs."""
    page = make_gathering(registration_needs=True)
    page.questions = [
        Question(label="Hvorfor?", kind="text"),
        Question(label="Hva vil du høre om?", kind="choice", options="Data\nSkjema", required=True),
        Question(label="Blir du med på middag?", kind="yes_no"),
    ]
    page.save_revision().publish()
    return page


def answers(page, *values):
    return {str(row.uid): value for row, value in zip(page.questions.order_by("sort_order"), values, strict=True)}


def test_who_comes_first_gets_a_seat_and_the_others_wait(page, post, conforms):
    told = [post(page, signup(page, person(email=f"d{number}@example.org"))) for number in range(3)]
    assert [answer.status_code for answer in told] == [201] * 3
    for answer in told:
        conforms("createRegistration", answer.json(), "201")
        assert answer["Cache-Control"] == "private, no-store"
    assert [answer.json()["states"][0]["value"] for answer in told] == ["seated", "seated", "waiting"]
    assert RegistrationMail.objects.count() == 3
    assert pool_of(page).last_number == 3


def test_the_answer_holds_neither_a_token_nor_a_number_nor_a_name(page, post):
    answer = post(page, signup(page))
    assert answer.json() == {
        "states": [{"value": "seated", "label": answer.json()["states"][0]["label"]}],
        "must_confirm": False,
    }


def test_a_known_address_is_answered_as_a_new_one_at_the_same_cost(page, post):
    costs, told = [], []
    for email in ("Kjent@example.org", "kjent@example.org", "ny@example.org"):
        with CaptureQueriesContext(connection) as queries:
            told.append(post(page, signup(page, person(email=email))))
        costs.append(len(queries))
    assert told[0].content == told[1].content == told[2].content
    assert costs[1] == costs[2] <= MOST_QUERIES
    assert list(RegistrationMail.objects.order_by("pk").values_list("kind", flat=True)) == [
        *("received", "again", "received")
    ]


def test_all_that_is_said_is_kept(asked, post):
    alta = factories.municipality(municipality_number="5601")
    said = person(
        municipality="5601",
        organisation_name="Utviklingslaget 🙂",
        role="Rådgiver",
        comment="To\nlinjer",
        answers=answers(asked, "Derfor", "Skjema", True),
        needs={"dietary": "Vegetar"},
    )
    assert post(asked, signup(asked, said)).status_code == 201
    kept = Registration.objects.get()
    assert (kept.organisation, kept.organisation_name, kept.role) == (alta, "Utviklingslaget 🙂", "Rådgiver")
    assert kept.answers == said["answers"]
    assert kept.comment == "To\nlinjer"
    assert RegistrationNeeds.objects.get().dietary == "Vegetar"


def test_a_contact_signs_up_several_at_a_cost_that_hardly_grows(page, post, asked):
    contact = {"name": "Sekretær", "email": "sekretaer@example.org"}
    costs = []
    for count in (2, 12):
        people = [person(f"Nr. {number} av {count}", "") for number in range(count)]
        for each in people:
            each["answers"] = answers(asked, "", "Data", None)
        with CaptureQueriesContext(connection) as queries:
            answer = post(asked, signup(asked, *people, name="Vest", contact=contact))
        assert [state["value"] for state in answer.json()["states"]] == ["seated"] * count
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert Registration.objects.first().contact_name == "Sekretær"


def test_mail_is_in_the_language_of_the_page(page, post, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    other = translated(page, nynorsk)
    assert post(other, signup(other)).status_code == 201
    assert Registration.objects.get().language == "nn"


REFUSED = {
    "registration-closed": ("2026-12-01T00:00+01:00", {}),
    "occurrence-over": ("2026-12-10T12:00+01:00", {}),
    "registration-not-yet-open": ("2026-11-23T12:00+01:00", {"registration_opens": "2026-11-25"}),
    "registration-not-offered": ("2026-11-23T12:00+01:00", {"registration_method": "link"}),
    "occurrence-cancelled": ("2026-11-23T12:00+01:00", {"decision": "cancelled"}),
    "occurrence-postponed": ("2026-11-23T12:00+01:00", {"decision": "postponed"}),
    "gathering-full": ("2026-11-23T12:00+01:00", {"registration_waiting_list": False, "capacity": 1}),
    "network-closed": ("2026-11-23T12:00+01:00", {"closed_from": "2026-11-01", "wind_down_from": "2026-10-01"}),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_each_refusal_is_a_problem_of_its_own(post, kind):
    instant, fields = REFUSED[kind]
    network = factories.network(**{name: value for name, value in fields.items() if name.endswith("_from")})
    row = {"name": "Øst", "start_date": "2026-12-10", "capacity": fields.get("capacity", 2)}
    row["decision"] = fields.get("decision", "as_planned")
    terms = {name: value for name, value in fields.items() if name.startswith("registration_")}
    if "registration_opens" in terms:
        terms["registration_opens"] = timezone.datetime.fromisoformat(terms["registration_opens"]).date()
    page = make_gathering(network, occurrences=[row], published_on=timezone.datetime(2026, 1, 1).date(), **terms)
    if kind == "gathering-full":
        assert post(page, signup(page, person(email="forst@example.org"))).status_code == 201
    before = Registration.objects.count()
    with time_machine.travel(instant, tick=False):
        told = refusal(post(page, signup(page), **{"accept-language": "en"}), 409, kind)
    assert told["title"] == "Nobody can sign up"
    assert Registration.objects.count() == before


def test_what_the_public_does_not_see_is_not_there(page, post):
    body = signup(page)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    refusal(post(page, body), 404, "not-found")
    page.pk = 2**31 - 1
    refusal(post(page, body), 404, "not-found")
    assert not Registration.objects.exists()


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(page, post, content_type):
    refusal(post(page, signup(page), content_type=content_type), 415, "unsupported-media-type")


def test_json_may_name_its_encoding(page, post):
    assert post(page, signup(page), content_type="application/json; charset=utf-8").status_code == 201


def test_a_body_is_not_large(page, post):
    refusal(post(page, json.dumps(signup(page)) + " " * 65536), 413, "body-too-large")
    assert post(page, json.dumps(signup(page)) + " " * 60000).status_code == 201


@pytest.mark.parametrize("body", ["{", "[" * 60000, b"\xff\xfe\xfa", "1" * 5000, "NaN x"])
def test_what_is_no_json_is_refused(page, post, body):
    refusal(post(page, body), 400, "bad-request")


@pytest.mark.parametrize("body", ["", "null", "[]", "1", '"a"', "{}", '{"\\ud800": 1}', "NaN"])
def test_json_of_another_sort_is_refused(page, post, body):
    refusal(post(page, body), 422, "invalid-body")


WRONG = {
    "NUL": ({"name": "a\0b"}, "/name"),
    "half a character": ({"name": "a\ud800"}, "/name"),
    "a line break": ({"name": "a\nBcc: b@example.org"}, "/name"),
    "a line separator": ({"role": "a\u2028b"}, "/role"),
    "a mark that turns the direction": ({"organisation_name": "a\u202eb"}, "/organisation_name"),
    "a long name": ({"name": "x" * 10_000}, "/name"),
    "a long comment": ({"comment": "x" * 2001}, "/comment"),
    "no name": ({"name": ""}, "/name"),
    "white space for a name": ({"name": "  "}, "/name"),
    "an address of the web for a name": ({"name": "Vinn! https://reklame.example/"}, "/name"),
    "no address": ({"email": ""}, "/email"),
    "two addresses": ({"email": "a@example.org,b@example.org"}, "/email"),
    "an address with a line break": ({"email": "a@example.org\r\nBcc: b@example.org"}, "/email"),
    "a number for a name": ({"name": 7}, "/name"),
    "a municipality that there is not": ({"municipality": "9999"}, "/municipality"),
    "a municipality by its name": ({"municipality": "Alta"}, "/municipality"),
    "what nobody knows": ({"state": "seated"}, "/state"),
    "needs that nobody asked for": ({"needs": {"dietary": "Vegetar"}}, "/needs"),
    "an answer to no question": (
        {"answers": {"00000000-0000-0000-0000-000000000000": "a"}},
        "/answers/00000000-0000-0000-0000-000000000000",
    ),
    "an answer by no key": ({"answers": {"x/~": "a"}}, "/answers/x~1~0"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_by_where_it_stands(page, post, name):
    fields, pointer = WRONG[name]
    assert pointers(post(page, signup(page, person(**fields)))) == [f"/participants/0{pointer}"]
    assert not Registration.objects.exists()


#: Characters that become several in the forms of Unicode that texts (NFC) and addresses (NFKC) are kept in.
GROWING = {
    "name": ("\U0001d160" * 200, 201),
    "role": ("\U0001d160" * 200, 201),
    "organisation_name": ("\u0344" * 200, 201),
    "comment": ("\U0001d160" * 2000, 201),
    "email": ("a@" + "\u3300." * 110 + "no", 422),
}


@pytest.mark.parametrize("field", GROWING)
def test_what_has_room_as_it_is_typed_has_room_as_it_is_kept(page, post, field):
    text, status = GROWING[field]
    assert post(page, signup(page, person(**{field: text}))).status_code == status
    kept = [getattr(each, field) for each in Registration.objects.all()]
    assert kept == ([text] if status == 201 else [])


def test_the_address_of_a_contact_has_room_too(page, post):
    contact = {"name": "Sekretær", "email": GROWING["email"][0]}
    assert pointers(post(page, signup(page, person(email=""), contact=contact))) == ["/contact/email"]


def test_the_name_of_a_contact_is_a_name_too(page, post):
    contact = {"name": "Vinn! https://reklame.example/", "email": "sekretaer@example.org"}
    assert pointers(post(page, signup(page, person(email=""), contact=contact))) == ["/contact/name"]


def test_what_a_question_cannot_be_answered_with(asked, post):
    wrong = [((True, "Data", True), 0), (("", "Kaffe", True), 1), (("", "", True), 1), (("", "Data", "ja"), 2)]
    for values, place in wrong:
        said = answers(asked, *values)
        key = list(said)[place]
        assert pointers(post(asked, signup(asked, person(answers=said)))) == [f"/participants/0/answers/{key}"]


@pytest.mark.parametrize("number", [0, 21])
def test_how_many_can_be_signed_up_together(page, post, number):
    people = [person(email=f"d{each}@example.org") for each in range(number)]
    assert pointers(post(page, {**signup(page), "participants": people})) == ["/participants"]


def test_nobody_stands_twice_in_a_list(page, post):
    assert pointers(post(page, signup(page, person(), person(email="DELTAKER@example.org")))) == [
        "/participants/1/email"
    ]


def test_a_place_of_another_gathering_is_unknown(page, post):
    other = make_gathering(page.network, "En annen")
    assert pointers(post(page, signup(other))) == ["/occurrence"]
    assert pointers(post(page, {**signup(page), "occurrence": "x"})) == ["/occurrence"]
    assert not Registration.objects.exists()


def test_parameters_that_there_are_not_are_refused(client, page):
    address = f"{API}/gatherings/{page.pk}/registrations/?token=a"
    refusal(client.post(address, json.dumps(signup(page)), content_type=JSON), 422, "invalid-parameters")


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_it_is_only_posted_to(client, page, method):
    answer = getattr(client, method)(f"{API}/gatherings/{page.pk}/registrations/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"


def test_one_address_does_not_sign_up_without_end(page, post, settings):
    cache.clear()
    settings.PROSJEKTNETT_THROTTLE_RATES = {"registration": "2/hour"}
    told = [post(page, signup(page, person(email=f"d{number}@example.org"))) for number in range(3)]
    assert [answer.status_code for answer in told] == [201, 201, 429]
    assert told[2]["Retry-After"]


def test_a_database_that_is_busy_lets_one_try_later(page, post, monkeypatch):
    tries = []

    def fail(*args, **kwargs):
        tries.append(1)
        raise OperationalError("database is locked")

    monkeypatch.setattr("wagtail_prosjektnett.own_transaction._PAUSE", 0)
    monkeypatch.setattr("wagtail_prosjektnett.registration.seats.take", fail)
    answer = post(page, signup(page))
    refusal(answer, 503, "try-later")
    assert answer["Retry-After"] == "2"
    assert len(tries) == MOST_TRIES


# The same request again


def test_the_same_again_changes_nothing_and_is_answered_alike(page, post):
    key = str(uuid4())
    body = signup(page)
    first = post(page, body, key)
    sign_up(page)
    assert post(page, dict(reversed(body.items())), key).content == first.content
    assert Registration.objects.count() == 2
    assert RegistrationMail.objects.count() == 2


def test_another_body_is_refused(page, post):
    post(page, signup(page), "a")
    refusal(post(page, signup(page, person(email="andre@example.org")), "a"), 422, "idempotency-key-reused")
    assert Registration.objects.count() == 1


def test_a_key_is_good_for_one_gathering(page, post):
    other = make_gathering(page.network, "En annen")
    assert post(page, signup(page), "a").status_code == 201
    assert post(other, signup(other), "a").status_code == 201


def test_the_same_again_is_answered_when_all_is_over(page, post):
    first, body = post(page, signup(page), "a"), signup(page)
    with time_machine.travel("2026-12-01T12:00+01:00", tick=False):
        assert post(page, body, "a").content == first.content
    page.unpublish()
    assert post(page, body, "a").content == first.content


def test_a_refusal_is_not_kept(post):
    page = make_gathering(registration_opens=timezone.datetime(2026, 11, 24).date())
    assert post(page, signup(page), "a").status_code == 409
    with time_machine.travel("2026-11-24T12:00+01:00", tick=False):
        assert post(page, signup(page), "a").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_what_is_no_key_is_refused(page, post, key):
    data = refusal(post(page, signup(page), key), 422, "invalid-parameters")
    assert [(error["where"], error["parameter"]) for error in data["errors"]] == [("header", "Idempotency-Key")]
    assert not Registration.objects.exists()


def test_nothing_personal_is_kept_of_a_request_and_nothing_for_long(page, post):
    post(page, signup(page), "min-nokkel")
    kept = AnsweredRequest.objects.get()
    stored = str([getattr(kept, field.name) for field in kept._meta.fields])
    assert not [word for word in ("Deltaker", "example.org", "min-nokkel") if word in stored]
    with time_machine.travel("2026-11-24T11:59+01:00", tick=False):
        assert prune_answered_requests(timezone.now()) == 0
    with time_machine.travel("2026-11-24T12:00+01:00", tick=False):
        assert prune_answered_requests(timezone.now()) == 1


# The form


@pytest.fixture
def form(get):
    return lambda page, **parameters: get(f"gatherings/{page.pk}/registration-form/", **parameters)


def test_the_form_tells_what_is_asked(asked, form, conforms):
    factories.municipality(municipality_number="5601")
    told = form(asked)
    conforms("getRegistrationForm", told)
    assert [question["kind"] for question in told["questions"]] == ["text", "choice", "yes_no"]
    assert told["questions"][1]["options"] == [{"value": each, "label": each} for each in ("Data", "Skjema")]
    assert told["municipalities"] == [{"number": "5601", "name": "Alta"}]
    assert told["asks_for_needs"] is True
    assert "365" in told["privacy_notice"]
    assert "14" in told["privacy_notice"]


def test_its_schema_takes_what_is_taken_and_refuses_what_is_refused(asked, form, post):
    factories.municipality(municipality_number="5601")
    schema = form(asked)["schema"]
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    good = person(municipality="5601", answers=answers(asked, "", "Data", True), needs={"access": "Rullestol"})
    left_out = {key: value for key, value in good["answers"].items() if value != "Data"}
    bad = [
        {**good, "answers": left_out},
        {**good, "municipality": "9999"},
        {**good, "name": ""},
        {**good, "name": "Se Www.reklame.example"},
        {**good, "needs": {"other": "a"}},
        {key: value for key, value in good.items() if key != "email"},
        {**good, "role": "x" * 201},
    ]
    assert validator.is_valid(signup(asked, good))
    assert post(asked, signup(asked, good)).status_code == 201
    for said in bad:
        assert not validator.is_valid(signup(asked, said))
        assert post(asked, signup(asked, said)).status_code == 422
    contact = {"name": "Sekretær", "email": "sekretaer@example.org"}
    assert validator.is_valid(signup(asked, {**good, "email": ""} | {"name": "B"}, contact=contact)) is False
    del good["email"]
    assert validator.is_valid(signup(asked, good, contact=contact))
    assert post(asked, signup(asked, good, contact=contact)).status_code == 201


def test_the_form_has_the_places_that_are_open(form):
    east = {"name": "Øst", "start_date": "2026-12-10", "decision": "cancelled"}
    page = make_gathering(occurrences=[east, {"name": "Vest", "start_date": "2026-12-12"}])
    told = form(page)
    assert [row["name"] for row in told["occurrences"]] == ["Øst", "Vest"]
    (choice,) = told["schema"]["properties"]["occurrence"]["oneOf"]
    assert choice["const"] == str(occurrence_of(page, "Vest").uid)


def test_choices_are_told_in_the_language_of_the_page(asked, form, post, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    other = translated(asked, nynorsk)
    row = other.questions.get(kind="choice")
    row.label, row.options = "Kva vil du høyre om?", "Data\nSkjema på nett"
    row.save()
    question = form(other)["questions"][1]
    assert question["label"] == "Kva vil du høyre om?"
    assert question["options"][1] == {"value": "Skjema", "label": "Skjema på nett"}
    said = person(answers={question["uid"]: "Skjema"})
    assert post(other, signup(other, said)).status_code == 201
    assert Registration.objects.get().answers[question["uid"]] == "Skjema"


def test_a_gathering_without_a_form_has_none(client):
    page = factories.gathering(factories.network(), "Samling", [{"start_date": "2026-12-10"}])
    assert client.get(f"{API}/gatherings/{page.pk}/registration-form/").status_code == 404


def test_the_form_is_made_anew_when_a_seat_is_taken(client, page):
    address = f"{API}/gatherings/{page.pk}/registration-form/"
    first = client.get(address)
    sign_up(page)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_what_a_reader_gets_wrong_is_told_in_the_reader_s_language(page, client):
    body = {"occurrence": "", "participants": [{"name": "", "email": "a@example.org", "role": "x" * 201}, {}]}
    answer = client.post(
        f"/api/prosjektnett/gatherings/{page.pk}/registrations/",
        body,
        content_type="application/json",
        headers={"Accept-Language": "nb"},
    )
    assert {each["pointer"]: each["message"] for each in answer.json()["errors"]} == {
        "/occurrence": "Velg én av disse.",
        "/participants/0/name": "Feltet er påkrevd.",
        "/participants/0/role": "Dette kan ha høyst 200 tegn.",
        "/participants/1/name": "Feltet er påkrevd.",
    }
