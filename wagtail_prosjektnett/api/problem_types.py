"""What the API may refuse, with the words for it, and how a refusal looks in the OpenAPI document."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NotRequired

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict


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


#: Of each type: its status, its title and what it means.
WORDS: dict[ProblemType, tuple[int, Promise, Promise]] = {
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
