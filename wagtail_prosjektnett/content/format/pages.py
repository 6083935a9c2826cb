"""The pages of a content file. Field names are those of the models."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_serializer

from wagtail_prosjektnett.content.format.records import PrivacyItem
from wagtail_prosjektnett.content.format.values import (
    Clock,
    Day,
    Identified,
    Item,
    Key,
    Language,
    Moment,
    Ref,
    Slug,
    Stream,
    Title,
)
from wagtail_prosjektnett.domain.dates import Precision, Season
from wagtail_prosjektnett.domain.lifecycle import GuidanceKind
from wagtail_prosjektnett.domain.occurrences import Availability, Decision, RegistrationMethod
from wagtail_prosjektnett.domain.registration import QuestionKind
from wagtail_prosjektnett.domain.review import MOST_MONTHS


class MemberItem(Item):
    """An organisation that takes part."""

    organisation: Key | None = None
    role: Literal["owner", "partner", "member", "funder"] = "member"
    takes_part_from: Day = None
    takes_part_to: Day = None


class ContactItem(Item):
    """A contact person of a page."""

    person: Ref | None = None
    role: Literal["leader", "contact", "feedback"] = "contact"


class TreeItem(Identified):
    """What every page has, of whatever type.

    ``type`` names the page model where the site has several for its role, and ``fields`` holds what that
    model has besides what the format knows. A page says what readers see of it, or what its newest draft says if they
    see nothing; ``scheduled`` and ``draft`` are the versions that are to come.
    """

    title: Title
    slug: Slug | None = None
    seo_title: str = Field("", max_length=255)
    search_description: str = ""
    show_in_menus: bool = False
    go_live_at: Moment = None
    expire_at: Moment = None
    language: Language | None = None
    type: str | None = None
    fields: dict[str, Any] | None = None
    live: bool = True
    alias: bool = False
    first_published_at: Moment = None
    last_published_at: Moment = None
    privacy: list[PrivacyItem] = []
    scheduled: Self | None = None
    draft: Self | None = None
    translations: list[Self] = []
    order: list[Key] = []
    pages: list["OtherItem"] = []


class OtherItem(TreeItem):
    """A page of a type of the site's own."""

    type: str


class PageItem(TreeItem):
    """What every page of ours has."""

    published_on: Day = None
    changed_on: Day = None
    lead: str = ""
    image: Key | None = None
    body: Stream = []


class OccurrenceItem(Identified):
    """A time and place."""

    name: str = Field("", max_length=100)
    start_date: Day = None
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


class QuestionItem(Identified):
    """A question of the form on which one signs up; the choices stand one on each line."""

    label: str = Field("", max_length=200)
    help_text: str = Field("", max_length=300)
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = False
    options: str = Field("", max_length=2000)


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
    occurrences: list[OccurrenceItem] = []
    programme: Stream = []
    registration_method: RegistrationMethod = RegistrationMethod.NONE
    registration_link: str = ""
    registration_email: str = ""
    registration_opens: Day = None
    registration_deadline: Day = None
    registration_waiting_list: bool = True
    registration_confirmation: bool = False
    registration_needs: bool = False
    registration_kept_days: int | None = Field(None, ge=0, le=36_500)
    questions: list[QuestionItem] = []
    contacts: list[ContactItem] = []
    presentations: list[PresentationItem] = []
    survey_link: str = ""
    evaluation_summary: str = ""
    evaluation_outcome: str = ""


class AnnouncementItem(PageItem):
    """An announcement."""

    category: str = ""
    related_gathering: Ref | None = None
    featured: bool = False
    correction: str = ""


class RelatedItem(Item):
    """A page to read next, written as its key alone."""

    related: Ref

    @model_serializer
    def _write(self) -> str:
        return self.related


def _read_related(value: Any) -> Any:
    return {"related": value} if isinstance(value, str) else value


class ExperienceItem(PageItem):
    """An article of the experience base."""

    kind: Literal["lesson", "guide", "template", "example", "link"] = "lesson"
    phases: list[Ref] = []
    topics: list[Ref] = []
    municipality: Key | None = None
    lessons: Stream = []
    resources: Stream = []
    source_gathering: Ref | None = None
    responsible: Ref | None = None
    last_reviewed: Day = None
    next_review: Day = None
    review_months: int | None = Field(None, ge=0, le=MOST_MONTHS)
    related_pages: list[Annotated[RelatedItem, BeforeValidator(_read_related, json_schema_input_type=Ref)]] = []


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
    taken_down_from: Day = None
    guidance_kind: GuidanceKind = GuidanceKind.NONE
    guidance_until: Day = None
    guidance_how: str = ""
    banner_heading: str = Field("", max_length=200)
    banner_text: str = ""
    successor_link: str = ""
    successor_title: str = Field("", max_length=200)
    members: list[MemberItem] = []
    contacts: list[ContactItem] = []
