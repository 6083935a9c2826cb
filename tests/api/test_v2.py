"""Our viewset of Wagtail's API v2: its filters, and requests that it must survive."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from tests import factories
from tests.host.models import PlainPage

pytestmark = pytest.mark.django_db

GATHERINGS = "prosjektnett_pages.GatheringPage"
NEWS = "prosjektnett_pages.AnnouncementPage"
ARTICLES = "prosjektnett_pages.ExperiencePage"


@pytest.fixture
def ask(client):
    """The answer of a list in API v2."""

    def send(kind=GATHERINGS, **parameters):
        return client.get("/api/v2/pages/", {**({"type": kind} if kind else {}), **parameters})

    return send


@pytest.fixture
def titles(ask):
    """The titles in a list in API v2, in alphabetical order."""

    def read(kind=GATHERINGS, **parameters):
        response = ask(kind, **parameters)
        assert response.status_code == 200, response.content
        return sorted(item["title"] for item in response.json()["items"])

    return read


@pytest.fixture
def network():
    """A network with a gathering that was held, one to come and one that was cancelled."""
    found = factories.network()
    factories.gathering(found, "Holdt", [{"start_date": "2026-11-20"}])
    factories.gathering(found, "Kommer", [{"start_date": "2026-12-10", "end_date": "2026-12-11"}])
    factories.gathering(found, "Avlyst", [{"start_date": "2026-12-24", "decision": "cancelled"}])
    return found


@pytest.mark.parametrize(
    "parameters, expected",
    [
        ({"starts_from": "2026-12-10"}, ["Avlyst", "Kommer"]),
        ({"starts_to": "2026-12-10"}, ["Holdt", "Kommer"]),
        ({"starts_from": "2026-12-11", "starts_to": "2026-12-23"}, []),
        ({"ends_from": "2026-12-11", "ends_to": "2026-12-11"}, ["Kommer"]),
        ({"event_status": "held"}, ["Holdt"]),
        ({"event_status": "held,cancelled"}, ["Avlyst", "Holdt"]),
        ({"event_status": ["held", "cancelled"], "starts_from": "2026-12-01"}, ["Avlyst"]),
        ({"registration_status": "none"}, ["Avlyst", "Holdt", "Kommer"]),
        ({"starts_from": "2026-12-01", "order": "-title", "limit": "1"}, ["Kommer"]),
        ({"starts_from": "2026-12-01", "search": "kommer"}, ["Kommer"]),
        ({"event_status": "held", "search": "kommer"}, []),
    ],
)
def test_gatherings_are_found_by_their_days_and_statuses(network, titles, parameters, expected):
    assert titles(**parameters) == expected


def test_news_and_articles_are_found_by_the_days_that_they_show(network, titles):
    factories.announcement(network, "Gammel", published_on=date(2019, 2, 1))
    factories.announcement(network, "Rettet", published_on=date(2019, 2, 1), changed_on=date(2026, 11, 1))
    factories.announcement(network, "Ny")
    factories.article(network, "Artikkel", published_on=date(2019, 3, 1))
    assert titles(NEWS, published_to="2019-12-31") == ["Gammel", "Rettet"]
    assert titles(NEWS, published_from="2026-11-23") == ["Ny"]
    assert titles(NEWS, changed_from="2026-01-01") == ["Rettet"]
    assert titles(ARTICLES, published_from="2019-03-01", published_to="2019-03-01") == ["Artikkel"]


def test_pages_of_any_type_are_found_by_their_network(network, titles):
    other = factories.network("Et annet")
    factories.gathering(other, "Et annet sted")
    factories.publish(PlainPage(title="Side"), other)
    assert titles(network=other.pk) == ["Et annet sted"]
    assert titles(None, network=other.pk) == ["Et annet sted", "Samlinger", "Side"]
    assert titles("host.PlainPage", network=other.pk) == ["Side"]
    assert titles(network=network.pk) == ["Avlyst", "Holdt", "Kommer"]


def test_a_network_that_is_not_public_is_as_one_that_is_not_there(network, ask):
    draft, restricted = factories.network("Utkast"), factories.network("Lukket")
    draft.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    page = factories.gathering(network)
    answers = [ask(network=pk) for pk in (draft.pk, restricted.pk, page.pk, 999_999)]
    assert {answer.status_code for answer in answers} == {400}
    assert {answer.json()["message"] for answer in answers} == {"network doesn't exist"}


def test_a_page_that_is_hidden_finds_nothing_that_refers_to_it(network, titles):
    gathering = factories.gathering(factories.network("Et annet"), "Samlingen")
    factories.article(network, "Artikkel", source_gathering=gathering)
    factories.announcement(network, "Artikkel", related_gathering=gathering)
    assert titles(ARTICLES, source_gathering=gathering.pk) == ["Artikkel"]
    assert titles(NEWS, related_gathering=gathering.pk) == ["Artikkel"]
    PageViewRestriction.objects.create(page=gathering.get_parent(), restriction_type="login")
    assert titles(ARTICLES, source_gathering=gathering.pk) == []
    assert titles(NEWS, related_gathering=gathering.pk) == []


@pytest.mark.parametrize("kind", ["images", "documents", "pages"])
@pytest.mark.parametrize("query", ["offset=1" + "0" * 25, "search=a%00", "search=" + "a" * 100_000, "limit=-1", "id=x"])
def test_what_no_database_can_read_is_refused_of_everything(client, kind, query):
    response = client.get(f"/api/v2/{kind}/?{query}")
    assert response.status_code == 400
    assert response.json().keys() == {"message"}


#: What is no host, nor a host and a port.
SITES = ["a:", ":", "localhost:x", "localhost:80:80", "localhost:-1", "localhost:" + "9" * 30, "localhost:٣"]


@pytest.mark.parametrize(
    "kind, parameters, message",
    [
        (GATHERINGS, {"starts_from": "i morgen"}, "starts_from must be a date as YYYY-MM-DD"),
        (GATHERINGS, {"starts_from": "20261201"}, "starts_from must be a date as YYYY-MM-DD"),
        (GATHERINGS, {"starts_to": "2026-02-30"}, "starts_to must be a date as YYYY-MM-DD"),
        (GATHERINGS, {"ends_to": "0001-01-01"}, "ends_to must be in a year from 1900 to 2199"),
        (GATHERINGS, {"starts_from": ["2026-12-01", "2026-12-02"]}, "starts_from may be given only once"),
        (GATHERINGS, {"event_status": "held,open"}, "not 'open'"),
        (GATHERINGS, {"registration_status": ""}, "registration_status must be one of"),
        (GATHERINGS, {"network": "x"}, "network must be a positive integer"),
        (GATHERINGS, {"network": "9" * 30}, "network doesn't exist"),
        (GATHERINGS, {"starts": "2026-12-01"}, "query parameter is not an operation or a recognised field: starts"),
        (NEWS, {"starts_from": "2026-12-01"}, "not an operation or a recognised field: starts_from"),
        (NEWS, {"event_status": "held"}, "not an operation or a recognised field: event_status"),
        ("host.PlainPage", {"published_from": "2026-12-01"}, "recognised field: published_from"),
        (None, {"published_from": "2026-12-01"}, "recognised field: published_from"),
        (GATHERINGS, {"offset": "1" + "0" * 25}, "offset cannot be higher than 2147483647"),
        (GATHERINGS, {"offset": "-1"}, "offset must be a positive integer"),
        (GATHERINGS, {"search": "a\0b"}, "null characters are not allowed for 'search'"),
        (GATHERINGS, {"search": "a" * 100_000}, "search cannot be longer than 200 characters"),
        *((GATHERINGS, {"site": site}, "site must be the name of a host, or that and a port") for site in SITES),
        (GATHERINGS, {"search": "a", "search_operator": "xor"}, "search_operator must be either 'and' or 'or'"),
        (GATHERINGS, {"published_on": "i går"}, "'i går' is not a valid value for published_on"),
        (GATHERINGS, {"body": "NaN"}, "'NaN' is not a valid value for body"),
        (GATHERINGS, {"occurrences": "x"}, "'x' is not a valid value for occurrences"),
    ],
)
def test_what_is_asked_wrongly_is_refused_and_named(ask, kind, parameters, message):
    response = ask(kind, **parameters)
    assert response.status_code == 400, response.content
    assert response.json().keys() == {"message"}
    assert message in response.json()["message"]


@pytest.mark.parametrize("query", ["id=x", "id=1%00", "html_path=%00", "id=" + "9" * 30])
def test_a_page_is_looked_for_wrongly(client, query):
    assert client.get(f"/api/v2/pages/find/?{query}").status_code == 400


NAMES = [
    *("type", "fields", "order", "search", "search_operator", "limit", "offset", "child_of", "descendant_of"),
    *(
        "ancestor_of",
        "translation_of",
        "locale",
        "site",
        "id",
        "title",
        "slug",
        "lead",
        "body",
        "occurrences",
        "season",
    ),
    *("capacity", "contacts", "featured", "phases", "topics", "show_in_menus", "first_published_at", "alias_of"),
    *("network", "starts_from", "ends_to", "published_from", "changed_to", "event_status", "registration_status"),
    *("registration_opens", "programme", "rich_text_format", "parent", "network_banner", "_", "x"),
]
VALUES = [
    *("", "\0", "null", "NaN", "1e9", "²", "٣", "1_0", " 1", "-1", "0", "1", "2", "9" * 30, "9" * 10, "x" * 300, "'"),
    *(
        '"',
        "%",
        "../",
        "🙂",
        "*",
        "_",
        "-",
        "*,-body",
        "contacts(person)",
        "true",
        "root",
        "2026-11-23",
        "held",
        "open",
    ),
    *("nb", "title", "-title", "random", "and", GATHERINGS, ARTICLES, f"{NEWS},{ARTICLES}", "[]", "{}", "2026-13-45"),
]


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    kind=st.sampled_from([GATHERINGS, NEWS, ARTICLES, "host.PlainPage", ""]),
    pairs=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=20)), max_size=3),
)
def test_whatever_is_asked_for_the_answer_is_a_page_of_a_list_or_a_refusal(network, kind, pairs):
    query = urlencode([("type", kind), *pairs] if kind else pairs, errors="replace")
    response = Client().get(f"/api/v2/pages/?{query}")
    assert response.status_code in (200, 400, 404), response.content
    assert response.json().keys() == ({"meta", "items"} if response.status_code == 200 else {"message"})


def test_a_page_of_the_site_is_told_as_wagtail_does(client, network):
    page = factories.publish(PlainPage(title="Side"), network)
    (item,) = client.get("/api/v2/pages/?type=host.PlainPage&fields=*").json()["items"]
    assert item["meta"]["detail_url"].endswith(f"/api/v2/pages/{page.pk}/")
    assert {"id", "meta", "title", "network_banner"} <= item.keys()
