"""Blocks: the rules they follow, the blocks a site adds, and what survives of stored blocks."""

import pickle

import pytest
from wagtail import hooks
from wagtail.blocks import CharBlock, StreamBlockValidationError, StructBlockValidationError

from tests import factories
from wagtail_prosjektnett.blocks.body import BodyBlock
from wagtail_prosjektnett.blocks.lessons import ResourceBlock
from wagtail_prosjektnett.blocks.programme import SlotBlock
from wagtail_prosjektnett.blocks.targets import DownloadBlock, LinkBlock
from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.fields import BLOCKS_HOOK, ExtensibleStreamField
from wagtail_prosjektnett.pages.models import AnnouncementPage


@pytest.mark.parametrize(
    "block, value, field, rule",
    [
        (DownloadBlock(), {"title": "Les"}, "document", Rule.RESOURCE_WITHOUT_CONTENT),
        (ResourceBlock(), {"title": "Mal", "kind": "template"}, "document", Rule.RESOURCE_WITHOUT_CONTENT),
        (LinkBlock(), {"text": "Les mer"}, "page", Rule.LINK_WITHOUT_TARGET),
        (LinkBlock(), {"link": "https://example.org/"}, "text", Rule.LINK_WITHOUT_TEXT),
        (LinkBlock(), {"link": "example.org", "text": "x"}, "link", Rule.LINK_WITHOUT_SCHEME),
        (SlotBlock(), {"title": "x", "start": "11:00", "end": "9:00"}, "end", Rule.END_BEFORE_START),
    ],
)
def test_a_mistake_in_a_block_is_refused(block, value, field, rule):
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(value))
    assert caught.value.block_errors[field].error_list[0].code == rule.value


def test_what_is_only_missing_in_a_block_may_wait():
    block = DownloadBlock()
    block.defer_required_validation()
    assert block.clean(block.to_python({"title": "Les"}))["title"] == "Les"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "//example.org"])
def test_only_web_addresses_are_links(address):
    block = LinkBlock()
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python({"link": address, "text": "x"}))
    assert "link" in caught.value.block_errors


def test_there_is_no_block_for_raw_html():
    names = {type(block).__name__ for block in BodyBlock().child_blocks.values()}
    assert not any("Raw" in name for name in names)


def test_a_block_of_the_sites_own_is_offered_stored_and_found(client, db):
    def own_blocks(field_name):
        return [("house_style", CharBlock())] if field_name == "body" else []

    with hooks.register_temporarily(BLOCKS_HOOK, own_blocks):
        field = ExtensibleStreamField(BodyBlock, blank=True)
        field.name = "body"
        assert "house_style" in field.stream_block.child_blocks
        other = ExtensibleStreamField(BodyBlock, blank=True)
        other.name = "lessons"
        assert "house_style" not in other.stream_block.child_blocks
        assert field.clone().deconstruct()[2:] == field.deconstruct()[2:] == ([], {"blank": True})


@pytest.mark.django_db
def test_a_stored_block_of_an_unknown_type_does_not_break_a_page(client):
    page = factories.announcement(factories.network())
    raw = [{"type": "removed", "value": "x"}, {"type": "heading", "value": "Her"}]
    page.body = raw
    page.save_revision().publish()
    assert b"Her" in client.get(page.url).content
    assert client.get(f"/api/v2/pages/{page.pk}/").json()["body"][0]["value"] == "Her"


@pytest.mark.django_db
def test_a_stream_survives_pickling():
    page = factories.announcement(factories.network(), body=[{"type": "heading", "value": "Her"}])
    page = AnnouncementPage.objects.get(pk=page.pk)
    assert pickle.loads(pickle.dumps(page)).body[0].value == "Her"  # noqa: S301


def test_an_empty_required_stream_is_refused():
    field = ExtensibleStreamField(BodyBlock)
    field.name = "body"
    with pytest.raises(StreamBlockValidationError):
        field.stream_block.clean(field.stream_block.to_python([]))
