"""A gathering of the site as the domain sees it, to be checked against the rules."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.gatherings import (
    OCCURRENCES,
    PRESENTATIONS,
    GatheringPlan,
    OccurrencePlan,
    PresentationPlan,
)
from wagtail_prosjektnett.domain.occurrences import Availability, Decision, RegistrationMethod
from wagtail_prosjektnett.domain.questions import QUESTIONS, QuestionPlan, listed_choices
from wagtail_prosjektnett.domain.registration import QuestionKind
from wagtail_prosjektnett.pages import registration_links
from wagtail_prosjektnett.pages.placement import lifecycle_of, publication
from wagtail_prosjektnett.pages.signed_up import signed_up_for
from wagtail_prosjektnett.pages.types import PageRole, page_model

Row = tuple[int, Any]
#: The rows of a gathering that the rules are about.
RELATIONS = (OCCURRENCES, PRESENTATIONS, QUESTIONS)


def gathering_plan(
    page: Any,
    network: Any,
    at: datetime,
    value: Callable[[str], Any],
    rows: Mapping[str, Iterable[Row]],
) -> GatheringPlan:
    """Return a gathering as someone wants it.

    ``value`` gives each field as it would be, and ``rows`` those of each relation with their places in the form. ``at``
    is the aware instant at which it would be published, if it is not published yet.
    """
    lifecycle = lifecycle_of(network)
    published = published_occurrences(page.translation_key)
    source = page.facts_source
    return GatheringPlan(
        lifecycle=lifecycle,
        network=network.title if network else "",
        published=publication(page.first_published_at or at, value("published_on"), lifecycle.tz),
        method=RegistrationMethod(value("registration_method") or RegistrationMethod.NONE),
        link=value("registration_link") or "",
        email=value("registration_email") or "",
        opens=value("registration_opens"),
        deadline=value("registration_deadline"),
        occurrences=[_occurrence_plan(index, row, published) for index, row in rows[OCCURRENCES]],
        presentations=[_presentation_plan(index, row) for index, row in rows[PRESENTATIONS]],
        questions=question_plans(rows[QUESTIONS], source),
        # A translation has the occurrences of its source: it neither adds any nor loses any.
        signed_up=signed_up_for(page.translation_key) if source is None and not page.alias_of_id else (),
        has_form=registration_links.are_included(),
    )


def question_plans(rows: Iterable[Row], source: Any) -> list[QuestionPlan]:
    """Return the questions of a page as someone wants them; ``source`` is the page that it is a translation of."""
    first = {row.uid: listed_choices(row.options) for row in source.questions.all()} if source is not None else {}
    return [
        QuestionPlan(index, row.label, QuestionKind(row.kind), listed_choices(row.options), first.get(row.uid))
        for index, row in rows
    ]


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
