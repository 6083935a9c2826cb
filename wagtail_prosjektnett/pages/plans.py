"""A gathering of the site as the domain sees it, to be checked against the rules."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.gatherings import GatheringPlan, OccurrencePlan, PresentationPlan
from wagtail_prosjektnett.domain.occurrences import Availability, Decision, RegistrationMethod
from wagtail_prosjektnett.pages.placement import lifecycle_of, publication
from wagtail_prosjektnett.pages.types import PageRole, page_model

Row = tuple[int, Any]


def gathering_plan(
    page: Any,
    network: Any,
    at: datetime,
    value: Callable[[str], Any],
    occurrences: Iterable[Row],
    presentations: Iterable[Row],
) -> GatheringPlan:
    """Return a gathering as someone wants it.

    ``value`` gives each field as it would be, and the rows come with their places in the form. ``at`` is
    the aware instant at which it would be published, if it is not published yet.
    """
    lifecycle = lifecycle_of(network)
    published = published_occurrences(page.translation_key)
    return GatheringPlan(
        lifecycle=lifecycle,
        network=network.title if network else "",
        published=publication(page.first_published_at or at, value("published_on"), lifecycle.tz),
        method=RegistrationMethod(value("registration_method") or RegistrationMethod.NONE),
        link=value("registration_link") or "",
        email=value("registration_email") or "",
        opens=value("registration_opens"),
        deadline=value("registration_deadline"),
        occurrences=[_occurrence_plan(index, row, published) for index, row in occurrences],
        presentations=[_presentation_plan(index, row) for index, row in presentations],
    )


def published_occurrences(translation_key: uuid.UUID) -> set[tuple[str, When]]:
    """Return the keys and dates of the occurrences that readers see, of a gathering in any language.

    What is cancelled or postponed is left out: to go through with it after all is a new plan.
    """
    model = page_model(PageRole.GATHERING)
    if model is None:
        return set()
    rows = model.occurrences.rel.related_model.objects.filter(
        page__translation_key=translation_key, page__live=True, decision=Decision.AS_PLANNED
    )
    return {(str(row.uid), row.when) for row in rows}


def _occurrence_plan(index: int, row: Any, published: set[tuple[str, When]]) -> OccurrencePlan:
    return OccurrencePlan(
        index=index,
        when=row.when,
        key=str(row.uid),
        name=row.name,
        place=row.place,
        municipality=str(row.municipality_id or ""),
        decision=Decision(row.decision),
        own_deadline=row.registration_deadline,
        availability=Availability(row.availability),
        is_published=(str(row.uid), row.when) in published,
    )


def _presentation_plan(index: int, row: Any) -> PresentationPlan:
    return PresentationPlan(
        index=index,
        has_content=bool(row.document_id or row.link),
        occurrence=str(row.occurrence_uid or ""),
    )
