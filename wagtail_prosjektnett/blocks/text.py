"""Blocks of text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from django.template.loader import render_to_string
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamValue, StructBlock, TextBlock
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText, expand_db_html

#: What an editor may use in running text. Headings of level 2 are a block of their own.
PROSE_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "document-link", "superscript"]

#: What an editor may use in a short text, such as a banner.
SHORT_FEATURES = ["bold", "italic", "ul", "link"]


#: Stands between texts that are expanded together; no text that an editor writes has it.
_BREAK = "\x1e"

Kind = TypeVar("Kind")


class Prose(RichText):
    """Running text. Its links may have been looked up already, together with those of other texts."""

    expanded: str | None = None

    def __html__(self) -> str:
        """Return the text as HTML, in the frame that Wagtail or the site puts around all rich text."""
        if self.expanded is None:
            return super().__html__()
        return render_to_string("wagtailcore/shared/richtext.html", {"html": self.expanded})


def expand_together(sources: Iterable[str]) -> dict[str, str]:
    """Return several rich texts as HTML, by themselves: what all of them link to is looked up together."""
    texts = [source for source in dict.fromkeys(sources) if source]
    expanded = expand_db_html(_BREAK.join(texts)).split(_BREAK) if texts else []
    if len(expanded) != len(texts):  # a text with half a tag runs into the next one
        expanded = [expand_db_html(text) for text in texts]
    return dict(zip(texts, expanded, strict=True))


def prose_in(value: Any) -> Iterator[Prose]:
    """Yield every running text in the value of a block, however deep."""
    return found_in(value, Prose)


def found_in(value: Any, kind: type[Kind]) -> Iterator[Kind]:
    """Yield everything of a kind in the value of a block, however deep: texts, or what was chosen."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, StreamValue):
        yield from (found for child in value for found in found_in(child.value, kind))
    elif isinstance(value, Mapping):
        yield from (found for part in value.values() for found in found_in(part, kind))
    elif isinstance(value, ListValue):
        yield from (found for part in value for found in found_in(part, kind))


class ProseBlock(RichTextBlock):
    """Running text. The APIs give it as HTML with its links resolved, unless a reader asks otherwise."""

    def to_python(self, value: Any) -> Any:
        """Return a stored text."""
        return Prose(value)

    def normalize(self, value: Any) -> Any:
        """Return a text that was given as one, or as a string."""
        return value if isinstance(value, RichText) else Prose(value and force_str(value))

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
