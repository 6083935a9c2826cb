"""Frontends on other origins read our API from a browser, where an administrator has allowed them to."""

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from tests import factories
from tests.api.conftest import API
from tests.conftest import needs_v3
from wagtail_prosjektnett.api.headers import EXPOSED
from wagtail_prosjektnett.models import Frontend, FrontendOrigin

pytestmark = pytest.mark.django_db

ADDRESS = "https://nettverk.example.org"
TRIAL = "http://localhost:3000"
ALLOW = "Access-Control-Allow-Origin"


@pytest.fixture
def frontend():
    site = Site.objects.get(is_default_site=True)
    return Frontend.objects.create(site=site, address=f"{ADDRESS}/nettverk", origins=[FrontendOrigin(origin=TRIAL)])


@pytest.fixture
def read(client):
    """Read an address as the scripts of an origin do, or ask beforehand whether they may use a method."""

    def ask(origin, path=f"{API}/networks/", *, before="", host="testserver"):
        headers = {"origin": origin, "host": host}
        if before:
            return client.options(path, headers={**headers, "access-control-request-method": before})
        return client.get(path, headers=headers)

    return ask


@pytest.mark.parametrize("origin", [ADDRESS, TRIAL])
def test_an_origin_that_is_allowed_may_read(frontend, read, origin):
    answer = read(origin)
    assert answer.status_code == 200
    assert answer[ALLOW] == origin
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["Access-Control-Expose-Headers"] == EXPOSED


@pytest.mark.parametrize(
    "origin",
    [
        "https://other.example.org",
        "http://nettverk.example.org",
        "https://nettverk.example.org:8443",
        "https://nettverk.example.org.evil.example",
        "https://nettverk.example.or",
        "https://nettverk.example.org/",
        "https://nettverk.example.org/nettverk",
        "https://%.example.org",
        "https://nettverk_example.org",
        "http://localhost",
        "null",
        "*",
        "",
        "https://\0",
        "https://nettverk.example.org, https://other.example.org",
    ],
)
def test_any_other_origin_may_not(frontend, read, origin):
    answer = read(origin)
    assert answer.status_code == 200
    assert ALLOW not in answer


def test_without_a_frontend_nobody_may(read):
    assert ALLOW not in read(ADDRESS)
    assert ALLOW not in read("null")


def test_an_origin_of_another_site_may_not(frontend, read):
    root = Page.objects.get(depth=1)
    front = root.add_child(instance=Page(title="Annet", slug="annet"))
    site = Site.objects.create(hostname="other.example.org", root_page=front)
    Frontend.objects.create(site=site, address="https://annen.example.org")
    assert ALLOW not in read("https://annen.example.org")
    assert ALLOW not in read(ADDRESS, host="other.example.org")
    assert read("https://annen.example.org", host="other.example.org")[ALLOW] == "https://annen.example.org"


@pytest.mark.parametrize("origin", [ADDRESS, "https://other.example.org", ""])
@pytest.mark.parametrize("urls", [r"^.*$", r"^/andre/"])
def test_caches_keep_the_answers_to_origins_apart(frontend, read, origin, urls):
    with override_settings(CORS_URLS_REGEX=urls):
        answer = read(origin)
    assert "origin" in {name.strip().lower() for name in answer["Vary"].split(",")}
    assert (ALLOW in answer) == (origin == ADDRESS)


@pytest.mark.parametrize(
    "path",
    ["gatherings/", "gatherings/1/", "search/", "pages/", "gatherings/?finnes=ikke", "gatherings", "networks/abc/"],
)
def test_every_answer_of_ours_can_be_read(frontend, read, path):
    answer = read(ADDRESS, f"{API}/{path}")
    assert answer[ALLOW] == ADDRESS
    if answer.status_code != 301:
        assert answer["Access-Control-Expose-Headers"] == EXPOSED


@pytest.mark.parametrize(
    "path", ["/", "/admin/", "/admin/login/", f"{API}/docs", "/documents/1/x.pdf", "/api/v2/pages/"]
)
def test_nothing_else_can(frontend, read, path):
    assert ALLOW not in read(ADDRESS, path)
    assert ALLOW not in read(ADDRESS, path, before="GET")


