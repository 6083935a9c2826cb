"""A network with all that our templates show, and a site with templates of its own."""

import copy
import io

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests import factories
from wagtail_prosjektnett.models import ProjectPhase
from wagtail_prosjektnett.pages.models import (
    ExperienceRelatedPage,
    GatheringContact,
    NetworkContact,
    NetworkMember,
    Presentation,
)
from wagtail_prosjektnett.pages.types import PageRole


@pytest.fixture
def site_templates(settings, tmp_path):
    """A folder of the site's own, in which Django looks for templates first."""
    folder = tmp_path / "templates"
    folder.mkdir()
    templates = copy.deepcopy(django_settings.TEMPLATES)
    templates[0]["DIRS"] = [folder]
    settings.TEMPLATES = templates

    def write(name, source):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")

    return write


@pytest.fixture
def image():
    """An image of 200 by 100 pixels."""
    data = io.BytesIO()
    Picture.new("RGB", (200, 100)).save(data, "PNG")
    return get_image_model().objects.create(title="Vidda", file=ContentFile(data.getvalue(), "vidda.png"))


@pytest.fixture
def whole_network(image):
    """A published page of each type, with something in every part of it."""
    document = get_document_model().objects.create(title="Lysark", file=ContentFile(b"%PDF-", "lysark.pdf"))
    person, place = factories.person(), factories.municipality()
    network = factories.network(wind_down_from="2019-02-15", image=image)
    network.members = [NetworkMember(organisation=place, role="member")]
    network.contacts = [NetworkContact(person=person, role="leader")]
    network.save_revision().publish()
    gathering = factories.gathering(network, programme=_programme(), occurrences=[{"municipality": place}])
    gathering.presentations = [Presentation(title="Foredraget", document=document)]
    gathering.contacts = [GatheringContact(person=person, role="contact")]
    gathering.save_revision().publish()
    news = factories.announcement(network, body=_body(image, document, person), related_gathering=gathering)
    article = factories.article(
        network,
        source_gathering=gathering,
        lessons=[("lesson", {"title": "Mandat", "context": "<p>a</p>", "action": "<p>b</p>", "result": "<p>c</p>"})],
        resources=[("resource", {"title": "Malen", "kind": "template", "document": document})],
    )
    article.phases.add(ProjectPhase.objects.first())
    article.related_pages = [ExperienceRelatedPage(related=news)]
    article.save_revision().publish()
    pages = [network, gathering, news, article]
    pages += [page.get_parent().specific for page in pages[1:]]
    found = {page.role: page for page in pages}
    assert found.keys() == set(PageRole)
    return found


def _programme():
    return [("day", "Mandag"), ("slot", {"title": "Velkommen"}), ("pause", {"title": "Kaffe"})]


def _body(image, document, person):
    return [
        ("heading", "Bakgrunn"),
        ("paragraph", "<p>Tekst</p>"),
        ("quote", {"quote": "Sagt"}),
        ("fact_box", {"heading": "Husk", "text": "<p>x</p>"}),
        ("steps", {"heading": "Slik", "steps": [{"title": "Først", "text": "<p>y</p>"}]}),
        ("image", {"image": image}),
        ("document", {"title": "Notatet", "document": document}),
        ("links", {"heading": "Se også", "links": [{"link": "https://example.org", "text": "Mer"}]}),
        ("contact", person),
    ]
