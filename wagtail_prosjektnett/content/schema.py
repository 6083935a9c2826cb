"""The JSON Schema of content files, by which editors and other programs check and complete them.

It is published in the package as ``content/network.schema.json``; ``python -m wagtail_prosjektnett.content.schema``
prints it anew when the format changes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from wagtail_prosjektnett.content.format import NetworkFile

FILE = Path(__file__).with_name("network.schema.json")


class _Schema(GenerateJsonSchema):
    """The schema of what stands in a file, where every value is read as text."""

    def str_schema(self, schema: core_schema.StringSchema) -> dict[str, Any]:
        """Let text be written without quotation marks, also where it looks like a number or a yes."""
        return {**super().str_schema(schema), "type": ["string", "number", "boolean"]}

    def dict_schema(self, schema: core_schema.DictSchema) -> dict[str, Any]:
        """Say that a mapping may have any names, which not every version of pydantic does."""
        return {"additionalProperties": True, **super().dict_schema(schema)}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> dict[str, Any]:
        """Let the version of the format be written as a number."""
        texts = [str(value) for value in schema["expected"]]
        return {"enum": [*texts, *(int(text) for text in texts if text.isdigit())]}

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles, which say no more than the names."""
        return False

    def generate(self, schema: Any, mode: Any = "validation") -> dict[str, Any]:
        """Return the schema with the name of its dialect, and a title."""
        found = super().generate(schema, mode=mode)
        return {"$schema": self.schema_dialect, **found, "title": "A network for wagtail_prosjektnett"}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a content file."""
    return NetworkFile.model_json_schema(schema_generator=_Schema)


def as_text() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    print(as_text(), end="")
