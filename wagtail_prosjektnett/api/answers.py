"""How every endpoint answers: to anybody alike, in the reader's language, with its headers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, get_origin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, override
from ninja import Path, Router
from pydantic_core import to_json

from wagtail_prosjektnett.api.examples import example
from wagtail_prosjektnett.api.headers import complete
from wagtail_prosjektnett.api.language import accepted_language
from wagtail_prosjektnett.api.parameters import Parameters
from wagtail_prosjektnett.api.problems import (
    CONTENT_TYPE,
    PROBLEM_SCHEMA,
    InvalidParameters,
    ParameterErrorData,
    not_allowed,
)
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.visibility import read_as_anybody

JSON = "application/json"
METHODS = ("GET", "HEAD")
OTHER_METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
SUCCESSOR = "_prosjektnett_successor"


def read(
    router: Router, path: str, schema: Any, operation: str, parameters: type[Parameters], *, item: bool = False
) -> Callable[[Any], Any]:
    """Return a decorator that makes a function an endpoint that is read with GET and HEAD.

    The function gets the request and its parameters, and returns the data of ``schema``. It may raise
    ``Http404``. Nothing of the reader's session counts: everybody gets the same.
    """

    def register(function: Any) -> Any:
        @wraps(function)
        def view(request: HttpRequest, **values: Any) -> HttpResponse:
            _refuse_names(request, parameters)
            read_as_anybody(request)
            with _language(request, values["parameters"].locale):
                return _answer(request, function(request, **values))

        summary, _, description = (function.__doc__ or "").partition("\n")
        router.api_operation(
            ["GET"],
            path,
            response={200: schema},
            operation_id=operation,
            summary=summary.rstrip("."),
            description=" ".join(description.split()) or None,
            openapi_extra={"responses": {200: {"content": {JSON: example(operation)}}, **_refusals(item)}},
        )(view)
        router.api_operation(["HEAD"], path, include_in_schema=False)(view)
        router.api_operation(OTHER_METHODS, path, include_in_schema=False)(_refuse_item if "{id}" in path else _refuse)
        return function

    return register


def tell_successor(request: HttpRequest, url: str | None) -> None:
    """Let the answer to a request have a ``Link`` to what comes after its network, where that is set."""
    setattr(request, SUCCESSOR, url)


def _refuse(request: HttpRequest) -> HttpResponse:
    return not_allowed(request, METHODS)


def _refuse_item(request: HttpRequest, id: str = Path(...)) -> HttpResponse:
    return not_allowed(request, METHODS)


def _answer(request: HttpRequest, data: Any) -> HttpResponse:
    answer = HttpResponse(to_json(data, fallback=str, inf_nan_mode="null"), content_type=JSON)
    answer["Content-Language"] = language_tag(get_language() or settings.LANGUAGE_CODE)
    if url := getattr(request, SUCCESSOR, None):
        address = iri_to_uri(url).replace("<", "%3C").replace(">", "%3E")
        answer["Link"] = f'<{address}>; rel="successor-version"'
    return complete(answer)


def _refuse_names(request: HttpRequest, parameters: type[Parameters]) -> None:
    """Refuse parameters that there are not, and more values than one where only one would count."""
    fields = {field.alias or name: field for name, field in parameters.model_fields.items()}
    refused: list[ParameterErrorData] = []
    for name, values in request.GET.lists():
        if name not in fields:
            refused.append(_refused(name, "unknown", "There is no such parameter"))
        elif len(values) > 1 and get_origin(fields[name].annotation) is not list:
            refused.append(_refused(name, "repeated", "The parameter can be given only once"))
    if refused:
        raise InvalidParameters(refused[:20])


def _refused(name: str, code: str, message: str) -> ParameterErrorData:
    return {"where": "query", "parameter": name[:100], "code": code, "message": message}


@contextmanager
def _language(request: HttpRequest, wanted: str | None) -> Iterator[None]:
    with override(wanted or accepted_language(request)):
        yield


def _refusals(item: bool) -> dict[int, Any]:
    refusals = {
        400: "The request cannot be read, such as one with thousands of parameters.",
        422: "Unknown parameters, or values that they cannot have.",
    }
    if item:
        refusals[404] = "Not there, or not public."
    return {status: _refusal(status, description) for status, description in refusals.items()}


def _refusal(status: int, description: str) -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": PROBLEM_SCHEMA, **example(str(status))}}
    return {"description": description, "content": content}
