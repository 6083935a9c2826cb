"""A network with everything in it, and doors to our own API."""

import json
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from jsonschema import Draft202012Validator
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests import factories
from tests.host.models import PlainPage
from wagtail_prosjektnett.api import headless
from wagtail_prosjektnett.models import OrganisationName, ProjectPhase, Topic
from wagtail_prosjektnett.outputs.conditional import _forget_addresses
from wagtail_prosjektnett.pages import freshness
from wagtail_prosjektnett.pages.models import (
    ExperienceRelatedPage,
    GatheringContact,
    NetworkContact,
    NetworkMember,
    Presentation,
)

API = "/api/prosjektnett"


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch):
    """What another test has cached is of images that are gone, and of the same moment and the same ids."""
    cache.clear()
    monkeypatch.setattr(freshness, "_known", None)
    _forget_addresses.cache_clear()


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


@pytest.fixture
def get(client):
    """Ask our API as anybody can: the data of an answer, which must be a success."""

    def ask(path, **parameters):
        response = client.get(f"{API}/{path}", parameters)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def titles(get):
    """The titles in a list."""

    def ask(path, **parameters):
        return [item["title"] for item in get(path, **parameters)["items"]]

    return ask


def document(title="Lysark", **fields):
    """A document that everybody may download."""
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-1.4", "lysark.pdf"), **fields)


def image(title="Vidda"):
    """An image of 1,000 by 500 pixels."""
    return get_image_model().objects.create(title=title, file=get_test_image_file(size=(1000, 500)), description="Snø")


def place(name, number):
    """A municipality with a name in two languages."""
    found = factories.municipality(name, municipality_number=number)
    found.parallel_names = [OrganisationName(name=name, language="nb"), OrganisationName(name=name, language="se")]
    found.save()
    return found


def blocks(*pairs):
    """Blocks as they are stored."""
    return [{"type": name, "value": value} for name, value in pairs]


class Full:
    """A network being wound down, with gatherings, news and articles that have something in every part."""

    def __init__(self):
        self.successor = factories.publish(PlainPage(title="Etterfølger"), factories.site_root())
        self.paper, self.other_paper = document(), document("Notat")
        self.picture, self.other_picture = image(), image("Kyst")
        self.alta = place("Alta", "5601")
        self.leader = factories.person(organisation=place("Vadsø", "5607"), email="leder@example.org")
        self.adviser = factories.person("Rådgiver", organisation=self.alta)
        self.topic, self.phase = Topic.objects.create(name="Forankring"), ProjectPhase.objects.first()
        link = f'<p><a linktype="page" id="{self.successor.pk}">etterfølgeren</a></p>'
        self.network = factories.network(
            wind_down_from=date(2026, 11, 1),
            banner_text=link,
            successor_page=self.successor,
            image=self.picture,
            body=self.body(),
        )
        self.network.members = [NetworkMember(organisation=self.alta, role="owner")]
        self.network.contacts = [NetworkContact(person=self.leader, role="leader")]
        self.network.save_revision().publish()

    def body(self):
        """Blocks of every kind that we ship."""
        rich = f'<p><a linktype="page" id="{self.successor.pk}">x</a>'
        rich += f'<a linktype="document" id="{self.paper.pk}">y</a></p>'
        picture = {"image": self.other_picture.pk, "alt_text": "Kysten", "decorative": False}
        links = [{"page": self.successor.pk, "link": "", "text": ""}]
        return blocks(
            ("heading", "Bakgrunn"),
            ("paragraph", rich),
            ("quote", {"quote": "Sagt", "attribution": ""}),
            ("fact_box", {"heading": "Husk", "text": rich}),
            ("steps", {"heading": "Slik", "steps": [{"title": "Først", "text": rich}]}),
            ("image", {"image": picture, "caption": "C", "credit": ""}),
            ("document", {"title": "Les", "document": self.other_paper.pk, "link": "", "accessible": True}),
            ("links", {"heading": "", "links": links}),
            ("contact", self.adviser.pk),
            ("key_figure", {"figure": "7", "label": "kommuner"}),
        )

    def gathering(self, title="Samling", **fields):
        """A gathering with two times and places, two contacts and three presentations."""
        day = {"start_date": "2026-12-10", "municipality": self.alta, "capacity": 40}
        fields.setdefault("occurrences", [{**day, "name": "Vest"}, {**day, "name": "Øst"}])
        programme = blocks(("day", "Mandag"), ("slot", {"title": "Velkommen", "description": "<p>a</p>"}))
        text = {"evaluation_summary": f'<p><a linktype="page" id="{self.successor.pk}">z</a></p>'}
        page = factories.gathering(
            self.network, title, image=self.picture, body=self.body(), programme=programme, **text, **fields
        )
        page.contacts = [GatheringContact(person=person) for person in (self.leader, self.adviser)]
        page.presentations = [Presentation(title=f"Foredrag {n}", document=self.paper) for n in range(3)]
        page.save_revision().publish()
        return page

    def announcement(self, title="Nyhet", **fields):
        """A piece of news."""
        return factories.announcement(self.network, title, image=self.picture, body=self.body(), **fields)

    def article(self, title="Artikkel", **fields):
        """An article."""
        text = dict.fromkeys(("context", "action", "result", "differently"), "<p>a</p>")
        resource = {"title": "Malen", "kind": "template", "document": self.paper.pk, "link": "", "accessible": False}
        page = factories.article(
            self.network,
            title,
            body=self.body(),
            lessons=blocks(("lesson", {"title": "Mandat", **text})),
            resources=blocks(("resource", {**resource, "description": ""})),
            responsible=self.leader,
            municipality=self.alta,
            **fields,
        )
        page.phases, page.topics = [self.phase], [self.topic]
        page.related_pages = [ExperienceRelatedPage(related=self.successor)]
        page.save_revision().publish()
        return page


@pytest.fixture
def full(db):
    """A network with something in every part, and no page below it yet."""
    return Full()


@pytest.fixture(scope="session")
def openapi():
    """The OpenAPI document of the site that the tests run in."""
    return json.loads(json.dumps(headless.api.get_openapi_schema(), default=str))


@pytest.fixture
def conforms(openapi):
    """Check that an answer is what the OpenAPI document says of an operation."""
    operations = {each["operationId"]: each for item in openapi["paths"].values() for each in item.values()}

    def check(operation, data, status="200"):
        (content,) = operations[operation]["responses"][status]["content"].values()
        schema = {**content["schema"], "components": openapi["components"]}
        assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []

    return check
