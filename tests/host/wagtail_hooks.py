"""What the site that the tests run in adds to networks."""

from wagtail import hooks
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    DateBlock,
    DecimalBlock,
    IntegerBlock,
    ListBlock,
    MultipleChoiceBlock,
    PageChooserBlock,
    RichTextBlock,
    StaticBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class KeyFigureBlock(StructBlock):
    """A figure and what it counts: a block that the package knows nothing of."""

    figure = CharBlock()
    label = CharBlock()


class SamplerBlock(StructBlock):
    """One of each sort of block that a site may have."""

    is_on = BooleanBlock(required=False)
    count = IntegerBlock(required=False, default=5)
    price = DecimalBlock(required=False)
    day = DateBlock(required=False)
    sorts = MultipleChoiceBlock(choices=[("a", "A"), ("b", "B")], required=False)
    rule = StaticBlock()
    numbers = ListBlock(IntegerBlock(), default=[])
    inside = StreamBlock([("text", CharBlock()), ("deeper", ListBlock(BooleanBlock(required=False)))], required=False)
    table = TableBlock(required=False)
    typed_table = TypedTableBlock(
        [("text", CharBlock()), ("rich_text", RichTextBlock()), ("page", PageChooserBlock())], required=False
    )


@hooks.register("register_prosjektnett_blocks")
def register_key_figure(field_name):
    """Offer the blocks in every field that asks."""
    return [("key_figure", KeyFigureBlock()), ("sampler", SamplerBlock())]
