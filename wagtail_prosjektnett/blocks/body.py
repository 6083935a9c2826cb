"""The body of a page. There is no block for raw HTML: it would be published without being cleaned."""

from wagtail.blocks import StreamBlock

from wagtail_prosjektnett.blocks.people import ContactBlock
from wagtail_prosjektnett.blocks.targets import DownloadBlock, LinksBlock, PictureBlock
from wagtail_prosjektnett.blocks.text import (
    PROSE_FEATURES,
    FactBoxBlock,
    HeadingBlock,
    ProseBlock,
    QuoteBlock,
    StepsBlock,
)


class BodyBlock(StreamBlock):
    """What an editor may put in the body of any of our pages."""

    heading = HeadingBlock()
    paragraph = ProseBlock(features=PROSE_FEATURES)
    image = PictureBlock()
    quote = QuoteBlock()
    fact_box = FactBoxBlock()
    steps = StepsBlock()
    document = DownloadBlock()
    links = LinksBlock()
    contact = ContactBlock()
