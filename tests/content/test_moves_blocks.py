"""Blocks of the site's own move with a network, whatever they are made of, in pages and in drafts."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.content.moving import assert_moves, blocks
from wagtail_prosjektnett.pages.models import AnnouncementPage

pytestmark = pytest.mark.django_db


def sampler(page, **values):
    """A block with something in each of its parts."""
    return {
        "is_on": True,
        "count": 0,
        "price": Decimal("10.50"),
        "day": date(2018, 2, 1),
        "sorts": ["b", "a"],
        "numbers": [7, 0],
        "inside": [("text", "007"), ("deeper", [False, True]), ("text", "null")],
        "table": {
            "data": [["a", "no"], ["1", None]],
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "Tall",
        },
        "typed_table": {
            "columns": [
                {"type": "text", "heading": "Navn"},
                {"type": "rich_text", "heading": ""},
                {"type": "page", "heading": "Side"},
            ],
            "rows": [{"values": ["ja", f'<p>Se <a linktype="page" id="{page.pk}">den</a></p>', page.pk]}],
            "caption": "Sider",
        },
        **values,
    }


def put(page, **values):
    block = page._meta.get_field("body").stream_block
    stored = sampler(page, **values)
    table = block.child_blocks["sampler"].child_blocks["typed_table"].to_python(stored.pop("typed_table"))
    blocks(page, "body", ("sampler", {**stored, "typed_table": table}))


def value_of(page):
    return page.body[0].value


def test_every_sort_of_block_moves(tmp_path):
    network = factories.network()
    page = factories.announcement(network, "Nyhet")
    put(page)
    page.save_revision().publish()
    assert_moves(network, tmp_path)
    page = AnnouncementPage.objects.get()
    value = value_of(page)
    assert (value["is_on"], value["count"], value["price"]) == (True, 0, Decimal("10.50"))
    assert list(value["numbers"]) == [7, 0]
    assert [list(part.value) for part in value["inside"] if part.block_type == "deeper"] == [[False, True]]
    cells = value["typed_table"].row_data[0]["values"]
    assert cells[2].pk == page.pk
    assert f'id="{page.pk}"' in cells[1].source


def test_what_a_draft_has_keeps_its_sort(tmp_path):
    network = factories.network()
    page = factories.announcement(network, "Nyhet")
    put(page, is_on=False, count=None, numbers=[3])
    page.save_revision(clean=False)
    assert_moves(network, tmp_path)
    page = AnnouncementPage.objects.get()
    page.get_latest_revision().publish()
    value = value_of(AnnouncementPage.objects.get())
    assert value["is_on"] is False
    assert value["count"] is None
    assert list(value["numbers"]) == [3]
    assert value["price"] == Decimal("10.50")


@pytest.mark.parametrize("cell", ["<script>alert(1)</script>", "<a href='javascript:x'>x</a>"])
def test_what_may_not_be_in_text_may_not_be_in_a_table_either(bundle, cell):
    table = f'{{columns: [{{type: rich_text, heading: x}}], rows: [["{cell}"]], caption: x}}'
    bundle.change("    - heading: Bakgrunn\n", f"    - sampler: {{typed_table: {table}}}\n")
    with pytest.raises(CommandError, match=r"network.body\[0\].sampler.typed_table.rows\[0\]\[0\]"):
        call_command("load_network", str(bundle.file))


@pytest.mark.parametrize(
    "part, place",
    [("price: abc", "price"), ("typed_table: {columns: [{type: film}]}", "typed_table"), ("count: mange", "count")],
)
def test_what_a_block_cannot_be_made_of_is_told(bundle, part, place):
    bundle.change("    - heading: Bakgrunn\n", f"    - sampler: {{{part}}}\n")
    with pytest.raises(CommandError, match=rf"network.body\[0\].sampler.{place}"):
        call_command("load_network", str(bundle.file))
