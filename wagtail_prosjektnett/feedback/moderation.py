"""What an editor does with feedback: lets it be shown or not, answers it, and deletes what was written.

``user`` is the editor, for the history of the page. Each change is saved by ``save``, so that whoever keeps an answer
of ours is told that it is old.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from wagtail_prosjektnett.domain.feedback import FeedbackState
from wagtail_prosjektnett.feedback.audit import FeedbackAction, note
from wagtail_prosjektnett.models import Feedback

_ACTIONS = {FeedbackState.SHOWN: FeedbackAction.SHOWN, FeedbackState.HIDDEN: FeedbackAction.HIDDEN}


class ChangedMeanwhile(Exception):
    """Raised when somebody else has changed feedback since it was shown; nothing was changed."""


def show(feedback: Iterable[Feedback], *, seen: Mapping[int, str] | None = None, user: Any = None) -> list[Feedback]:
    """Let readers see some feedback, and return what they did not see before.

    With ``seen``, which has what each looked like by its primary key, that is left alone which does not look so any
    more: nobody has read what would be shown.
    """
    return _decide(feedback, FeedbackState.SHOWN, user, seen)


def hide(feedback: Iterable[Feedback], *, user: Any = None) -> list[Feedback]:
    """Let readers see nothing of some feedback, in numbers neither, and return what was not hidden before."""
    return _decide(feedback, FeedbackState.HIDDEN, user)


def seen_as(feedback: Feedback) -> str:
    """Return a digest of what an editor answers or shows: another one after each change of it."""
    shown = [feedback.state, feedback.comment, feedback.reply]
    return sha256(json.dumps(shown).encode()).hexdigest()


@transaction.atomic
def reply(
    feedback: Feedback, text: str, at: datetime, *, seen: str, show_too: bool = False, user: Any = None
) -> Feedback:
    """Answer what looked like ``seen``, at an aware instant, and return it as it is then; an empty text takes it back.

    With ``show_too`` readers see both from now on. Raises ``ChangedMeanwhile``, also where it was deleted.
    """
    found = Feedback.objects.select_for_update().filter(pk=feedback.pk).first()
    if found is None or seen_as(found) != seen:
        raise ChangedMeanwhile
    found.reply = text
    found.replied_at = at if text else None
    found.save(update_fields=["reply", "replied_at"])
    note([found], FeedbackAction.ANSWERED, user)
    if show_too:
        show([found], user=user)
        found.refresh_from_db()
    return found


@transaction.atomic
def delete_words(feedback: Feedback, at: datetime, *, user: Any = None) -> Feedback:
    """Delete at an aware instant what was written and who wrote it, and return what is left: that still counts."""
    found = Feedback.objects.select_for_update().get(pk=feedback.pk)
    found.save(update_fields=found.anonymise(at, words=True))
    note([found], FeedbackAction.WORDS_DELETED, user)
    return found


@transaction.atomic
def _decide(
    feedback: Iterable[Feedback], state: FeedbackState, user: Any, seen: Mapping[int, str] | None = None
) -> list[Feedback]:
    chosen = Feedback.objects.filter(pk__in=[each.pk for each in feedback])
    changed = list(chosen.exclude(state=state.value).order_by("pk").select_for_update())
    if seen is not None:
        changed = [each for each in changed if seen_as(each) == seen.get(each.pk)]
    for each in changed:
        each.state = state.value
        each.save(update_fields=["state"])
    note(changed, _ACTIONS[state], user)
    return changed
