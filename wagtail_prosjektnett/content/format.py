"""The format of a content file: one network with all that belongs to it.

``docs/reference/content-format.md`` describes it for those who write files. Field names are those of the models.
Everything that something else refers to has a *key*, which stays the same for ever: loading a file again
finds what was loaded before by it.
"""

import re
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationInfo

from wagtail_prosjektnett.domain.dates import Precision, Season
from wagtail_prosjektnett.domain.lifecycle import GuidanceKind
from wagtail_prosjektnett.domain.occurrences import Availability, Decision, RegistrationMethod

FORMAT = "prosjektnett"
VERSION = "1"

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)]
Slug = Annotated[str, StringConstraints(pattern=r"^[\w-]+$", max_length=255)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
Stream = list[Any]

_RELATIVE = re.compile(r"^today(?:\s*([+-])\s*(\d{1,4})\s*days?)?$")


def _read_day(value: Any, info: ValidationInfo) -> Any:
    """Read a date, or one relative to the day of loading: ``today + 30 days``."""
    if value == "":
        return None
    if isinstance(value, str) and (match := _RELATIVE.match(value)):
        sign, days = match.groups()
        step = timedelta(days=int(days or 0))
        today = (info.context or {}).get("today") or date.today()
        return today - step if sign == "-" else today + step
    return value


Day = Annotated[date | None, BeforeValidator(_read_day)]
RequiredDay = Annotated[date, BeforeValidator(_read_day)]
Clock = Annotated[time | None, BeforeValidator(lambda value: value or None)]


class Item(BaseModel):
    """Anything in a content file. What it does not know is an error, not ignored."""

    model_config = ConfigDict(extra="forbid")


class NameItem(Item):
    """One of an organisation's names."""

    name: Title
    language: str = Field(max_length=10)


class OrganisationItem(Item):
    """An organisation."""

    key: Key
    name: Title
    kind: Literal["municipality", "county", "county_governor", "state", "other"] = "other"
    names: list[NameItem] = []
    organisation_number: str = ""
    municipality_number: str = ""
    valid_from: Day = None
    valid_to: Day = None
    website: str = ""


class PersonItem(Item):
    """A contact person."""

    key: Key
    name: Title
    title: str = ""
    organisation: Key | None = None
    email: str = ""
    phone: str = ""


class TopicItem(Item):
    """A topic."""

    key: Key
    name: Title


class PhaseItem(Item):
    """A project phase, for a site that does not use the six that come with the package."""

    key: Key
    name: Title
    description: str = ""
    sort_order: int = Field(ge=0, le=1000)


class FileItem(Item):
    """A document: a file beside the content file."""

    key: Key
    file: str
    title: Title


class ImageItem(FileItem):
    """An image, with a description for those who do not see it."""

    alt: str = ""


class MemberItem(Item):
    """An organisation that takes part."""

    organisation: Key
    role: Literal["owner", "partner", "member", "funder"] = "member"
    takes_part_from: Day = None
    takes_part_to: Day = None


class ContactItem(Item):
    """A contact person of a page."""

    person: Key
    role: Literal["leader", "contact", "feedback"] = "contact"


class PageItem(Item):
    """What every page has."""

    key: Key
    title: Title
    slug: Slug | None = None
    seo_title: str = Field("", max_length=255)
    search_description: str = ""
    published_on: Day = None
    changed_on: Day = None
    lead: str = ""
    image: Key | None = None
    body: Stream = []


class OccurrenceItem(Item):
    """A time and place."""

    key: Key
    name: str = Field("", max_length=100)
    start_date: RequiredDay
    start_time: Clock = None
    end_date: Day = None
    end_time: Clock = None
    precision: Precision = Precision.DAY
    decision: Decision = Decision.AS_PLANNED
    place: str = Field("", max_length=200)
    address: str = Field("", max_length=300)
    municipality: Key | None = None
    online_address: str = Field("", max_length=500)
    capacity: int | None = Field(None, ge=1, le=100_000)
    registration_deadline: Day = None
    availability: Availability = Availability.AVAILABLE


class PresentationItem(Item):
    """A presentation; ``occurrence`` is the key of a time and place, or nothing for all."""

    title: Title
    speaker: str = Field("", max_length=255)
    occurrence: Key | None = None
    document: Key | None = None
    link: str = ""
    accessible: bool = False


class GatheringItem(PageItem):
    """A gathering."""

    season: Season | Literal[""] = ""
    target_audience: str = Field("", max_length=255)
    occurrences: list[OccurrenceItem] = Field(min_length=1)
    programme: Stream = []
    registration_method: RegistrationMethod = RegistrationMethod.NONE
    registration_link: str = ""
    registration_email: str = ""
    registration_opens: Day = None
    registration_deadline: Day = None
    contacts: list[ContactItem] = []
    presentations: list[PresentationItem] = []
    survey_link: str = ""
    evaluation_summary: str = ""
    evaluation_outcome: str = ""


class AnnouncementItem(PageItem):
    """An announcement."""

    category: str = ""
    related_gathering: Key | None = None
    featured: bool = False
    correction: str = ""


class RelatedItem(Item):
    """A page to read next, written as its key alone."""

    related: Key


def _read_related(value: Any) -> Any:
    return {"related": value} if isinstance(value, str) else value


class ExperienceItem(PageItem):
    """An article of the experience base."""

    kind: Literal["lesson", "guide", "template", "example", "link"] = "lesson"
    phases: list[Key] = []
    topics: list[Key] = []
    municipality: Key | None = None
    lessons: Stream = []
    resources: Stream = []
    source_gathering: Key | None = None
    responsible: Key | None = None
    last_reviewed: Day = None
    next_review: Day = None
    related_pages: list[Annotated[RelatedItem, BeforeValidator(_read_related)]] = []


class GatheringSection(PageItem):
    """The gatherings."""

    items: list[GatheringItem] = []


class AnnouncementSection(PageItem):
    """The announcements."""

    items: list[AnnouncementItem] = []


class ExperienceSection(PageItem):
    """The experience base."""

    items: list[ExperienceItem] = []


class NetworkItem(PageItem):
    """The network itself."""

    period: str = Field("", max_length=100)
    time_zone: str = "Europe/Oslo"
    active_from: Day = None
    wind_down_from: Day = None
    closed_from: Day = None
    guidance_kind: GuidanceKind = GuidanceKind.NONE
    guidance_until: Day = None
    guidance_how: str = ""
    banner_heading: str = Field("", max_length=200)
    banner_text: str = ""
    successor_link: str = ""
    successor_title: str = Field("", max_length=200)
    members: list[MemberItem] = []
    contacts: list[ContactItem] = []


class NetworkFile(Item):
    """A whole content file."""

    format: Literal["prosjektnett"]
    version: Literal["1"]
    language: str = "nb"
    organisations: list[OrganisationItem] = []
    people: list[PersonItem] = []
    topics: list[TopicItem] = []
    phases: list[PhaseItem] = []
    images: list[ImageItem] = []
    documents: list[FileItem] = []
    network: NetworkItem
    gatherings: GatheringSection | None = None
    announcements: AnnouncementSection | None = None
    experiences: ExperienceSection | None = None
