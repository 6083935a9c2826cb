"""What our API answers about registrations: the types of the OpenAPI document."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from wagtail_prosjektnett.api.schemas import OccurrenceData, OfNetworkData
from wagtail_prosjektnett.domain.registration import QuestionKind, RegistrationState
from wagtail_prosjektnett.pages.occurrence import RegistrationStatusData
from wagtail_prosjektnett.references import HtmlText, MunicipalityData, OrganisationData, PageData


class OptionData(TypedDict):
    """A choice: what is sent, and the reader's words for it."""

    value: str
    label: str


class QuestionData(TypedDict):
    """A question of the gathering, in the language of its page; ``options`` are empty unless it is a choice."""

    uid: UUID
    kind: QuestionKind
    label: str
    help_text: str
    required: bool
    options: list[OptionData]


class RegistrationFormData(OfNetworkData):
    """All that a form needs to be shown: where one can come, what is asked, and what is told beforehand.

    ``schema`` is a JSON Schema (2020-12) of what is to be sent, for this gathering at this moment.
    ``asks_for_confirmation`` is whether a seat is kept for a day only, until its owner confirms the address by mail.
    """

    gathering: PageData
    language: str
    registration_status: RegistrationStatusData
    registration_opens: date | None
    registration_deadline: date | None
    has_waiting_list: bool
    asks_for_confirmation: bool
    asks_for_needs: bool
    most_participants: int
    occurrences: list[OccurrenceData]
    questions: list[QuestionData]
    municipalities: list[MunicipalityData]
    privacy_notice: HtmlText
    schema: dict[str, Any]


class StateData(TypedDict):
    """What somebody has got: a value that never changes, and the reader's words for it."""

    value: RegistrationState
    label: str


class SignedUpData(TypedDict):
    """What those who sign up get, in the order in which they were sent.

    Whoever is signed up already is told the same as a new one would be; what became of it stands in the mail.
    ``must_confirm`` is whether seats are kept for a day only, until their owners confirm the address by mail.
    """

    states: list[StateData]
    must_confirm: bool


class KeptStateData(TypedDict):
    """What a registration is now."""

    state: StateData


class KeptNeedsData(TypedDict):
    """What somebody needs to eat and to take part."""

    dietary: str
    access: str


class RegistrationData(TypedDict):
    """A registration as its owner sees it.

    ``place_in_queue`` is how many have to move up until it is its turn, itself counted; null unless it waits.
    ``confirm_by`` is when it ends unless the address is confirmed before; null where that is done. ``online_address``
    is empty without a seat. ``gathering`` and ``occurrence`` are null while the page is not published.
    """

    state: StateData
    place_in_queue: int | None
    confirm_by: datetime | None
    gathering: PageData | None
    occurrence: OccurrenceData | None
    online_address: str
    name: str
    email: str
    municipality: OrganisationData | None
    organisation_name: str
    role: str
    comment: str
    answers: dict[str, str | bool | None]
    needs: KeptNeedsData | None
    signed_up_by: str
