"""The format of a content file: one network with all that belongs to it.

``docs/reference/content-format.md`` describes it for those who write files. Everything that something else refers
to has a *key*, which stays the same for ever: loading a file again finds what was loaded before by it. A file that
``dump_network`` wrote has *uids* besides, by which the same things are known on every site.
"""

from typing import Literal

from wagtail_prosjektnett.content.format.pages import (
    AnnouncementItem,
    AnnouncementSection,
    ExperienceItem,
    ExperienceSection,
    GatheringItem,
    GatheringSection,
    NetworkItem,
    OccurrenceItem,
    OtherItem,
    PageItem,
    TreeItem,
)
from wagtail_prosjektnett.content.format.records import (
    FileItem,
    ImageItem,
    OrganisationItem,
    PersonItem,
    PhaseItem,
    PrivacyItem,
    RedirectItem,
    TopicItem,
)
from wagtail_prosjektnett.content.format.values import Identified, Item, Language

__all__ = [
    "FORMAT", "VERSION", "AnnouncementItem", "AnnouncementSection", "ExperienceItem", "ExperienceSection", "FileItem",
    "GatheringItem", "GatheringSection", "Identified", "ImageItem", "Item", "NetworkFile", "NetworkItem",
    "OccurrenceItem", "OrganisationItem", "OtherItem", "PageItem", "PersonItem", "PhaseItem", "PrivacyItem",
    "RedirectItem", "TopicItem", "TreeItem",
]  # fmt: skip

FORMAT = "prosjektnett"
VERSION = "1"


class NetworkFile(Item):
    """A whole content file."""

    format: Literal["prosjektnett"]
    version: Literal["1"]
    language: Language = "nb"
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
    redirects: list[RedirectItem] = []
