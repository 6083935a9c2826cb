"""Says of an article that it still holds: it was reviewed today, and is due again when its interval says so.

Nothing is published by that. What readers see and what editors see get the same two days, each with the rest as it
was: a draft that is not published stays one, and the page shows no new date of change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from wagtail_prosjektnett.domain.review import ReviewRefusal, ReviewRefused
from wagtail_prosjektnett.pages import changes
from wagtail_prosjektnett.pages.day_filters import day_of_site
from wagtail_prosjektnett.pages.review_filters import is_read
from wagtail_prosjektnett.records.content_changes import ChangeKind

#: The action in Wagtail's log.
STILL_VALID = "prosjektnett.still_valid"


class StillValid:
    """Say of an article that it still holds, in one transaction.

    A translation shows the days of the page that its facts come from: it is that page that is reviewed, and what
    ``user`` may do there decides. Where it was never published, its facts are those of its draft.
    """

    def __init__(self, page: Any, user: Any) -> None:
        self.page = page.facts_source or page
        self.user = user

    @transaction.atomic
    def execute(self, at: datetime) -> Any:
        """Do it at an aware instant, and return the article as it is now. It is in Wagtail's log, once a day.

        Raises ``ReviewRefused``.
        """
        article = type(self.page).objects.select_for_update().get(pk=self.page.pk)
        self._check(article, at)
        days = {"last_reviewed": day_of_site(at), "next_review": None}
        draft = article.get_latest_revision_as_object()
        if _has(draft, days) and (_has(article, days) or not article.first_published_at):
            return article
        revision = self._save_draft(article, draft, days)
        told = draft
        if article.first_published_at or revision is None:
            told = article
            changes.note_pages(ChangeKind.AFFECTED, list(_save(article, days)))
        data = {"due": due.isoformat() if (due := told.review(at).due) else None}
        log(instance=article, action=STILL_VALID, user=self.user, revision=revision, data=data)
        return article

    def _check(self, article: Any, at: datetime) -> None:
        """Raise ``ReviewRefused`` where somebody else decides just now what the article says."""
        lock = article.get_lock()
        reasons = {
            ReviewRefusal.NOT_PERMITTED: not article.permissions_for_user(self.user).can_edit(),
            ReviewRefusal.NOT_PUBLISHED: not is_read(article),
            ReviewRefusal.NETWORK_CLOSED: not article.review(at).permitted,
            ReviewRefusal.SCHEDULED: article.scheduled_revision is not None,
            ReviewRefusal.IN_WORKFLOW: article.workflow_in_progress,
            ReviewRefusal.LOCKED: lock is not None and lock.for_user(self.user),
        }
        for reason, holds in reasons.items():
            if holds:
                raise ReviewRefused(reason)

    def _save_draft(self, article: Any, draft: Any, days: dict[str, date | None]) -> Any:
        """Save the days in a revision of their own: an editor's next publication must not bring the old ones back."""
        if article.latest_revision_id is None:
            return None
        _set(draft, days)
        revision = draft.save_revision(user=self.user, changed=False, clean=False)
        if not article.has_unpublished_changes:
            article.live_revision = revision
        return revision


def _save(page: Any, days: dict[str, date | None]) -> Iterator[Any]:
    """Save the days where readers see them, on a page and its aliases, and yield each."""
    _set(page, days)
    page.save(clean=False, update_fields=[*days, "live_revision"])
    yield page
    for alias in type(page).objects.filter(alias_of=page):
        yield from _save(alias, days)


def _set(page: Any, days: dict[str, date | None]) -> None:
    for name, day in days.items():
        setattr(page, name, day)


def _has(page: Any, days: dict[str, date | None]) -> bool:
    return all(getattr(page, name) == day for name, day in days.items())
