"""Everything in the outbox is sent once, by one worker, until it is delivered or given up; nothing is lost."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.delivery.events import tell, write
from wagtail_prosjektnett.domain.outbox import LEASE, MOST_TRIES, PAUSES
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import OutboxItem, WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db

EVENT = WebhookEvent.PAGE_CHANGED


def waiting(endpoint, count=1):
    return [write([endpoint], EVENT, timezone.now(), {"id": number})[0] for number in range(count)]


def again(delivery):
    return WebhookDelivery.objects.get(pk=delivery.pk)


def test_a_message_is_sent_once_and_can_be_verified(endpoint, receiver):
    [delivery] = waiting(endpoint)
    assert vars(outbox.send_due()) == {"delivered": 1, "failed": 0}
    outbox.send_due()
    [(headers, body)] = receiver.received
    assert Webhook(endpoint.secret).verify(body, headers)["data"] == {"id": 0}
    assert headers["webhook-id"] == f"msg_{delivery.message_id.hex}"
    delivery = again(delivery)
    assert (delivery.state, delivery.tries, delivery.status_code, delivery.last_error) == ("delivered", 1, 204, "")
    assert delivery.finished_at is not None


def test_the_id_stays_the_same_over_tries_and_the_signature_is_of_its_time(endpoint, receiver):
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        waiting(endpoint)
        receiver.status = 500
        outbox.send_due()
        clock.shift(PAUSES[0])
        outbox.send_due()
        (first, _body), (second, body) = receiver.received
        assert first["webhook-id"] == second["webhook-id"]
        assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == PAUSES[0].total_seconds()
        Webhook(endpoint.secret).verify(body, second)


def test_for_a_day_the_old_secret_is_valid_too(endpoint, receiver):
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        old = endpoint.secret
        endpoint.renew_secret(timezone.now())
        assert endpoint.secret != old
        for secrets in ([endpoint.secret, old], [endpoint.secret]):
            waiting(endpoint)
            outbox.send_due()
            headers, body = receiver.received.pop()
            for secret in secrets:
                Webhook(secret).verify(body, headers)
            clock.shift(timedelta(hours=24))
            headers["webhook-timestamp"] = str(int(timezone.now().timestamp()))
        with pytest.raises(WebhookVerificationError):
            Webhook(old).verify(body, headers)


@pytest.mark.parametrize("status", [301, 400, 404, 410, 429, 500, 503])
def test_a_receiver_that_does_not_take_it_gets_it_again_for_a_day_and_then_it_is_given_up(endpoint, receiver, status):
    receiver.status, receiver.headers = status, {"Location": receiver.url}
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        began = timezone.now()
        [delivery] = waiting(endpoint)
        for pause in PAUSES:
            outbox.send_due()
            delivery = again(delivery)
            assert delivery.state == "waiting"
            assert delivery.next_try_at == timezone.now() + pause
            clock.shift(pause - timedelta(seconds=1))
            assert outbox.send_due().failed == 0, "not before its time"
            clock.shift(1)
        outbox.send_due()
        assert timezone.now() - began == timedelta(hours=24)
        delivery = again(delivery)
        assert (delivery.state, delivery.tries, delivery.status_code) == ("parked", MOST_TRIES, status)
        assert str(status) in delivery.last_error
        clock.shift(timedelta(days=30))
        outbox.send_due()
    assert len(receiver.received) == MOST_TRIES


def test_nobody_at_home_is_told_and_tried_again(endpoint):
    WebhookEndpoint.objects.update(address="http://127.0.0.1:9/")
    [delivery] = waiting(endpoint)
    assert vars(outbox.send_due()) == {"delivered": 0, "failed": 1}
    delivery = again(delivery)
    assert (delivery.state, delivery.tries, delivery.status_code) == ("waiting", 1, None)
    assert "refused" in delivery.last_error


def test_a_private_address_is_refused_at_once_and_not_tried_again(endpoint, receiver, settings):
    settings.PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS = []
    [delivery] = waiting(endpoint)
    outbox.send_due()
    delivery = again(delivery)
    assert (delivery.state, delivery.tries) == ("parked", 1)
    assert "127.0.0.1 is not an address of the internet" in delivery.last_error
    assert receiver.received == []


def test_one_receiver_that_fails_delays_no_other(endpoint, receiver, settings):
    settings.PROSJEKTNETT_WEBHOOK_TIMEOUT = 1
    broken = WebhookEndpoint.objects.create(description="Nede", address="http://127.0.0.1:9/")
    waiting(broken, 5)
    waiting(endpoint, 2)
    assert vars(outbox.send_due()) == {"delivered": 2, "failed": 1}


def test_one_receiver_that_is_slow_delays_no_other(endpoint, receiver):
    slow = WebhookEndpoint.objects.create(description="Treg", address=receiver.url)
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        kept = waiting(slow, 20)
        clock.shift(1)
        [other] = waiting(endpoint)
        receiver.before = lambda: clock.shift(9)
        assert outbox.send_due().delivered == 8, "seven of the slow one's in its minute, and the other's"
        assert again(other).state == "delivered"
        for _run in range(2):
            outbox.send_due()
        assert {again(each).state for each in kept} == {"delivered"}


def test_a_webhook_that_is_deleted_while_its_message_is_sent_is_no_mistake(endpoint, receiver, caplog):
    [delivery] = waiting(endpoint)
    item = outbox.take(delivery.pk)
    endpoint.delete()
    assert outbox.send(item) is outbox.Ending.NOT_NEEDED
    assert outbox.take(delivery.pk) is None
    assert receiver.received == []
    assert not caplog.records


def test_a_webhook_that_was_turned_off_gets_nothing_more(endpoint, receiver):
    [delivery] = waiting(endpoint)
    WebhookEndpoint.objects.update(active=False)
    outbox.send_due()
    assert again(delivery).state == "parked"
    assert receiver.received == []


def test_what_a_killed_worker_had_taken_is_sent_again_within_five_minutes(endpoint, receiver):
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        [delivery] = waiting(endpoint)
        assert outbox.take(delivery.pk) is not None  # and the worker is killed
        assert outbox.take(delivery.pk) is None
        assert outbox.send_due().delivered == 0
        minutes = 0
        while again(delivery).state == "waiting":
            clock.shift(timedelta(minutes=1))
            minutes += 1
            call_command("send_outbox", verbosity=0)
        assert minutes < 5
        assert len(receiver.received) == 1


def test_what_kills_every_worker_is_given_up(endpoint, receiver):
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        [delivery] = waiting(endpoint)
        for _try in range(MOST_TRIES):
            assert outbox.take(delivery.pk) is not None
            clock.shift(LEASE)
        outbox.send_due()
    assert again(delivery).state == "parked"
    assert "stopped each time" in again(delivery).last_error
    assert receiver.received == []


def test_a_worker_that_comes_back_too_late_changes_nothing(endpoint, receiver):
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        [delivery] = waiting(endpoint)
        slow = outbox.take(delivery.pk)
        clock.shift(LEASE)
        assert outbox.take(delivery.pk) is not None
        receiver.status = 500
        outbox.send(slow)
        assert again(delivery).lease_until == timezone.now() + LEASE
        assert again(delivery).last_error == ""


def test_a_mistake_in_a_sender_keeps_nothing_else_waiting(endpoint, receiver, monkeypatch):
    first, second = waiting(endpoint, 2)
    real = outbox.SENDERS["webhook"]

    def sender(item):
        if item.pk == first.pk:
            raise RuntimeError("programmert feil")
        real(item)

    monkeypatch.setitem(outbox.SENDERS, "webhook", sender)
    outbox.send_due()
    outbox.send_due()
    assert again(second).state == "delivered"
    assert again(first).last_error == "RuntimeError: programmert feil"


def test_old_messages_are_deleted_but_what_waits_is_kept(endpoint, receiver, settings):
    settings.PROSJEKTNETT_OUTBOX_KEPT_DAYS = 7
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        waiting(endpoint)
        outbox.send_due()
        [kept] = waiting(endpoint)
        clock.shift(timedelta(days=7))
        assert outbox.prune(timezone.now()) == 0
        clock.shift(1)
        assert outbox.prune(timezone.now()) == 1
    assert list(OutboxItem.objects.values_list("pk", flat=True)) == [kept.pk]


def test_a_change_that_is_rolled_back_leaves_nothing(endpoint, receiver):
    with transaction.atomic():
        tell([endpoint], EVENT, timezone.now(), {})
        transaction.set_rollback(True)
    assert not OutboxItem.objects.exists()


def test_the_command_tells_how_it_went(endpoint, receiver, capsys):
    call_command("send_outbox")
    assert capsys.readouterr().out == ""
    waiting(endpoint, 2)
    call_command("send_outbox")
    assert "2" in capsys.readouterr().out


def test_sending_again_begins_anew_but_leaves_alone_what_waits(endpoint, receiver):
    receiver.status = 500
    [parked, delivered, waits] = waiting(endpoint, 3)
    WebhookDelivery.objects.filter(pk=parked.pk).update(state="parked", tries=10, next_try_at=None)
    WebhookDelivery.objects.filter(pk=delivered.pk).update(state="delivered", tries=1, next_try_at=None)
    later = datetime.fromisoformat("2199-01-01T00:00+00:00")
    WebhookDelivery.objects.filter(pk=waits.pk).update(next_try_at=later)
    assert outbox.send_again(WebhookDelivery.objects.all()) == 2
    assert again(waits).next_try_at == later
    receiver.status = 204
    outbox.send_due()
    assert {again(each).state for each in (parked, delivered)} == {"delivered"}
    assert f"msg_{parked.message_id.hex}" in [headers["webhook-id"] for headers, _body in receiver.received]
