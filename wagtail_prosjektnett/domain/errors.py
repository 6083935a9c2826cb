"""The rules that an editor can break, each with one name.

A rule's name is used by every door: the admin form, API v3, the content loader and the documentation.
The words that go with it are in ``wagtail_prosjektnett.wording``.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Rule(StrEnum):
    """The name of a rule; also the ``code`` of the validation error that it gives."""

    YEAR_OUT_OF_RANGE = "year-out-of-range"
    END_BEFORE_START = "end-before-start"
    START_TIME_MISSING = "start-time-missing"
    TIME_NEEDS_A_DATE = "time-needs-a-date"
    TIME_DOES_NOT_EXIST = "time-does-not-exist"
    TIME_EXISTS_TWICE = "time-exists-twice"
    ACTIVE_AFTER_WIND_DOWN = "active-after-wind-down"
    WIND_DOWN_AFTER_CLOSED = "wind-down-after-closed"
    ACTIVE_AFTER_CLOSED = "active-after-closed"
    TAKEN_DOWN_TOO_EARLY = "taken-down-too-early"
    GUIDANCE_DATE_MISSING = "guidance-date-missing"
    CLOSED_BEFORE_GATHERING = "closed-before-gathering"
    PLACEMENT_FORBIDDEN = "placement-forbidden"
    DEADLINE_AFTER_START = "deadline-after-start"
    OPENING_AFTER_DEADLINE = "opening-after-deadline"
    REGISTRATION_WITHOUT_DEADLINE = "registration-without-deadline"
    REGISTRATION_WITHOUT_LINK = "registration-without-link"
    REGISTRATION_WITHOUT_EMAIL = "registration-without-email"
    REGISTRATION_WITHOUT_PAGES = "registration-without-pages"
    REGISTRATION_IN_USE = "registration-in-use"
    OCCURRENCE_IN_USE = "occurrence-in-use"
    OCCURRENCE_UNTOLD = "occurrence-untold"
    QUESTION_WITHOUT_CHOICES = "question-without-choices"
    QUESTION_TWICE = "question-twice"
    QUESTIONS_TOO_MANY = "questions-too-many"
    CHOICE_TWICE = "choice-twice"
    CHOICES_DO_NOT_CORRESPOND = "choices-do-not-correspond"
    LINK_WITHOUT_SCHEME = "link-without-scheme"
    OCCURRENCE_MISSING = "occurrence-missing"
    OCCURRENCE_TWICE = "occurrence-twice"
    LIFECYCLE_FORBIDS_START = "lifecycle-forbids-start"
    PRESENTATION_WITHOUT_CONTENT = "presentation-without-content"
    PRESENTATION_PLACE_UNKNOWN = "presentation-place-unknown"
    RESOURCE_WITHOUT_CONTENT = "resource-without-content"
    LINK_WITHOUT_TARGET = "link-without-target"
    LINK_WITHOUT_TEXT = "link-without-text"
    WRONG_PAGE_TYPE = "wrong-page-type"
    ORGANISATION_NUMBER_INVALID = "organisation-number-invalid"
    MUNICIPALITY_NUMBER_INVALID = "municipality-number-invalid"
    FRONTEND_INVALID = "frontend-invalid"
    FRONTEND_WITH_QUERY = "frontend-with-query"
    FRONTEND_NOT_SECURE = "frontend-not-secure"
    FRONTEND_WITHOUT_ADDRESS = "frontend-without-address"
    ORIGIN_WITH_PATH = "origin-with-path"


@dataclass(frozen=True)
class Broken:
    """A rule that was broken: which one, in which field, and what the message needs to say so.

    ``field`` is the field where an editor would mend it. ``relation`` and ``index`` place it in a row
    of an inline panel, where it belongs to one.
    """

    rule: Rule
    field: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    relation: str = ""
    index: int = 0
