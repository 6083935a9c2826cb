"""A block of the example site's own."""

from wagtail.blocks import CharBlock, ListBlock, StructBlock


class KeyFigureBlock(StructBlock):
    """A figure and what it counts."""

    figure = CharBlock(label="Tall", max_length=20)
    label = CharBlock(label="Hva tallet viser")


class KeyFiguresBlock(StructBlock):
    """A few figures side by side."""

    heading = CharBlock(label="Overskrift", required=False)
    figures = ListBlock(KeyFigureBlock(), label="Nøkkeltall", min_num=1)

    class Meta:
        label = "Nøkkeltall"
        icon = "decimal"
        template = "home/blocks/key_figures.html"
