"""What the clock changes is told once, by a command that may be run at any time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from tests import factories
from tests.delivery.conftest import at_once, together
from wagtail_prosjektnett.delivery.clock_events import MARK, tell_what_time_changed
from wagtail_prosjektnett.models import ClockMark, WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 12:00 in Oslo


@pytest.fixture
def clock():
    """The time, which stands still until a test moves it."""
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def begun(clock, endpoint):
    """The clock has been told up to now."""
    assert tell_what_time_changed(timezone.now())
    WebhookDelivery.objects.all().delete()


def run(told):
    call_command("publish_due_changes", verbosity=0)
    return [
        (event, data) for event, data in told() if event in ("network.lifecycle_changed", "gathering.status_changed")
    ]


def meeting(network, **fields):
    row = {"start_date": "2026-11-24", "start_time": "10:00", "end_time": "15:00"}
    return factories.gathering(network, occurrences=[row], **fields)


def test_the_first_run_tells_nothing(clock, network, endpoint, told):
    factories.gathering(network)
    factories.network("Et gammelt", closed_from="2019-01-01")
    assert run(told) == []
    assert run(told) == []


def test_a_gathering_that_begins_and_ends_is_told_each_time_once(network, begun, clock, told):
    page = meeting(network)
    told()
    clock.shift(timedelta(hours=20))
    assert run(told) == []
    clock.shift(timedelta(hours=2))
    [(event, data)] = run(told)
    assert event == "gathering.status_changed"
    assert data["id"] == page.pk
    assert data["title"] == page.title
    assert data["url"] == page.full_url
    assert data["event_status"] == {"before": "scheduled", "now": "ongoing"}
    assert "registration_status" not in data
    assert run(told) == []
    clock.shift(timedelta(days=10))
    [(event, data)] = run(told)
    assert data["event_status"] == {"before": "ongoing", "now": "held"}
    clock.shift(timedelta(days=10))
    assert run(told) == []


def test_a_deadline_and_an_opening_are_told(network, begun, clock, told):
    registration = {"registration_method": "email", "registration_email": "paamelding@example.org"}
    dates = {"registration_opens": NOON.date() + timedelta(days=2), "registration_deadline": NOON.date() + timedelta(9)}
    factories.gathering(network, occurrences=[{"start_date": "2026-12-10"}], **registration, **dates)
    told()
    statuses = []
    for _day in range(20):
        clock.shift(timedelta(days=1))
        statuses += [data.get("registration_status") for _event, data in run(told)]
    assert [each for each in statuses if each] == [
        {"before": "not_yet_open", "now": "open"},
        {"before": "open", "now": "closed"},
    ]


def test_a_lifecycle_is_told_with_the_gatherings_that_it_closes(begun, clock, told):
    network = factories.network(wind_down_from="2026-11-24", closed_from="2026-11-26")
    page = factories.gathering(
        network,
        occurrences=[{"start_date": "2026-11-27"}],
        registration_method="email",
        registration_email="paamelding@example.org",
        registration_deadline=NOON.date() + timedelta(days=4),
    )
    told()
    clock.shift(timedelta(days=1))
    [(event, data)] = run(told)
    assert (event, data["id"], data["type"]) == ("network.lifecycle_changed", network.pk, "network")
    assert data["lifecycle"] == {"before": "active", "now": "winding_down"}
    clock.shift(timedelta(days=2))
    first, second = run(told)
    assert first[1]["lifecycle"] == {"before": "winding_down", "now": "closed"}
    assert (second[1]["id"], second[1]["registration_status"]) == (page.pk, {"before": "open", "now": "closed"})


def test_the_day_begins_where_the_network_is(begun, clock, told):
    factories.network(wind_down_from="2026-11-25", time_zone="Pacific/Auckland")
    told()
    clock.move_to(datetime(2026, 11, 24, 10, 59, tzinfo=UTC))
    assert run(told) == []
    clock.move_to(datetime(2026, 11, 24, 11, 0, tzinfo=UTC))
    assert len(run(told)) == 1


def test_what_not_everybody_may_read_is_not_told(network, begun, clock, told):
    hidden, draft = meeting(network, title="Skjult"), meeting(network, title="Utkast")
    PageViewRestriction.objects.create(page=Page.objects.get(pk=hidden.pk), restriction_type="login")
    draft.unpublish()
    told()
    clock.shift(timedelta(days=1))
    assert run(told) == []


def test_only_those_who_follow_the_network_are_told(network, begun, clock, told, receiver):
    other = factories.network("Et annet")
    WebhookEndpoint.objects.update(network_key=other.translation_key)
    meeting(network)
    told()
    clock.shift(timedelta(days=1))
    assert run(told) == []


def test_without_webhooks_time_passes_all_the_same(network, clock, told, receiver):
    call_command("publish_due_changes", verbosity=0)
    meeting(network)
    clock.shift(timedelta(days=1))
    call_command("publish_due_changes", verbosity=0)
    WebhookEndpoint.objects.create(description="Ny", address=receiver.url)
    assert run(told) == []


def test_a_run_that_fails_is_made_up_for(network, begun, clock, told, monkeypatch):
    meeting(network)
    told()
    clock.shift(timedelta(days=1))
    with monkeypatch.context() as broken:
        broken.setattr(WebhookDelivery, "save", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tell_what_time_changed(timezone.now())
    assert len(run(told)) == 1


def test_the_number_of_queries_does_not_grow_with_gatherings(network, begun, clock, django_assert_max_num_queries):
    """Beside those for each message: two rows, and a savepoint or none."""
    counts = []
    WebhookEndpoint.objects.update(events=["page.published"])
    for many in (1, 5):
        for _number in range(many):
            meeting(network)
        clock.shift(timedelta(days=1))
        with django_assert_max_num_queries(100) as captured:
            tell_what_time_changed(timezone.now())
        counts.append(len(captured))
        ClockMark.objects.filter(name=MARK).update(told_until=NOON)
        clock.move_to(NOON)
    assert counts[0] == counts[1]


@together
def test_two_at_the_same_time_tell_it_once(receiver):
    with time_machine.travel(NOON, tick=False) as clock:
        WebhookEndpoint.objects.create(description="En", address=receiver.url)
        tell_what_time_changed(timezone.now())
        meeting(factories.network())
        WebhookDelivery.objects.all().delete()
        clock.shift(timedelta(days=1))
        results = at_once(lambda: tell_what_time_changed(timezone.now()), 4)
    assert sorted(results) == [False, False, False, True]
    assert WebhookDelivery.objects.count() == 1
