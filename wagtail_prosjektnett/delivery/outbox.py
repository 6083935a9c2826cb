"""Sends what stands in the outbox: one at a time, each by one worker, again until it is delivered or given up.

A worker takes an item by a conditional UPDATE and sends it outside every transaction. Nothing depends on the worker
coming back: what it had taken is free again when the lease is over.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from threading import local
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.delivery import contact_mail, mail, webhooks
from wagtail_prosjektnett.delivery.errors import DeliveryRefused, NotDelivered, NotNeeded
from wagtail_prosjektnett.delivery.post import one_connection
from wagtail_prosjektnett.domain.outbox import LEASE, MOST_TRIES, TURN, OutboxState, next_try
from wagtail_prosjektnett.models import OutboxItem
from wagtail_prosjektnett.records.outbox import OutboxKind

logger = logging.getLogger(__name__)

#: How each kind is sent: a function that gets the item and raises what stands in ``delivery.errors``.
SENDERS: dict[str, Callable[[Any], None]] = {
    OutboxKind.WEBHOOK.value: webhooks.send,
    OutboxKind.MAIL.value: mail.send,
    OutboxKind.CONTACT_MAIL.value: contact_mail.send,
}

#: Whether this thread has written something that no task was enqueued for.
_waiting = local()


class Ending(Enum):
    """How a try to send something has ended."""

    DELIVERED = "delivered"
    NOT_NEEDED = "not needed"
    FAILED = "failed"
    #: The destination takes nothing just now.
    DESTINATION_FAILED = "destination failed"


@dataclass
class Sent:
    """How many items a run has delivered, and how many tries failed."""

    delivered: int = 0
    failed: int = 0


@task()
def send_outbox() -> None:
    """Send what is due, as a task."""
    send_due()


def send_after_commit() -> None:
    """Have what is due sent as soon as the current transaction has been committed, if somebody else can do it.

    Whatever goes wrong then, nothing is lost and nobody is told: ``manage.py send_outbox`` sends it a little later.
    """
    _waiting.is_some = True
    transaction.on_commit(_enqueue, robust=True)


def _enqueue() -> None:
    """Enqueue one task for all that a transaction has written; the first that is called does it."""
    if not getattr(_waiting, "is_some", False):
        return
    _waiting.is_some = False
    # With Wagtail's default, tasks are run at once, by whoever enqueues them: editors would wait for every receiver.
    if not isinstance(send_outbox.get_backend(), ImmediateBackend):
        send_outbox.enqueue()


def send_due() -> Sent:
    """Send everything that is due and that nobody else is sending, and return how it went.

    When a destination has failed once, or has had its time, the rest of what it should get waits for the next run: one
    receiver that does not answer, or is slow to, delays no other. Where only one item failed, as a mail to an address
    that does not exist, the others go.
    """
    began, sent, resting = timezone.now(), Sent(), set[str]()
    spent: defaultdict[str, timedelta] = defaultdict(timedelta)
    _give_up_what_kills_its_workers(began)
    with one_connection():
        while (pk := _next_due(began, resting)) is not None:
            item = take(pk)
            if item is None:
                continue
            taken = timezone.now()
            ending = send(item)
            spent[item.destination] += timezone.now() - taken
            sent.delivered += ending is Ending.DELIVERED
            sent.failed += ending in (Ending.FAILED, Ending.DESTINATION_FAILED)
            if ending is Ending.DESTINATION_FAILED or spent[item.destination] >= TURN:
                resting.add(item.destination)
    return sent


def take(pk: int) -> OutboxItem | None:
    """Return an item that nobody else may send for as long as the lease lasts, or None where it is not to be sent."""
    at = timezone.now()
    until = at + LEASE
    if not _due(at).filter(pk=pk).update(lease_until=until, tries=F("tries") + 1):
        return None
    return OutboxItem.objects.filter(pk=pk).first()  # whoever was to get it may be deleted at this moment


def send(item: OutboxItem) -> Ending:
    """Send an item that was taken, write down how it went, and return that."""
    try:
        SENDERS[item.kind](item)
    except NotNeeded as reason:
        _finish(item, OutboxState.NOT_NEEDED, str(reason))
        return Ending.NOT_NEEDED
    except NotDelivered as failed:
        if isinstance(failed, DeliveryRefused):
            _finish(item, OutboxState.PARKED, str(failed))
        else:
            _fail(item, str(failed))
        return Ending.FAILED if failed.alone else Ending.DESTINATION_FAILED
    except Exception as error:  # a mistake of ours must not keep the rest of the outbox waiting
        logger.exception("Item %s of the outbox could not be sent", item.pk)
        _fail(item, f"{type(error).__name__}: {error}")
        return Ending.DESTINATION_FAILED
    _finish(item, OutboxState.DELIVERED)
    return Ending.DELIVERED


def send_again(items: Any) -> int:
    """Let items that are over be sent once more, from the first try on, and return how many they were."""
    over = [state.value for state in OutboxState if state.is_over]
    # MariaDB lets no UPDATE ask the table that it changes.
    chosen = list(items.filter(state__in=over).values_list("pk", flat=True))
    count = OutboxItem.objects.filter(pk__in=chosen, state__in=over).update(
        state=OutboxState.WAITING.value, next_try_at=timezone.now(), lease_until=None, tries=0, finished_at=None
    )
    if count:
        send_after_commit()
    return count


def prune(at: datetime) -> int:
    """Delete what was over so many days before an instant as the site keeps it, and return how many items."""
    before = at - timedelta(days=conf.outbox_kept_days())
    over = [state.value for state in OutboxState if state.is_over]
    old = list(OutboxItem.objects.filter(state__in=over, finished_at__lt=before).values_list("pk", flat=True))
    for start in range(0, len(old), 500):
        OutboxItem.objects.filter(pk__in=old[start : start + 500]).delete()
    return len(old)


def _due(at: datetime) -> Any:
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    return OutboxItem.objects.filter(free, state=OutboxState.WAITING.value, next_try_at__lte=at)


def _next_due(began: datetime, resting: Collection[str]) -> int | None:
    due = _due(timezone.now()).filter(created_at__lte=began).exclude(destination__in=resting)
    return due.order_by("next_try_at", "pk").values_list("pk", flat=True).first()


def _give_up_what_kills_its_workers(at: datetime) -> None:
    """Park what has been taken as often as anything may be, though no worker came back to say that it failed."""
    _due(at).filter(tries__gte=MOST_TRIES).update(
        state=OutboxState.PARKED.value,
        finished_at=at,
        lease_until=None,
        next_try_at=None,
        last_error="Whoever sent it was stopped each time before there was an answer",
    )


def _fail(item: OutboxItem, reason: str) -> None:
    again = next_try(item.tries, timezone.now())
    if again is None:
        _finish(item, OutboxState.PARKED, reason)
    else:
        _write(item, next_try_at=again, lease_until=None, last_error=reason)


def _finish(item: OutboxItem, state: OutboxState, reason: str = "") -> None:
    _write(
        item,
        state=state.value,
        finished_at=timezone.now(),
        next_try_at=None,
        lease_until=None,
        last_error=reason,
    )


def _write(item: OutboxItem, **values: Any) -> None:
    """Write down what became of an item, unless the lease was over and somebody else has it now."""
    OutboxItem.objects.filter(pk=item.pk, lease_until=item.lease_until).update(**values)
