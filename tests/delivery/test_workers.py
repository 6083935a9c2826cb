"""Messages are sent by workers: after the transaction, each by one of them, and none is lost with a task."""

import threading
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks.backends.dummy import DummyBackend

from tests.delivery.conftest import at_once, together
from tests.delivery.test_outbox import EVENT, waiting
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.delivery.events import tell
from wagtail_prosjektnett.models import OutboxItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A transaction whose end is followed by what was to follow it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


class LosesTasks(DummyBackend):
    """Takes tasks, and does nothing with them."""


class Breaks(DummyBackend):
    """Cannot be reached."""

    def enqueue(self, task, args, kwargs):
        raise ConnectionError("borte")


@pytest.mark.parametrize("backend", ["LosesTasks", "Breaks"])
def test_a_lost_task_or_a_broken_queue_loses_no_message(endpoint, receiver, settings, committed, backend):
    settings.TASKS = {"default": {"BACKEND": f"{__name__}.{backend}"}}
    with committed():
        tell([endpoint], EVENT, timezone.now(), {})
    assert receiver.received == []
    call_command("publish_due_changes", verbosity=0)
    assert len(receiver.received) == 1


class Counts(DummyBackend):
    """Counts its tasks."""

    taken = []

    def enqueue(self, task, args, kwargs):
        self.taken.append(task)


def test_a_transaction_that_tells_much_enqueues_one_task(endpoint, settings, committed):
    settings.TASKS = {"default": {"BACKEND": f"{__name__}.Counts"}}
    with committed(), transaction.atomic():
        tell([endpoint], EVENT, timezone.now(), {})
        transaction.set_rollback(True)
    assert Counts.taken == []
    for _transaction in range(2):
        with committed():
            for _change in range(5):
                tell([endpoint], EVENT, timezone.now(), {})
        assert len(Counts.taken) == 1
        Counts.taken.clear()


class InAThread(DummyBackend):
    """Runs tasks as a worker does: elsewhere, and after the request."""

    threads = []

    def enqueue(self, task, args, kwargs):
        def run():
            try:
                task.call(*args, **kwargs)
            finally:
                connection.close()

        self.threads.append(threading.Thread(target=run))
        self.threads[-1].start()


@together
def test_a_task_sends_it_after_the_transaction(endpoint, receiver, settings):
    settings.TASKS = {"default": {"BACKEND": f"{__name__}.InAThread"}}
    with transaction.atomic():
        tell([endpoint], EVENT, timezone.now(), {})
        assert not InAThread.threads
    InAThread.threads.pop().join(10)
    assert len(receiver.received) == 1


def test_tasks_that_run_at_once_let_no_editor_wait(endpoint, receiver, committed):
    with committed():
        tell([endpoint], EVENT, timezone.now(), {})
    assert receiver.received == [], "Wagtail's default would send in the editor's request"
    assert outbox.send_due().delivered == 1


@together
def test_two_workers_never_send_the_same_message(endpoint, receiver):
    waiting(endpoint, 20)
    counts = at_once(lambda: outbox.send_due().delivered, 4)
    ids = [headers["webhook-id"] for headers, _body in receiver.received]
    assert len(ids) == len(set(ids)) == sum(counts) == 20
    assert set(OutboxItem.objects.values_list("tries", flat=True)) == {1}


@together
def test_of_two_workers_that_found_the_same_message_one_takes_it(endpoint):
    for delivery in waiting(endpoint, 10):
        taken = at_once(partial(outbox.take, delivery.pk), 2)
        assert len([item for item in taken if item is not None]) == 1
