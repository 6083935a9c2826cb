"""Refusals: problem details that name what is wrong, whatever is asked for."""

from types import ModuleType

import pytest
from django.test import Client
from django.urls import path as route
from ninja import NinjaAPI
from pydantic_core import from_json
from wagtail.models import Site

from tests import factories
from tests.api.conftest import API
from wagtail_prosjektnett.api import headless
from wagtail_prosjektnett.api.problems import register_error_handlers
from wagtail_prosjektnett.api.router import router

pytestmark = pytest.mark.django_db

#: Every operation of the document that anybody may ask, by its path: a new one is in the tables below without further
#: ado. One that needs a token answers 404 to whoever has none, whatever else is asked for (test_preview.py).
OPERATIONS = {
    path.lstrip("/"): item["get"]
    for path, item in headless.api.get_openapi_schema()["paths"].items()
    if "get" in item and "security" not in item["get"]
}
#: What is also sent to (test_feedback.py).
TAKES_POST = {"experiences/{id}/feedback/", "networks/{id}/feedback/"}
ITEMS = [path.replace("{id}", "1") for path in OPERATIONS if "{id}" in path]
#: What an operation cannot be asked without.
NEEDED = {"search/": "q=a", "pages/": "html_path=/"}
#: By the format of a parameter, or else by its type: values that none of them can have.
RUBBISH = {
    "integer": ["", "x", "-1", "1.5", "1e3", "9" * 26, "%00", "%FF", "٣", "x" * 100_000],
    "boolean": ["", "maybe", "2", "%00", "x" * 100_000],
    "array": ["", "x", "%00", "%FF", "x" * 100_000],
    "date": ["", "0", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-23T00:00", "%00", "x" * 100_000],
    "date-time": [
        *["", "0", "1795575528", "2026-11-23", "2026-11-23T10:00:00", "2026-11-23T10:00:60Z", "2026-02-30T10:00:00Z"],
        *["0001-01-01T00:00:00Z", "%00", "%FF", "x" * 100_000],
    ],
    "string": ["", "%00", "a%00b", "%FF", "%C3%28", "%ED%A0%80", "x" * 100_000],
}
INVALID = "urn:prosjektnett:problem:invalid-parameters"
#: And values that all of them can have, unless they say which.
FINE = {"boolean": "true", "date": "2026-11-23", "date-time": "2026-11-23T10:00:00Z", "string": "a"}


def refusal(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    data = response.json()
    assert data["status"] == status
    assert data["title"]
    return data


def address(path, query="", leave_out=""):
    """Where to ask an operation, with what it cannot be asked without but for one parameter."""
    needed = NEEDED.get(path, "")
    parts = ["" if needed.startswith(f"{leave_out}=") else needed, query]
    return f"{API}/{path.replace('{id}', '1')}?{'&'.join(filter(None, parts))}"


def query_parameters():
    """Every parameter of every operation with its schema, but those in the path."""
    for path, operation in OPERATIONS.items():
        for parameter in operation["parameters"]:
            if parameter["in"] == "query":
                yield pytest.param(path, parameter["name"], parameter["schema"], id=f"{path}?{parameter['name']}")


@pytest.mark.parametrize("path, name, schema", list(query_parameters()))
def test_no_parameter_takes_rubbish(client, path, name, schema):
    for value in RUBBISH[schema.get("format", schema["type"])]:
        data = refusal(client.get(address(path, f"{name}={value}", leave_out=name)), 422)
        assert data["type"] == INVALID
        assert [error["parameter"] for error in data["errors"]] == [name], value[:20]
        assert len(str(data)) < 2000


@pytest.mark.parametrize("path, name, schema", list(query_parameters()))
def test_what_has_one_value_is_given_once(client, path, name, schema):
    if schema["type"] == "array":
        return
    fine = schema.get("minimum", FINE.get(schema.get("format", schema["type"])))
    value = schema.get("example", schema.get("enum", [fine])[0])
    once = client.get(address(path, f"{name}={value}", leave_out=name))
    assert once.status_code in {200, 404}
    data = refusal(client.get(address(path, f"{name}={value}&{name}={value}", leave_out=name)), 422)
    assert data["errors"] == [
        {"where": "query", "parameter": name, "code": "repeated", "message": "The parameter can be given only once"}
    ]


@pytest.mark.parametrize("pk", ["x", "0", "-1", "1.5", "9" * 20, "%00", "%FF", "x" * 5000])
@pytest.mark.parametrize("path", [path for path in OPERATIONS if "{id}" in path])
def test_an_item_has_a_number(client, path, pk):
    data = refusal(client.get(f"{API}/{path.replace('{id}', pk)}"), 422)
    assert [(error["where"], error["parameter"]) for error in data["errors"]] == [("path", "id")]


@pytest.mark.parametrize("path", OPERATIONS)
@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": ";q=,,-\x80*"},
        {"accept-language": "nb," * 50_000},
        {"accept": "application/xml"},
        {"accept": "nonsense"},
        {"content-type": "text/xml"},
        {"content-type": "multipart/form-data"},
        {"range": "bytes=0-0"},
        {"cookie": "sessionid=\x00; django_language=xx"},
    ],
)
def test_odd_headers_change_nothing(client, path, headers):
    expected, answer = client.get(address(path)), client.get(address(path), headers=headers)
    assert (answer.status_code, answer.content) == (expected.status_code, expected.content)


