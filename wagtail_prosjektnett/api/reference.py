"""The OpenAPI document as a page for people: no script, nothing from elsewhere, so that any policy lets it through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

_COMPONENT = "#/components/schemas/"
#: What a site may give a template of its own by the same name.
TEMPLATE = "wagtail_prosjektnett/api/docs.html"


class Word(NamedTuple):
    """A part of what is said of a type; ``component`` is the name of the type that it names, if any."""

    text: str
    component: str = ""


class Reference(DocsBase):
    """The page at ``docs`` below the address of our API."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Return the page about an API."""
        document = json.loads(json.dumps(api.get_openapi_schema(path_params=kwargs), default=str))
        context = {
            "info": document["info"],
            "address": document["servers"][0]["url"],
            "document_url": self.get_openapi_url(api, kwargs),
            "operations": list(operations(document)),
            "types": list(types(document)),
        }
        return render(request, TEMPLATE, context)


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is to be said of each operation, in the order of the document."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            parameters = [
                {**parameter, "words": words(parameter["schema"])} for parameter in operation.get("parameters", ())
            ]
            yield {
                **operation,
                "id": operation["operationId"],
                "method": method.upper(),
                "path": path,
                "parameters": parameters,
                "body": _body(operation),
                "answers": [_answer(status, each) for status, each in sorted(operation["responses"].items())],
            }


def types(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is to be said of each type, by name."""
    for name, schema in sorted(document["components"]["schemas"].items()):
        required = schema.get("required", ())
        fields = [
            {"name": field, "words": words(each), "description": each.get("description", ""), "sure": field in required}
            for field, each in schema.get("properties", {}).items()
        ]
        yield {
            "name": name,
            "description": schema.get("description", "").replace("``", ""),
            "fields": fields,
            "words": [] if fields else words(schema),
        }


def words(schema: dict[str, Any]) -> list[Word]:
    """Return what values of a type look like, in words."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_COMPONENT)
        return [Word(name, name)]
    for key in ("oneOf", "anyOf"):
        if key in schema:
            return _joined([words(each) for each in schema[key]], " or ")
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return [Word(" or ".join(json.dumps(value, ensure_ascii=False) for value in values))]
    if schema.get("type") == "array":
        return [Word("list of "), *words(schema.get("items", {}))]
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return [Word("names, each with "), *words(schema["additionalProperties"])]
    return [Word(" ".join([schema.get("format") or schema.get("type", "anything"), *_bounds(schema)]))]


def _bounds(schema: dict[str, Any]) -> Iterator[str]:
    for key, word in {"minimum": "from", "maximum": "to"}.items():
        if key in schema:
            yield f"{word} {schema[key]}"
    if "maxLength" in schema:
        yield f"of {schema.get('minLength', 0)} to {schema['maxLength']} characters"
    if "default" in schema and schema["default"] != []:
        yield f"({json.dumps(schema['default'])} if left out)"


def _joined(parts: list[list[Word]], separator: str) -> list[Word]:
    found: list[Word] = []
    for part in parts:
        found += [Word(separator), *part] if found else part
    return found


def _body(operation: dict[str, Any]) -> dict[str, Any] | None:
    """Return what is to be said of what is sent to an operation, or None where nothing is."""
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        return {"media_type": media_type, "words": words(content["schema"]), "example": _example(content)}
    return None


def _example(content: dict[str, Any]) -> str:
    return json.dumps(content["example"], indent=2, ensure_ascii=False) if "example" in content else ""


def _answer(status: str, answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"status": status, "description": answer["description"], "words": [], "example": ""}
    for media_type, content in answer.get("content", {}).items():
        found |= {"media_type": media_type, "words": words(content["schema"]), "example": _example(content)}
    return found
