"""How every endpoint answers that changes something: checked before it is read, and kept by nobody.

Nothing here is done with cookies. What is sent must be JSON, which no form of another site can send.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router
from ninja.constants import NOT_SET
from ninja.decorators import decorate_view
from ninja.security.http import HttpAuthBase

from wagtail_prosjektnett.api.answers import JSON, answer_with, in_language, refusal_answers, refuse_names
from wagtail_prosjektnett.api.examples import example
from wagtail_prosjektnett.api.headers import complete, keep_private
from wagtail_prosjektnett.api.parameters import Parameters
from wagtail_prosjektnett.api.path_views import OwnTransactions
from wagtail_prosjektnett.api.problem_types import ProblemType
from wagtail_prosjektnett.api.problems import problem
from wagtail_prosjektnett.api.throttling import Throttle
from wagtail_prosjektnett.visibility import read_as_anybody

#: How many bytes a body may have.
LARGEST_BODY = 64 * 1024
#: A request that is sent again with the same key changes nothing more (draft-ietf-httpapi-idempotency-key-header).
IDEMPOTENCY_KEY = Header(
    None,
    alias="Idempotency-Key",
    min_length=1,
    max_length=255,
    description="A key of the client's own for this request, such as a UUID: sent again with the same key within 24 "
    "hours, it changes nothing more and gets the same answer.",
)


def write(
    router: Router,
    method: str,
    path: str,
    schema: Any,
    operation: str,
    *,
    status: int = 200,
    refusals: Iterable[int] = (),
    throttle: Throttle | None = None,
    token: HttpAuthBase | None = None,
) -> Callable[[Any], Any]:
    """Return a decorator that makes a function an endpoint that changes something.

    The function gets the request, its parameters, and what else it names: ``body``, ``idempotency_key``, parts of the
    path. It returns the data of ``schema``, or None for an answer without a body. ``refusals`` are the statuses that
    it may answer with besides those that all have.
    """

    def register(function: Any) -> Any:
        @decorate_view(_checked_first)
        @wraps(function)
        def view(request: HttpRequest, **values: Any) -> HttpResponse:
            refuse_names(request, Parameters)
            read_as_anybody(request)
            with in_language(request, values["parameters"].locale):
                data = function(request, **values)
                answer = HttpResponse(status=status) if schema is None else answer_with(request, data, status)
                return complete(keep_private(answer))

        router.path_operations.setdefault(path, OwnTransactions())
        summary, _, description = (function.__doc__ or "").partition("\n")
        told = {400, 413, 415, 422, 503, *refusals, *({429} if throttle else ()), *({404} if token else ())}
        content = {} if schema is None else {"content": {JSON: example(operation)}}
        sent = (
            {"requestBody": {"content": {JSON: example(f"{operation} body")}}}
            if "body" in signature(function).parameters
            else {}
        )
        router.api_operation(
            [method],
            path,
            response={status: schema},
            operation_id=operation,
            summary=summary.rstrip("."),
            description=" ".join(description.split()) or None,
            openapi_extra={"responses": {status: content, **refusal_answers(told)}, **sent},
            throttle=[throttle] if throttle is not None else [],
            auth=token or NOT_SET,
        )(view)
        return function

    return register


def _checked_first(run: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse what must not be read, before anything of it is."""

    @wraps(run)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> Any:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size) > LARGEST_BODY:
            return problem(request, ProblemType.BODY_TOO_LARGE)
        if int(size) and request.content_type != JSON:
            return problem(request, ProblemType.UNSUPPORTED_MEDIA_TYPE)
        return run(request, *args, **values)

    return checked
