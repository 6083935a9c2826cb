"""What is told of each type of page, and that it is what the OpenAPI document promises."""

import json
from datetime import UTC, date, datetime

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests import factories
from tests.api.conftest import API
from tests.conftest import API_DOORS
from wagtail_prosjektnett.models import ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import AnnouncementPage

pytestmark = pytest.mark.django_db


def test_every_answer_is_what_the_document_promises(full, get, conforms):
    full.gathering(), full.announcement(), full.article()
    address = get("gatherings/")["items"][0]["url"].removeprefix("http://localhost")
    for operation, path in {
        "listGatherings": "gatherings/",
        "listAnnouncements": "announcements/",
        "listExperiences": "experiences/?q=mandat",
        "listNetworks": "networks/",
        "getNetwork": f"networks/{full.network.pk}/",
        "search": "search/?q=samling",
        "resolvePath": f"pages/?html_path={address}",
    }.items():
        data = get(path)
        assert data.get("count") != 0, path
        conforms(operation, data)
    for operation, path in {
        "getGathering": "gatherings/",
        "getAnnouncement": "announcements/",
        "getExperience": "experiences/",
    }.items():
        conforms(operation, get(f"{path}{get(path)['items'][0]['id']}/"))


#: What the doors tell alike; the others are named or shaped as each door does.
SAME = {
    "network": ["lifecycle", "period", "time_zone"],
    "gathering": [
        *("event_status", "registration_status", "season_of", "next_change", "target_audience", "programme"),
        *("registration_method", "registration_link", "registration_email", "registration_opens"),
        *("registration_deadline", "survey_link", "evaluation_summary", "evaluation_outcome"),
    ],
    "announcement": ["category", "category_label", "featured", "correction", "related_gathering"],
    "experience": [
        *("kind", "kind_label", "phases", "topics", "municipality", "lessons", "resources", "source_gathering"),
        *("responsible", "last_reviewed", "next_review", "review_months", "review_due", "related"),
    ],
}
OF_ALL = ["id", "title", "lead", "image", "body", "published", "changed", "network_banner"]
ROWS = {
    "contacts": ["person", "role"],
    "members": ["organisation", "role", "takes_part_from", "takes_part_to"],
    "presentations": ["title", "speaker", "occurrence_uid", "document", "link", "accessible"],
    "occurrences": [
        *("uid", "name", "when", "location", "event_status", "registration_status", "capacity"),
        "registration_deadline",
    ],
}


@pytest.mark.parametrize("door", API_DOORS)
def test_all_doors_say_the_same_of_a_page(full, get, read, door):
    gathering = full.gathering()
    pages = [full.network, gathering, full.announcement(related_gathering=gathering, category="news")]
    pages.append(full.article(source_gathering=gathering))
    for page in pages:
        ours = get(f"{page.role}s/{page.pk}/")
        ours = ours.get("network") if page.role == "network" else ours
        theirs = read(door, page)
        for name in OF_ALL + SAME[page.role]:
            assert ours[name] == theirs[name], name
        for relation, names in ROWS.items():
            if relation in ours:
                mine, other = ([[row[name] for name in names] for row in data[relation]] for data in (ours, theirs))
                assert mine == other, relation


def test_a_block_that_nobody_knows_any_more_is_left_out(get):
    page = factories.announcement(factories.network())
    stored = [
        {"type": "gone", "value": {"x": 1}, "id": "a"},
        {"type": "heading", "value": "Står igjen", "id": "b"},
    ]
    AnnouncementPage.objects.filter(pk=page.pk).update(body=json.dumps(stored))
    found = get(f"announcements/{page.pk}/")
    assert found["body"] == [{"type": "heading", "value": "Står igjen", "id": "b"}]


@pytest.mark.parametrize("value", [None, 7, "x", [], ["x", 1], {}, {"links": "x"}, {"image": {"image": "x"}}, True])
def test_a_stored_value_that_makes_no_sense_breaks_no_answer(get, conforms, value):
    page = factories.announcement(factories.network())
    names = [
        "heading",
        "paragraph",
        "image",
        "quote",
        "fact_box",
        "steps",
        "document",
        "links",
        "contact",
        "key_figure",
    ]
    stored = [{"type": name, "value": value, "id": name} for name in names]
    AnnouncementPage.objects.filter(pk=page.pk).update(body=json.dumps(stored))
    found = get(f"announcements/{page.pk}/")
    assert [block["type"] for block in found["body"]] == names
    conforms("getAnnouncement", found)


def test_what_was_deleted_is_told_as_nothing(full, get, conforms):
    page = full.announcement()
    for thing in (full.paper, full.other_paper, full.picture, full.other_picture, full.adviser):
        thing.delete()
    found = get(f"announcements/{page.pk}/")
    values = {block["type"]: block["value"] for block in found["body"]}
    assert found["image"] is None
    assert values["image"]["image"] is None
    assert values["document"]["document"] is None
    assert values["contact"] is None
    assert values["paragraph"].endswith("<a>y</a></p>")
    conforms("getAnnouncement", found)


