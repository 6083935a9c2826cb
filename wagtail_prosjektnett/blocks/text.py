"""Blocks of text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.rich_text import expand_db_html

#: What an editor may use in running text. Headings of level 2 are a block of their own.
PROSE_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "document-link", "superscript"]

#: What an editor may use in a short text, such as a banner.
SHORT_FEATURES = ["bold", "italic", "ul", "link"]


class ProseBlock(RichTextBlock):
    """Running text. The APIs give it as HTML with its links resolved, unless a reader asks otherwise."""

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        """Return the text as HTML, or in the format that ``?rich_text_format=`` names where Wagtail has it."""
        request = (context or {}).get("request")
        if request is not None and "rich_text_format" in request.GET:
            return super().get_api_representation(value, context)
        return expand_db_html(value.source)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "wagtail_prosjektnett/blocks/prose.html"


class HeadingBlock(CharBlock):
    """A heading; what comes after it in a stream stands a level below it."""

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "wagtail_prosjektnett/blocks/heading.html"


class QuoteBlock(StructBlock):
    """What somebody said."""

    quote = TextBlock(label=_("Quote"))
    attribution = CharBlock(label=_("Who said it"), required=False, help_text=_("A role is often better than a name."))

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "wagtail_prosjektnett/blocks/quote.html"


class FactBoxBlock(StructBlock):
    """Something that stands out from the running text."""

    heading = CharBlock(label=_("Heading"))
    text = ProseBlock(label=_("Text"), features=SHORT_FEATURES)

    class Meta:
        label = _("Fact box")
        icon = "info-circle"
        template = "wagtail_prosjektnett/blocks/fact_box.html"


class StepBlock(StructBlock):
    """One step."""

    title = CharBlock(label=_("Step"))
    text = ProseBlock(label=_("Text"), features=SHORT_FEATURES, required=False)


class StepsBlock(StructBlock):
    """Steps in order."""

    heading = CharBlock(label=_("Heading"), required=False)
    steps = ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "wagtail_prosjektnett/blocks/steps.html"
