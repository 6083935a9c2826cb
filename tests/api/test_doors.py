"""The same page by three doors says the same, whatever it is and whenever it is read."""

from datetime import date

import pytest
import time_machine

from tests import factories
from tests.api.conftest import API
from tests.conftest import API_DOORS
from tests.languages import translated
from wagtail_prosjektnett.pages.models import NetworkPage

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("door", API_DOORS)]

#: Before anything, while one can sign up, after the deadline, on the day, afterwards, and when the network has ended.
INSTANTS = [
    *("2026-10-01T12:00+02:00", "2026-11-23T12:00+01:00", "2026-12-05T00:00+01:00", "2026-12-10T12:00+01:00"),
    *("2026-12-24T12:00+01:00", "2027-06-01T12:00+02:00", "2028-01-01T00:00+01:00"),
]
OF_A_GATHERING = (
    "event_status",
    "registration_status",
    "next_change",
    "season_of",
    "network_banner",
    "published",
    "changed",
)


@pytest.mark.parametrize("instant", INSTANTS)
def test_statuses_and_the_banner_at_any_time(get, read, door, instant):
    network = factories.network(
        wind_down_from=date(2026, 12, 20), closed_from=date(2027, 12, 31), banner_text="<p>Takk</p>"
    )
    rows = [
        {"name": "Øst", "start_date": "2026-12-10", "start_time": "10:00", "end_time": "15:00", "availability": "full"},
        {"name": "Vest", "start_date": "2027-01-01", "precision": "month"},
        {"name": "Nord", "start_date": "2026-12-12", "decision": "cancelled"},
    ]
    terms = {"registration_method": "link", "registration_link": "https://example.org/skjema"}
    days = {"registration_opens": date(2026, 11, 1), "registration_deadline": date(2026, 12, 4)}
    page = factories.gathering(network, "Samling", rows, published_on=date(2026, 9, 1), **terms, **days)
    with time_machine.travel(instant, tick=False):
        ours, theirs = get(f"gatherings/{page.pk}/"), read(door, page)
        assert {name: theirs[name] for name in OF_A_GATHERING} == {name: ours[name] for name in OF_A_GATHERING}
        for our_row, their_row in zip(ours["occurrences"], theirs["occurrences"], strict=True):
            for name in ("uid", "when", "location", "event_status", "registration_status"):
                assert our_row[name] == their_row[name]
        assert read(door, network)["lifecycle"] == ours["lifecycle"]


def test_a_list_says_of_a_page_what_the_page_says(full, client, read, door):
    if door != "v2":
        pytest.skip("a list in API v3 has the base of each page only")
    for page in (full.gathering(), full.announcement(), full.article(), NetworkPage.objects.get(pk=full.network.pk)):
        kind = type(page)._meta.label
        (item,) = client.get(f"/api/v2/pages/?type={kind}&fields=*").json()["items"]
        alone = read(door, page)
        alone["meta"].pop("parent")
        item["meta"].pop("locale")  # told of a page alone only where the site has several languages
        assert item == alone


@pytest.mark.urls("tests.multilingual_urls")
@pytest.mark.usefixtures("two_languages")
def test_translations_and_what_is_told_in_the_language_of_the_page(client, nynorsk, door):
    network = factories.network()
    gathering = factories.gathering(network, "Samling", [{"start_date": "2026-12-10"}])
    link = f'<p><a linktype="page" id="{gathering.pk}">samlinga</a></p>'
    news = factories.announcement(network, related_gathering=gathering, correction=link)
    translations = {page.pk: translated(page, nynorsk) for page in (gathering, news)}
    ours = client.get(f"{API}/announcements/{translations[news.pk].pk}/").json()
    theirs = client.get(f"/api/{door}/pages/{translations[news.pk].pk}/").json()
    assert theirs["meta"]["locale"] == ours["language"] == "nn"
    assert theirs["related_gathering"] == ours["related_gathering"]
    assert theirs["related_gathering"]["id"] == translations[gathering.pk].pk
    assert theirs["correction"] == ours["correction"]
    assert "/nn/" in theirs["correction"]
    found = client.get(f"/api/{door}/pages/?translation_of={news.pk}").json()["items"]
    assert [item["id"] for item in found] == [translations[news.pk].pk]
    assert [each["id"] for each in ours["translations"]] == [news.pk]


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_a_search_may_have_any_signs(client, door, kind):
    marks = ('"', '"nettverk', 'nettverk"', '"nettverk"', 'nett"verk', '""')
    for search in (*marks, "'", "*", ":*", "(", "%", "\\", " ", "\t"):
        assert client.get(f"/api/{door}/{kind}/", {"search": search}).status_code == 200, search
    if kind == "pages":
        factories.network("Testnettverket")
        found = client.get(f"/api/{door}/pages/", {"search": '"testnettverket"'}).json()["items"]
        assert [item["title"] for item in found] == ["Testnettverket"]
