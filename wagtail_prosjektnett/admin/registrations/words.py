"""A registration in words, and what can be done to it now, for the list and for its own page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_prosjektnett.admin.registrations.base import NAMESPACE
from wagtail_prosjektnett.admin.words import StateAction, buttons_in, yes_or_no
from wagtail_prosjektnett.domain.registration import ACTIVE, RegistrationState
from wagtail_prosjektnett.models import Registration

_ACTIONS: list[StateAction] = [
    ("promote", gettext_lazy("Give a seat"), "arrow-up", (RegistrationState.WAITING,)),
    ("move", gettext_lazy("Move to another time or place"), "redirect", ACTIVE),
    ("cancel", gettext_lazy("Cancel the registration"), "cross", ACTIVE),
]


def can_be_done(name: str, registration: Registration) -> bool:
    """Whether there is anything left for an action to do."""
    state = RegistrationState(registration.state)
    return any(state in states for each, _label, _icon, states in _ACTIONS if each == name)


def done_already(registration: Registration) -> str:
    """Return why there is nothing left to do, in words."""
    if registration.state == RegistrationState.SEATED:
        return _("%(name)s has a seat already. Nothing was changed.") % {"name": registration}
    return _("The registration has ended already. Nothing was changed.")


def state_of(registration: Registration) -> str:
    """Return what somebody has got, in words."""
    state: str = registration.get_state_display()
    return _("%(state)s (not confirmed yet)") % {"state": state} if registration.confirm_by else state


def organisation_of(registration: Registration) -> str:
    """Return where somebody comes from: a municipality, or what was written."""
    return str(registration.organisation or registration.organisation_name)


def attended_in_words(registration: Registration) -> str:
    """Return whether somebody was there, as far as it is known."""
    return yes_or_no(registration.attended) or _("Not known")


def action_buttons(registration: Registration) -> list[dict[str, Any]]:
    """Return what can be done to a registration now, as the arguments of buttons."""
    return buttons_in(RegistrationState(registration.state), _ACTIONS, NAMESPACE, registration.pk)
