"""Telling what stands in a StreamField, as a content file does: the way back from ``StreamReader``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import Block, ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.coreutils import resolve_model_string
from wagtail.images.blocks import ImageBlock

from wagtail_prosjektnett.blocks.targets import LinkBlock
from wagtail_prosjektnett.content import richtext
from wagtail_prosjektnett.content.references import IMAGE, PAGE, kind_of
from wagtail_prosjektnett.content.register import Register
from wagtail_prosjektnett.content.streams import method_for


class _Lost(Exception):
    """Raised for a reference to what is not in the file, where a block cannot be without it."""


class StreamDescriber:
    """Tells what blocks say, from the way in which Wagtail stores them; nothing is loaded for it."""

    def __init__(self, register: Register, language: str) -> None:
        self.register = register
        self.language = language

    def tell(self, block: Block, value: Any, name: str) -> Any:
        """Return a stored value as a file has it; ``name`` tells people where it stands."""
        return method_for(self, block)(block, value, name)

    def _stream(self, block: StreamBlock, value: Any, name: str) -> list[dict[str, Any]]:
        told = []
        for part in value or []:
            kind = part["type"]
            if kind not in block.child_blocks:
                values = {"block": kind, "name": name}
                self.register.note(_("A block “%(block)s” in “%(name)s”, which the site does not have") % values)
                continue
            for inside in self._whole(block.child_blocks[kind], part["value"], name):
                told.append({kind: inside})
        return told

    def _list(self, block: ListBlock, value: Any, name: str) -> list[Any]:
        return [told for part in value or [] for told in self._whole(block.child_block, _inside(part), name)]

    def _whole(self, block: Block, value: Any, name: str) -> Iterator[Any]:
        """Yield what a part of a stream or a list says, or nothing where it lost what it cannot be without."""
        try:
            yield self.tell(block, value, name)
        except _Lost:
            label = block.label or block.meta.label or type(block).__name__
            self.register.note(_("A block “%(block)s” in “%(name)s”") % {"block": label, "name": name})

    def _struct(self, block: StructBlock, value: Any, name: str) -> dict[str, Any]:
        told = {}
        for child_name, child in block.child_blocks.items():
            default = child.get_prep_value(child.get_default())
            stored = (value or {}).get(child_name, default)
            if child.required or stored != default:
                part = self.tell(child, stored, name)
                if part is not None or (stored is None and default is not None):
                    told[child_name] = part
        if isinstance(block, LinkBlock) and value and value.get("page") and "page" not in told:
            told.update(self._address(value["page"], told))
        return told

    def _address(self, pk: Any, told: dict[str, Any]) -> dict[str, str]:
        """Return a link to a page outside the network by its address, which leads there from anywhere."""
        page = self.register.outside(PAGE, pk)
        address = page.full_url if page is not None else None
        if not address or not page.live:
            raise _Lost
        return {"link": address, "text": told.get("text") or page.title}

    def _image(self, block: ImageBlock, value: Any, name: str) -> dict[str, Any]:
        given = value if isinstance(value, dict) else {"image": value}
        key = self.register.ref(IMAGE, given.get("image"), self.language)
        if key is None:
            return {}
        if given.get("decorative"):
            return {"image": key, "decorative": "true"}
        alt = given.get("alt_text")
        return {"image": key} if alt is None else {"image": key, "alt_text": alt}

    def _table(self, block: BaseTypedTableBlock, value: Any, name: str) -> dict[str, Any]:
        if not value:
            return {}
        sorts = [block.child_blocks.get(column["type"]) for column in value["columns"]]
        known = [place for place, sort in enumerate(sorts) if sort is not None]
        rows = [[self.tell(sorts[place], row["values"][place], name) for place in known] for row in value["rows"]]
        columns = [value["columns"][place] for place in known]
        return {
            "columns": [{"type": column["type"], "heading": column["heading"]} for column in columns],
            "rows": rows,
            "caption": value.get("caption") or "",
        }

    def _leaf(self, block: Block, value: Any, name: str) -> Any:
        if isinstance(value, str) and getattr(getattr(block, "field", None), "strip", False):
            return value.strip()  # as the block does whenever it is saved
        return in_order(value)

    def _rich_text(self, block: RichTextBlock, value: Any, name: str) -> str:
        return richtext.written(value or "", self.register, self.language, block.features)

    def _reference(self, block: ChooserBlock, value: Any, name: str) -> str | None:
        kind = kind_of(resolve_model_string(block.target_model))
        ref = self.register.ref(kind, value, self.language) if kind else None
        if ref is None and value is not None and block.required:
            raise _Lost
        return ref


def in_order(value: Any) -> Any:
    """Return stored JSON with its names in order: databases keep them in orders of their own."""
    if isinstance(value, dict):
        return {name: in_order(value[name]) for name in sorted(value)}
    return [in_order(part) for part in value] if isinstance(value, list) else value


def _inside(part: Any) -> Any:
    """Return the value of one part of a list, which older versions of Wagtail stored without its id."""
    return part["value"] if isinstance(part, dict) and part.keys() == {"type", "value", "id"} else part
