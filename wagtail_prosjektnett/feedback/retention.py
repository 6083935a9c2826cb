"""Erases who has given feedback, and what they wrote where nobody was shown it: after some time, or when they ask.

What is left is whether an article helped and where it was used: that is counted, and leads to nobody. Mails about it in
the outbox stay: they hold nothing of it, and one that waits may stand for what others have said. Everything can be
stopped at any time, and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.feedback import FeedbackState
from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.domain.retention import last_kept
from wagtail_prosjektnett.feedback.audit import FeedbackAction, note
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback_sources import on_deleted_pages

Progress = Callable[[int, int], None]
#: How many are erased in one transaction.
BATCH = 200


def count_due(at: datetime) -> int:
    """Return of how much feedback something is not kept any more at an aware instant, and change nothing."""
    return _due(at).count()


def erase_due(at: datetime, progress: Progress | None = None) -> int:
    """Erase what is not kept any more at an aware instant, and return of how much feedback that was.

    Where nothing is due it costs one query.
    """
    total = count_due(at) if progress else 0
    erased = 0
    while _due(at).exists():
        erased += _erase_batch(at)
        if progress:
            progress(min(erased, total), total)
    return erased


def feedback_of(email: str) -> Any:
    """Return what somebody has said, found by the e-mail address that they left, as far as that is still known."""
    wanted = normalised(email)
    if not wanted:
        return Feedback.objects.none()
    found = Feedback.objects.filter(address=wanted).values_list("pk", "address")
    # Databases do not agree on which letters are the same: with MariaDB, å is a.
    return Feedback.objects.filter(pk__in=[pk for pk, kept in found if kept == wanted])


@transaction.atomic
def erase_feedback_of(email: str, at: datetime, *, user: Any = None) -> int:
    """Erase at an aware instant what somebody has said, shown or not, and return how much feedback that was.

    Only whether it helped, and where it was used, is left.
    """
    found = list(feedback_of(email).order_by("pk").select_for_update())
    for each in found:
        each.save(update_fields=each.anonymise(at, words=True))
    note(found, FeedbackAction.ERASED, user)
    return len(found)


def _due(at: datetime) -> Any:
    """Return what is older than it is kept, and still says who gave it, or something that nobody is shown.

    What is hidden after it was anonymised has words that are to go too, and so has what was shown on a page that was
    deleted.
    """
    shown = [state.value for state in FeedbackState if state.keeps_words]
    has_words = ~Q(comment="") | ~Q(reply="")
    left = Q(anonymised_at=None) | (has_words & (~Q(state__in=shown) | on_deleted_pages()))
    return Feedback.objects.filter(left, created_at__lte=last_kept(at, conf.feedback_kept_days()))


@transaction.atomic
def _erase_batch(at: datetime) -> int:
    is_deleted = ExpressionWrapper(on_deleted_pages(), output_field=BooleanField())
    chosen = list(_due(at).annotate(page_is_deleted=is_deleted).order_by("pk").select_for_update()[:BATCH])
    for each in chosen:
        keeps_words = FeedbackState(each.state).keeps_words and not each.page_is_deleted
        each.save(update_fields=each.anonymise(at, words=not keeps_words))
    return len(chosen)
