"""The domain's rules applied to a content file."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import GatheringItem, NetworkFile, NetworkItem, OccurrenceItem
from wagtail_prosjektnett.content.keys import key_uuid, occurrence_uid
from wagtail_prosjektnett.content.references import PAGE
from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.errors import Broken
from wagtail_prosjektnett.domain.gatherings import GatheringPlan, OccurrencePlan, PresentationPlan
from wagtail_prosjektnett.domain.lifecycle import Guidance, Lifecycle
from wagtail_prosjektnett.pages.placement import left_behind, publication
from wagtail_prosjektnett.pages.plans import published_occurrences
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
    gatherings = file.gatherings.items if file.gatherings else []
    plans = _Plans(file.network, lifecycle, at)
    for index, gathering in enumerate(gatherings):
        for broken in plans.plan(gathering).broken(complete=True):
            yield _problem(broken, ("gatherings", "items", index))
    yield from plans.left_behind({plans.key(gathering) for gathering in gatherings})


def lifecycle_of(network: NetworkItem, tz: ZoneInfo) -> Lifecycle:
    """Return the dates of a network's life as the file gives them."""
    return Lifecycle(tz, network.active_from, network.wind_down_from, network.closed_from)


class _Plans:
    """The gatherings of a file as the domain sees them, with what the site knows of them already."""

    def __init__(self, network: NetworkItem, lifecycle: Lifecycle, at: datetime) -> None:
        self.item = network
        self.lifecycle = lifecycle
        self.at = at
        self.network = _existing(PageRole.NETWORK, key_uuid(PAGE, network.key, network.key))
        self.is_same_life = self.network is not None and self.network.lifecycle == lifecycle

    def key(self, gathering: GatheringItem) -> uuid.UUID:
        """Return the key that a gathering has on every site."""
        return key_uuid(PAGE, gathering.key, self.item.key)

    def plan(self, gathering: GatheringItem) -> GatheringPlan:
        """Return a gathering of the file as the domain sees it."""
        key = self.key(gathering)
        page = _existing(PageRole.GATHERING, key)
        first_published = (page.first_published_at if page else None) or self.at
        published = published_occurrences(key) if self.is_same_life else set()
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
                _occurrence_plan(index, row, str(occurrence_uid(key, row.key)), published)
                for index, row in enumerate(gathering.occurrences)
            ],
            presentations=[
                PresentationPlan(index, bool(row.document or row.link), row.occurrence or "")
                for index, row in enumerate(gathering.presentations)
            ],
        )

    def left_behind(self, in_file: set[uuid.UUID]) -> Iterator[Problem]:
        """Yield a problem if the dates of the file forbid gatherings that are on the site only."""
        if self.network is None or self.is_same_life:
            return
        for broken in left_behind(self.network, self.lifecycle, self.at, besides=in_file):
            yield _problem(broken, ("network",))


def _existing(role: PageRole, key: uuid.UUID) -> Any:
    model = page_model(role)
    return model.objects.filter(translation_key=key).first() if model else None


def _occurrence_plan(index: int, row: OccurrenceItem, uid: str, published: set[tuple[str, When]]) -> OccurrencePlan:
    when = When(row.start_date, row.end_date, row.start_time, row.end_time, row.precision)
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
        is_published=(uid, when) in published,
    )


def _problem(broken: Broken, path: Path_) -> Problem:
    row: Path_ = (broken.relation, broken.index) if broken.relation else ()
    field = FIELD_NAMES.get(broken.field, broken.field)
    return Problem((*path, *row, field), rule_message(broken))
