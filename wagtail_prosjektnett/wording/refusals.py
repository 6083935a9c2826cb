"""Why nobody can sign up or give feedback, and what was sent wrongly, in words: for pages and for the API."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.feedback import FeedbackRefusal
from wagtail_prosjektnett.domain.registration import Refusal

REFUSALS: dict[Refusal, Promise] = {
    Refusal.NOT_OFFERED: _("One does not sign up for this gathering here."),
    Refusal.CANCELLED: _("It is cancelled, so nobody can sign up."),
    Refusal.POSTPONED: _("It is postponed. One cannot sign up before there is a new date."),
    Refusal.OVER: _("It has begun or is over, so nobody can sign up any more."),
    Refusal.NETWORK_CLOSED: _("The network is closed, so nobody can sign up any more."),
    Refusal.CLOSED: _("The deadline has passed, so nobody can sign up any more."),
    Refusal.NOT_YET_OPEN: _("Registration has not opened yet."),
    Refusal.FULL: _("All seats are taken, and there is no waiting list."),
}


def refusal_message(refusal: Refusal) -> str:
    """Return why nobody can sign up in the active language, as a whole sentence."""
    return str(REFUSALS[refusal])


FEEDBACK_REFUSALS: dict[FeedbackRefusal, Promise] = {
    FeedbackRefusal.NETWORK_CLOSED: _("The network is closed, so no feedback is taken any more."),
}


def feedback_refusal_message(refusal: FeedbackRefusal) -> str:
    """Return why no feedback is taken in the active language, as a whole sentence."""
    return str(FEEDBACK_REFUSALS[refusal])


#: What people can get wrong in a form, by the codes of pydantic.
_MISTAKES: dict[str, Promise] = {
    "missing": _("This field is required."),
    "string_too_short": _("This field is required."),
    "string_too_long": _("This can have at most %(max_length)d characters."),
    "uuid_parsing": _("Choose one of these."),
    "too_long": _("There can be at most %(max_length)d of them."),
}


def mistake_message(code: str, facts: Mapping[str, Any]) -> str:
    """Return what somebody got wrong in a form, in the active language; empty for what only a program gets wrong."""
    return str(_MISTAKES[code]) % facts if code in _MISTAKES else ""
