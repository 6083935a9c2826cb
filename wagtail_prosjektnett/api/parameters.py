"""The query parameters of our API. Each is checked before anything is read; none is ever ignored."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any

from django.conf import settings
from ninja import Path, Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from wagtail_prosjektnett.domain.dates import EARLIEST_YEAR, LATEST_YEAR, Season
from wagtail_prosjektnett.domain.occurrences import EventStatus, RegistrationStatus
from wagtail_prosjektnett.pages.experience import ExperienceKind
from wagtail_prosjektnett.pages.search import ArticleOrder, SearchOrder

#: The largest id that every database of ours can hold.
LARGEST = 2**31 - 1
DEFAULT_LIMIT = 20
LONGEST_TEXT = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: RFC 3339, without the second that leap seconds add, in years that dates of ours may have.
_INSTANT = (
    "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
    "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
_AN_INSTANT = "2026-11-23T11:00:00Z"
_WHOLE = re.compile(r"-?\d{1,20}", re.ASCII)


def largest_limit() -> int | None:
    """Return how many items a list may have at most (``WAGTAILAPI_LIMIT_MAX``); None where there is no bound."""
    return getattr(settings, "WAGTAILAPI_LIMIT_MAX", DEFAULT_LIMIT)


def _bounded(limit: int) -> int:
    most = largest_limit()
    if most is not None and limit > most:
        raise PydanticCustomError("less_than_equal", "Input should be less than or equal to {le}", {"le": most})
    return limit


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise PydanticCustomError("int_parsing", "Input should be a whole number in digits")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "Input should be a date as YYYY-MM-DD")
    return value


def _instant(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(_INSTANT, value):
        raise PydanticCustomError(
            "datetime_parsing", "Input should be an instant as {example}", {"example": _AN_INSTANT}
        )
    return value


def _in_utc(instant: datetime) -> datetime:
    """Return an instant in UTC: PostgreSQL knows no offset of 16 hours or more."""
    return instant.astimezone(UTC)


def _clean(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("nul", "Input should have no NUL character")
    if "\ufffd" in text:  # this stands for what could not be decoded
        raise PydanticCustomError("encoding", "Input should be percent-encoded UTF-8")
    return text


def _language(code: str) -> str:
    known = {name.lower(): name for name, _label in settings.LANGUAGES}
    if code.lower() not in known:
        raise PydanticCustomError("language", "Input should be one of {codes}", {"codes": ", ".join(known.values())})
    return known[code.lower()]


def _values(choices: type[Enum]) -> WithJsonSchema:
    """Return the values of a choice for the document; without it, the words of the enum replace the parameter's."""
    return WithJsonSchema({"type": "string", "enum": [choice.value for choice in choices]})


def _without_null(schema: dict[str, Any]) -> None:
    """Take null out of the document: a parameter may be left out, but a query string has no way to say null."""
    for name, value in schema["properties"].items():
        types = [each for each in value.pop("anyOf", ()) if each != {"type": "null"}]
        schema["properties"][name] = {**(types[0] if types else {}), **value}


# What a value must be comes first, so that the OpenAPI document says it in the words of JSON Schema.
Id = Annotated[int, Field(ge=1, le=LARGEST), BeforeValidator(_whole)]
PageId = Annotated[Id, Path(description="The id of a page, as lists and references tell it.")]
Offset = Annotated[int, Field(ge=0, le=LARGEST), BeforeValidator(_whole)]
#: The site may change its bound while it runs, as tests do; the document has the one from when it was started.
Limit = Annotated[
    int,
    Field(ge=1, json_schema_extra={"maximum": largest_limit() or LARGEST}),
    BeforeValidator(_whole),
    AfterValidator(_bounded),
]
Year = Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR), BeforeValidator(_whole)]
Day = Annotated[
    date,
    Field(
        ge=date(EARLIEST_YEAR, 1, 1),
        le=date(LATEST_YEAR, 12, 31),
        json_schema_extra={"pattern": "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"},
    ),
    BeforeValidator(_day),
]
Instant = Annotated[
    AwareDatetime,
    Field(json_schema_extra={"pattern": _INSTANT}),
    BeforeValidator(_instant),
    AfterValidator(_in_utc),
]
Clean = Annotated[str, Field(json_schema_extra={"pattern": "^[^\\u0000\\uFFFD]*$"}), AfterValidator(_clean)]
Text = Annotated[Clean, Field(min_length=1, max_length=LONGEST_TEXT)]
MunicipalityNumber = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
#: The document names the languages that the site had when it was started; a request may write them in any case.
Language = Annotated[
    str,
    Field(json_schema_extra={"enum": [code for code, _label in settings.LANGUAGES]}),
    AfterValidator(_language),
]


