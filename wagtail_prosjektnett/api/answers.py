"""How every endpoint answers: to anybody alike, in the reader's language, with its headers."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus
from typing import Any, get_origin

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from ninja import Path, Router
from ninja.constants import NOT_SET
from ninja.security.http import HttpAuthBase
from ninja.throttling import BaseThrottle
from pydantic_core import to_json

from wagtail_prosjektnett.api.examples import example
from wagtail_prosjektnett.api.headers import complete, described, described_unchanged, keep_private
from wagtail_prosjektnett.api.language import accepted_language
from wagtail_prosjektnett.api.parameters import ChangesParameters, Parameters
from wagtail_prosjektnett.api.path_views import RefusingPathView
from wagtail_prosjektnett.api.problem_types import PROBLEM_SCHEMA, ParameterErrorData, ProblemType
from wagtail_prosjektnett.api.problems import CONTENT_TYPE, MOST_ERRORS, InvalidParameters, not_allowed, problem
from wagtail_prosjektnett.api.throttling import Throttle
from wagtail_prosjektnett.outputs.conditional import answer_from_index, answer_once
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.network_headers import successor_link, sunset
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.records.seats import SeatPool
from wagtail_prosjektnett.visibility import read_as_anybody

JSON = "application/json"
METHODS = ("GET", "HEAD")
ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
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
    seats: Callable[..., QuerySet[SeatPool]] | None = None,
    writes: tuple[str, ...] = (),
) -> Callable[[Any], Any]:
    """Return a decorator that makes a function an endpoint that is read with GET and HEAD.

    The function gets the request and its parameters, and returns the data of ``schema``. It may raise
    ``Http404``. Nothing of the reader's session counts: everybody gets the same. With ``throttle``, an address that
    asks too often is refused. With ``token``, only who has one is answered, and nobody keeps the answer. ``seats`` gets
    what the function gets, and returns the seats that the answer tells of. ``writes`` are the methods that the path
    has besides, and that were added to it before.
    """

    def register(function: Any) -> Any:
        @wraps(function)
        def view(request: HttpRequest, **values: Any) -> HttpResponse:
            refuse_names(request, parameters)
            read_as_anybody(request)
            with in_language(request, values["parameters"].locale) as language:

                def make() -> HttpResponse:
                    return answer_with(request, function(request, **values))

                if token is not None:
                    return complete(keep_private(make()))
                if "q" in request.GET:
                    return _completed(request, answer_from_index(request, make))
                pools = seats(**values) if seats is not None else None
                return _completed(request, answer_once(request, language, make, pools))

        limits: list[BaseThrottle] = [throttle] if throttle is not None else []
        router.path_operations.setdefault(path, RefusingPathView())
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
                    200: {
                        "content": {JSON: example(operation)},
                        "headers": described(item=item, private=token is not None),
                    },
                    **_other_answers(item, parameters, throttle, token),
                }
            },
            throttle=limits,
            auth=token or NOT_SET,
        )(view)
        router.api_operation(["HEAD"], path, include_in_schema=False, throttle=limits, auth=token or NOT_SET)(view)
        refuse_others(router, path, (*METHODS, *writes))
        return function

    return register


def _completed(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return an answer with its headers; Django refuses what a client requires of a resource in words of HTML."""
    if answer.status_code == HTTPStatus.PRECONDITION_FAILED:
        return problem(request, ProblemType.PRECONDITION_FAILED)
    return complete(answer)


def tell_network(request: HttpRequest, page: Any) -> None:
    """Let the answer to a request tell in its headers what the network of the page that it is about lets it tell."""
    network = networks_of(request).nearest_shown(page)
    setattr(request, HEADERS, {**successor_link(network, request), **sunset(network)})


def refuse_others(router: Router, path: str, allowed: tuple[str, ...]) -> None:
    """Let a path refuse all methods but some, which were added to it before: its last operation takes all others."""

    def refuse(request: HttpRequest) -> HttpResponse:
        return not_allowed(request, allowed)

    def refuse_item(request: HttpRequest, id: str = Path(...)) -> HttpResponse:
        return not_allowed(request, allowed)

    others = [method for method in ALL_METHODS if method not in allowed]
    router.api_operation(others, path, include_in_schema=False)(refuse_item if "{id}" in path else refuse)


def answer_with(request: HttpRequest, data: Any, status: int = 200) -> HttpResponse:
    """Return an answer with data, in the active language."""
    answer = HttpResponse(to_json(data, fallback=str, inf_nan_mode="null"), status=status, content_type=JSON)
    answer["Content-Language"] = language_tag(get_language() or settings.LANGUAGE_CODE)
    for name, value in getattr(request, HEADERS, {}).items():
        answer[name] = value
    return answer


def refuse_names(request: HttpRequest, parameters: type[Parameters]) -> None:
    """Refuse parameters that there are not, and more values than one where only one would count.

    Raises ``InvalidParameters``.
    """
    fields = {field.alias or name: field for name, field in parameters.model_fields.items()}
    refused: list[ParameterErrorData] = []
    for name, values in request.GET.lists():
        if name not in fields:
            refused.append(_refused(name, "unknown", "There is no such parameter"))
        elif len(values) > 1 and get_origin(fields[name].annotation) is not list:
            refused.append(_refused(name, "repeated", "The parameter can be given only once"))
    if refused:
        raise InvalidParameters(refused[:MOST_ERRORS])


def _refused(name: str, code: str, message: str) -> ParameterErrorData:
    return {"where": "query", "parameter": name[:100], "code": code, "message": message}


@contextmanager
def in_language(request: HttpRequest, wanted: str | None) -> Iterator[str]:
    """Answer in a language, or else in the one that the request asks for; it is the active one meanwhile."""
    language = wanted or accepted_language(request)
    with override(language):
        yield language


def _other_answers(
    item: bool, parameters: type[Parameters], throttle: Throttle | None, token: HttpAuthBase | None
) -> dict[int, Any]:
    refusals = {400, 422}
    if item:
        refusals.add(404)
    if issubclass(parameters, ChangesParameters):
        refusals.add(410)
    if throttle is not None:
        refusals.add(429)
    if token is None:
        refusals.add(412)
    answers = refusal_answers(refusals)
    if token is None:
        unchanged = "Nothing has changed since the answer with this ETag."
        answers[304] = {"description": unchanged, "headers": described_unchanged()}
    return answers


#: When an endpoint refuses, by the status of the refusal.
_REFUSALS = {
    400: "The request cannot be read, such as one with thousands of parameters, or a body that is no JSON.",
    404: "Not there, or not public.",
    409: "It cannot be done as things are: the type of the problem says why.",
    410: "It is no longer known what has changed since then.",
    412: "It is not as If-Match or If-Unmodified-Since asks for.",
    413: "The body is larger than 64 kB.",
    415: "The body is no application/json.",
    422: "Unknown parameters, or values that they cannot have.",
    429: "Too many requests from one address.",
    503: "The database is too busy; nothing was changed.",
}
#: The refusals that say how long to wait.
_WAIT = {"description": "Seconds to wait", "schema": {"type": "integer"}, "required": True}
_WITH_WAIT = (429, 503)


def refusal_answers(statuses: Iterable[int]) -> dict[int, Any]:
    """Return what the document says of refusals with some statuses."""
    answers: dict[int, Any] = {}
    for status in sorted(statuses):
        content = {CONTENT_TYPE: {"schema": PROBLEM_SCHEMA, **example(str(status))}}
        answers[status] = {"description": _REFUSALS[status], "content": content}
        if status in _WITH_WAIT:
            answers[status]["headers"] = {"Retry-After": _WAIT}
    return answers
