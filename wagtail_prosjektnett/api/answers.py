"""How every endpoint answers: to anybody alike, in the reader's language, with its headers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, get_origin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from ninja import Path, Router
from ninja.constants import NOT_SET
from ninja.security.http import HttpAuthBase
from ninja.throttling import BaseThrottle
from pydantic_core import to_json

from wagtail_prosjektnett.api.conditional import answer_from_index, answer_once
from wagtail_prosjektnett.api.examples import example
from wagtail_prosjektnett.api.headers import complete, keep_private
from wagtail_prosjektnett.api.language import accepted_language
from wagtail_prosjektnett.api.parameters import ChangesParameters, Parameters
from wagtail_prosjektnett.api.problems import (
    CONTENT_TYPE,
    PROBLEM_SCHEMA,
    InvalidParameters,
    ParameterErrorData,
    not_allowed,
)
from wagtail_prosjektnett.api.throttling import Throttle
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.visibility import read_as_anybody

JSON = "application/json"
METHODS = ("GET", "HEAD")
OTHER_METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
HEADERS = "_prosjektnett_headers"


def read(
    router: Router,
    path: str,
    schema: Any,
    operation: str,
    parameters: type[Parameters],
    *,
    item: bool = False,
    throttle: Throttle | None = None,
    token: HttpAuthBase | None = None,
) -> Callable[[Any], Any]:
    """Return a decorator that makes a function an endpoint that is read with GET and HEAD.

    The function gets the request and its parameters, and returns the data of ``schema``. It may raise
    ``Http404``. Nothing of the reader's session counts: everybody gets the same. With ``throttle``, an address that
    asks too often is refused. With ``token``, only who has one is answered, and nobody keeps the answer.
    """

    def register(function: Any) -> Any:
        @wraps(function)
        def view(request: HttpRequest, **values: Any) -> HttpResponse:
            _refuse_names(request, parameters)
            read_as_anybody(request)
            with _language(request, values["parameters"].locale) as language:

                def make() -> HttpResponse:
                    return _answer(request, function(request, **values))

                if token is not None:
                    return complete(keep_private(make()))
                is_search = "q" in request.GET
                return complete(answer_from_index(request, make) if is_search else answer_once(request, language, make))

        limits: list[BaseThrottle] = [throttle] if throttle is not None else []
        summary, _, description = (function.__doc__ or "").partition("\n")
        router.api_operation(
            ["GET"],
            path,
            response={200: schema},
            operation_id=operation,
            summary=summary.rstrip("."),
            description=" ".join(description.split()) or None,
            openapi_extra={
                "responses": {
                    200: {"content": {JSON: example(operation)}},
                    **_other_answers(item, parameters, throttle, token),
                }
            },
            throttle=limits,
            auth=token or NOT_SET,
        )(view)
        router.api_operation(["HEAD"], path, include_in_schema=False, throttle=limits, auth=token or NOT_SET)(view)
        router.api_operation(OTHER_METHODS, path, include_in_schema=False)(_refuse_item if "{id}" in path else _refuse)
        return function

    return register


def tell_in_headers(request: HttpRequest, headers: dict[str, str]) -> None:
    """Let the answer to a request have more headers: what the network that it is about lets it tell."""
    setattr(request, HEADERS, headers)


def _refuse(request: HttpRequest) -> HttpResponse:
    return not_allowed(request, METHODS)


def _refuse_item(request: HttpRequest, id: str = Path(...)) -> HttpResponse:
    return not_allowed(request, METHODS)


def _answer(request: HttpRequest, data: Any) -> HttpResponse:
    answer = HttpResponse(to_json(data, fallback=str, inf_nan_mode="null"), content_type=JSON)
    answer["Content-Language"] = language_tag(get_language() or settings.LANGUAGE_CODE)
    for name, value in getattr(request, HEADERS, {}).items():
        answer[name] = value
    return answer


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
def _language(request: HttpRequest, wanted: str | None) -> Iterator[str]:
    language = wanted or accepted_language(request)
    with override(language):
        yield language


def _other_answers(
    item: bool, parameters: type[Parameters], throttle: Throttle | None, token: HttpAuthBase | None
) -> dict[int, Any]:
    refusals = {
        400: "The request cannot be read, such as one with thousands of parameters.",
        422: "Unknown parameters, or values that they cannot have.",
    }
    if item:
        refusals[404] = "Not there, or not public."
    if issubclass(parameters, ChangesParameters):
        refusals[410] = "It is no longer known what has changed since then."
    if throttle is not None:
        refusals[429] = "Too many requests from one address."
    answers = {status: _refusal(status, description) for status, description in refusals.items()}
    if throttle is not None:
        wait = {"description": "Seconds to wait", "schema": {"type": "integer"}, "required": True}
        answers[429]["headers"] = {"Retry-After": wait}
    if token is None:
        answers[304] = {"description": "Nothing has changed since the answer with this ETag."}
    return answers


def _refusal(status: int, description: str) -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": PROBLEM_SCHEMA, **example(str(status))}}
    return {"description": description, "content": content}
