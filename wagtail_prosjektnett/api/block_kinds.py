"""The kinds of StreamField blocks: for each, its type in the OpenAPI document, what it refers to and what is told.

Blocks are told from the stored JSON. Whatever is stored, what is told is of the documented type: a block of a
type that nobody knows any more is left out, and a value that makes no sense is as an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict
from wagtail import blocks
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from wagtail_prosjektnett.api.lookups import Telling
from wagtail_prosjektnett.api.needs import Needs
from wagtail_prosjektnett.blocks.people import ContactBlock
from wagtail_prosjektnett.blocks.targets import DescribedImageBlock, PublicDocumentBlock, PublicPageBlock
from wagtail_prosjektnett.blocks.text import ProseBlock
from wagtail_prosjektnett.references import DocumentData, HtmlText, ImageData, PageData, PersonData


class Kind:
    """A kind of block whose stored value is told as it is; nothing is promised of its type."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return the type of what is told; ``name`` is that of the block with all that it stands in."""
        return Any

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note what a stored value refers to."""

    def tell(self, block: Any, raw: Any, telling: Telling) -> Any:
        """Return what the API tells of a stored value."""
        return raw


class Plain(Kind):
    """A value of one of the types that JSON has; ``otherwise`` is told of a value of another type."""

    def __init__(self, annotation: Any, types: tuple[type, ...], otherwise: Any) -> None:
        self.annotation, self.types, self.otherwise = annotation, types, otherwise

    def type_of(self, block: Any, name: str) -> Any:
        """Return the type that was promised."""
        return self.annotation

    def tell(self, block: Any, raw: Any, telling: Telling) -> Any:
        """Return the value; a truth value is no number, though Python has it so."""
        fits = isinstance(raw, self.types) and (bool in self.types or not isinstance(raw, bool))
        return raw if fits else self.otherwise


class Html(Kind):
    """Rich text, told as HTML with its links resolved."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return text that is HTML."""
        return HtmlText

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note the links."""
        if isinstance(raw, str):
            needs.html(raw)

    def tell(self, block: Any, raw: Any, telling: Telling) -> Any:
        """Return the text as HTML, its links in the language of the page; in Wagtail's APIs also in other formats."""
        if "rich_text_format" in telling.request.GET:
            return Own().tell(block, raw, telling)
        return telling.found.html(raw, telling.page.locale_id) if isinstance(raw, str) else ""


class PageLink(Kind):
    """A page of the site, told with its title and address."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return what is told of a page."""
        return PageData | None

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note the page."""
        needs.pages |= _ids(raw)

    def tell(self, block: Any, raw: Any, telling: Telling) -> PageData | None:
        """Return the page as it was chosen, in whatever language that is."""
        return telling.found.page(raw, None) if _ids(raw) else None


class DocumentLink(Kind):
    """A document, told with its address."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return what is told of a document."""
        return DocumentData | None

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note the document."""
        needs.documents |= _ids(raw)

    def tell(self, block: Any, raw: Any, telling: Telling) -> DocumentData | None:
        """Return the document."""
        return telling.found.document(raw) if _ids(raw) else None


class Image(Kind):
    """An image, told in several sizes, with the text alternative that it has here or its own."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return what is told of an image."""
        return ImageData | None

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note the image."""
        needs.images |= _ids(raw.get("image") if isinstance(raw, dict) else raw)

    def tell(self, block: Any, raw: Any, telling: Telling) -> ImageData | None:
        """Return the image; a decorative one has an empty text alternative."""
        pk, alt = raw, None
        if isinstance(raw, dict):
            pk, text = raw.get("image"), raw.get("alt_text")
            alt = text if isinstance(text, str) and not raw.get("decorative") else ""
        return telling.found.image(pk, alt) if _ids(pk) else None


class Person(Kind):
    """A contact person, told in the language of the page."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return what is told of a person."""
        return PersonData | None

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note the person."""
        needs.people |= _ids(raw)

    def tell(self, block: Any, raw: Any, telling: Telling) -> PersonData | None:
        """Return the person."""
        return telling.found.person(raw, telling.page.locale_id) if _ids(raw) else None


class Struct(Kind):
    """Several values, each with its name."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return a type with a field for each of them."""
        fields = {key: kind_of(child).type_of(child, _joined(name, key)) for key, child in block.child_blocks.items()}
        return TypedDict(name, fields)  # type: ignore[operator]

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note what each of them refers to."""
        for child, value in self._parts(block, raw).values():
            kind_of(child).collect(child, value, needs)

    def tell(self, block: Any, raw: Any, telling: Telling) -> dict[str, Any]:
        """Return all of them; what the site has added since has its default."""
        parts = self._parts(block, raw)
        return {key: kind_of(child).tell(child, value, telling) for key, (child, value) in parts.items()}

    def _parts(self, block: Any, raw: Any) -> dict[str, tuple[Any, Any]]:
        stored = raw if isinstance(raw, dict) else {}
        return {
            key: (child, stored[key] if key in stored else child.get_prep_value(child.get_default()))
            for key, child in block.child_blocks.items()
        }


class Items(Kind):
    """Values of one kind, in order."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return a list."""
        return list[kind_of(block.child_block).type_of(block.child_block, name)]  # type: ignore[misc]

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note what each of them refers to."""
        for value in self._values(raw):
            kind_of(block.child_block).collect(block.child_block, value, needs)

    def tell(self, block: Any, raw: Any, telling: Telling) -> list[Any]:
        """Return all of them."""
        return [kind_of(block.child_block).tell(block.child_block, value, telling) for value in self._values(raw)]

    def _values(self, raw: Any) -> Iterator[Any]:
        for item in raw if isinstance(raw, list) else ():
            is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "id" in item and "value" in item
            yield item["value"] if is_wrapped else item


class Stream(Kind):
    """Blocks of several types in order, each with its type, its value and its id."""

    def type_of(self, block: Any, name: str) -> Any:
        """Return a list of whichever types the stream has, told apart by ``type``."""
        types = [self._type_of(child, key, _joined(name, key)) for key, child in block.child_blocks.items()]
        if len(types) < 2:
            return list[types[0]] if types else list[Any]  # type: ignore[valid-type]
        return list[Annotated[reduce(or_, types), Field(discriminator="type")]]  # type: ignore[misc]

    def collect(self, block: Any, raw: Any, needs: Needs) -> None:
        """Note what each of the blocks refers to."""
        for child, item in self._blocks(block, raw):
            kind_of(child).collect(child, item.get("value"), needs)

    def tell(self, block: Any, raw: Any, telling: Telling) -> list[dict[str, Any]]:
        """Return the blocks whose types the site knows."""
        return [
            {
                "type": item["type"],
                "value": kind_of(child).tell(child, item.get("value"), telling),
                "id": item["id"] if isinstance(item.get("id"), str) else None,
            }
            for child, item in self._blocks(block, raw)
        ]

    def _type_of(self, child: Any, key: str, name: str) -> Any:
        value = kind_of(child).type_of(child, f"{name}Value")
        return TypedDict(name, {"type": Literal[key], "value": value, "id": str | None})  # type: ignore[operator]

    def _blocks(self, block: Any, raw: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
        for item in raw if isinstance(raw, list) else ():
            if isinstance(item, dict) and item.get("type") in block.child_blocks:
                yield block.child_blocks[item["type"]], item


class Own(Kind):
    """A block of the site's own that says itself what the APIs tell of it: that is told, without a type."""

    def tell(self, block: Any, raw: Any, telling: Telling) -> Any:
        """Return what the block says."""
        context = {"request": telling.request, "page": telling.page}
        return block.get_api_representation(block.to_python(raw), context)


