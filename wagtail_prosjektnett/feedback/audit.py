"""Writes into the history of an article what was done to its feedback. Nothing that anybody wrote stands there."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from wagtail.log_actions import log

from wagtail_prosjektnett.domain.feedback import FeedbackAbout
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback_sources import pages_of


class FeedbackAction(StrEnum):
    """What is done to feedback by people, as the history of the page names it."""

    SHOWN = "wagtail_prosjektnett.feedback_shown"
    HIDDEN = "wagtail_prosjektnett.feedback_hidden"
    ANSWERED = "wagtail_prosjektnett.feedback_answered"
    WORDS_DELETED = "wagtail_prosjektnett.feedback_words_deleted"
    ERASED = "wagtail_prosjektnett.feedback_erased"
    EXPORTED = "wagtail_prosjektnett.feedback_exported"


def note(feedback: Iterable[Feedback], action: FeedbackAction, user: Any = None) -> None:
    """Write down what somebody has done to feedback, once for each page that it is about.

    The pages are looked up together. An entry names the feedback by its ids. Where the page was deleted, it is kept
    with the feedback itself.
    """
    by_subject: dict[tuple[FeedbackAbout, UUID], list[Feedback]] = {}
    for each in feedback:
        by_subject.setdefault((FeedbackAbout(each.about), each.page_key), []).append(each)
    pages = pages_of(by_subject)
    for subject, rows in by_subject.items():
        log(
            instance=pages.get(subject) or rows[0],
            action=action.value,
            user=user,
            data={"feedback": [each.pk for each in rows]},
        )
