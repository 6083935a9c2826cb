"""Refusals as RFC 9457 problem details, each with a ``type`` that never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial
from http import HTTPStatus
from math import ceil
from typing import Any, NotRequired

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from pydantic_core import to_json
from typing_extensions import TypedDict

from wagtail_prosjektnett.api.headers import complete, keep_private
from wagtail_prosjektnett.api.idempotency import KeyReused
from wagtail_prosjektnett.api.language import accepted_language
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


class ProblemType(StrEnum):
    """What may be refused. The values are part of the API: they never change."""

    INVALID_PARAMETERS = "urn:prosjektnett:problem:invalid-parameters"
    NOT_FOUND = "urn:prosjektnett:problem:not-found"
    METHOD_NOT_ALLOWED = "urn:prosjektnett:problem:method-not-allowed"
    PRECONDITION_FAILED = "urn:prosjektnett:problem:precondition-failed"
    CHANGES_FORGOTTEN = "urn:prosjektnett:problem:changes-forgotten"
    BAD_REQUEST = "urn:prosjektnett:problem:bad-request"
    TOO_MANY_REQUESTS = "urn:prosjektnett:problem:too-many-requests"
    INVALID_BODY = "urn:prosjektnett:problem:invalid-body"
    UNSUPPORTED_MEDIA_TYPE = "urn:prosjektnett:problem:unsupported-media-type"
    BODY_TOO_LARGE = "urn:prosjektnett:problem:body-too-large"
    KEY_REUSED = "urn:prosjektnett:problem:idempotency-key-reused"
    REGISTRATION_ENDED = "urn:prosjektnett:problem:registration-ended"
    TRY_LATER = "urn:prosjektnett:problem:try-later"
    OTHER = "about:blank"


class ParameterErrorData(TypedDict):
    """What is wrong with one parameter: where it stood, its name, a code for programs and a text for people.

    Of what was sent in the body, ``pointer`` says exactly where it stands (RFC 6901).
    """

    where: str
    parameter: str
    code: str
    message: str
    pointer: NotRequired[str]


_TEXTS: dict[ProblemType, tuple[int, Promise, Promise]] = {
    ProblemType.INVALID_PARAMETERS: (
        422,
        _("Invalid parameters"),
        _("The request has parameters that are unknown, or values that they cannot have."),
    ),
    ProblemType.NOT_FOUND: (404, _("Not found"), _("There is no such resource, or it is not public.")),
    ProblemType.METHOD_NOT_ALLOWED: (
        405,
        _("Method not allowed"),
        _("The resource does not have this method. Allow says which it has."),
    ),
    ProblemType.CHANGES_FORGOTTEN: (
        410,
        _("Changes forgotten"),
        _("It is no longer known what has changed since then. Read the whole list again, without changed_since."),
    ),
    ProblemType.PRECONDITION_FAILED: (
        412,
        _("Precondition failed"),
        _("The resource is not as If-Match or If-Unmodified-Since asks for."),
    ),
    ProblemType.BAD_REQUEST: (400, _("Bad request"), _("The request cannot be understood.")),
    ProblemType.TOO_MANY_REQUESTS: (
        429,
        _("Too many requests"),
        _("There have been too many requests from this address. Wait as long as Retry-After says, in seconds."),
    ),
    ProblemType.INVALID_BODY: (
        422,
        _("Invalid body"),
        _("What was sent has something that is unknown, is missing, or cannot be so."),
    ),
    ProblemType.UNSUPPORTED_MEDIA_TYPE: (
        415,
        _("Unsupported media type"),
        _("What is sent must be JSON, with Content-Type: application/json."),
    ),
    ProblemType.BODY_TOO_LARGE: (413, _("Body too large"), _("What was sent is larger than 64 kB.")),
    ProblemType.KEY_REUSED: (
        422,
        _("Idempotency-Key used before"),
        _("Something else was sent with this Idempotency-Key before. Give each request a key of its own."),
    ),
    ProblemType.REGISTRATION_ENDED: (
        409,
        _("The registration has ended"),
        _("It was cancelled, or not confirmed in time. It cannot be changed any more; sign up again instead."),
    ),
    ProblemType.TRY_LATER: (
        503,
        _("Try later"),
        _("It is too busy here, and nothing was changed. Wait as long as Retry-After says, in seconds."),
    ),
}

#: A problem in the OpenAPI document.
PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "What was refused; the value never changes."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "What is wrong with each parameter.",
            "items": {
                "type": "object",
                "required": ["where", "parameter", "code", "message"],
                "properties": {
                    **{name: {"type": "string"} for name in ("where", "parameter", "code", "message")},
                    "pointer": {
                        "type": "string",
                        "description": "Where in the body it stands, as a JSON pointer; only if it stands there.",
                    },
                },
            },
        },
    },
}


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
    status, title, detail = _TEXTS[kind]
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
