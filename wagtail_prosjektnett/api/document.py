"""The OpenAPI document of our API: the same wherever a site mounts it, but for the address of the server."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from wagtail_prosjektnett.api.problem_types import PROBLEM_SCHEMA
from wagtail_prosjektnett.api.webhook_document import webhooks

_COMPONENT = "#/components/schemas/"
#: What the document says of the API as a whole.
OPENAPI_EXTRA: dict[str, Any] = {
    "info": {"license": {"name": "BSD 3-Clause", "identifier": "BSD-3-Clause"}},
    "security": [],  # everything is public
    "tags": [{"name": "prosjektnett", "description": "Networks, and the pages below them."}],
}


class DocumentedAPI(NinjaAPI):
    """An API whose document has its address in ``servers``, names its problems, and has no types that nothing uses.

    Client generators name their types by the components, and their methods by the paths: neither may depend on the
    site.
    """

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the document; ``path_prefix`` is the address of the API where it is not the one that is mounted."""
        root = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        document = super().get_openapi_schema(path_prefix="", path_params=path_params)
        document["servers"] = [{"url": root.rstrip("/") or "/", "description": "The site that has this document."}]
        document["paths"] = deepcopy(document["paths"])  # parts of it are the operations' own
        document["webhooks"] = webhooks()
        schemas = document["components"]["schemas"]
        schemas[PROBLEM_SCHEMA["title"]] = PROBLEM_SCHEMA
        for content in _contents(document["paths"]):
            if content.get("schema") == PROBLEM_SCHEMA:
                content["schema"] = {"$ref": _COMPONENT + PROBLEM_SCHEMA["title"]}
        used = _used(document["paths"], schemas)
        document["components"]["schemas"] = {name: schema for name, schema in schemas.items() if name in used}
        return document


def _contents(paths: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in paths.values():
        for operation in item.values():
            for answer in operation["responses"].values():
                yield from answer.get("content", {}).values()


def _used(part: Any, schemas: dict[str, Any]) -> set[str]:
    """Return the names of the components that a part of the document leads to."""
    found: set[str] = set()
    parts = [part]
    while parts:
        each = parts.pop()
        if isinstance(each, dict):
            parts += each.values()
        elif isinstance(each, list):
            parts += each
        elif isinstance(each, str) and each.startswith(_COMPONENT):
            name = each.removeprefix(_COMPONENT)
            if name not in found:
                found.add(name)
                parts.append(schemas[name])
    return found