class Parameters(Schema):
    """What every request may have."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_null)

    locale: Language | None = Field(
        None,
        description="The language of labels, in place of Accept-Language. In a site with several languages, "
        "a list has only pages in it.",
        json_schema_extra={"example": "nb"},
    )


class ListParameters(Parameters):
    """What every list may be asked for."""

    limit: Limit | None = Field(None, description="How many items, at most; the site sets the largest number.")
    offset: Offset = Field(0, description="How many items to leave out first.")

    @property
    def size(self) -> int:
        """How many items to give at most."""
        return self.limit or min(DEFAULT_LIMIT, largest_limit() or DEFAULT_LIMIT)


class ChangesParameters(ListParameters):
    """What a list may be asked for that a frontend can keep a copy of."""

    changed_since: Instant | None = Field(
        None,
        description="Only what tells something new since this instant, and in `removed` what is gone. "
        "Give the `as_of` of the last answer.",
        json_schema_extra={"example": _AN_INSTANT},
    )


class NetworkItemsParameters(ChangesParameters):
    """What every list of the pages of networks may be asked for."""

    network: Id | None = Field(None, description="The id of a network: only pages below it.")


class GatheringParameters(NetworkItemsParameters):
    """The filters of gatherings. Those for dates and places are for one and the same time and place."""

    event_status: list[EventStatus] = Field([], description="One of these; may be repeated.")
    registration_status: list[RegistrationStatus] = Field([], description="One of these; may be repeated.")
    season: Annotated[Season, _values(Season)] | None = Field(None, description="Spring is January to June.")
    year: Year | None = Field(None, description="The year of the first time and place.")
    municipality: MunicipalityNumber | None = Field(
        None, description="A municipality number.", json_schema_extra={"example": "5601"}
    )
    region: Text | None = Field(None, description="The name of a time and place, as its editor wrote it.")
    from_: Day | None = Field(
        None, alias="from", description="The first day that it may take place on, such as 2026-11-23."
    )
    to: Day | None = Field(None, description="The last day that it may take place on, such as 2026-11-23.")
    latest_first: bool = Field(False, description="Whether to turn the order round.")


class AnnouncementParameters(NetworkItemsParameters):
    """The filters of news."""

    category: Text | None = Field(None, description="The value of a category of the site.")
    year: Year | None = Field(None, description="The year of the day that a piece of news shows as published.")
    gathering: Id | None = Field(None, description="The id of a gathering: only news about it.")


class ExperienceParameters(NetworkItemsParameters):
    """The filters of the experience base."""

    q: Text | None = Field(None, description="Words to search for, in the whole text.")
    order: Annotated[ArticleOrder, _values(ArticleOrder)] | None = Field(
        None,
        description="The order: of a search by relevance if left out, else newest first. By most_used, those come "
        "first that most readers have used, and then those that were of help to most.",
    )
    kind: Annotated[ExperienceKind, _values(ExperienceKind)] | None = Field(
        None, description="What sort of article it is."
    )
    topic: Id | None = Field(None, description="The id of a topic, in any language.")
    phase: Id | None = Field(None, description="The id of a project phase, in any language.")
    municipality: MunicipalityNumber | None = Field(
        None, description="A municipality number.", json_schema_extra={"example": "5601"}
    )
    year: Year | None = Field(None, description="The year of the day that an article shows as published.")
    source_gathering: Id | None = Field(
        None, description="The id of a gathering: only articles from it, in any language."
    )


class SearchParameters(ListParameters):
    """A search over pages of all types."""

    network: Id | None = Field(None, description="The id of a network: only pages below it.")
    q: Text = Field(
        description="Words to search for, in the whole text.", json_schema_extra={"example": "gevinstrealisering"}
    )
    order: Annotated[SearchOrder, _values(SearchOrder)] | None = Field(
        None, description="The order of what is found, by relevance if left out."
    )


class AddressParameters(Parameters):
    """A public address of the site."""

    html_path: Annotated[Clean, Field(min_length=1, max_length=2000)] = Field(
        description="The path of a page as a reader sees it.", json_schema_extra={"example": "/nettverket/samlinger/"}
    )
