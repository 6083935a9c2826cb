"""The domain's rules applied to a content file."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import GatheringItem, NetworkFile, NetworkItem, OccurrenceItem
from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.errors import Broken
from wagtail_prosjektnett.domain.gatherings import GatheringPlan, OccurrencePlan, PresentationPlan
from wagtail_prosjektnett.domain.lifecycle import Guidance, Lifecycle
from wagtail_prosjektnett.wording.rules import rule_message

#: The names of fields in a file where they differ from the model's.
FIELD_NAMES = {"occurrence_uid": "occurrence"}


def problems(file: NetworkFile, tz: ZoneInfo, at: datetime) -> Iterator[Problem]:
    """Yield a problem for each broken rule of the network and its gatherings."""
    lifecycle = lifecycle_of(file.network, tz)
    guidance = Guidance(tz, file.network.guidance_kind, file.network.guidance_until)
    for broken in (*lifecycle.broken(), *guidance.broken()):
        yield _problem(broken, ("network",))
    for index, gathering in enumerate(file.gatherings.items if file.gatherings else []):
        plan = plan_of(gathering, lifecycle, file.network.title, at)
        for broken in plan.broken(complete=True):
            yield _problem(broken, ("gatherings", "items", index))


def lifecycle_of(network: NetworkItem, tz: ZoneInfo) -> Lifecycle:
    """Return the dates of a network's life as the file gives them."""
    return Lifecycle(tz, network.active_from, network.wind_down_from, network.closed_from)


def plan_of(gathering: GatheringItem, lifecycle: Lifecycle, network: str, at: datetime) -> GatheringPlan:
    """Return a gathering of a file as the domain sees it."""
    return GatheringPlan(
        lifecycle=lifecycle,
        network=network,
        published=at,
        method=gathering.registration_method,
        link=gathering.registration_link,
        email=gathering.registration_email,
        opens=gathering.registration_opens,
        deadline=gathering.registration_deadline,
        occurrences=[_occurrence_plan(index, row) for index, row in enumerate(gathering.occurrences)],
        presentations=[
            PresentationPlan(index, bool(row.document or row.link), row.occurrence or "")
            for index, row in enumerate(gathering.presentations)
        ],
    )


def _occurrence_plan(index: int, row: OccurrenceItem) -> OccurrencePlan:
    return OccurrencePlan(
        index=index,
        when=When(row.start_date, row.end_date, row.start_time, row.end_time, row.precision),
        key=row.key,
        name=row.name,
        place=row.place,
        municipality=row.municipality or "",
        decision=row.decision,
        own_deadline=row.registration_deadline,
        availability=row.availability,
    )


def _problem(broken: Broken, path: Path_) -> Problem:
    row: Path_ = (broken.relation, broken.index) if broken.relation else ()
    field = FIELD_NAMES.get(broken.field, broken.field)
    return Problem((*path, *row, field), rule_message(broken))
