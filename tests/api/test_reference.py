"""The pages that people read about the API: one on the site, one in the documentation."""

import json

import pytest
from bs4 import BeautifulSoup

from scripts.write_openapi import OPERATIONS, SNAPSHOT, reference
from tests.api.conftest import API


@pytest.fixture
def page(client):
    return BeautifulSoup(client.get(f"{API}/docs").content, "html.parser")


def test_every_operation_and_every_type_is_on_the_page_once(page, openapi):
    operations = [each["operationId"] for item in openapi["paths"].values() for each in item.values()]
    sections = [section["id"] for section in page.select("main section")]
    assert sections == [*operations, *sorted(openapi["components"]["schemas"])]


def test_an_operation_is_told_with_its_parameters_and_an_example_of_its_answer(page, openapi):
    section = page.find(id="listGatherings")
    named = [cell.get_text().split()[0] for cell in section.select("tbody th")]
    assert named == [parameter["name"] for parameter in openapi["paths"]["/gatherings/"]["get"]["parameters"]]
    assert '"event_status"' in section.pre.get_text()
    assert "/api/prosjektnett/gatherings/" in section.get_text()


def test_every_link_on_the_page_leads_somewhere(page):
    ids = {element["id"] for element in page.select("[id]")}
    links = {link["href"] for link in page.select("a[href]")}
    assert {link for link in links if link.removeprefix("#") not in ids} == {f"{API}/openapi.json"}


def test_the_page_needs_no_script_and_nothing_from_elsewhere(page):
    assert page.select("script, style, [style], iframe, img") == []
    assert {link["href"].split("/")[1] for link in page.select("link")} == {"static"}


def test_the_documentation_has_the_operations_as_they_were_agreed_on():
    agreed = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert OPERATIONS.read_text(encoding="utf-8") == reference(agreed), "make openapi"