def test_a_landing_page_in_one_answer(full, get):
    full.gathering("Neste", occurrences=[{"start_date": "2026-12-10"}])
    full.gathering("Etterpå", occurrences=[{"start_date": "2026-12-20"}])
    full.gathering("Forrige", occurrences=[{"start_date": "2026-05-01"}])
    full.gathering("Første", occurrences=[{"start_date": "2025-05-01"}])
    full.announcement(), full.article()
    found = get(f"networks/{full.network.pk}/")
    assert [item["title"] for item in found["upcoming_gatherings"]] == ["Neste", "Etterpå"]
    assert [item["title"] for item in found["held_gatherings"]] == ["Forrige", "Første"]
    assert [item["title"] for item in found["announcements"]] == ["Nyhet"]
    assert [item["title"] for item in found["experiences"]] == ["Artikkel"]
    assert [item["title"] for item in found["sections"]] == ["Samlinger", "Aktuelt", "Erfaringsbase"]
    assert [item["type"] for item in found["sections"]] == ["gathering_index", "announcement_index", "experience_index"]
    assert found["network"]["members"][0]["organisation"]["name"] == "Alta"
    assert found["network"]["contacts"][0]["role_label"] == "Nettverksleder"


ACTIVE, CLOSED = {}, {"wind_down_from": "2026-02-01", "closed_from": "2026-11-01"}


@pytest.mark.parametrize(
    "own, inside, is_shown", [(ACTIVE, CLOSED, True), (CLOSED, ACTIVE, True), (ACTIVE, CLOSED, False)]
)
def test_a_landing_page_tells_of_pages_in_an_inner_network_what_they_tell(get, own, inside, is_shown):
    outer = factories.network("Det ytre", **own)
    inner = factories.network("Det indre", parent=outer, **inside)
    for network in (outer, inner):
        factories.gathering(network, occurrences=[{"start_date": "2026-10-01"}], registration_method="built_in")
        factories.announcement(network), factories.article(network)
    if not is_shown:
        inner.unpublish()
    found = get(f"networks/{outer.pk}/")
    for name, path in (
        ("held_gatherings", "gatherings"),
        ("announcements", "announcements"),
        ("experiences", "experiences"),
    ):
        told = [get(f"{path}/{item['id']}/") for item in found[name]]
        for each in told if name == "experiences" else ():  # a list tells none
            del each["feedback"]["comments"], each["feedback"]["comment_count"]
        assert found[name] == told
        assert len({item["network"]["id"] for item in told}) == 1 + is_shown


def test_news_by_category_and_gathering(titles):
    network = factories.network()
    gathering = factories.gathering(network)
    factories.announcement(network, "Om samlingen", related_gathering=gathering, category="gathering")
    factories.announcement(network, "Fremhevet", featured=True, published_on=date(2016, 1, 1))
    assert titles("announcements/") == ["Fremhevet", "Om samlingen"]
    assert titles("announcements/", category="gathering") == ["Om samlingen"]
    assert titles("announcements/", gathering=gathering.pk) == ["Om samlingen"]
    assert titles("announcements/", category="unknown") == []


def test_news_of_a_year_is_that_of_the_day_it_shows(titles):
    network = factories.network()
    old = factories.announcement(network, "Gammel", published_on=date(2016, 12, 31))
    moved = factories.announcement(network, "Uten dato")
    type(moved).objects.filter(pk=moved.pk).update(first_published_at=datetime(2016, 12, 31, 23, 30, tzinfo=UTC))
    assert titles("announcements/", year=2016) == [old.title]
    assert titles("announcements/", year=2017) == [moved.title]
    assert titles("announcements/", year=2017, category="news") == []


@pytest.fixture
def articles():
    """Three articles with topics, phases and places."""
    network = factories.network()
    topics = [Topic.objects.create(name=name) for name in ("Forankring", "Gevinster")]
    phases = list(ProjectPhase.objects.all()[:2])
    alta = factories.municipality("Alta", municipality_number="5601")
    for number, kind in enumerate(["lesson", "lesson", "guide"]):
        page = factories.article(network, f"Artikkel {number}", kind=kind, lead="Styringsgruppe" if number else "")
        page.topics, page.phases = topics[: number + 1], phases[:number]
        page.municipality = alta if number == 2 else None
        page.save_revision().publish()
    return topics, phases


