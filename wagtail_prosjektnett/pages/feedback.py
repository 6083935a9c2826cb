"""What readers see of what others have said: numbers of many pages with one query, and the comments of one.

Nothing counts, and nothing is told, before an editor has decided to show it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import swapper
from django.db.models import BigIntegerField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from typing_extensions import TypedDict

from wagtail_prosjektnett.domain.feedback import FeedbackRefusal
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.aliases import key_of_source, keys_of_sources, source_of_alias, with_aliases
from wagtail_prosjektnett.pages.feedback_sources import ROLES
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.placement import lifecycle_of
from wagtail_prosjektnett.references import MunicipalityData

#: What feedback on a page with a role is about.
ABOUT = {role: about for about, role in ROLES.items()}

#: What one use counts in ``usage``: more than there are readers who find an article helpful.
ONE_USE = 1_000_000
_HAS_WORDS = ~Q(comment="") | ~Q(reply="")


class FeedbackNumbersData(TypedDict):
    """What readers have said, counted: only what an editor has decided to show.

    ``used`` is how many have said that they used it; ``municipalities`` are those of them that were named, each once.
    """

    helpful_yes: int
    helpful_no: int
    used: int
    municipalities: list[MunicipalityData]


class CommentData(TypedDict):
    """What one reader has written, and the editor's reply; ``helpful`` is null for who has not said.

    ``language`` is that of the page it was written on; empty where only the reply is left. Nothing tells who wrote it.
    """

    written: datetime
    language: str
    helpful: bool | None
    used: bool
    municipality: MunicipalityData | None
    comment: str
    reply: str
    replied: datetime | None


@dataclass(frozen=True)
class Numbers:
    """What readers have said of a page, counted; ``municipalities`` are the keys, numbers and names, by the names.

    ``comments`` is how many of them have written something, or been replied to.
    """

    helpful_yes: int = 0
    helpful_no: int = 0
    used: int = 0
    municipalities: tuple[tuple[int, str, str], ...] = ()
    comments: int = 0

    @property
    def answers(self) -> int:
        """How many have said whether it was of help."""
        return self.helpful_yes + self.helpful_no

    @property
    def data(self) -> FeedbackNumbersData:
        """The numbers as the APIs tell them."""
        return {
            "helpful_yes": self.helpful_yes,
            "helpful_no": self.helpful_no,
            "used": self.used,
            "municipalities": [{"number": number, "name": name} for _pk, number, name in self.municipalities],
        }


def refusal_of(page: Any, at: datetime) -> FeedbackRefusal | None:
    """Return why no feedback on a page is taken at an aware instant, or None where it is."""
    permits = lifecycle_of(page.network).state(at).permits
    return None if permits.feedback else FeedbackRefusal.NETWORK_CLOSED


def today(page: Any, at: datetime) -> date:
    """Return the day of an aware instant in the time zone of a page's network."""
    return at.astimezone(lifecycle_of(page.network).tz).date()


def feedback_key(page: Any) -> Any:
    """Return the key that feedback on a page hangs on: the same in all languages, and on all aliases of the page."""
    return source_of_alias(page).translation_key


def numbers_of(pages: Iterable[Any]) -> dict[int, Numbers]:
    """Return the numbers of some pages by their ids, with one query, and more where some of them are aliases."""
    keys = keys_of_sources(pages)
    if not keys:
        return {}
    found: dict[Any, list[Any]] = defaultdict(list)
    rows = Feedback.objects.shown().filter(page_key__in=set(keys.values())).order_by()
    place = ("municipality_id", "municipality__municipality_number", "municipality__name")
    told = rows.values_list("page_key", "helpful", "used", *place)
    for key, *row in told.annotate(times=Count("pk"), written=Count("pk", filter=_HAS_WORDS)):
        found[key].append(row)
    return {pk: _counted(found[key]) for pk, key in keys.items()}


def comments_on(key: Any) -> QuerySet[Feedback]:
    """Return what readers have written about what a key stands for, and what was replied, newest first."""
    rows = Feedback.objects.shown().filter(_HAS_WORDS, page_key=key).select_related("municipality")
    return rows.order_by("-created_at", "-pk")


def comment_data(feedback: Feedback, tz: ZoneInfo) -> CommentData:
    """Return what a reader has written as the APIs tell it; instants are in a time zone."""
    place = feedback.municipality
    return {
        "written": feedback.created_at.astimezone(tz),
        "language": language_tag(feedback.language),
        "helpful": feedback.helpful,
        "used": feedback.used,
        "municipality": {"number": place.municipality_number, "name": place.name} if place else None,
        "comment": feedback.comment,
        "reply": feedback.reply,
        "replied": feedback.replied_at.astimezone(tz) if feedback.replied_at else None,
    }


def with_usage(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return pages with ``usage``, to be ordered by: how many have used each, and among equals, found it helpful.

    It is one number, so that the database looks once for what was said of each page.
    """
    said = Feedback.objects.shown().order_by().filter(page_key=OuterRef("feedback_key")).values("page_key")
    used, helpful = (Count("pk", filter=Q(**{name: True})) for name in ("used", "helpful"))
    usage = Subquery(said.annotate(usage=used * ONE_USE + helpful).values("usage"), output_field=BigIntegerField())
    return pages.alias(feedback_key=key_of_source()).annotate(usage=Coalesce(usage, 0))


def was_of_use() -> Q:
    """Return the condition on pages with ``usage`` that it is more than none: that somebody used one, or was helped."""
    said = Feedback.objects.shown().order_by().filter(Q(used=True) | Q(helpful=True))
    return Q(feedback_key__in=said.values("page_key"))


def pages_spoken_of(keys: Iterable[Any]) -> list[Any]:
    """Return the published pages that tell of the feedback that hangs on some keys: all languages, and aliases."""
    pages = swapper.load_model("wagtailcore", "Page").objects
    return [page for page in with_aliases(pages.filter(translation_key__in=list(keys))) if page.live]


def pages_that_name(municipality: Any) -> list[Any]:
    """Return the published pages of which it is told that a municipality used them, or wrote something."""
    said = Feedback.objects.shown().filter(municipality=municipality).order_by()
    return pages_spoken_of(said.values_list("page_key", flat=True).distinct())


def _counted(rows: Iterable[Any]) -> Numbers:
    yes = no = used = comments = 0
    places = set()
    for helpful, was_used, pk, number, name, times, written in rows:
        comments += written
        yes += times if helpful else 0
        no += times if helpful is False else 0
        if was_used:
            used += times
            if pk is not None:
                places.add((pk, number, name))
    return Numbers(yes, no, used, tuple(sorted(places, key=lambda place: (place[2], place[0]))), comments)
