"""When a page that an editor has changed must not be overwritten by a content file."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from wagtail_prosjektnett.content.format import TreeItem


def hindrance(page: Any, item: TreeItem) -> str | None:
    """Return why a page that was there before must not be overwritten now, or None.

    What loading made itself, it may change again: an unpublished page, a draft, a plan to publish.
    """
    newest, scheduled = page.latest_revision, page.scheduled_revision
    if item.live and not page.live and _was_withdrawn(page):
        return _("The page “%s” was unpublished. Publish it, or take it out of the file.") % page.title
    if scheduled is not None and scheduled.user_id is not None:
        return _("The page “%s” is scheduled to be published. Cancel that first.") % page.title
    if page.has_unpublished_changes and newest is not None and newest.user_id is not None:
        return _("The page “%s” has changes that are not published. Publish or discard them first.") % page.title
    if page.get_lock():
        return _("The page “%s” is locked. Unlock it first.") % page.title
    if page.workflow_in_progress:
        return _("The page “%s” is being reviewed. Finish or cancel that first.") % page.title
    return None


def _was_withdrawn(page: Any) -> bool:
    """Whether someone else than loading unpublished a page."""
    entries = PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.unpublish").order_by("-timestamp", "-pk")
    last = entries.first()
    if last is None:
        return page.expired
    return not last.data.get("loaded")