def test_articles_are_narrowed_down_and_counted(articles, get, titles):
    topics, phases = articles
    assert titles("experiences/", topic=topics[1].pk) == ["Artikkel 1", "Artikkel 2"]
    assert titles("experiences/", topic=topics[1].pk, kind="lesson") == ["Artikkel 1"]
    assert titles("experiences/", phase=phases[1].pk) == ["Artikkel 2"]
    assert titles("experiences/", municipality="5601") == ["Artikkel 2"]
    assert titles("experiences/", q="styringsgruppe", order="newest") == ["Artikkel 1", "Artikkel 2"]
    assert titles("experiences/", q="styringsgruppe", kind="guide") == ["Artikkel 2"]
    facets = get("experiences/", kind="lesson")["facets"]
    assert facets["kind"] == [
        {"value": "lesson", "label": "Erfaring", "count": 2},
        {"value": "guide", "label": "Veiledning", "count": 1},
    ]
    assert [(facet["label"], facet["count"]) for facet in facets["topic"]] == [("Forankring", 2), ("Gevinster", 1)]
    assert [(facet["value"], facet["count"]) for facet in facets["phase"]] == [(str(phases[0].pk), 1)]
    assert facets["municipality"] == []
    assert get("experiences/")["facets"]["municipality"] == [{"value": "5601", "label": "Alta", "count": 1}]


@pytest.mark.parametrize(
    "words", ["'", '"', "*", "a AND", "-", "(", "NEAR(", "æøå", "a" * 200, "%", "\\", "🙂", ":", "^"]
)
def test_no_search_is_too_odd(articles, get, words):
    get("search/", q=words)
    get("experiences/", q=words)


def test_a_search_finds_pages_of_every_type(full, get, titles):
    full.gathering("Samling om gevinster"), full.announcement("Nytt om gevinster"), full.article("Gevinster")
    other = factories.network("Andre gevinster")
    found = {item["title"]: item["type"] for item in get("search/", q="gevinster", network=full.network.pk)["items"]}
    assert found == {
        "Samling om gevinster": "gathering",
        "Nytt om gevinster": "announcement",
        "Gevinster": "experience",
    }
    assert other.title in titles("search/", q="gevinster")
    newest = {"q": "gevinster", "network": full.network.pk, "order": "newest"}
    assert titles("search/", **newest, limit=1, offset=1) == ["Nytt om gevinster"]


def test_an_address_leads_to_its_page(full, get):
    page = full.gathering()
    for address in (page.url, page.url.rstrip("/"), page.url + "?utm=x", page.url.lstrip("/")):
        found = get("pages/", html_path=address)
        assert (found["page"]["id"], found["page"]["type"], found["redirect"]) == (page.pk, "gathering", None)
        assert found["page"]["network_banner"]["kind"] == "notice"
    network = get("pages/", html_path=full.network.url)["page"]
    assert (network["type"], network["network"]["id"]) == ("network", full.network.pk)
    assert network["lifecycle"]["state"] == "winding_down"
    plain = get("pages/", html_path=full.successor.url)["page"]
    assert (plain["type"], plain["network"]) == ("host.PlainPage", None)
    assert get("pages/", html_path="/")["page"]["id"] == factories.site_root().pk


def test_an_address_leads_by_a_redirect(full, client, get):
    Redirect.add_redirect("/gammel", full.network)
    Redirect.add_redirect("/ut", "https://example.org/", is_permanent=False)
    Redirect.add_redirect("/gammel?a=1", "https://example.org/a")
    found = get("pages/", html_path="/gammel/")
    assert found["page"]["id"] == full.network.pk
    assert found["redirect"] == {"url": "http://localhost/testnettverket/", "is_permanent": True}
    assert get("pages/", html_path="/ut/?x=1") == {
        "page": None,
        "redirect": {"url": "https://example.org/", "is_permanent": False},
    }
    assert get("pages/", html_path="/gammel?a=1")["redirect"]["url"] == "https://example.org/a"
    full.network.unpublish()
    assert client.get(f"{API}/pages/?html_path=/gammel/").status_code == 404


@pytest.mark.parametrize("address", ["/finnes/ikke/", "//[", "http://[", "/%00/", "/" + "a" * 1999, "/../", "\\"])
def test_no_address_is_too_odd(client, address):
    assert client.get(f"{API}/pages/", {"html_path": address}).status_code in (404, 422)


def test_the_document_is_served(client):
    document = client.get(f"{API}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert client.get(f"{API}/docs").status_code == 200


def test_blocks_of_the_site_are_in_the_document(client):
    schemas = client.get(f"{API}/openapi.json").json()["components"]["schemas"]
    body = schemas["GatheringData"]["properties"]["body"]["items"]
    assert body["discriminator"]["propertyName"] == "type"
    assert body["discriminator"]["mapping"]["key_figure"] == "#/components/schemas/BodyKeyFigure"
    assert schemas["BodyKeyFigureValue"]["properties"].keys() == {"figure", "label"}
