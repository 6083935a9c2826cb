"""Blocks that point at something: an image, a document, a page or an address elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructValue,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from wagtail_prosjektnett.blocks.rules import RuleCheckingStructBlock
from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.references import document_data, image_data, page_data
from wagtail_prosjektnett.validators import validate_web_address

Context = dict[str, Any] | None


class PublicDocumentBlock(DocumentChooserBlock):
    """A document. The APIs give its URL, type and size, and nothing where it is restricted."""

    def get_api_representation(self, value: Any, context: Context = None) -> Any:
        """Return what the APIs tell of the document."""
        return document_data(value, (context or {}).get("request"))


class PublicPageBlock(PageChooserBlock):
    """A page. The APIs give its title and URL, and nothing where it is unpublished or restricted."""

    def get_api_representation(self, value: Any, context: Context = None) -> Any:
        """Return what the APIs tell of the page."""
        return page_data(value, (context or {}).get("request"))


class WebAddressBlock(CharBlock):
    """An http or https address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[validate_web_address], max_length=500, **kwargs)


class DescribedImageBlock(ImageBlock):
    """An image with its text alternative. The APIs give it in several sizes."""

    def get_api_representation(self, value: Any, context: Context = None) -> Any:
        """Return what the APIs tell of the image."""
        if value is None:
            return None
        alt = "" if value.decorative else value.contextual_alt_text
        return image_data(value, (context or {}).get("request"), alt)


class PictureBlock(StructBlock):
    """An image with a caption."""

    image = DescribedImageBlock(label=_("Image"))
    caption = CharBlock(label=_("Caption"), required=False)
    credit = CharBlock(label=_("Credit"), required=False, help_text=_("Photographer or illustrator."))

    class Meta:
        label = _("Image")
        icon = "image"
        template = "wagtail_prosjektnett/blocks/picture.html"


class LinkValue(StructValue):
    """The value of a link to a page of the site or elsewhere."""

    @property
    def text_or_title(self) -> str:
        """The text that was written, or the title of the page."""
        page = self.get("page")
        return self.get("text") or (page.title if page is not None else self.get("link", ""))


class DocumentOrLinkBlock(RuleCheckingStructBlock):
    """Something to download or open: a document, or a link where it is published elsewhere."""

    title = CharBlock(label=_("Title"))
    document = PublicDocumentBlock(label=_("Document"), required=False)
    link = WebAddressBlock(label=_("Link"), required=False, help_text=_("Where it is published elsewhere."))
    accessible = BooleanBlock(
        label=_("In an accessible format"),
        required=False,
        help_text=_("Tick this if it meets the requirements of universal design, for instance a tagged PDF."),
    )

    def broken(self, value: Any, *, complete: bool) -> Iterable[Broken]:
        """Yield a broken rule for a block with neither a document nor a link."""
        if complete and not value["document"] and not value["link"]:
            yield Broken(Rule.RESOURCE_WITHOUT_CONTENT, "document")


class DownloadBlock(DocumentOrLinkBlock):
    """A document or a link in running text."""

    class Meta:
        label = _("Document")
        icon = "doc-full"
        template = "wagtail_prosjektnett/blocks/download.html"


class LinkBlock(RuleCheckingStructBlock):
    """A link to a page of the site, or elsewhere."""

    page = PublicPageBlock(label=_("Page"), required=False)
    link = WebAddressBlock(label=_("Address elsewhere"), required=False)
    text = CharBlock(label=_("Text"), required=False, help_text=_("Leave empty to use the page's title."))

    def broken(self, value: Any, *, complete: bool) -> Iterable[Broken]:
        """Yield a broken rule for a link that leads nowhere, and for one elsewhere without a text."""
        if not complete or value["page"]:
            return
        if not value["link"]:
            yield Broken(Rule.LINK_WITHOUT_TARGET, "page")
        elif not value["text"]:
            yield Broken(Rule.LINK_WITHOUT_TEXT, "text")

    class Meta:
        value_class = LinkValue


class LinksBlock(StructBlock):
    """Links with a heading."""

    heading = CharBlock(label=_("Heading"), required=False)
    links = ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        label = _("Links")
        icon = "link"
        template = "wagtail_prosjektnett/blocks/links.html"
