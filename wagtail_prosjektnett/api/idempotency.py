"""Requests that a client may send again without knowing whether the first one came through.

What is answered to a request with an ``Idempotency-Key`` is written in the transaction of what it changes, after the
seats were locked: of two that are sent at once, one waits for the other, and both get the same answer. A refusal
changes nothing and is not kept: the next try is answered by what is so then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from wagtail_prosjektnett.domain.registration import RegistrationRefused, TryLater
from wagtail_prosjektnett.models import AnsweredRequest
from wagtail_prosjektnett.own_transaction import in_own_transaction

#: What a change answers, without anything personal: it is kept.
Answer = dict[str, Any]


class KeyReused(Exception):
    """Raised where a key was sent before with another body."""


class _AnsweredMeanwhile(Exception):
    """Raised in a transaction to undo it: the same request was answered while it waited."""


class Repeatable:
    """A request that may be sent again.

    ``operation`` and ``about`` are what it is sent to, so that a key is good for one thing only; ``key`` is None where
    the client has sent none, and ``body`` is what it says.
    """

    def __init__(self, operation: str, about: str, key: str | None, body: str) -> None:
        self.key_digest = _digest("key", f"{operation}\n{about}\n{key}") if key is not None else None
        self.body_digest = _digest("body", body)

    def answer_before(self) -> Answer | None:
        """Return what was answered when it was sent before, or None; one query if it has a key.

        Raises ``KeyReused`` where something else was sent.
        """
        if self.key_digest is None:
            return None
        found = AnsweredRequest.objects.filter(key_digest=self.key_digest).first()
        if found is None:
            return None
        if not constant_time_compare(found.body_digest, self.body_digest):
            raise KeyReused
        return found.answer

    def answer_once(self, change: Callable[[], Answer]) -> Answer:
        """Make a change in a transaction of its own and return its answer, or the one that was given meanwhile.

        The first statement of ``change`` must lock what everybody else who sends the same waits for. Raises
        ``KeyReused``, ``TryLater`` and what ``change`` raises.
        """
        try:
            return in_own_transaction(lambda: self._write_down(change()))
        except RegistrationRefused:
            # It may be its own first try that took the last seat.
            if (answer := self.answer_before()) is not None:
                return answer
            raise
        except _AnsweredMeanwhile as raised:
            if (answer := self.answer_before()) is not None:
                return answer
            raise TryLater from raised

    def _write_down(self, answer: Answer) -> Answer:
        if self.key_digest is not None:
            try:
                AnsweredRequest.objects.create(
                    key_digest=self.key_digest,
                    body_digest=self.body_digest,
                    answer=answer,
                    created_at=timezone.now(),
                )
            except IntegrityError as error:
                raise _AnsweredMeanwhile from error
        return answer


def _digest(what: str, text: str) -> str:
    return salted_hmac(f"{__name__}.{what}", text, algorithm="sha256").hexdigest()
