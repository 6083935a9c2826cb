"""The words in the history of an article for what was done to its feedback. Nobody is named there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from wagtail_prosjektnett.admin.numbered_history import NumberedFormatter
from wagtail_prosjektnett.feedback.audit import FeedbackAction

#: What it is called in the filter of the history, and what one entry says.
WORDS: dict[FeedbackAction, tuple[Any, Any]] = {
    FeedbackAction.SHOWN: (gettext_lazy("Show feedback"), gettext_lazy("Feedback was shown to readers")),
    FeedbackAction.HIDDEN: (gettext_lazy("Do not show feedback"), gettext_lazy("Feedback was not shown, or no more")),
    FeedbackAction.ANSWERED: (gettext_lazy("Answer feedback"), gettext_lazy("Feedback was answered")),
    FeedbackAction.WORDS_DELETED: (
        gettext_lazy("Delete the words of feedback"),
        gettext_lazy("The words of feedback were deleted"),
    ),
    FeedbackAction.ERASED: (gettext_lazy("Erase feedback"), gettext_lazy("Feedback was erased")),
    FeedbackAction.EXPORTED: (gettext_lazy("Export feedback"), gettext_lazy("Feedback was exported")),
}


def register_feedback_actions(actions: Any) -> None:
    """Give the history its words."""
    for action, (label, done) in WORDS.items():
        formatter = type("FeedbackFormatter", (NumberedFormatter,), {"label": label, "done": done, "rows": "feedback"})
        actions.register_action(action.value)(formatter)
