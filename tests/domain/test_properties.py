"""What must hold for any network and any occurrence, whatever its dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import OSLO, days, facts, guidances, instants, lifecycles, whens
from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.domain.lifecycle import Guidance, Lifecycle, LifecycleState, next_change
from wagtail_prosjektnett.domain.occurrences import (
    EventStatus,
    OccurrenceFacts,
    RegistrationMethod,
    RegistrationStatus,
    RegistrationTerms,
    summarise_event,
    summarise_registration,
)

ORDER = list(LifecycleState)


def between(at: datetime, following: datetime | None) -> list[datetime]:
    """Instants after ``at`` at which nothing may have changed yet."""
    end = following or datetime(2040, 1, 1, tzinfo=UTC)
    length = end - at
    return [at + length * share for share in (0.01, 0.25, 0.5, 0.75, 0.99)] + [end - timedelta(microseconds=1)]


@given(lifecycles(), instants, instants)
def test_the_lifecycle_never_goes_back(lifecycle: Lifecycle, one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    assert ORDER.index(lifecycle.state(earlier)) <= ORDER.index(lifecycle.state(later))


@given(lifecycles(), instants)
def test_no_lifecycle_changes_before_the_announced_change(lifecycle: Lifecycle, at: datetime) -> None:
    following = next_change(lifecycle.changes(), at)
    assert {lifecycle.state(moment) for moment in between(at, following)} == {lifecycle.state(at)}


@given(lifecycles())
def test_dates_in_order_reach_every_state_that_has_a_date(lifecycle: Lifecycle) -> None:
    if not list(lifecycle.broken()):
        latest = {lifecycle.begins(state): state for state in LifecycleState if lifecycle.begins(state)}
        for begins, state in latest.items():
            assert lifecycle.state(begins) is state


@given(guidances, instants)
def test_guidance_ends_only_when_announced(guidance: Guidance, at: datetime) -> None:
    following = next_change(guidance.changes(), at)
    assert {guidance.is_given(moment) for moment in between(at, following)} == {guidance.is_given(at)}


@given(facts, instants)
def test_exactly_one_value_of_each_status(occurrence: OccurrenceFacts, at: datetime) -> None:
    assert occurrence.event_status(at) in EventStatus
    assert occurrence.registration_status(at) in RegistrationStatus
    if occurrence.registration_status(at).is_open:
        assert occurrence.event_status(at).takes_registrations


@given(facts, instants)
def test_no_status_changes_before_the_announced_change(occurrence: OccurrenceFacts, at: datetime) -> None:
    following = next_change(occurrence.changes(), at)
    moments = between(at, following)
    assert {occurrence.event_status(moment) for moment in moments} == {occurrence.event_status(at)}
    seen = {occurrence.registration_status(moment) for moment in moments}
    assert seen == {occurrence.registration_status(at)}


@given(facts, instants)
def test_something_does_change_at_the_announced_change(occurrence: OccurrenceFacts, at: datetime) -> None:
    following = next_change(occurrence.changes(), at)
    if following is not None:
        before = following - timedelta(microseconds=1)
        assert (occurrence.event_status(before), occurrence.registration_status(before)) != (
            occurrence.event_status(following),
            occurrence.registration_status(following),
        )


@given(facts, instants, instants)
def test_what_is_held_stays_held(occurrence: OccurrenceFacts, one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    if occurrence.event_status(earlier) is EventStatus.HELD:
        assert occurrence.event_status(later) is EventStatus.HELD


@given(whens(), days, days)
def test_a_deadline_lasts_to_the_end_of_its_day(when: When, opens: date, deadline: date) -> None:
    terms = RegistrationTerms(RegistrationMethod.LINK, opens, deadline)
    occurrence = OccurrenceFacts(when, Lifecycle(OSLO), terms=terms)
    if not when.broken(OSLO) and not list(terms.broken(when)) and deadline < when.first_day:
        noon = datetime.combine(deadline, datetime.min.time(), OSLO) + timedelta(hours=23, minutes=59)
        assert occurrence.registration_status(noon) is RegistrationStatus.OPEN
        assert occurrence.registration_status(noon + timedelta(days=1)) is RegistrationStatus.CLOSED


@given(st.lists(st.sampled_from(EventStatus), min_size=1), st.lists(st.sampled_from(RegistrationStatus), min_size=1))
def test_a_summary_is_the_status_of_one_occurrence(
    events: list[EventStatus], registrations: list[RegistrationStatus]
) -> None:
    assert summarise_event(events) in events
    assert summarise_event(reversed(events)) is summarise_event(events)
    assert summarise_registration(registrations) in registrations


def test_wrong_order_of_dates_is_named() -> None:
    lifecycle = Lifecycle(OSLO, date(2020, 1, 1), date(2019, 1, 1), date(2018, 1, 1), date(2017, 1, 1))
    assert [(broken.rule, broken.field) for broken in lifecycle.broken()] == [
        (Rule.ACTIVE_AFTER_WIND_DOWN, "wind_down_from"),
        (Rule.WIND_DOWN_AFTER_CLOSED, "closed_from"),
        (Rule.ACTIVE_AFTER_CLOSED, "closed_from"),
        (Rule.TAKEN_DOWN_TOO_EARLY, "taken_down_from"),
    ]


@given(lifecycles())
def test_pages_are_taken_down_no_earlier_than_any_state_begins(lifecycle: Lifecycle) -> None:
    too_early = [broken for broken in lifecycle.broken() if broken.rule is Rule.TAKEN_DOWN_TOO_EARLY]
    begins = [begins for state in LifecycleState if (begins := lifecycle.begins(state))]
    down = lifecycle.taken_down_at
    assert bool(too_early) == (down is not None and any(down < begin for begin in begins))


@given(lifecycles(), st.none() | days, instants, instants)
def test_taking_pages_down_changes_nothing_else(
    lifecycle: Lifecycle, day: date | None, at: datetime, published: datetime
) -> None:
    other = replace(lifecycle, taken_down_from=day)
    assert other == lifecycle
    assert other.state(at) is lifecycle.state(at)
    assert other.changes() == lifecycle.changes()
    assert other.permits_start(at, published) == lifecycle.permits_start(at, published)
