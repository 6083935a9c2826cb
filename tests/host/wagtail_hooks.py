"""What the site that the tests run in adds to networks."""

from wagtail import hooks
from wagtail.blocks import CharBlock, StructBlock


class KeyFigureBlock(StructBlock):
    """A figure and what it counts: a block that the package knows nothing of."""

    figure = CharBlock()
    label = CharBlock()


@hooks.register("register_prosjektnett_blocks")
def register_key_figure(field_name):
    """Offer the block in every field that asks."""
    return [("key_figure", KeyFigureBlock())]
