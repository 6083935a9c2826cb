"""The parts of a content file that are not pages."""

from typing import Any, Literal

from pydantic import Field

from wagtail_prosjektnett.content.format.values import Day, Identified, Item, Key, Language, Title


class NameItem(Item):
    """One of an organisation's names."""

    name: Title
    language: str = Field(max_length=10)


class OrganisationItem(Identified):
    """An organisation."""

    name: Title
    kind: Literal["municipality", "county", "county_governor", "state", "other"] = "other"
    names: list[NameItem] = []
    organisation_number: str = ""
    municipality_number: str = ""
    valid_from: Day = None
    valid_to: Day = None
    website: str = ""


class PersonContent(Item):
    """What is told of a contact person in one language."""

    name: Title
    title: str = ""
    organisation: Key | None = None
    email: str = ""
    phone: str = ""


class PersonTranslation(PersonContent):
    """A contact person in another language."""

    language: Language


class PersonItem(Identified, PersonContent):
    """A contact person."""

    language: Language | None = None
    translations: list[PersonTranslation] = []


class TopicContent(Item):
    """A topic in one language."""

    name: Title


class TopicTranslation(TopicContent):
    """A topic in another language."""

    language: Language


class TopicItem(Identified, TopicContent):
    """A topic."""

    language: Language | None = None
    translations: list[TopicTranslation] = []


class PhaseContent(Item):
    """A project phase in one language."""

    name: Title
    description: str = ""
    sort_order: int = Field(ge=0, le=1000)


class PhaseTranslation(PhaseContent):
    """A project phase in another language."""

    language: Language


class PhaseItem(Identified, PhaseContent):
    """A project phase, for a site that does not use the six that come with the package."""

    language: Language | None = None
    translations: list[PhaseTranslation] = []


class PrivacyItem(Item):
    """Who may see something: those who are logged in, who know a password, or who are in one of some groups."""

    kind: Literal["login", "password", "groups"]
    password: str = ""
    groups: list[str] = []


class FileItem(Identified):
    """A document: a file beside the content file.

    ``fields`` holds what the site's own document model has besides.
    """

    file: str
    title: Title
    tags: list[str] = []
    privacy: list[PrivacyItem] = []
    fields: dict[str, Any] | None = None


class FocalPoint(Item):
    """The part of an image that must not be cut away: its middle and its size, in pixels."""

    x: int = Field(ge=0)
    y: int = Field(ge=0)
    width: int = Field(ge=0)
    height: int = Field(ge=0)


class ImageItem(FileItem):
    """An image, with a description for those who do not see it."""

    alt: str = ""
    focal_point: FocalPoint | None = None


class RedirectItem(Item):
    """An old address that leads to a page.

    An address that starts with ``./`` is below the network, wherever the network comes to stand.
    """

    old_path: str = Field(min_length=1, max_length=255)
    page: Key
    language: Language | None = None
    route_path: str = Field("", max_length=255)
    permanent: bool = True
    automatic: bool = False
    every_site: bool = False

    @property
    def ref(self) -> str:
        """The page, as the rest of a file refers to it."""
        return f"{self.page}@{self.language}" if self.language else self.page
