"""Refusals: problem details that name what is wrong, whatever is asked for."""

from types import ModuleType

import pytest
from django.test import Client
from django.urls import path
from ninja import NinjaAPI
from pydantic_core import from_json
from wagtail.models import Site

from tests import factories
from tests.api.conftest import API
from wagtail_prosjektnett.api.problems import register_error_handlers
from wagtail_prosjektnett.api.router import router

pytestmark = pytest.mark.django_db

LISTS = ["gatherings/", "announcements/", "experiences/", "networks/"]
ITEMS = [f"{name}1/" for name in LISTS]
INVALID = "urn:prosjektnett:problem:invalid-parameters"


def refusal(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    data = response.json()
    assert data["status"] == status
    assert data["title"]
    return data


@pytest.mark.parametrize("path", [*LISTS, *ITEMS, "search/?q=a", "pages/?html_path=/"])
def test_an_unknown_parameter_is_named(client, path):
    address = f"{API}/{path}{'&' if '?' in path else '?'}fields=*"
    data = refusal(client.get(address), 422)
    assert data["type"] == INVALID
    assert data["errors"] == [
        {"where": "query", "parameter": "fields", "code": "unknown", "message": "There is no such parameter"}
    ]


@pytest.mark.parametrize(
    "path, parameter",
    [
        ("gatherings/?limit=0", "limit"),
        ("gatherings/?limit=-1", "limit"),
        ("gatherings/?limit=1000", "limit"),
        ("gatherings/?limit=1.5", "limit"),
        ("gatherings/?limit=", "limit"),
        ("gatherings/?offset=" + "9" * 26, "offset"),
        ("gatherings/?offset=-1", "offset"),
        ("gatherings/?network=alta", "network"),
        ("gatherings/?network=0", "network"),
        ("gatherings/?event_status=finished", "event_status"),
        ("gatherings/?event_status=held&event_status=x", "event_status"),
        ("gatherings/?registration_status=%00", "registration_status"),
        ("gatherings/?season=summer", "season"),
        ("gatherings/?year=26", "year"),
        ("gatherings/?from=2026-02-30", "from"),
        ("gatherings/?from=0", "from"),
        ("gatherings/?to=0001-01-01", "to"),
        ("gatherings/?to=9999-12-31", "to"),
        ("gatherings/?municipality=alta", "municipality"),
        ("gatherings/?region=a%00b", "region"),
        ("gatherings/?region=" + "x" * 100_000, "region"),
        ("gatherings/?locale=xx", "locale"),
        ("gatherings/?latest_first=maybe", "latest_first"),
        ("announcements/?category=%00", "category"),
        ("experiences/?q=%00", "q"),
        ("experiences/?q=" + "x" * 100_000, "q"),
        ("experiences/?kind=x", "kind"),
        ("experiences/?topic=x", "topic"),
        ("search/", "q"),
        ("search/?q=", "q"),
        ("pages/", "html_path"),
        ("pages/?html_path=%00", "html_path"),
        ("gatherings/x/", "id"),
        ("gatherings/0/", "id"),
        ("gatherings/99999999999999999999/", "id"),
    ],
)
def test_a_malformed_value_is_refused_and_its_parameter_named(client, path, parameter):
    data = refusal(client.get(f"{API}/{path}"), 422)
    assert data["type"] == INVALID
    assert [error["parameter"] for error in data["errors"]] == [parameter] * len(data["errors"])


def test_all_that_is_wrong_is_told_at_once(client):
    data = refusal(client.get(f"{API}/gatherings/?limit=0&year=x&from=y"), 422)
    assert {error["parameter"] for error in data["errors"]} == {"limit", "year", "from"}


def test_very_many_parameters_are_refused(client):
    data = refusal(client.get(f"{API}/gatherings/?" + "&".join(f"a{n}=1" for n in range(2000))), 400)
    assert data["type"] == "urn:prosjektnett:problem:bad-request"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", [*LISTS, *ITEMS, "search/", "pages/"])
def test_what_is_only_read_tells_how(client, path, method):
    response = getattr(client, method)(f"{API}/{path}")
    assert refusal(response, 405)["type"] == "urn:prosjektnett:problem:method-not-allowed"
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", [*LISTS, "search/?q=a", "pages/?html_path=/"])
def test_head_answers_as_get_without_a_body(client, path):
    got, head = client.get(f"{API}/{path}"), client.head(f"{API}/{path}")
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Language"] == got.headers["Content-Language"]


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
    urls.urlpatterns = [path("own/", own.urls)]
    settings.ROOT_URLCONF = urls
    client = Client()
    assert client.get("/own/network/gatherings/").status_code == 200
    refusal(client.get("/own/network/gatherings/1/"), 404)
    refusal(client.get("/own/network/gatherings/?x=1"), 422)
