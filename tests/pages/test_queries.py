"""What a page costs, and that lists show what the reader may see in the right order."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from benchmarks.seed import add_pages
from tests import factories
from tests.conftest import API_DOORS
from tests.host.models import PlainPage
from wagtail_prosjektnett import conf
from wagtail_prosjektnett.models import Organisation
from wagtail_prosjektnett.pages.models import (
    AnnouncementPage,
    ExperiencePage,
    GatheringIndexPage,
    GatheringPage,
    NetworkContact,
    NetworkMember,
    NetworkPage,
    Occurrence,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 18


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries), response


def add_gatherings(network, count, start=0):
    index = factories.gathering_index(network)
    alta = factories.municipality("Alta", municipality_number="5601")
    for number in range(start, start + count):
        page = GatheringPage(title=f"Samling {number}", slug=f"samling-{number}", live=True)
        first = date(2026, 11, 20) - timedelta(days=number)
        page.occurrences = [Occurrence(start_date=first, municipality=alta), Occurrence(start_date=first)]
        index.add_child(instance=page)


def add_many_gatherings(network, count, start):
    """The same below an index of their own, many at a time."""
    index = factories.publish(GatheringIndexPage(title="Flere samlinger"), network)
    alta = Organisation.objects.get(municipality_number="5601")
    pages = [GatheringPage(title=f"Samling {number}") for number in range(start, start + count)]
    add_pages(index, pages, timezone.now(), network.locale)
    rows = [
        Occurrence(page=page, start_date=date(2026, 11, 20) - timedelta(days=number), municipality=municipality)
        for number, page in enumerate(pages, start)
        for municipality in (alta, None)
    ]
    for row in rows:
        row.renew_instants(ZoneInfo(conf.default_time_zone()))
    Occurrence.objects.bulk_create(rows)


def full_network():
    successor = factories.publish(PlainPage(title="Etterfølger"), factories.site_root())
    image = get_image_model().objects.create(title="Vidda", file=get_test_image_file())
    network = factories.network(wind_down_from=date(2026, 11, 1), successor_page=successor, image=image)
    leader = factories.person(organisation=factories.municipality("Porsanger"))
    network.members = [NetworkMember(organisation=factories.municipality(name)) for name in ("Alta", "Vadsø")]
    network.contacts = [NetworkContact(person=leader, role="leader"), NetworkContact(person=factories.person("To"))]
    network.save_revision().publish()
    for number in range(10):
        factories.announcement(network, f"Nyhet {number}", category="news")
        factories.article(network, f"Artikkel {number}")
    return NetworkPage.objects.get(pk=network.pk)


def test_the_landing_page_costs_the_same_with_ten_gatherings_and_with_a_thousand(client):
    network = full_network()
    add_gatherings(network, 10)
    with_ten, response = queries_of(client, network.url)
    assert response.content.count(b'class="card"') >= 10
    add_many_gatherings(network, 990, start=10)
    assert GatheringPage.objects.descendant_of(network).live().count() == 1000
    with_a_thousand, _response = queries_of(client, network.url)
    assert with_ten == with_a_thousand <= MOST_QUERIES


@pytest.mark.parametrize("closed", ["outer", "inner"])
def test_a_landing_page_shows_gatherings_in_an_inner_network_by_its_lifecycle(client, closed):
    networks = {"outer": factories.network("Det ytre")}
    networks["inner"] = factories.network("Det indre", parent=networks["outer"])
    for name, network in networks.items():
        when = [{"start_date": "2026-12-01"}]
        factories.gathering(network, name, when, registration_method="email", registration_email="post@example.org")
    alone, _response = queries_of(client, networks["inner"].url)
    NetworkPage.objects.filter(pk=networks[closed].pk).update(closed_from=date(2026, 11, 1))
    cards = BeautifulSoup(client.get(networks["outer"].url).content, "html.parser").select(".card:has(.card-kicker)")
    shown = {card.select_one("a").get_text(strip=True): "Åpen for påmelding" in card.get_text() for card in cards}
    assert shown == {name: name != closed for name in networks}
    count, _response = queries_of(client, networks["outer"].url)
    assert count <= alone + 2


@pytest.mark.parametrize("make", [factories.announcement, factories.article, factories.gathering])
def test_other_pages_cost_no_more(client, make):
    page = make(full_network())
    # An article tells what to read next and has a form for feedback; its index has filters, whose
    # counts are two queries.
    most = MOST_QUERIES + (3 if make is factories.article else 0)
    count, _response = queries_of(client, page.url)
    assert count <= most
    count, _response = queries_of(client, page.get_parent().url)
    assert count <= most


@pytest.mark.parametrize("pages", [1, 19])
def test_a_list_in_api_v2_finds_all_networks_with_one_query(client, pages):
    networks = [factories.network(f"Nettverk {number}", wind_down_from=date(2019, 1, 1)) for number in range(3)]
    for number in range(pages):
        factories.publish(PlainPage(title=f"Side {number}"), networks[number % 3])
    with CaptureQueriesContext(connection) as queries:
        items = client.get("/api/v2/pages/?type=host.PlainPage&limit=20").json()["items"]
    assert len(items) == pages
    assert all(item["network_banner"] for item in items)
    assert len([query for query in queries if "networkpage" in query["sql"]]) == 1


def test_gatherings_are_shown_once_as_upcoming_or_as_held(client):
    network = factories.network()
    factories.gathering(network, "I dag", [{"start_date": date(2026, 11, 23)}])
    factories.gathering(network, "I går", [{"start_date": date(2026, 11, 22)}])
    factories.gathering(network, "I morgen", [{"start_date": date(2026, 11, 24)}])
    factories.gathering(network, "I fjor", [{"start_date": date(2025, 1, 1), "precision": "year"}])
    factories.gathering(network, "Utsatt", [{"start_date": date(2026, 3, 1), "decision": "postponed"}])
    page = factories.gathering(network, "Begge", [{"start_date": date(2026, 11, 1)}, {"start_date": date(2026, 12, 1)}])
    context = client.get(page.get_parent().url).context
    assert [found.title for found in context["upcoming"]] == ["Utsatt", "Begge", "I dag", "I morgen"]
    assert [found.title for found in context["held"]] == ["I går", "I fjor"]


def test_announcements_come_by_their_editorial_date_featured_first(client):
    network = factories.network()
    factories.announcement(network, "Ny her, men gammel", published_on=date(2017, 1, 1))
    factories.announcement(network, "Nyest")
    factories.announcement(network, "Fremhevet", published_on=date(2016, 1, 1), featured=True)
    context = client.get(network.url).context
    assert [found.title for found in context["announcements"]] == ["Fremhevet", "Nyest", "Ny her, men gammel"]


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_what_a_reader_may_not_see_is_in_no_list(client, hide):
    network = factories.network()
    gathering = factories.gathering(network, "Hemmelig samling")
    announcement = factories.announcement(network, "Hemmelig nyhet", related_gathering=gathering)
    article = factories.article(network, "Hemmelig artikkel", source_gathering=gathering)
    about = factories.announcement(network, "Åpen nyhet", related_gathering=gathering)
    for page in (gathering, announcement, article):
        if hide == "unpublish":
            page.unpublish()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
    for page in (network, about, *(found.get_parent() for found in (gathering, announcement, article))):
        assert "Hemmelig" not in client.get(page.url).content.decode()


def test_a_reader_who_may_see_it_finds_it(admin):
    network = factories.network()
    announcement = factories.announcement(network, "For innloggede")
    PageViewRestriction.objects.create(page=announcement, restriction_type="login")
    assert "For innloggede" in admin.get(network.url).content.decode()


@pytest.mark.parametrize("number, shown", [("1", 20), ("2", 5), ("", 20)])
def test_a_long_list_is_divided(client, number, shown):
    network = factories.network()
    for count in range(25):
        page = factories.announcement(network, f"Nyhet {count}")
    response = client.get(page.get_parent().url, {"page": number})
    assert response.status_code == 200
    assert len(response.context["announcements"]) == shown


def test_the_landing_page_shows_the_newest_ten_of_each(client):
    network = factories.network()
    for number in range(12):
        factories.announcement(network, f"Nyhet {number}")
        factories.article(network, f"Artikkel {number}")
    context = client.get(network.url).context
    assert len(context["announcements"]) == len(context["articles"]) == 10
    assert AnnouncementPage.objects.count() == ExperiencePage.objects.count() == 12


@pytest.mark.parametrize("fields", ["event_status", "occurrences,registration_status", "*"])
def test_a_list_of_gatherings_in_api_v2_costs_the_same_for_three_and_for_nineteen(client, fields):
    network = factories.network(wind_down_from=date(2026, 11, 1), banner_text='<p><a linktype="page" id="2">x</a></p>')
    url = f"/api/v2/pages/?type=prosjektnett_pages.GatheringPage&limit=20&fields={fields}"
    if fields == "*":
        url = url.replace("*", "_,id,network_banner,season_of,next_change")
    add_gatherings(network, 3)
    with_three, _response = queries_of(client, url)
    add_gatherings(network, 16, start=3)
    with_nineteen, _response = queries_of(client, url)
    assert with_three == with_nineteen


def test_moving_a_branch_asks_once_for_the_networks_of_its_gatherings():
    network, other = factories.network(), factories.network("Et annet")
    add_gatherings(network, 12)
    branch = factories.gathering_index(network)
    with CaptureQueriesContext(connection) as queries:
        branch.can_move_to(other)
    assert len([query for query in queries if "networkpage" in query["sql"]]) <= 2


@pytest.mark.parametrize("door", API_DOORS)
def test_a_page_in_the_apis_finds_its_network_with_one_query(client, door):
    page = factories.gathering(factories.network(wind_down_from=date(2026, 11, 1)))
    with CaptureQueriesContext(connection) as queries:
        data = client.get(f"/api/{door}/pages/{page.pk}/").json()
    assert data["network_banner"]
    assert data["event_status"]["value"] == "held"
    assert len([query for query in queries if "networkpage" in query["sql"]]) == 1
