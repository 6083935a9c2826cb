"""Feedback in words, and what can be done to it now, for the list and for its own page."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_prosjektnett.admin.words import StateAction, buttons_in, yes_or_no
from wagtail_prosjektnett.domain.feedback import FeedbackState
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback_sources import ADMIN

_LONGEST = 80
_ACTIONS: list[StateAction] = [
    ("show", gettext_lazy("Show to readers"), "view", (FeedbackState.WAITING, FeedbackState.HIDDEN)),
    ("hide", gettext_lazy("Do not show"), "no-view", (FeedbackState.WAITING, FeedbackState.SHOWN)),
    ("delete_words", gettext_lazy("Delete what was written"), "bin", tuple(FeedbackState)),
]


def said_in_words(feedback: Feedback) -> str:
    """Return what a reader has said, on one line: the beginning of the comment, or else what was ticked."""
    if feedback.comment:
        return Truncator(" ".join(feedback.comment.split())).chars(_LONGEST)
    helped = {True: _("It helped"), False: _("It did not help"), None: ""}[feedback.helpful]
    return ", ".join(filter(None, (helped, _("It was used") if feedback.used else ""))) or _("Nothing more")


def helpful_in_words(feedback: Feedback) -> str:
    """Return whether it helped, as far as the reader has said so."""
    return yes_or_no(feedback.helpful)


def used_in_words(feedback: Feedback) -> str:
    """Return where it was used, or that it was; empty where the reader has not said so."""
    if not feedback.used:
        return ""
    return str(feedback.municipality or "") or yes_or_no(feedback.used)


def changed_meanwhile(count: int) -> str:
    """Return why so much feedback was not shown to readers."""
    words = ngettext(
        "Somebody else has changed %(count)s piece of feedback in the meantime. It was not shown to readers: read it "
        "once more.",
        "Somebody else has changed %(count)s pieces of feedback in the meantime. They were not shown to readers: read "
        "them once more.",
        count,
    )
    return words % {"count": count}


def actions_for(feedback: Feedback) -> list[dict[str, Any]]:
    """Return what can be done to feedback now, as the arguments of buttons."""
    actions = [each for each in _ACTIONS if each[0] != "delete_words" or _is_anything_written(feedback)]
    return buttons_in(FeedbackState(feedback.state), actions, ADMIN, feedback.pk)


def _is_anything_written(feedback: Feedback) -> bool:
    return any((feedback.comment, feedback.reply, feedback.name, feedback.email))
