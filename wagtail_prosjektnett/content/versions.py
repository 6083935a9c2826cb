"""The versions of a page: what readers see, what is scheduled, and the draft an editor is at work on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wagtail.log_actions import log

from wagtail_prosjektnett.content.compare import snapshot
from wagtail_prosjektnett.content.format import TreeItem

DATES = ("first_published_at", "last_published_at")


class Versions:
    """The versions that a page has on the site, to compare with a file and to write.

    ``main`` is what readers see, or the newest draft of a page that they do not see. ``scheduled`` is to be
    published, and ``draft`` is newer than both.
    """

    def __init__(self, page: Any, *, is_new: bool = False, rehearse: bool = False) -> None:
        self.page = page
        self.rehearse = rehearse
        self.found: dict[str, Any] = {"main": page} if is_new else versions_of_page(page)

    def state(self) -> Any:
        """Return what the page says in all its versions, to compare."""
        return self.page.live, {name: snapshot(version) for name, version in self.found.items()}

    def copy(self, name: str) -> Any:
        """Return the page as it is in a version, for its content to be replaced."""
        found = self.found.get(name)
        if found is not None and found is not self.page:
            return found
        return type(self.page).objects.get(pk=self.page.pk)

    def write(self, item: TreeItem, wanted: dict[str, Any]) -> None:
        """Write the versions that a file has, in the order in which they would have come to be.

        A rehearsal writes only what the page would say: publishing would be heard all over the site.
        """
        main, scheduled, draft = wanted["main"], wanted["scheduled"], wanted["draft"]
        if self.rehearse:
            main.live = item.live
            main.save()
            return
        if item.live:
            main.save_revision(log_action=True).publish()
        else:
            self._hide(main)
        if scheduled is not None:
            _renewed(scheduled).save_revision(log_action=True).publish()
        if not item.live and scheduled is not None:
            _renewed(main).save_revision(log_action=True)
        if draft is not None:
            _renewed(draft).save_revision(log_action=True)

    def _hide(self, main: Any) -> None:
        """Take a page from its readers, and keep what the file says as its draft."""
        if self.page.live:
            self.page.unpublish(log_action=False)
            log(self.page, "wagtail.unpublish", data={"loaded": True})
        main.live = False
        main.has_unpublished_changes = True
        main.save()
        main.save_revision(log_action=True)


def versions_of_page(page: Any) -> dict[str, Any]:
    """Return the versions that a page has, by name, as pages that can be read."""
    newest, scheduled = page.latest_revision, page.scheduled_revision
    has_newer = newest is not None and page.has_unpublished_changes and newest.pk != page.live_revision_id
    main = page if page.live or newest is None else newest.as_object()
    found = {"main": main}
    if scheduled is not None:
        found["scheduled"] = scheduled.as_object()
    if page.live and has_newer and (scheduled is None or newest.pk != scheduled.pk):
        found["draft"] = newest.as_object()
    return found


def set_dates(page: Any, item: TreeItem, at: datetime) -> bool:
    """Give a page the dates of publication that a file tells; return whether they differed.

    The page itself is never told to be published in the time to come: the file may come from a machine
    whose clock is ahead.
    """
    told = {name: getattr(item, name) for name in DATES if getattr(item, name) is not None}
    wanted = {name: min(value, at) for name, value in told.items()}
    stored = type(page).objects.filter(pk=page.pk)
    before = stored.values(*wanted).get() if wanted else {}
    if before == wanted:
        return False
    stored.update(**wanted)
    return True


def _renewed(version: Any) -> Any:
    """Return a version that was read before the page was published, knowing what the page is now."""
    stored = type(version).objects.get(pk=version.pk)
    for name in ("live", "has_unpublished_changes", "latest_revision", "live_revision", *DATES):
        setattr(version, name, getattr(stored, name))
    return version
