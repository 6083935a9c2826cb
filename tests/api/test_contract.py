"""The OpenAPI document is a promise: it changes only on purpose, and no request makes the API break it."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ninja import NinjaAPI

from tests.api.conftest import API
from wagtail_prosjektnett.api import headless
from wagtail_prosjektnett.api.router import router
from wagtail_prosjektnett.delivery.events import write
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import WebhookDelivery, WebhookEndpoint

SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_the_document_is_the_one_that_was_agreed_on(openapi):
    agreed = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    now = {**openapi, "servers": agreed["servers"]}
    assert now == agreed, "if the change is wanted: make openapi, and tell of it in CHANGELOG.md"


def test_only_its_server_depends_on_where_a_site_mounts_it(openapi):
    assert openapi["servers"][0]["url"] == API
    elsewhere = json.loads(json.dumps(headless.api.get_openapi_schema(path_prefix="/elsewhere/"), default=str))
    assert elsewhere["servers"][0]["url"] == "/elsewhere"
    assert {**elsewhere, "servers": openapi["servers"]} == openapi


def test_in_an_api_of_a_sites_own_every_type_is_there_too(openapi):
    own = NinjaAPI(urls_namespace="documented")
    own.add_router("network", router)
    document = json.loads(json.dumps(own.get_openapi_schema(path_prefix=""), default=str))
    names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert names
    assert names <= document["components"]["schemas"].keys()


def test_every_type_is_one_that_something_uses(openapi):
    names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(openapi)))
    assert names == openapi["components"]["schemas"].keys()


def operations(openapi):
    """Every operation of the document."""
    return (operation for item in openapi["paths"].values() for operation in item.values())


def test_every_answer_has_an_example_that_is_as_promised(openapi, conforms):
    for operation in operations(openapi):
        for status, answer in operation["responses"].items():
            if status in ("204", "304"):  # they have no content
                continue
            (content,) = answer["content"].values()
            conforms(operation["operationId"], content["example"], status)


def test_the_headers_of_an_answer_are_told(openapi, full, client):
    answer = client.get(f"{API}/networks/{full.network.pk}/")
    told = openapi["paths"]["/networks/{id}/"]["get"]["responses"]
    assert {"ETag", "Cache-Control", "Content-Language", "Link"} <= answer.headers.keys() & told["200"][
        "headers"
    ].keys()
    unchanged = client.get(f"{API}/networks/{full.network.pk}/", headers={"if-none-match": answer["ETag"]})
    assert unchanged.status_code == 304
    assert {"ETag", "Cache-Control"} <= unchanged.headers.keys() & told["304"]["headers"].keys()
    assert "ETag" not in openapi["paths"]["/preview/"]["get"]["responses"]["200"]["headers"], "nobody keeps a draft"


def test_the_messages_of_webhooks_are_as_promised(openapi, full):
    WebhookEndpoint.objects.create(description="Fronten", address="https://hook.example.org/")
    full.announcement().unpublish()
    write(WebhookEndpoint.objects.all(), WebhookEvent.TEST, timezone.now(), {})
    messages = [json.loads(each.body) for each in WebhookDelivery.objects.all()]
    assert {each["type"] for each in messages} == {"page.published", "page.unpublished", "endpoint.test"}
    for message in messages:
        body = openapi["webhooks"][message["type"]]["post"]["requestBody"]["content"]["application/json"]
        assert not [*Draft202012Validator(body["schema"]).iter_errors(message)]
        assert message["data"].keys() <= body["schema"]["properties"]["data"].get("properties", {}).keys()


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(openapi):
    names = [operation["operationId"] for operation in operations(openapi)]
    assert len(set(names)) == len(names)
    for operation in operations(openapi):
        assert operation["summary"]
        assert "422" in operation["responses"]
        for parameter in operation["parameters"]:
            assert parameter["description"], parameter


def odd_values():
    """What clients send, by mistake or on purpose."""
    likely = ["0", "1", "2", "20", "-1", "true", "2026", "2026-11-23", "held", "open", "nb", "EN", "spring", "5601"]
    odd = ["", "\0", "null", "NaN", "1e9", "²", "٣", "1_0", " 1", "9" * 30, "x" * 5000, "'", '"', "%", "../", "🙂"]
    return st.sampled_from(likely) | st.sampled_from(odd) | st.text(max_size=30)


@pytest.mark.django_db
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_asked_for_the_answer_is_one_that_was_promised(pages, openapi, conforms, data):
    path = data.draw(st.sampled_from(sorted(path for path, item in openapi["paths"].items() if "get" in item)))
    operation = openapi["paths"][path]["get"]
    names = [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"]
    known = st.sampled_from([*names, "network", "x"])
    pairs = data.draw(st.lists(st.tuples(known, odd_values() | st.sampled_from(pages)), max_size=4))
    if data.draw(st.booleans()):
        pairs = [(name, value) for name, value in pairs if name in names]
    pk = data.draw(st.sampled_from([*pages, "0", "x", "9" * 20]))
    query = urlencode(pairs, errors="replace")
    response = Client().get(
        f"{API}{path.replace('{id}', pk)}?{query}", headers={"accept-language": data.draw(languages)}
    )
    assert response.status_code in {int(code) for code in operation["responses"]}, response.content
    conforms(operation["operationId"], response.json(), str(response.status_code))


languages = st.sampled_from(["nb", "nn", "en-GB", "*", "", ";q=", "xx"])


@pytest.fixture
def pages(full):
    """The ids of pages of each type, as they stand in addresses."""
    found = [full.network, full.gathering(), full.announcement(), full.article()]
    return [str(page.pk) for page in found]


def test_the_document_says_which_texts_are_html(openapi):
    schemas = openapi["components"]["schemas"]
    html = {
        (name, key)
        for name, schema in schemas.items()
        for key, value in schema.get("properties", {}).items()
        if value.get("contentMediaType") == "text/html"
    }
    assert html >= {
        ("BodyParagraph", "value"),
        ("BodyFactBoxValue", "text"),
        ("LessonsLessonValue", "context"),
        ("ProgrammeSlotValue", "description"),
        ("NetworkBannerData", "text"),
        ("BannerGuidanceData", "how"),
        ("AnnouncementData", "correction"),
        ("GatheringData", "evaluation_summary"),
        ("GatheringData", "evaluation_outcome"),
    }
    assert not html & {("NetworkData", "lead"), ("BodyHeading", "value"), ("BodyQuoteValue", "quote")}