@override_settings(ROOT_URLCONF="tests.api.own_api_urls")
def test_ours_are_known_by_themselves_and_not_by_their_names(frontend, read):
    assert read(ADDRESS, "/eget/nettverk/networks/")[ALLOW] == ADDRESS
    answer = read(ADDRESS, "/eget/rom/")
    assert answer.json() == []
    assert ALLOW not in answer


@pytest.mark.parametrize("path", ["/api/v2/pages/", "/api/v2/pages/3/", pytest.param("/api/v3/pages/", marks=needs_v3)])
def test_an_administrator_may_open_wagtails_own_api(frontend, read, path):
    assert ALLOW not in read(ADDRESS, path)
    frontend.opens_wagtail_api = True
    frontend.save()
    assert read(ADDRESS, path)[ALLOW] == ADDRESS
    assert ALLOW not in read("https://other.example.org", path)


def test_a_browser_that_asks_beforehand_gets_an_answer(frontend, read):
    answer = read(ADDRESS, before="GET")
    assert answer.status_code == 200
    assert answer[ALLOW] == ADDRESS
    assert "GET" in answer["Access-Control-Allow-Methods"]
    assert ALLOW not in read("https://other.example.org", before="GET")


WRITES = {
    "gatherings/1/registrations/": ["POST"],
    "registrations/mine/": ["PATCH", "DELETE"],
    "registrations/mine/confirm/": ["POST"],
}


@pytest.mark.parametrize("path, method", [(path, method) for path, methods in WRITES.items() for method in methods])
def test_a_frontend_may_sign_people_up_and_show_them_their_registration(frontend, client, path, method):
    wanted = ["content-type", "authorization", "idempotency-key"]
    asked = {"access-control-request-method": method, "access-control-request-headers": ",".join(wanted)}
    answer = client.options(f"{API}/{path}", headers={"origin": ADDRESS, **asked})
    assert answer.status_code == 200
    assert answer[ALLOW] == ADDRESS
    assert method in answer["Access-Control-Allow-Methods"]
    assert set(wanted) <= set(answer["Access-Control-Allow-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in answer
    told = client.generic(method, f"{API}/{path}", "", headers={"origin": ADDRESS})
    assert told[ALLOW] == ADDRESS
    other = {"origin": "https://other.example.org", **asked}
    assert ALLOW not in client.options(f"{API}/{path}", headers=other)


def test_cookies_are_never_allowed(frontend, read):
    with override_settings(CORS_ALLOW_CREDENTIALS=True):
        answer = read(ADDRESS)
        assert ALLOW not in answer
        assert "Access-Control-Allow-Credentials" not in answer


def test_what_an_administrator_changes_counts_at_once(frontend, read):
    assert ALLOW in read(TRIAL)
    frontend.origins.all().delete()
    assert ALLOW not in read(TRIAL)


@pytest.fixture
def queries(client):
    """How many queries a request costs."""

    def count(path, **headers):
        client.get(path, headers=headers)  # an answer that is kept from then on
        with CaptureQueriesContext(connection) as found:
            client.get(path, headers=headers)
        return len(found)

    return count


@pytest.mark.parametrize("urls", [r"^.*$", r"^/andre/"])  # with the second, the middleware asks twice
def test_it_costs_one_query_and_that_for_the_site(frontend, queries, urls):
    path = f"{API}/networks/"
    with override_settings(CORS_URLS_REGEX=urls):
        assert queries(path, origin="https://other.example.org") == queries(path) + 1
        assert queries(path, origin=ADDRESS) == queries(path) + 2  # a kept answer asks for no site


def test_it_costs_nothing_elsewhere(frontend, queries):
    for path, origin in [(f"{API}/networks/", "null"), ("/admin/login/", ADDRESS), ("/api/v2/", ADDRESS)]:
        assert queries(path, origin=origin) == queries(path)


def test_the_router_in_an_api_of_the_sites_own(frontend, read):
    with override_settings(ROOT_URLCONF="tests.api.own_api_urls"):
        assert read(ADDRESS, "/eget/nettverk/gatherings/")[ALLOW] == ADDRESS
        assert ALLOW not in read(ADDRESS, "/eget/annet/")


def test_a_page_is_not_mistaken_for_an_endpoint(frontend, read):
    factories.network("Networks", slug="networks")
    assert ALLOW not in read(ADDRESS, "/networks/")