#: Blocks of ours that say themselves what the APIs tell of them, and what that is.
OURS: dict[type, Kind] = {
    ProseBlock: Html(),
    PublicPageBlock: PageLink(),
    PublicDocumentBlock: DocumentLink(),
    DescribedImageBlock: Image(),
    ContactBlock: Person(),
}
#: Wagtail's blocks, those with the narrower meaning first.
WAGTAILS: list[tuple[type | tuple[type, ...], Kind]] = [
    ((ImageBlock, ImageChooserBlock), Image()),
    (BaseStructBlock, Struct()),
    (blocks.ListBlock, Items()),
    (BaseStreamBlock, Stream()),
    (blocks.RichTextBlock, Html()),
    (blocks.PageChooserBlock, PageLink()),
    (DocumentChooserBlock, DocumentLink()),
    (blocks.ChooserBlock, Plain(int | str | None, (int, str), None)),
    (blocks.BooleanBlock, Plain(bool, (bool,), False)),
    (blocks.IntegerBlock, Plain(int | None, (int,), None)),
    (blocks.FloatBlock, Plain(float | None, (int, float), None)),
    (blocks.DateBlock, Plain(date | None, (str,), None)),
    ((blocks.TimeBlock, blocks.DateTimeBlock, blocks.DecimalBlock), Plain(str | None, (str,), None)),
    (blocks.MultipleChoiceBlock, Plain(list[str], (list,), [])),
    (blocks.ChoiceBlock, Plain(str | None, (str,), None)),
    (
        (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock, blocks.RegexBlock),
        Plain(str, (str,), ""),
    ),
]


def kind_of(block: Any) -> Kind:
    """Return the kind of a block."""
    return _kind_of(type(block))  # type: ignore[arg-type]


@cache
def _kind_of(model: type) -> Kind:
    owner = next(each for each in model.__mro__ if "get_api_representation" in vars(each))
    if owner in OURS:
        return OURS[owner]
    if not owner.__module__.startswith("wagtail."):
        return Own()
    return next((kind for types, kind in WAGTAILS if issubclass(model, types)), Own())


def _ids(raw: Any) -> set[int]:
    return {raw} if isinstance(raw, int) and not isinstance(raw, bool) else set()


def _joined(*names: str) -> str:
    """Return a name for a type, made of the names of all that it stands in: ``BodyFactBox``."""
    return "".join(part[:1].upper() + part[1:] for name in names for part in re.split(r"[^0-9A-Za-z]+", name))
