"""Runs a change of registrations that an editor asks for, and tells an editor why it was not done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from wagtail_prosjektnett.domain.registration import TryLater
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.registration.desk import AlreadySignedUp, ChangedMeanwhile

Result = TypeVar("Result")
_CHANGED = _("Somebody else has changed this registration in the meantime. Nothing was saved: see what it is like now.")
_REASONS: dict[type[Exception], Any] = {
    TryLater: _("Too many people sign up just now. Nothing was changed: try again in a moment."),
    AlreadySignedUp: _("This address is signed up for this time and place already. Nothing was changed."),
    ChangedMeanwhile: _CHANGED,
    # It was moved, or erased, between reading and locking it.
    Registration.DoesNotExist: _CHANGED,
}


def run(request: HttpRequest, change: Callable[[], Result]) -> Result | None:
    """Run a change in a transaction of its own; where it is not done, say why and return None."""
    try:
        return in_own_transaction(change)
    except tuple(_REASONS) as error:
        messages.error(request, _REASONS[type(error)])
        return None
