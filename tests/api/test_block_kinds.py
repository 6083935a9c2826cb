"""Blocks of a site's own: typed as ours where they are made of Wagtail's, and told by themselves where they say how."""

import pytest
from django.test import RequestFactory
from pydantic import TypeAdapter
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Site

from tests import factories
from tests.api.conftest import document, image
from wagtail_prosjektnett.api.block_kinds import kind_of
from wagtail_prosjektnett.api.lookups import Found, Needs, Telling
from wagtail_prosjektnett.visibility import read_as_anybody

pytestmark = pytest.mark.django_db


class Shouted(blocks.CharBlock):
    """A block that says itself what the APIs tell of it."""

    def get_api_representation(self, value, context=None):
        return {"loud": value.upper(), "page": context["page"].title}


class Card(blocks.StructBlock):
    """A block made of Wagtail's."""

    page = blocks.PageChooserBlock(required=False)
    picture = ImageChooserBlock(required=False)
    described = ImageBlock(required=False)
    paper = DocumentChooserBlock(required=False)
    text = blocks.RichTextBlock()
    number = blocks.IntegerBlock()
    day = blocks.DateBlock()
    time = blocks.TimeBlock()
    yes = blocks.BooleanBlock()
    choice = blocks.ChoiceBlock(choices=[("a", "A")])
    choices = blocks.MultipleChoiceBlock(choices=[("a", "A")])
    inner = blocks.StreamBlock([("line", blocks.CharBlock()), ("lines", blocks.ListBlock(blocks.TextBlock()))])
    shouted = Shouted()
    added_later = blocks.CharBlock(default="Slik var det")


@pytest.fixture
def tell(rf: RequestFactory):
    """What is told of the stored value of a block, on the front page of the site."""

    def ask(block, raw):
        request = rf.get("/", headers={"host": "localhost"})
        read_as_anybody(request)
        needs = Needs()
        kind_of(block).collect(block, raw, needs)
        page = Site.find_for_request(request).root_page
        told = kind_of(block).tell(block, raw, Telling(page, Found(needs, request), request))
        TypeAdapter(kind_of(block).type_of(block, "Card")).validate_python(told)
        return told

    return ask


def test_a_block_of_the_sites_own_is_told_like_ours(tell):
    page, picture, paper = factories.network(), image(), document()
    told = tell(
        Card(),
        {
            "page": page.pk,
            "picture": picture.pk,
            "described": {"image": picture.pk, "alt_text": "Her", "decorative": False},
            "paper": paper.pk,
            "text": f'<p><a linktype="page" id="{page.pk}">x</a></p>',
            "number": 7,
            "day": "2026-11-23",
            "time": "10:00:00",
            "yes": True,
            "choice": "a",
            "choices": ["a"],
            "inner": [
                {"type": "line", "value": "En", "id": "1"},
                {"type": "lines", "value": [{"type": "item", "value": "To", "id": "2"}, "Tre"], "id": "3"},
                {"type": "gone", "value": 1, "id": "4"},
            ],
            "shouted": "hei",
            "gone": 1,
        },
    )
    assert told["page"] == {"id": page.pk, "title": page.title, "url": page.full_url}
    assert (told["picture"]["alt"], told["described"]["alt"]) == ("Snø", "Her")
    assert told["paper"]["title"] == "Lysark"
    assert told["text"] == f'<p><a href="{page.url}">x</a></p>'
    assert (told["number"], told["day"], told["time"], told["yes"]) == (7, "2026-11-23", "10:00:00", True)
    assert (told["choice"], told["choices"]) == ("a", ["a"])
    assert told["inner"] == [
        {"type": "line", "value": "En", "id": "1"},
        {"type": "lines", "value": ["To", "Tre"], "id": "3"},
    ]
    assert told["shouted"]["loud"] == "HEI"
    assert told["added_later"] == "Slik var det"
    assert "gone" not in told


def test_a_stock_chooser_does_not_tell_of_a_hidden_page(tell):
    page = factories.network("Hemmelig")
    page.unpublish()
    told = tell(Card(), {"page": page.pk, "text": f'<p><a linktype="page" id="{page.pk}">x</a></p>', "shouted": ""})
    assert told["page"] is None
    assert told["text"] == "<p><a>x</a></p>"


@pytest.mark.parametrize("raw", [None, 7, "x", [1], {"inner": {"type": "line"}, "choices": "a", "number": "7"}])
def test_what_makes_no_sense_is_as_an_empty_value(tell, raw):
    told = tell(Card(), {**raw, "shouted": ""} if isinstance(raw, dict) else {"shouted": ""})
    assert told["inner"] == []
    assert tell(blocks.ListBlock(blocks.CharBlock()), raw) == ([""] if raw == [1] else [])
    assert tell(blocks.StreamBlock([("line", blocks.CharBlock())]), raw) == []


def test_embedded_tags_and_malformed_links_stay_harmless(tell):
    block = blocks.RichTextBlock()
    for source in (
        '<a linktype="page" id="9',
        '<a linktype="page" id="²">x</a>',
        '<a linktype="x" id="1">x</a>',
        "<a>",
    ):
        assert "linktype" not in tell(block, source) or source.count(">") == 0
    assert tell(block, '<embed embedtype="unknown"/>') == ""