@pytest.mark.parametrize("host", ["elsewhere.example.org", "a b", "local\x00host", "localhost:port"])
def test_a_host_that_is_not_the_sites_is_refused(client, settings, host):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    for path in OPERATIONS:
        assert client.get(address(path), headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_unknown_parameter_is_named(client, path):
    data = refusal(client.get(address(path, "fields=*")), 422)
    assert data["type"] == INVALID
    assert data["errors"] == [
        {"where": "query", "parameter": "fields", "code": "unknown", "message": "There is no such parameter"}
    ]


@pytest.mark.parametrize(
    "path, parameter",
    [
        ("gatherings/?limit=0", "limit"),
        ("gatherings/?limit=1000", "limit"),
        ("gatherings/?network=0", "network"),
        ("gatherings/?event_status=held&event_status=x", "event_status"),
        ("gatherings/?year=26", "year"),
        ("gatherings/?municipality=alta", "municipality"),
        ("gatherings/?locale=xx", "locale"),
        ("experiences/?kind=x", "kind"),
        ("search/", "q"),
        ("pages/", "html_path"),
    ],
)
def test_a_value_out_of_bounds_is_refused_and_its_parameter_named(client, path, parameter):
    data = refusal(client.get(f"{API}/{path}"), 422)
    assert [error["parameter"] for error in data["errors"]] == [parameter] * len(data["errors"])


def test_the_largest_offset_leaves_nothing(get):
    assert get("gatherings/", offset=2**31 - 1)["items"] == []


def test_all_that_is_wrong_is_told_at_once(client):
    data = refusal(client.get(f"{API}/gatherings/?limit=0&year=x&from=y"), 422)
    assert {error["parameter"] for error in data["errors"]} == {"limit", "year", "from"}


def test_very_many_parameters_are_refused(client):
    data = refusal(client.get(f"{API}/gatherings/?" + "&".join(f"a{n}=1" for n in range(2000))), 400)
    assert data["type"] == "urn:prosjektnett:problem:bad-request"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", OPERATIONS)
def test_what_a_resource_does_not_take_is_refused_and_told(client, path, method):
    if path in TAKES_POST and method == "post":
        return
    response = getattr(client, method)(address(path))
    assert refusal(response, 405)["type"] == "urn:prosjektnett:problem:method-not-allowed"
    assert response["Allow"] == ("GET, HEAD, POST" if path in TAKES_POST else "GET, HEAD")


@pytest.mark.parametrize("path", [*OPERATIONS, "gatherings/{id}/registrations/", "registrations/mine/"])
def test_a_method_that_nobody_has_heard_of_is_refused_alike(client, path):
    known = client.options(address(path))
    for method in ("PROPFIND", "CONNECT", "X" * 1000):
        response = client.generic(method, address(path))
        assert refusal(response, 405) == known.json()
        assert response["Allow"] == known["Allow"]


@pytest.mark.parametrize("path", ["networks/", "search/"])
@pytest.mark.parametrize(
    "headers", [{"if-match": '"x"'}, {"if-unmodified-since": "Mon, 23 Nov 2009 14:00:00 GMT"}], ids=str
)
def test_what_a_client_requires_in_vain_is_refused_as_everything_is(client, path, headers):
    response = client.get(address(path), headers=headers)
    assert refusal(response, 412)["type"] == "urn:prosjektnett:problem:precondition-failed"
    assert "ETag" not in response


@pytest.mark.parametrize("path", OPERATIONS)
def test_head_answers_as_get_without_a_body(client, path):
    got, head = client.get(address(path)), client.head(address(path))
    assert head.status_code == got.status_code == (404 if "{id}" in path else 200)
    assert head.content == b""
    assert head.headers.get("Content-Language") == got.headers.get("Content-Language")


def test_refusals_are_in_the_language_of_the_request(client):
    titles = {
        language: client.get(f"{API}/gatherings/1/", headers={"accept-language": language}).json()["title"]
        for language in ("nb", "nn", "en", "fr, nn;q=0.5", "*", "x" * 1000)
    }
    assert titles == {
        "nb": "Ikke funnet",
        "nn": "Ikkje funne",
        "en": "Not found",
        "fr, nn;q=0.5": "Ikkje funne",
        "*": "Ikke funnet",
        "x" * 1000: "Ikke funnet",
    }


def test_what_is_not_there_is_not_found(client):
    answers = {client.get(f"{API}/{path}").content for path in ITEMS}
    assert len(answers) == 1
    assert from_json(answers.pop())["type"] == "urn:prosjektnett:problem:not-found"


def test_a_site_that_is_not_there_has_nothing(client, get):
    page = factories.gathering(factories.network())
    Site.objects.update(is_default_site=False, hostname="elsewhere.example.org")
    assert get("gatherings/")["items"] == []
    assert get("search/", q="samling")["items"] == []
    refusal(client.get(f"{API}/gatherings/{page.pk}/"), 404)
    refusal(client.get(f"{API}/pages/?html_path=/"), 404)


def test_the_router_stands_in_an_api_of_a_sites_own(settings):
    own = NinjaAPI(title="Own", urls_namespace="own")
    register_error_handlers(own)
    own.add_router("network", router)
    urls = ModuleType("own_urls")
    urls.urlpatterns = [route("own/", own.urls)]
    settings.ROOT_URLCONF = urls
    client = Client()
    assert client.get("/own/network/gatherings/").status_code == 200
    refusal(client.get("/own/network/gatherings/1/"), 404)
    refusal(client.get("/own/network/gatherings/?x=1"), 422)
