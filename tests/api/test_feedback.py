"""What readers say over our API, and what it tells of what they said."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.api.conftest import API
from tests.conftest import API_DOORS
from tests.feedback.conftest import shown
from tests.languages import translated
from wagtail_prosjektnett.models import AnsweredRequest, ContentChange, Feedback
from wagtail_prosjektnett.pages.models import ExperienceIndexPage, ExperiencePage

pytestmark = pytest.mark.django_db

PROBLEM = "urn:prosjektnett:problem:"


@pytest.fixture
def network():
    return factories.network()


@pytest.fixture
def article(network):
    return factories.article(network)


def path_of(page):
    """The path at which readers say something of an article, or of the experience base of a network."""
    return f"{'experiences' if isinstance(page, ExperiencePage) else 'networks'}/{page.pk}/feedback/"


@pytest.fixture
def post(client):
    """Send a body."""

    def send(page, body, key=None, content_type="application/json", **headers):
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        sent = {**({"idempotency-key": key} if key is not None else {}), **headers}
        return client.post(f"{API}/{path_of(page)}", data, content_type=content_type, headers=sent)

    return send


def refusal(answer, status, kind):
    assert (answer.status_code, answer.json()["type"]) == (status, PROBLEM + kind), answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


def test_what_is_said_waits_for_an_editor(article, post, get, conforms):
    alta = factories.municipality(municipality_number="5601")
    body = {"helpful": True, "municipality": "5601", "comment": "Bra", "name": "Leder", "email": "Leder@example.org"}
    answer = post(article, body)
    assert answer.status_code == 202
    conforms("createFeedback", answer.json(), "202")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.json() == {
        "state": {"value": "waiting", "label": "Venter på å bli lest"},
        "helpful": True,
        "used": True,
        "municipality": "5601",
        "comment": "Bra",
    }
    row = Feedback.objects.get()
    assert (row.about, row.page_key, row.municipality) == ("article", article.translation_key, alta)
    assert (row.name, row.address, row.used) == ("Leder", "leder@example.org", True)
    told = get(f"experiences/{article.pk}/")["feedback"]
    assert told == {"helpful_yes": 0, "helpful_no": 0, "used": 0, "municipalities": [], "comments": [],
                    "comment_count": 0}  # fmt: skip


def test_something_is_said_of_the_experience_base_as_a_whole(network, article, post, get, conforms):
    answer = post(network, {"comment": "Mer om gevinster"})
    assert answer.status_code == 202
    conforms("createBaseFeedback", answer.json(), "202")
    row = Feedback.objects.get()
    assert (row.about, row.page_key) == ("base", ExperienceIndexPage.objects.get().translation_key)
    row.state = "shown"
    row.save()
    told = get(path_of(network))
    conforms("listBaseFeedback", told)
    assert [each["comment"] for each in told["items"]] == ["Mer om gevinster"]
    refusal(post(network, {"used": True, "comment": "a"}), 422, "invalid-body")


def test_the_experience_base_of_a_network_is_found_whatever_language_labels_are_in(network, post, get, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    shown(factories.article(network).get_parent().specific)
    assert [get(path_of(network), locale=code)["count"] for code in ("nb", "nn", "en")] == [1, 1, 1]


def test_a_network_without_an_experience_base_has_no_feedback(network, post, client):
    refusal(post(network, {"helpful": True}), 404, "not-found")
    refusal(client.get(f"{API}/{path_of(network)}"), 404, "not-found")


@pytest.mark.parametrize("has_own", [False, True])
def test_the_experience_base_of_a_network_is_not_that_of_one_inside_it(network, post, client, has_own):
    inner = factories.network("Det indre", parent=network)
    factories.article(inner)
    if has_own:
        factories.article(network).get_parent().unpublish()
    refusal(post(network, {"helpful": True}), 404, "not-found")
    refusal(client.get(f"{API}/{path_of(network)}"), 404, "not-found")
    assert post(inner, {"helpful": True}).status_code == 202
    assert Feedback.objects.get().page_key == inner.get_children().get().translation_key


def test_what_is_shown_is_told_with_the_reply(article, get, conforms):
    vadso, alta = (
        factories.municipality(name, municipality_number=number)
        for name, number in (("Vadsø", "5607"), ("Alta", "5601"))
    )
    shown(article, comment="Eldst", used=True, municipality=vadso, created_at=timezone.now() - timedelta(2))
    reply = {"reply": "Takk", "replied_at": timezone.now()}
    shown(article, comment="Nyest", helpful=False, used=True, municipality=alta, name="Hemmelig", **reply)
    shown(article, comment="", helpful=None, used=True, municipality=alta)
    shown(article, comment="Venter", state="waiting", municipality=factories.municipality("Venter"))
    shown(article, comment="Skjult", state="hidden")
    item = get(f"experiences/{article.pk}/")
    conforms("getExperience", item)
    told = item["feedback"]
    numbers = {"helpful_yes": 1, "helpful_no": 1, "used": 3}
    numbers["municipalities"] = [{"number": "5601", "name": "Alta"}, {"number": "5607", "name": "Vadsø"}]
    assert {name: told[name] for name in numbers} == numbers
    assert (told["comment_count"], [each["comment"] for each in told["comments"]]) == (2, ["Nyest", "Eldst"])
    assert told["comments"][0] == {
        "written": "2026-11-23T12:00:00+01:00",
        "language": "nb",
        "helpful": False,
        "used": True,
        "municipality": {"number": "5601", "name": "Alta"},
        "comment": "Nyest",
        "reply": "Takk",
        "replied": "2026-11-23T12:00:00+01:00",
    }
    assert not [word for word in ("Venter", "Skjult", "Hemmelig") if word in json.dumps(item)]
    assert get("experiences/")["items"][0]["feedback"] == numbers
    listed = get(f"{path_of(article)}", limit=1, offset=1)
    conforms("listFeedback", listed)
    assert listed["numbers"] == numbers
    assert (listed["count"], [each["comment"] for each in listed["items"]]) == (2, ["Eldst"])


@pytest.mark.parametrize("door", API_DOORS)
def test_wagtails_apis_tell_the_numbers(article, read, door):
    alta = factories.municipality(municipality_number="5601")
    shown(article, used=True, municipality=alta)
    shown(article, state="waiting", used=True)
    told = {"helpful_yes": 1, "helpful_no": 0, "used": 1, "municipalities": [{"number": "5601", "name": "Alta"}]}
    assert read(door, article)["feedback"] == told


WRONG = {
    "NUL": ({"comment": "a\0b"}, "/comment"),
    "half a character": ({"comment": "a\ud800"}, "/comment"),
    "10,000 characters": ({"comment": "a" * 10_000}, "/comment"),
    "a mark that turns the direction": ({"comment": "a\u202eb"}, "/comment"),
    "a line break": ({"name": "a\nBcc: b@example.org"}, "/name"),
    "a line separator": ({"name": "a\u2028b"}, "/name"),
    "a long name": ({"name": "a" * 201}, "/name"),
    "two addresses": ({"email": "a@example.org,b@example.org"}, "/email"),
    "an address with a line break": ({"email": "a@example.org\r\nBcc: b@example.org"}, "/email"),
    "text for yes": ({"helpful": "yes"}, "/helpful"),
    "a number for used": ({"used": 1}, "/used"),
    "a municipality that there is not": ({"municipality": "9999"}, "/municipality"),
    "a municipality by its name": ({"municipality": "Alta"}, "/municipality"),
    "what nobody knows": ({"state": "shown"}, "/state"),
    "nothing but who it is": ({"helpful": None, "name": "Leder"}, ""),
    "white space": ({"helpful": None, "comment": " \n"}, ""),
}


@pytest.mark.parametrize("said, pointer", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_pointed_at(article, post, said, pointer):
    factories.municipality()
    problem = refusal(post(article, {"helpful": True, **said}), 422, "invalid-body")
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert problem["errors"][0]["message"]
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("body", ["", "null", "[]", '"a"', "NaN", "{}"])
def test_json_of_another_sort_is_refused(article, post, body):
    refusal(post(article, body), 422, "invalid-body")


def test_only_json_is_taken_and_no_more_than_is_needed(article, post):
    refusal(
        post(article, "helpful=yes", content_type="application/x-www-form-urlencoded"), 415, "unsupported-media-type"
    )
    refusal(post(article, '{"comment": "' + "a" * 70_000), 413, "body-too-large")
    refusal(post(article, "{"), 400, "bad-request")


def test_a_network_takes_feedback_until_the_second_in_which_it_is_closed(post):
    network = factories.network(wind_down_from="2026-10-01", closed_from="2026-11-24")
    article = factories.article(network)
    with time_machine.travel("2026-11-23T23:59:59+01:00", tick=False) as clock:
        assert post(article, {"helpful": True}).status_code == 202
        clock.shift(1)
        for page in (article, network):
            told = refusal(post(page, {"helpful": True}, **{"accept-language": "en"}), 409, "network-closed")
            assert told["title"] == "No feedback is taken"
    assert Feedback.objects.count() == 1


def test_what_the_public_does_not_see_is_not_there(network, article, post, client):
    article.view_restrictions.create(restriction_type="login")
    refusal(post(article, {"helpful": True}), 404, "not-found")
    refusal(client.get(f"{API}/{path_of(article)}"), 404, "not-found")
    ExperienceIndexPage.objects.get().unpublish()
    refusal(post(network, {"helpful": True}), 404, "not-found")
    article.pk = 2**31 - 1
    refusal(post(article, {"helpful": True}), 404, "not-found")
    assert not Feedback.objects.exists()


def test_a_request_that_is_sent_again_changes_nothing_more(article, post):
    key = str(uuid4())
    first, second = (post(article, {"comment": "Bra", "name": "Leder"}, key) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert Feedback.objects.count() == 1
    refusal(post(article, {"comment": "Noe annet"}, key), 422, "idempotency-key-reused")
    assert AnsweredRequest.objects.get().answer == {"state": "waiting"}
    assert (
        post(factories.article(article.network, "En annen"), {"comment": "Bra", "name": "Leder"}, key).status_code
        == 202
    )


def test_an_address_that_says_too_much_has_to_wait(article, post, settings):
    settings.PROSJEKTNETT_THROTTLE_RATES = {"feedback": "2/hour"}
    cache.clear()
    told = [post(article, {"helpful": True}) for _ in range(3)]
    assert [answer.status_code for answer in told] == [202, 202, 429]
    refusal(told[2], 429, "too-many-requests")
    assert 0 < int(told[2]["Retry-After"]) <= 3600


def test_other_origins_may_post_if_they_are_allowed(article, client):
    from wagtail.models import Site

    from wagtail_prosjektnett.models import Frontend, FrontendOrigin

    frontend = Frontend.objects.create(site=Site.objects.get(), address="https://fronten.example.org")
    FrontendOrigin.objects.create(frontend=frontend, origin="https://fronten.example.org")
    sent = {"access-control-request-method": "POST", "access-control-request-headers": "content-type,idempotency-key"}
    for origin, allowed in (("https://fronten.example.org", True), ("https://annet.example.org", False)):
        answer = client.options(f"{API}/{path_of(article)}", headers={"origin": origin, **sent})
        assert (answer.get("Access-Control-Allow-Origin") == origin) is allowed


def test_all_languages_of_an_article_share_what_is_said(article, post, get, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    other = translated(article, nynorsk)
    shown(article, comment="Bra")
    assert get(f"experiences/{other.pk}/")["feedback"]["comment_count"] == 1
    assert post(other, {"helpful": True}).status_code == 202
    assert Feedback.objects.latest("pk").language == "nn"
    index = ExperienceIndexPage.objects.get(locale=nynorsk)
    network = index.get_parent().specific
    assert post(network, {"helpful": True}).status_code == 202
    assert Feedback.objects.latest("pk").page_key == index.translation_key


def test_a_new_validator_comes_with_what_readers_see_and_with_nothing_else(article, client):
    def etag():
        return client.get(f"{API}/experiences/{article.pk}/")["ETag"]

    row, seen = shown(article, state="waiting"), [etag()]

    def change(**fields):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        seen.append(etag())
        return seen[-1] != seen[-2]

    assert not change(name="Leder")
    assert not change(reply="Under arbeid")
    assert change(state="shown")
    assert not change(email="leder@example.org", anonymised_at=timezone.now())
    assert change(reply="Takk")
    assert change(helpful=False)
    assert change(state="hidden")
    assert not change(comment="")
    assert not change(state="waiting")
    row.delete()
    assert etag() == seen[-1]
    shown(article).delete()
    assert etag() != seen[-1]


def test_a_copy_is_told_of_articles_on_which_something_new_is_shown(article, get, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    other = translated(article, nynorsk)
    alias = article.create_alias(update_slug="alias")
    again = alias.create_alias(update_slug="again")
    factories.article(article.network, "En tredje")
    ContentChange.objects.update(happened_at=timezone.now() - timedelta(1))
    row = shown(article, state="waiting")
    since = (timezone.now() - timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert not get("experiences/", changed_since=since)["items"]
    row.state = "shown"
    row.save()
    told = {item["id"] for item in get("experiences/", changed_since=since)["items"]}
    assert told == {page.pk for page in (article, other, alias, again)}


def test_an_answer_costs_the_same_however_much_is_said(network, client, settings):
    settings.PROSJEKTNETT_CACHE = ""
    pages = [factories.article(network, f"Artikkel {number}") for number in range(5)]
    place = factories.municipality(municipality_number="5601")

    def cost(path):
        client.get(f"{API}/{path}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{API}/{path}").status_code == 200
        return len(queries)

    paths = ["experiences/", "experiences/?order=most_used", f"experiences/{pages[0].pk}/", path_of(pages[0])]
    for page in pages:
        shown(page, used=True, municipality=place)
    few = [cost(path) for path in paths]
    for page in pages:
        for _ in range(10):
            shown(page, used=True, municipality=place, reply="Takk")
    assert [cost(path) for path in paths] == few


def test_most_used_comes_first_then_most_helpful_then_newest(network, titles, client):
    names = ("Aldri omtalt", "Nyttig for to", "Nyttig for én", "Brukt av én", "Brukt av to", "Skjult")
    made = {name: factories.article(network, name, body=[("paragraph", "<p>mandat</p>")]) for name in names}
    for name, fields, times in (
        ("Nyttig for to", {}, 2),
        ("Nyttig for én", {}, 1),
        ("Nyttig for én", {"helpful": False}, 5),
        ("Brukt av én", {"helpful": None, "used": True}, 1),
        ("Brukt av to", {"helpful": None, "used": True}, 2),
        ("Skjult", {"used": True, "state": "hidden"}, 9),
        ("Skjult", {"used": True, "state": "waiting"}, 9),
    ):
        for _ in range(times):
            shown(made[name], **fields)
    for number, name in enumerate(names):
        ExperiencePage.objects.filter(title=name).update(published_on=f"2026-01-0{number + 1}")
    expected = ["Brukt av to", "Brukt av én", "Nyttig for to", "Nyttig for én", "Skjult", "Aldri omtalt"]
    assert titles("experiences/", order="most_used") == expected
    assert titles("experiences/", order="most_used", limit=2, offset=1) == expected[1:3]
    assert titles("experiences/", order="most_used", q="mandat") == expected
    assert titles("experiences/") == titles("experiences/", order="newest") == list(reversed(names))
    finder = client.get(f"{ExperienceIndexPage.objects.get().url}?order=most_used").context["finder"]
    assert [page.title for page in finder.part] == expected
    assert [(choice.is_chosen, choice.address) for choice in finder.orders] == [
        (False, "?"),
        (True, "?order=most_used"),
    ]
