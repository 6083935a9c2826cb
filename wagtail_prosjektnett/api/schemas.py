"""What the answers of our API look like: the types of the OpenAPI document.

They are made when a site's ``urls.py`` imports the router: by then all apps have registered their blocks.
Instants are in the network's time zone, with its offset; an end is the first instant that does not belong.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from uuid import UUID

from typing_extensions import TypedDict

from wagtail_prosjektnett.api.block_kinds import kind_of
from wagtail_prosjektnett.domain.occurrences import RegistrationMethod
from wagtail_prosjektnett.pages.banner import NetworkBannerData
from wagtail_prosjektnett.pages.experience import ExperienceKind, TermData
from wagtail_prosjektnett.pages.feedback import CommentData, FeedbackNumbersData
from wagtail_prosjektnett.pages.gathering import SeasonData
from wagtail_prosjektnett.pages.network import LifecycleData
from wagtail_prosjektnett.pages.occurrence import EventStatusData, LocationData, RegistrationStatusData, WhenData
from wagtail_prosjektnett.pages.seats import SeatsData
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.references import (
    DocumentData,
    HtmlText,
    ImageData,
    OrganisationData,
    PageData,
    PersonData,
    SectionData,
)


def stream_type(role: PageRole, field: str) -> Any:
    """Return the type of the blocks in a StreamField of the site's page with a role, the site's own included."""
    model = page_model(role)
    if model is None:
        return list[Any]
    block = model._meta.get_field(field).stream_block
    return kind_of(block).type_of(block, field.capitalize())


if TYPE_CHECKING:
    Blocks: TypeAlias = list[dict[str, Any]]
    Body: TypeAlias = Blocks
    Programme: TypeAlias = Blocks
    Lessons: TypeAlias = Blocks
    Resources: TypeAlias = Blocks
else:
    Body = stream_type(PageRole.NETWORK, "body")
    Programme = stream_type(PageRole.GATHERING, "programme")
    Lessons = stream_type(PageRole.EXPERIENCE, "lessons")
    Resources = stream_type(PageRole.EXPERIENCE, "resources")


class TranslationData(TypedDict):
    """The same page in another language: a BCP 47 tag, and the language's own name for itself."""

    id: int
    title: str
    url: str | None
    language: str
    name: str


class OfNetworkData(TypedDict):
    """What every answer about something of a network tells of that: which it is, and whether it is being wound down."""

    network: PageData | None
    lifecycle: LifecycleData | None
    network_banner: NetworkBannerData | None


class ReferenceData(OfNetworkData):
    """What is told of a page of any type: where it is, and how its network is."""

    id: int
    type: str
    title: str
    url: str | None
    language: str


class ContentData(OfNetworkData):
    """What every page of a network has. ``published`` and ``changed`` are the dates that readers are shown."""

    id: int
    title: str
    slug: str
    url: str | None
    seo_title: str
    search_description: str
    language: str
    translations: list[TranslationData]
    published: date | None
    changed: date | None
    lead: str
    image: ImageData | None
    body: Body


class ContactData(TypedDict):
    """A contact person, and what they are asked about."""

    person: PersonData
    role: str
    role_label: str


class MemberData(TypedDict):
    """An organisation that takes part, in a role and a period; null where it follows the network's."""

    organisation: OrganisationData
    role: str
    role_label: str
    takes_part_from: date | None
    takes_part_to: date | None


class NetworkData(ContentData):
    """A network. ``calendar`` and ``news_feed`` are the addresses of what one can follow, null where there is none."""

    type: Literal["network"]
    period: str
    time_zone: str
    members: list[MemberData]
    contacts: list[ContactData]
    calendar: str | None
    news_feed: str | None


class OccurrenceData(TypedDict):
    """One time and place of a gathering. ``uid`` is the same in every language, and stays through changes.

    ``seats`` is null where one does not sign up on the site itself, ``calendar`` (a file) where the day is not known.
    """

    uid: UUID
    name: str
    when: WhenData
    location: LocationData
    event_status: EventStatusData
    registration_status: RegistrationStatusData
    capacity: int | None
    seats: SeatsData | None
    registration_deadline: date | None
    calendar: str | None


class PresentationData(TypedDict):
    """A presentation; ``occurrence_uid`` is null where it was held everywhere."""

    title: str
    speaker: str
    occurrence_uid: UUID | None
    document: DocumentData | None
    link: str
    accessible: bool


class GatheringData(ContentData):
    """A gathering. Its statuses sum up those of its occurrences; ``next_change`` is when one of them changes.

    ``registration_form`` is the address of the form on the site itself, ``calendar`` that of a calendar with all
    occurrences; they are null where there is none.
    """

    type: Literal["gathering"]
    event_status: EventStatusData
    registration_status: RegistrationStatusData
    next_change: datetime | None
    season_of: SeasonData | None
    occurrences: list[OccurrenceData]
    target_audience: str
    programme: Programme
    registration_method: RegistrationMethod
    registration_link: str
    registration_email: str
    registration_opens: date | None
    registration_deadline: date | None
    registration_waiting_list: bool
    registration_confirmation: bool
    registration_needs: bool
    registration_form: str | None
    contacts: list[ContactData]
    presentations: list[PresentationData]
    survey_link: str
    evaluation_summary: HtmlText
    evaluation_outcome: HtmlText
    calendar: str | None


class AnnouncementData(ContentData):
    """A piece of news."""

    type: Literal["announcement"]
    category: str
    category_label: str
    featured: bool
    correction: HtmlText
    related_gathering: PageData | None


class ArticleData(ContentData):
    """An article of the experience base, without what readers say of it."""

    type: Literal["experience"]
    kind: ExperienceKind
    kind_label: str
    phases: list[TermData]
    topics: list[TermData]
    municipality: OrganisationData | None
    lessons: Lessons
    resources: Resources
    source_gathering: PageData | None
    responsible: PersonData | None
    last_reviewed: date | None
    next_review: date | None
    review_months: int | None
    review_due: date | None
    related: list[PageData]


class ExperienceData(ArticleData):
    """An article of the experience base, with what readers say of it in numbers."""

    feedback: FeedbackNumbersData


class FeedbackData(FeedbackNumbersData):
    """What readers say of an article: numbers, and the newest twenty of its ``comment_count`` comments."""

    comments: list[CommentData]
    comment_count: int


class ExperiencePageData(ArticleData):
    """An article of the experience base, with what readers say of it."""

    feedback: FeedbackData


class NetworkPageData(TypedDict):
    """All that the landing page of a network shows, each part with at most ten items."""

    network: NetworkData
    sections: list[SectionData]
    upcoming_gatherings: list[GatheringData]
    held_gatherings: list[GatheringData]
    announcements: list[AnnouncementData]
    experiences: list[ExperienceData]


#: A draft, as the endpoint of its type would tell it once published; one that was never saved has the id 0.
DraftData: TypeAlias = NetworkPageData | GatheringData | AnnouncementData | ExperiencePageData


class RedirectData(TypedDict):
    """A redirect that an editor has made: its target, and whether the old address is gone for good."""

    url: str
    is_permanent: bool


class ResolvedData(TypedDict):
    """What an address of the site leads to: a page, or by a redirect to a page or an address elsewhere."""

    page: ReferenceData | None
    redirect: RedirectData | None
