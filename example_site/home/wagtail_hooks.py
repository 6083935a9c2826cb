"""What the example site adds to networks."""

from wagtail import hooks

from home.blocks import KeyFiguresBlock


@hooks.register("register_prosjektnett_blocks")
def register_key_figures(field_name):
    """Offer the site's own block in the body of every page of a network."""
    return [("key_figures", KeyFiguresBlock())] if field_name == "body" else []
