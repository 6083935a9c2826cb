"""StreamFields in content files: a list of blocks, each a mapping of one name to its value.

The same walk checks a file and writes it. While it is checked, references lead to stand-ins, and every
problem is collected with its path.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _
from wagtail.blocks import Block, ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.coreutils import resolve_model_string
from wagtail.images.blocks import ImageBlock

from wagtail_prosjektnett.blocks.rules import RuleCheckingStructBlock
from wagtail_prosjektnett.content import richtext
from wagtail_prosjektnett.content.errors import Path_, Problem, in_words
from wagtail_prosjektnett.content.references import References, kind_of
from wagtail_prosjektnett.content.source import Plain, typed
from wagtail_prosjektnett.wording.rules import rule_message

#: What handles each sort of block, the first that fits; anything else is a leaf.
METHODS = (
    (BaseTypedTableBlock, "table"),
    (StreamBlock, "stream"),
    (ListBlock, "list"),
    (ImageBlock, "image"),
    (StructBlock, "struct"),
    (RichTextBlock, "rich_text"),
    (ChooserBlock, "reference"),
)


def method_for(handler: Any, block: Block) -> Callable[..., Any]:
    """Return what a reader or a teller of streams does with a block: its method for blocks of that sort."""
    name = next((name for sort, name in METHODS if isinstance(block, sort)), "leaf")
    return getattr(handler, f"_{name}")


class StreamReader:
    """Reads the value of a StreamField, of our own blocks and of a site's."""

    def __init__(self, references: References, owner: uuid.UUID, *, draft: bool = False) -> None:
        self.references = references
        self.owner = owner
        #: Whether an editor may still be at work on it, so that parts may be missing or contradict each other.
        self.draft = draft
        self.problems: list[Problem] = []

    def read(self, block: Block, value: Any, path: Path_) -> Any:
        """Return a value as Wagtail stores it."""
        return method_for(self, block)(block, value, path)

    def _complain(self, path: Path_, message: str) -> None:
        self.problems.append(Problem(path, message))

    def _complain_if_ready(self, path: Path_, message: str) -> None:
        if not self.draft:
            self._complain(path, message)

    def _id(self, path: Path_) -> str:
        return str(uuid.uuid5(self.owner, in_words(path)))

    def _stream(self, block: StreamBlock, value: Any, path: Path_) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            self._complain(path, _("This must be a list of blocks."))
            return []
        found = []
        for index, item in enumerate(value):
            here = (*path, index)
            if not isinstance(item, dict) or len(item) != 1:
                self._complain(here, _("A block is one name with its value, for instance “- heading: Text”."))
                continue
            ((name, content),) = item.items()
            if name not in block.child_blocks:
                known = ", ".join(sorted(block.child_blocks))
                self._complain(
                    here, _("There is no block “%(name)s”. Known: %(known)s.") % {"name": name, "known": known}
                )
                continue
            stored = self.read(block.child_blocks[name], content, (*here, name))
            found.append({"type": name, "value": stored, "id": self._id(here)})
        return found

    def _list(self, block: ListBlock, value: Any, path: Path_) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            self._complain(path, _("This must be a list."))
            return []
        return [
            {
                "type": "item",
                "value": self.read(block.child_block, item, (*path, index)),
                "id": self._id((*path, index)),
            }
            for index, item in enumerate(value)
        ]

    def _struct(self, block: StructBlock, value: Any, path: Path_) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._complain(path, _("This must be a mapping of names to values."))
            return {}
        for name in value.keys() - block.child_blocks.keys():
            known = ", ".join(block.child_blocks)
            self._complain((*path, name), _("Unknown here. Known: %s.") % known)
        stored = {
            name: self.read(child, value[name], (*path, name)) if name in value else self._default(child, (*path, name))
            for name, child in block.child_blocks.items()
        }
        if isinstance(block, RuleCheckingStructBlock) and not self.draft:
            for broken in block.broken(self._typed(block, value, stored), complete=True):
                self._complain((*path, broken.field), rule_message(broken))
        return stored

    @staticmethod
    def _typed(block: StructBlock, value: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
        """Return the values as the block's rules know them; a reference counts as there once it is given."""
        return {
            name: value.get(name) if isinstance(child, ChooserBlock) else child.to_python(stored[name])
            for name, child in block.child_blocks.items()
        }

    def _default(self, block: Block, path: Path_) -> Any:
        if block.required and not block.get_default():
            self._complain_if_ready(path, _("This is missing."))
        return block.get_prep_value(block.get_default())

    def _image(self, block: ImageBlock, value: Any, path: Path_) -> dict[str, Any]:
        given = value if isinstance(value, dict) else {"image": value}
        for name in given.keys() - {"image", "alt_text", "decorative"}:
            self._complain((*path, name), _("Unknown here. Known: %s.") % "image, alt_text, decorative")
        key = self._text(given.get("image", ""), (*path, "image"))
        alt = self._text(given.get("alt_text", self.references.alt(key)), (*path, "alt_text"))
        decorative = str(given.get("decorative", "")).lower() == "true"
        if not decorative and not alt:
            self._complain_if_ready((*path, "alt_text"), _("Describe the image, or say that it is decorative."))
        image = self._reference(block.child_blocks["image"], key, (*path, "image"))
        return {"image": image, "alt_text": "" if decorative else alt, "decorative": decorative}

    def _table(self, block: BaseTypedTableBlock, value: Any, path: Path_) -> dict[str, Any]:
        """Read a table whose columns are of one sort of block each: ``columns``, ``rows`` and ``caption``."""
        given = value if isinstance(value, dict) else {}
        columns, rows = given.get("columns") or [], given.get("rows") or []
        known = block.child_blocks
        if not (isinstance(columns, list) and isinstance(rows, list)) or any(
            not isinstance(column, dict) or column.get("type") not in known for column in columns
        ):
            self._complain(path, _("This is no table. The sorts of columns are: %s.") % ", ".join(known))
            return {"columns": [], "rows": []}
        sorts = [known[column["type"]] for column in columns]
        if any(not isinstance(row, list) or len(row) != len(sorts) for row in rows):
            self._complain((*path, "rows"), _("Give each row a list with one value for each column."))
            return {"columns": [], "rows": []}
        read = [
            [self.read(sort, row[place], (*path, "rows", number, place)) for place, sort in enumerate(sorts)]
            for number, row in enumerate(rows)
        ]
        heads = [{"type": column["type"], "heading": str(column.get("heading", ""))} for column in columns]
        return {"columns": heads, "rows": [{"values": row} for row in read], "caption": str(given.get("caption", ""))}

    def _rich_text(self, block: RichTextBlock, value: Any, path: Path_) -> str:
        html = self._text(value, path)
        if self.references.loaded:  # it was checked before
            return richtext.clean(html, self.references, block.features)
        self.problems.extend(richtext.problems(html, self.references, path))
        if block.required and not html.strip():
            self._complain_if_ready(path, _("This is missing."))
        return html

    def _reference(self, block: ChooserBlock, value: Any, path: Path_) -> Any:
        key = self._text(value, path)
        if not key:
            if block.required:
                self._complain_if_ready(path, _("This is missing."))
            return None
        model = resolve_model_string(block.target_model)
        kind = kind_of(model)
        if kind is None:
            self._complain(path, _("A content file cannot refer to a %s.") % model._meta.verbose_name)
            return None
        if problem := self.references.problem(kind, key, path):
            self.problems.append(problem)
        return self.references.pk(kind, key)

    def _leaf(self, block: Block, value: Any, path: Path_) -> Any:
        given = _given(block, value)
        try:
            found = block.to_python(given)
            return block.get_prep_value(_unchecked(block, found) if self.draft else block.clean(found))
        except ValidationError as error:
            self._complain(path, " ".join(error.messages))
        except (TypeError, ValueError, ArithmeticError, AttributeError, KeyError):  # not what this block is made of
            self._complain(path, _("The block cannot be made of this."))
        return None

    def _text(self, value: Any, path: Path_) -> str:
        if isinstance(value, str):
            return value
        self._complain(path, _("This must be text."))
        return ""


def _given(block: Block, value: Any) -> Any:
    """Return what a file says to a block: text as text, and nothing where it says ``null`` to another sort of block."""
    if not isinstance(value, str):
        return typed(value)
    says_nothing = isinstance(value, Plain) and typed(value) is None
    return None if says_nothing and not isinstance(getattr(block, "field", None), forms.CharField) else str(value)


def _unchecked(block: Block, value: Any) -> Any:
    """Return the value of a block in a draft as its field means it, whether it is right or not."""
    field = getattr(block, "field", None)
    if field is None or not isinstance(value, str):
        return value
    try:
        return field.to_python(value)
    except ValidationError:
        return value


def block_problems(error: ValidationError, path: Path_) -> Iterator[Problem]:
    """Yield what a block says is wrong with its value, each at its place inside."""
    if not hasattr(error, "block_errors"):
        yield Problem(path, " ".join(error.messages))
        return
    inside = error.block_errors
    for step, errors in inside.items() if isinstance(inside, dict) else enumerate(inside):
        for inner in errors.as_data() if isinstance(errors, ErrorList) else [errors]:
            if inner is not None:
                yield from block_problems(inner, (*path, step))
    if own := getattr(error, "non_block_errors", None):
        yield Problem(path, " ".join(own))
