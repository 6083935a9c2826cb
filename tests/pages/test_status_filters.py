"""What the database filters by is what the domain says, whatever the dates."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.domain.strategies import days, facts, instants, lifecycles
from wagtail_prosjektnett.domain.occurrences import EventStatus, RegistrationStatus
from wagtail_prosjektnett.models import SeatPool
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage, Occurrence
from wagtail_prosjektnett.pages.status_filters import with_event_status, with_registration_status

pytestmark = pytest.mark.django_db

often = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def networks():
    """Two networks, one inside the other, with an index of gatherings each."""
    outer = factories.network("Ytre")
    inner = factories.network("Indre", parent=outer)
    for network in (outer, inner):
        factories.gathering(network)
    return [outer, inner]


@st.composite
def occurrence_rows(draw):
    drawn = draw(facts)
    return Occurrence(
        start_date=drawn.when.first_day,
        end_date=drawn.when.last_day,
        start_time=drawn.when.start_time,
        end_time=drawn.when.end_time,
        precision=drawn.when.precision.value,
        decision=drawn.decision.value,
        registration_deadline=draw(st.none() | days),
        availability=drawn.terms.availability.value,
    )


#: How seats may be taken; None where nobody could sign up yet.
seats = st.none() | st.fixed_dictionaries(
    {
        "capacity": st.none() | st.integers(0, 2),
        "seated": st.integers(0, 3),
        "waiting": st.integers(0, 1),
        "has_waiting_list": st.booleans(),
    }
)


def give_seats(page, data):
    """Let seats of the occurrences of a page be taken."""
    for row in page.occurrences.all():
        if (drawn := data.draw(seats)) is not None:
            SeatPool.objects.create(uid=row.uid, gathering_key=page.translation_key, **drawn)


@st.composite
def interesting(draw, pages):
    """An instant at which something may change, or any."""
    changes = [change for page in pages for row in page.occurrences.all() for change in row.facts.changes()]
    shifts = st.sampled_from([timedelta(0), timedelta(microseconds=-1), timedelta(hours=1)])
    return draw(st.sampled_from(changes)) + draw(shifts) if changes and draw(st.booleans()) else draw(instants)


@often
@given(data=st.data())
def test_the_database_finds_the_gatherings_whose_status_the_domain_computes(networks, data):
    for network in networks:  # before any gathering is saved: its instants are those of its network's time zone
        lifecycle = data.draw(lifecycles())
        dates = {name: getattr(lifecycle, name) for name in ("active_from", "wind_down_from", "closed_from")}
        zone = data.draw(st.sampled_from(["Europe/Oslo", "Europe/Helsinki", "America/New_York"]))
        NetworkPage.objects.filter(pk=network.pk).update(**dates, time_zone=zone)
    for page in GatheringPage.objects.order_by("path"):
        terms = data.draw(facts).terms
        page.registration_method, page.registration_opens = terms.method.value, terms.opens
        page.registration_deadline = terms.deadline
        page.occurrences = data.draw(st.lists(occurrence_rows(), max_size=3))
        page.save()
        give_seats(page, data)
    pages = list(GatheringPage.objects.order_by("path"))
    at = data.draw(interesting(pages))
    check(pages, at)


def check(pages, at: datetime):
    everything, networks = GatheringPage.objects.order_by("path"), NetworkPage.objects.all()
    for status in EventStatus:
        expected = [page.pk for page in pages if page.event_status(at) is status]
        assert [page.pk for page in with_event_status(everything, [status], at)] == expected, status
    for status in RegistrationStatus:
        expected = [page.pk for page in pages if page.registration_status(at) is status]
        found = [page.pk for page in with_registration_status(everything, [status], at, networks)]
        assert found == expected, status
    assert len(with_event_status(everything, EventStatus, at)) == len(pages)
    assert len(with_registration_status(everything, RegistrationStatus, at, networks)) == len(pages)
