"""Refusals as RFC 9457 problem details, each with a ``type`` that never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial
from http import HTTPStatus
from math import ceil
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from pydantic_core import to_json

from wagtail_prosjektnett.api.headers import complete, keep_private
from wagtail_prosjektnett.api.idempotency import KeyReused
from wagtail_prosjektnett.api.language import accepted_language
from wagtail_prosjektnett.api.problem_types import WORDS, ParameterErrorData, ProblemType
from wagtail_prosjektnett.api.tokens import NothingForToken
from wagtail_prosjektnett.domain.feedback import FeedbackRefusal, FeedbackRefused
from wagtail_prosjektnett.domain.registration import Refusal, RegistrationRefused, TryLater
from wagtail_prosjektnett.pages.synchronising import ChangesForgotten
from wagtail_prosjektnett.wording.refusals import feedback_refusal_message, mistake_message, refusal_message

CONTENT_TYPE = "application/problem+json"
#: How many things of all that is wrong are told.
MOST_ERRORS = 20
#: Seconds to wait before the next try while the database is too busy.
RETRY_AFTER = 2


class _Invalid(Exception):
    """Raised for a request of which some parts are wrong."""

    def __init__(self, errors: Iterable[ParameterErrorData]) -> None:
        self.errors = list(errors)
        super().__init__(self.errors)


class InvalidBody(_Invalid):
    """Raised for a body that says something which cannot be so."""


class RegistrationEnded(Exception):
    """Raised where something is to be done with a registration that holds nothing any more; nothing was changed."""


class InvalidParameters(_Invalid):
    """Raised for parameters that an endpoint does not have, or with values that they cannot have."""


def problem(
    request: HttpRequest, kind: ProblemType, errors: Iterable[ParameterErrorData] | None = None
) -> HttpResponse:
    """Return the answer for a refusal, in the language that the request asks for."""
    status, title, detail = WORDS[kind]
    with override(accepted_language(request)):
        return _answer(kind, status, str(title), str(detail), errors)


#: The title of a refusal and its words, by whose refusal it is: members of different enums may be equal.
_REFUSED: dict[type[StrEnum], tuple[Promise, Callable[[Any], str]]] = {
    Refusal: (_("Nobody can sign up"), refusal_message),
    FeedbackRefusal: (_("No feedback is taken"), feedback_refusal_message),
}


def refused(request: HttpRequest, refusal: Refusal | FeedbackRefusal) -> HttpResponse:
    """Return the answer for somebody who cannot sign up or say something: each reason is a problem of its own."""
    title, words = _REFUSED[type(refusal)]
    with override(accepted_language(request)):
        return _answer(f"urn:prosjektnett:problem:{refusal.value}", 409, str(title), words(refusal), None)


def body_error(path: Iterable[str | int], code: str, message: str) -> ParameterErrorData:
    """Return what is wrong with the part of a body at a path of names and places, so that it can be written as JSON."""
    parts = [_printable(str(part)) for part in path]
    names = [part for part in parts if not part.isdecimal()]
    escaped = (part.replace("~", "~0").replace("/", "~1") for part in parts)
    return {
        "where": "body",
        "parameter": names[-1] if names else "",
        "code": code,
        "message": _printable(message),
        "pointer": "".join(f"/{part}" for part in escaped),
    }


def not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """Return the answer for a method that a resource does not have."""
    answer = problem(request, ProblemType.METHOD_NOT_ALLOWED)
    answer["Allow"] = ", ".join(allowed)
    return answer


def register_error_handlers(api: NinjaAPI) -> None:
    """Let an API answer with problem details. Whoever adds our router to an API of their own calls this too."""
    handlers: dict[type[Exception], Any] = {
        InvalidParameters: lambda request, error: problem(request, ProblemType.INVALID_PARAMETERS, error.errors),
        InvalidBody: lambda request, error: problem(request, ProblemType.INVALID_BODY, error.errors[:MOST_ERRORS]),
        ValidationError: _invalid,
        Throttled: _throttled,
        HttpError: _other,
        RegistrationRefused: lambda request, error: refused(request, error.reason),
        FeedbackRefused: lambda request, error: refused(request, error.reason),
        TryLater: _try_later,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    for kind, told in _PROBLEMS.items():
        api.add_exception_handler(kind, partial(_tell, told))


#: What is told of exceptions that say nothing more themselves.
_PROBLEMS: dict[type[Exception], ProblemType] = {
    Http404: ProblemType.NOT_FOUND,
    ChangesForgotten: ProblemType.CHANGES_FORGOTTEN,
    SuspiciousOperation: ProblemType.BAD_REQUEST,
    KeyReused: ProblemType.KEY_REUSED,
    RegistrationEnded: ProblemType.REGISTRATION_ENDED,
}


def _tell(kind: ProblemType, request: HttpRequest, error: Exception) -> HttpResponse:
    answer = problem(request, kind)
    return keep_private(answer) if isinstance(error, NothingForToken) else answer


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    with override(accepted_language(request)):
        told = [_parameter(each) for each in error.errors[:MOST_ERRORS]]
    # Of each answer, pydantic tells why it is none of the types that it can have.
    errors = list({(each["where"], each.get("pointer", each["parameter"])): each for each in told}.values())
    is_body = all(each["where"] == "body" for each in errors)
    return problem(request, ProblemType.INVALID_BODY if is_body else ProblemType.INVALID_PARAMETERS, errors)


def _try_later(request: HttpRequest, error: TryLater) -> HttpResponse:
    answer = problem(request, ProblemType.TRY_LATER)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = problem(request, ProblemType.TOO_MANY_REQUESTS)
    if error.wait is not None:
        answer["Retry-After"] = str(ceil(error.wait))
    return answer


def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:  # ninja could not read the body
        return problem(request, ProblemType.BAD_REQUEST)
    title = HTTPStatus(error.status_code).phrase if error.status_code in set(HTTPStatus) else "Error"
    return _answer(ProblemType.OTHER, error.status_code, title, str(error), None)


def _parameter(error: Mapping[str, Any]) -> ParameterErrorData:
    where, *path = error["loc"]
    if where == "body":
        message = mistake_message(error["type"], error.get("ctx", {})) or error["msg"]
        return body_error(_of_answers(path[1:]), error["type"], message)
    names = [str(part) for part in path if isinstance(part, str) and part != "parameters"]
    return {"where": where, "parameter": names[0] if names else "", "code": error["type"], "message": error["msg"]}


def _of_answers(path: list[Any]) -> list[Any]:
    """Return a path without what pydantic adds to it below an answer: there is nothing below one."""
    return path[: path.index("answers") + 2] if "answers" in path else path


def _printable(text: str) -> str:
    """Return a text of a client's so that it can be written: cut, and without halves of characters."""
    return text[:200].encode("utf-8", "replace").decode()


def _answer(
    kind: str, status: int, title: str, detail: str, errors: Iterable[ParameterErrorData] | None
) -> HttpResponse:
    data: dict[str, Any] = {"type": str(kind), "title": title, "status": status, "detail": detail}
    if errors is not None:
        data["errors"] = list(errors)
    answer = HttpResponse(to_json(data, inf_nan_mode="null"), status=status, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "no-store"
    return complete(answer)
