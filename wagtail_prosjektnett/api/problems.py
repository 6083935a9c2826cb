"""Refusals as RFC 9457 problem details, each with a ``type`` that never changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic_core import to_json
from typing_extensions import TypedDict

from wagtail_prosjektnett.api.language import accepted_language

CONTENT_TYPE = "application/problem+json"


class ProblemType(StrEnum):
    """What may be refused. The values are part of the API: they never change."""

    INVALID_PARAMETERS = "urn:prosjektnett:problem:invalid-parameters"
    NOT_FOUND = "urn:prosjektnett:problem:not-found"
    METHOD_NOT_ALLOWED = "urn:prosjektnett:problem:method-not-allowed"
    BAD_REQUEST = "urn:prosjektnett:problem:bad-request"
    OTHER = "about:blank"


class ParameterErrorData(TypedDict):
    """What is wrong with one parameter: where it stood, its name, a code for programs and a text for people."""

    where: str
    parameter: str
    code: str
    message: str


_TEXTS: dict[ProblemType, tuple[int, Promise, Promise]] = {
    ProblemType.INVALID_PARAMETERS: (
        422,
        _("Invalid parameters"),
        _("The request has parameters that are unknown, or values that they cannot have."),
    ),
    ProblemType.NOT_FOUND: (404, _("Not found"), _("There is no such resource, or it is not public.")),
    ProblemType.METHOD_NOT_ALLOWED: (405, _("Method not allowed"), _("The resource can only be read.")),
    ProblemType.BAD_REQUEST: (400, _("Bad request"), _("The request cannot be understood.")),
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
                "properties": {name: {"type": "string"} for name in ("where", "parameter", "code", "message")},
            },
        },
    },
}


class InvalidParameters(Exception):
    """Raised for parameters that an endpoint does not have, or with values that they cannot have."""

    def __init__(self, errors: Iterable[ParameterErrorData]) -> None:
        self.errors = list(errors)
        super().__init__(self.errors)


def problem(
    request: HttpRequest, kind: ProblemType, errors: Iterable[ParameterErrorData] | None = None
) -> HttpResponse:
    """Return the answer for a refusal, in the language that the request asks for."""
    status, title, detail = _TEXTS[kind]
    with override(accepted_language(request)):
        answer = _answer(kind, status, str(title), str(detail), errors)
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


def not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """Return the answer for a method that a resource does not have."""
    answer = problem(request, ProblemType.METHOD_NOT_ALLOWED)
    answer["Allow"] = ", ".join(allowed)
    return answer


def register_error_handlers(api: NinjaAPI) -> None:
    """Let an API answer with problem details. Whoever adds our router to an API of their own calls this too."""
    api.add_exception_handler(InvalidParameters, _invalid)  # type: ignore[arg-type]
    api.add_exception_handler(ValidationError, _invalid)  # type: ignore[arg-type]
    api.add_exception_handler(Http404, lambda request, error: problem(request, ProblemType.NOT_FOUND))
    api.add_exception_handler(SuspiciousOperation, lambda request, error: problem(request, ProblemType.BAD_REQUEST))
    api.add_exception_handler(HttpError, _other)  # type: ignore[arg-type]


def _invalid(request: HttpRequest, error: InvalidParameters | ValidationError) -> HttpResponse:
    if isinstance(error, ValidationError):
        return problem(request, ProblemType.INVALID_PARAMETERS, [_parameter(each) for each in error.errors])
    return problem(request, ProblemType.INVALID_PARAMETERS, error.errors)


def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    title = HTTPStatus(error.status_code).phrase if error.status_code in set(HTTPStatus) else "Error"
    return _answer(ProblemType.OTHER, error.status_code, title, str(error), None)


def _parameter(error: Mapping[str, Any]) -> ParameterErrorData:
    where, *path = error["loc"]
    names = [str(part) for part in path if isinstance(part, str) and part != "parameters"]
    return {"where": where, "parameter": names[0] if names else "", "code": error["type"], "message": error["msg"]}


def _answer(
    kind: ProblemType, status: int, title: str, detail: str, errors: Iterable[ParameterErrorData] | None
) -> HttpResponse:
    data: dict[str, Any] = {"type": kind.value, "title": title, "status": status, "detail": detail}
    if errors is not None:
        data["errors"] = list(errors)
    answer = HttpResponse(to_json(data, inf_nan_mode="null"), status=status, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "no-store"
    return answer
