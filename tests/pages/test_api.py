"""What Wagtail's API v2 and v3 tell of each page type: nested, expanded, and nothing that is hidden."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests import factories
from tests.conftest import API_DOORS
from tests.host.models import PlainPage
from wagtail_prosjektnett.models import OrganisationName, ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import (
    ExperienceRelatedPage,
    GatheringContact,
    NetworkContact,
    NetworkMember,
    Presentation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("door", API_DOORS)]


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


def document(title="Lysark", **fields):
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-1.4", "lysark.pdf"), **fields)


def image(title="Vidda"):
    return get_image_model().objects.create(title=title, file=get_test_image_file(size=(1000, 500)), description="Snø")


def hidden_pages():
    """A page that is not published, and one for those who are logged in."""
    draft = factories.publish(PlainPage(title="Utkast"), factories.site_root())
    draft.unpublish()
    restricted = factories.publish(PlainPage(title="For innloggede"), factories.site_root())
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    return [draft, restricted]


def test_network(read, door):
    karasjok = factories.municipality("Kárášjohka – Karasjok", municipality_number="5610")
    karasjok.parallel_names = [
        OrganisationName(name="Kárášjohka", language="se"),
        OrganisationName(name="Karasjok", language="nb"),
    ]
    karasjok.save()
    network = factories.network(
        wind_down_from=date(2026, 12, 1), taken_down_from=date(2027, 12, 1), published_on=date(2019, 2, 15)
    )
    network.members = [NetworkMember(organisation=karasjok, role="owner", takes_part_from=date(2017, 1, 1))]
    network.contacts = [
        NetworkContact(person=factories.person(email="leder@example.org", organisation=karasjok), role="leader")
    ]
    network.save_revision().publish()
    data = read(door, network)
    assert data["lifecycle"] == {
        "state": "active",
        "label": "Aktivt",
        "since": None,
        "next_change": "2026-12-01T00:00:00+01:00",
        "active_from": None,
        "wind_down_from": "2026-12-01",
        "closed_from": None,
        "taken_down_from": "2027-12-01",
    }
    assert data["published"] == "2019-02-15"
    (member,) = data["members"]
    assert member["role"] == "owner"
    assert member["organisation"]["names"] == [
        {"name": "Kárášjohka", "language": "se"},
        {"name": "Karasjok", "language": "nb"},
    ]
    (contact,) = data["contacts"]
    assert contact["person"]["email"] == "leder@example.org"
    assert contact["person"]["organisation"]["municipality_number"] == "5610"


def test_gathering(read, door):
    network = factories.network()
    alta = factories.municipality("Alta", municipality_number="5601")
    page = factories.gathering(
        network,
        occurrences=[
            {
                "name": "Vest",
                "start_date": date(2026, 12, 10),
                "start_time": "10:00",
                "end_time": "15:00",
                "municipality": alta,
                "place": "Rådhuset",
                "online_address": "https://example.org/hemmelig",
            },
            {"name": "Øst", "start_date": date(2026, 12, 1), "precision": "month", "availability": "full"},
        ],
        registration_method="link",
        registration_link="https://example.org/skjema",
        registration_deadline=date(2026, 12, 1),
        evaluation_summary="<p>Nyttig.</p>",
    )
    page.presentations = [Presentation(title="Lysark", document=document(), occurrence_uid=page.in_order[0].uid)]
    page.contacts = [GatheringContact(person=factories.person())]
    page.save_revision().publish()
    data = read(door, page)
    west, east = data["occurrences"]
    assert west["when"] == {
        "starts_at": "2026-12-10T10:00:00+01:00",
        "ends_at": "2026-12-10T15:00:00+01:00",
        "exactness": "minute",
        "text": "10. desember 2026 kl. 10:00–15:00",
    }
    assert west["event_status"] == {"value": "scheduled", "label": "Planlagt"}
    assert west["registration_status"] == {"value": "open", "label": "Åpen for påmelding"}
    assert west["location"]["municipality"]["name"] == "Alta"
    assert west["location"]["is_online"] is True
    assert east["when"]["text"] == "desember 2026"
    assert east["event_status"]["value"] == "tentative"
    assert east["registration_status"]["value"] == "full"
    assert data["event_status"]["value"] == "scheduled"
    assert data["registration_status"]["value"] == "open"
    assert data["season_of"] == {"season": "autumn", "year": 2026, "text": "høsten 2026"}
    assert data["next_change"] == "2026-12-02T00:00:00+01:00"
    (presentation,) = data["presentations"]
    assert presentation["document"]["url"].endswith("lysark.pdf")
    assert presentation["document"]["file_extension"] == "pdf"
    assert data["contacts"][0]["person"]["name"] == "Nettverksleder"
    assert "hemmelig" not in str(data)


def test_announcement_and_article(read, door):
    network = factories.network()
    gathering = factories.gathering(network)
    news = factories.announcement(network, category="news", related_gathering=gathering, image=image())
    data = read(door, news)
    assert data["category_label"] == "Nyheter"
    assert data["related_gathering"]["title"] == "Samling"
    assert data["image"]["alt"] == "Snø"
    assert data["image"]["renditions"]["small"]["width"] == 480
    assert data["image"]["renditions"]["small"]["url"].startswith("http://localhost/media/")

    article = factories.article(network, source_gathering=gathering, responsible=factories.person())
    article.phases = [ProjectPhase.objects.first()]
    article.topics = [Topic.objects.create(name="Forankring")]
    article.related_pages = [ExperienceRelatedPage(related=news)]
    article.save_revision().publish()
    data = read(door, article)
    assert [phase["name"] for phase in data["phases"]] == ["Idé"]
    assert [topic["name"] for topic in data["topics"]] == ["Forankring"]
    assert data["kind_label"] == "Erfaring"
    assert data["source_gathering"]["id"] == gathering.pk
    assert data["responsible"]["name"] == "Nettverksleder"
    assert [page["title"] for page in data["related"]] == ["Nyhet"]


def stream(*blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"type": name, "value": value} for name, value in blocks]


def test_blocks_and_rich_text_are_expanded(read, door):
    network = factories.network()
    news = factories.announcement(network)
    link = f'<p><a linktype="page" id="{news.pk}">nyheten</a></p>'
    paper, picture, person = document(), image(), factories.person(email="leder@example.org")
    page = factories.announcement(
        network,
        "Med alt",
        correction=link,
        body=stream(
            ("paragraph", link),
            ("image", {"image": {"image": picture.pk, "alt_text": "Vidde", "decorative": False}, "caption": "C"}),
            ("document", {"title": "Les", "document": paper.pk, "link": "", "accessible": True}),
            ("links", {"heading": "", "links": [{"page": news.pk, "link": "", "text": ""}]}),
            ("contact", person.pk),
        ),
    )
    data = read(door, page)
    assert data["correction"] == f'<p><a href="{news.url}">nyheten</a></p>'
    paragraph, figure, download, links, contact = (block["value"] for block in data["body"])
    assert paragraph == f'<p><a href="{news.url}">nyheten</a></p>'
    assert figure["image"]["alt"] == "Vidde"
    assert figure["image"]["renditions"]["medium"]["height"] == 480
    assert download["document"]["url"].endswith(".pdf")
    assert links["links"][0]["page"]["title"] == "Nyhet"
    assert contact["email"] == "leder@example.org"


def test_nothing_hidden_is_told(read, door):
    network = factories.network()
    collection = Collection.get_first_root_node().add_child(name="Lukket")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    secret = document("Hemmelig", collection=collection)
    gathering = factories.gathering(network)
    gathering.presentations = [Presentation(title="Lysark", document=secret)]
    gathering.save_revision().publish()
    assert read(door, gathering)["presentations"][0]["document"] is None
    for hidden in hidden_pages():
        page = factories.article(
            network,
            slug=f"artikkel-{hidden.pk}",
            source_gathering=hidden,
            body=stream(
                ("links", {"heading": "", "links": [{"page": hidden.pk, "link": "", "text": "x"}]}),
                ("document", {"title": "Les", "document": secret.pk, "link": "", "accessible": False}),
            ),
        )
        page.related_pages = [ExperienceRelatedPage(related=hidden)]
        page.save_revision().publish()
        data = read(door, page)
        assert data["source_gathering"] is None
        assert data["related"] == []
        assert data["body"][0]["value"]["links"][0]["page"] is None
        assert data["body"][1]["value"]["document"] is None
        assert hidden.title not in str(data)


def test_labels_follow_the_language(client, door):
    network = factories.network()
    url = f"/api/{door}/pages/{network.pk}/"
    labels = {
        language: client.get(url, headers={"accept-language": language}).json()["lifecycle"]["label"]
        for language in ("nb", "nn", "en")
    }
    assert labels == {"nb": "Aktivt", "nn": "Aktivt", "en": "Active"}


def test_a_page_that_is_not_published_or_is_restricted_is_not_there(client, door):
    network = factories.network()
    gathering = factories.gathering(network)
    news = factories.announcement(network)
    gathering.unpublish()
    PageViewRestriction.objects.create(page=news, restriction_type="password", password="x")
    for page in (gathering, news):
        assert client.get(f"/api/{door}/pages/{page.pk}/").status_code == 404
