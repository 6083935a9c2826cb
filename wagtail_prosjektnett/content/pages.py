"""Loading the pages of a content file: first all of them as empty drafts, then each with its content.

Pages may then refer to each other in any order, and each is published once.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from wagtail_prosjektnett.content import richtext
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import GatheringItem, PageItem
from wagtail_prosjektnett.content.keys import key_uuid, occurrence_uid
from wagtail_prosjektnett.content.mapping import Holds, mapped
from wagtail_prosjektnett.content.references import PAGE, References, kind_of
from wagtail_prosjektnett.content.roles import model_of
from wagtail_prosjektnett.content.snippets import assign, snapshot
from wagtail_prosjektnett.content.streams import StreamReader, block_problems


class PageLoader:
    """Loads pages of one network, in one language."""

    def __init__(self, references: References, locale: Locale, scope: str) -> None:
        self.references = references
        self.locale = locale
        self.scope = scope
        self.problems: list[Problem] = []
        self._new: set[Any] = set()

    def ensure(self, item: PageItem, parent: Any) -> Any:
        """Return the page for an item, made as an empty draft below a parent if it is new."""
        model = model_of(item)
        key = key_uuid(PAGE, item.key, self.scope)
        page = model.objects.filter(translation_key=key, locale=self.locale).first()
        if page is None:
            page = model(title=item.title, slug=item.slug or "", locale=self.locale, live=False)
            page.translation_key = key
            parent.add_child(instance=page)
            self._new.add(page)
        self.references.put(PAGE, item.key, page)
        return page

    def fill(self, page: Any, item: PageItem, path: Path_) -> bool:
        """Give a page its content and publish it; return whether it differed from what was there."""
        is_new = page in self._new
        before = None if is_new else snapshot(page)
        self._assign(page, item, path)
        if before == snapshot(page) and page.live and not page.has_unpublished_changes:
            return False
        if not is_new and (reason := _why_not(page)):
            self.problems.append(Problem(path, reason))
            return False
        if found := self._refused_by_blocks(page, item, path):
            self.problems += found
            return False
        page.save_revision(log_action=True).publish()
        return True

    def _assign(self, page: Any, item: PageItem, path: Path_) -> None:
        slug = page.slug
        assign(page, item, self.references)
        page.slug = item.slug or slug
        reader = StreamReader(self.references, page.translation_key)
        for part in mapped(type(page), item):
            if part.holds is Holds.STREAM:
                setattr(page, part.attribute, reader.read(part.field.stream_block, part.value, (part.name,)))
            elif part.holds is Holds.PROSE:
                setattr(page, part.attribute, richtext.clean(part.value, self.references, part.field.features))
            elif part.holds is Holds.REFERENCES:
                kind = kind_of(part.field.related_model) or ""
                setattr(page, part.attribute, [self.references.get(kind, key) for key in part.value])
        if isinstance(item, GatheringItem):
            _give_keys(page, item)

    @staticmethod
    def _refused_by_blocks(page: Any, item: PageItem, path: Path_) -> list[Problem]:
        """Return what the editor would say of the blocks: a page that cannot be saved again is no use."""
        problems: list[Problem] = []
        for part in mapped(type(page), item):
            if part.holds is Holds.STREAM:
                try:
                    part.field.stream_block.clean(getattr(page, part.attribute))
                except ValidationError as error:
                    problems += block_problems(error, (*path, part.name))
        return problems


def _give_keys(page: Any, item: GatheringItem) -> None:
    """Give the occurrences their keys, and the presentations those of the occurrences they belong to."""
    uids = {row.key: occurrence_uid(page.translation_key, row.key) for row in item.occurrences}
    for row, given in zip(page.occurrences.all(), item.occurrences, strict=True):
        row.uid = uids[given.key]
    for presentation, described in zip(page.presentations.all(), item.presentations, strict=True):
        presentation.occurrence_uid = uids.get(described.occurrence or "")


def _why_not(page: Any) -> str | None:
    """Return why a page that was there before must not be overwritten now, or None."""
    if not page.live:
        return _("The page “%s” was unpublished. Publish it, or take it out of the file.") % page.title
    if page.has_unpublished_changes:
        return _("The page “%s” has changes that are not published. Publish or discard them first.") % page.title
    if page.get_lock():
        return _("The page “%s” is locked. Unlock it first.") % page.title
    if page.workflow_in_progress:
        return _("The page “%s” is being reviewed. Finish or cancel that first.") % page.title
    if page.scheduled_revision:
        return _("The page “%s” is scheduled to be published. Cancel that first.") % page.title
    return None
