"""The domain's rules applied to a content file."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import GatheringItem, NetworkFile, NetworkItem, OccurrenceItem
from wagtail_prosjektnett.content.keys import identity, occurrence_uid, pages_with_keys
from wagtail_prosjektnett.content.references import PAGE
from wagtail_prosjektnett.content.walk import Place, pages_of, versions_of
from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.errors import Broken
from wagtail_prosjektnett.domain.gatherings import GatheringPlan, OccurrencePlan, PresentationPlan, SignedUp
from wagtail_prosjektnett.domain.lifecycle import Guidance, Lifecycle
from wagtail_prosjektnett.domain.questions import QuestionPlan, listed_choices
from wagtail_prosjektnett.pages import registration_links
from wagtail_prosjektnett.pages.placement import left_behind, publication
from wagtail_prosjektnett.pages.plans import published_occurrences
from wagtail_prosjektnett.pages.signed_up import signed_up
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.wording.rules import rule_message

#: The names of fields in a file where they differ from the model's.
FIELD_NAMES = {"occurrence_uid": "occurrence"}


def problems(file: NetworkFile, tz: ZoneInfo, at: datetime) -> Iterator[Problem]:
    """Yield a problem for each broken rule of the network and its gatherings."""
    lifecycle = lifecycle_of(file.network, tz)
    guidance = Guidance(tz, file.network.guidance_kind, file.network.guidance_until)
    for broken in (*lifecycle.broken(), *guidance.broken()):
        yield _problem(broken, ("network",))
    gatherings = [place for place in pages_of(file) if isinstance(place.item, GatheringItem) and not place.item.alias]
    plans = _Plans(file.network, lifecycle, at, gatherings)
    for place in gatherings:
        for path, version in versions_of(place):
            if version.live and path[-1] != "draft":
                yield from (_problem(broken, path) for broken in plans.plan(place, version).broken(complete=True))
    yield from plans.left_behind({plans.key(place) for place in gatherings})


def lifecycle_of(network: NetworkItem, tz: ZoneInfo) -> Lifecycle:
    """Return the dates of a network's life as the file gives them."""
    return Lifecycle(tz, network.active_from, network.wind_down_from, network.closed_from, network.taken_down_from)


class _Plans:
    """The gatherings of a file as the domain sees them, with what the site knows of them already."""

    def __init__(self, network: NetworkItem, lifecycle: Lifecycle, at: datetime, places: Iterable[Place]) -> None:
        self.item = network
        self.lifecycle = lifecycle
        self.at = at
        key = identity(PAGE, network, network.key)
        self.network = _existing(PageRole.NETWORK, [key]).get(key)
        self.gatherings = _existing(PageRole.GATHERING, [self.key(place) for place in places])
        self.signed_up = signed_up(self.gatherings)
        self.is_same_life = self.network is not None and self.network.lifecycle == lifecycle

    def key(self, place: Place) -> uuid.UUID:
        """Return the key that a gathering has on every site."""
        return identity(PAGE, place.main, self.item.key)

    def plan(self, place: Place, gathering: Any) -> GatheringPlan:
        """Return what the file says of a gathering as the domain sees it."""
        key = self.key(place)
        page = self.gatherings.get(key)
        first_published = gathering.first_published_at or (page.first_published_at if page else None) or self.at
        published = published_occurrences(key) if self.is_same_life else set()
        # What another site had published was announced there, in its time.
        is_known = page is None and gathering.first_published_at is not None
        return GatheringPlan(
            lifecycle=self.lifecycle,
            network=self.item.title,
            published=publication(first_published, gathering.published_on, self.lifecycle.tz),
            method=gathering.registration_method,
            link=gathering.registration_link,
            email=gathering.registration_email,
            opens=gathering.registration_opens,
            deadline=gathering.registration_deadline,
            occurrences=[
                _occurrence_plan(index, row, row.start_date, str(occurrence_uid(key, row)), published, is_known)
                for index, row in enumerate(gathering.occurrences)
                if row.start_date is not None
            ],
            presentations=[
                PresentationPlan(index, bool(row.document or row.link), row.occurrence or "")
                for index, row in enumerate(gathering.presentations)
            ],
            questions=_question_plans(place, gathering),
            signed_up=self._signed_up(place, gathering),
            has_form=registration_links.are_included(),
        )

    def _signed_up(self, place: Place, gathering: GatheringItem) -> list[SignedUp]:
        """Return who is signed up on the site; their occurrences are named as the file names them."""
        if place.is_translation:
            return []
        key = self.key(place)
        names = {str(occurrence_uid(key, row)): row.key for row in gathering.occurrences}
        return [replace(each, key=names.get(each.key, each.key)) for each in self.signed_up.get(key, [])]

    def left_behind(self, in_file: set[uuid.UUID]) -> Iterator[Problem]:
        """Yield a problem if the dates of the file forbid gatherings that are on the site only."""
        if self.network is None or self.is_same_life:
            return
        for broken in left_behind(self.network, self.lifecycle, self.at, besides=in_file):
            yield _problem(broken, ("network",))


def _existing(role: PageRole, keys: list[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Return the pages of the site that have some keys, one for each; the oldest of those in several languages."""
    model = page_model(role)
    found: dict[uuid.UUID, Any] = {}
    for page in pages_with_keys(model, keys) if model else ():
        found.setdefault(page.translation_key, page)
    return found


def _occurrence_plan(
    index: int, row: OccurrenceItem, start: date, uid: str, published: set[tuple[str, When]], is_known: bool
) -> OccurrencePlan:
    when = When(start, row.end_date, row.start_time, row.end_time, row.precision)
    return OccurrencePlan(
        index=index,
        when=when,
        key=row.key,
        name=row.name,
        place=row.place,
        municipality=row.municipality or "",
        decision=row.decision,
        own_deadline=row.registration_deadline,
        availability=row.availability,
        is_published=is_known or (uid, when) in published,
    )


def _question_plans(place: Place, gathering: GatheringItem) -> list[QuestionPlan]:
    """Return the questions that a file asks; those of a translation correspond to those of the first language."""
    main: Any = place.main
    first = {row.key: listed_choices(row.options) for row in main.questions} if place.is_translation else {}
    uids = {row.uid: row.key for row in main.questions if row.uid}
    return [
        QuestionPlan(index, row.label, row.kind, listed_choices(row.options), first.get(uids.get(row.uid, row.key)))
        for index, row in enumerate(gathering.questions)
    ]


def _problem(broken: Broken, path: Path_) -> Problem:
    row: Path_ = (broken.relation, broken.index) if broken.relation else ()
    field = FIELD_NAMES.get(broken.field, broken.field)
    return Problem((*path, *row, field), rule_message(broken))
