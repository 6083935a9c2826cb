"""What the lists of our API look like: the types of the OpenAPI document."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict

from wagtail_prosjektnett.api.schemas import (
    AnnouncementData,
    ExperienceData,
    GatheringData,
    NetworkData,
    OfNetworkData,
    ReferenceData,
)
from wagtail_prosjektnett.pages.article_facets import FacetsData
from wagtail_prosjektnett.pages.feedback import CommentData, FeedbackNumbersData
from wagtail_prosjektnett.pages.synchronising import RemovedData


class ListData(TypedDict):
    """A part of a list: ``count`` is how many items the whole list has."""

    count: int
    limit: int
    offset: int


class ChangingListData(ListData):
    """A part of a list that a frontend can keep a copy of.

    ``as_of`` is what to give as ``changed_since`` the next time. ``removed`` are the pages that a copy should no
    longer have: null unless the answer is about changes, and then the same in every part of the list.
    """

    as_of: datetime
    removed: list[RemovedData] | None


class NetworkList(ChangingListData):
    """Networks by their titles."""

    items: list[NetworkData]


class GatheringList(ChangingListData):
    """Gatherings by their first start."""

    items: list[GatheringData]


class AnnouncementList(ChangingListData):
    """News: featured first, then newest first."""

    items: list[AnnouncementData]


class ExperienceList(ChangingListData):
    """Articles, newest first, with facets."""

    items: list[ExperienceData]
    facets: FacetsData


class FeedbackList(ListData, OfNetworkData):
    """What readers have written, newest first, with the numbers of all that was said."""

    numbers: FeedbackNumbersData
    items: list[CommentData]


class SearchList(ListData):
    """Pages of a network, of any type, that match a search, the best match first."""

    items: list[ReferenceData]
