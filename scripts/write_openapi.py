"""Write the OpenAPI document of the site that the tests run in, after a change that is meant to show there.

The reference of the operations in the documentation is made from it.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).parent.parent
SNAPSHOT = ROOT / "tests" / "api" / "openapi.json"
OPERATIONS = ROOT / "docs" / "reference" / "operations.md"
INTRODUCTION = """# Operations of the headless API

Made from the OpenAPI document by `make openapi`. [headless.md](headless.md) tells how the API is mounted, and what
holds for all of it; a site shows the same with every type and an example of each answer at `docs` below the address
of its API.
"""


def main() -> None:
    """Write the document to where the tests compare it, and the reference to where it is read."""
    sys.path[:0] = [str(ROOT), str(ROOT / "example_site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  # all apps have registered their blocks by then
    from wagtail_prosjektnett.api.headless import api

    text = json.dumps(api.get_openapi_schema(path_prefix=""), default=str, indent=2, sort_keys=True, ensure_ascii=False)
    SNAPSHOT.write_text(text + "\n", encoding="utf-8")
    OPERATIONS.write_text(reference(json.loads(text)), encoding="utf-8")


def reference(document: dict[str, Any]) -> str:
    """Return the operations of a document as Markdown."""
    from wagtail_prosjektnett.api.reference import operations

    return "\n".join([INTRODUCTION, *(_section(operation) for operation in operations(document))])


def _section(operation: dict[str, Any]) -> str:
    lines = [f"## {operation['summary']}", f"`{operation['method']} {operation['path']}`, `{operation['id']}`", ""]
    if "description" in operation:
        lines += [operation["description"], ""]
    lines += ["| parameter | value | meaning |", "|---|---|---|"]
    for parameter in operation["parameters"]:
        name = f"`{parameter['name']}`" + (" (required)" if parameter["required"] else "")
        lines.append(f"| {name} | {_text(parameter['words'])} | {parameter['description']} |")
    if operation["body"]:
        lines += ["", f"It is sent `{_text(operation['body']['words'])}` as `{operation['body']['media_type']}`."]
    lines += ["", "| status | answer | when |", "|---|---|---|"]
    for answer in operation["answers"]:
        lines.append(f"| {answer['status']} | `{_text(answer['words'])}` | {answer['description']} |")
    return "\n".join([*lines, ""])


def _text(words: Any) -> str:
    return "".join(word.text for word in words)


if __name__ == "__main__":
    main()
