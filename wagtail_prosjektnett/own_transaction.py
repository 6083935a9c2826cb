"""A transaction of its own for each change of who has a seat, tried again when the database could not take it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError, transaction

from wagtail_prosjektnett.domain.registration import TryLater

Result = TypeVar("Result")
MOST_TRIES = 5
#: Seconds before the second try, at most; they double with each one.
_PAUSE = 0.05


def in_own_transaction(change: Callable[[], Result]) -> Result:
    """Run a change in a transaction of its own and return its result.

    A deadlock, a failure to serialize, a locked database or somebody who was a moment faster lets it be tried again,
    five times in all: it must do nothing that the database does not undo. Then ``TryLater`` is raised. Within another
    transaction, as ``ATOMIC_REQUESTS`` gives one, ``RuntimeError`` is: what was read before would count.
    """
    for attempt in range(MOST_TRIES):
        try:
            with transaction.atomic(durable=True):
                return change()
        except (OperationalError, IntegrityError) as error:
            if attempt == MOST_TRIES - 1:
                raise TryLater from error
            time.sleep(random.uniform(0, _PAUSE * 2**attempt))  # noqa: S311  # it only spreads them out
    raise AssertionError("every try returns or raises")
