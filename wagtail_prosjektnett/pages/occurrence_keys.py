"""Stable keys of occurrences: kept by drafts, translations and aliases, renewed by copies.

Calendars, seats and presentations hang on an occurrence's ``uid``. Wagtail's child keys do not serve:
primary keys change with every draft, and copies of drafts get a key of their own each time. A copy's
``uid`` is therefore computed from the copied page and the old key, so that its live rows and its
revisions agree.
"""

from __future__ import annotations

import uuid
from typing import Any

from wagtail_prosjektnett.pages.parent import PageParent


def copied_uid(translation_key: uuid.UUID | str, uid: uuid.UUID) -> uuid.UUID:
    """Return the key of an occurrence in a copy of its page; the same one each time it is asked for."""
    return uuid.uuid5(uuid.UUID(str(translation_key)), str(uid))


class OccurrenceKeysMixin(PageParent):
    """Renews the keys of occurrences where Wagtail copies a page, and only there."""

    class Meta:
        abstract = True

    def copy_all_child_relations(
        self, target: Any, exclude: Any = None, commit: bool = False, append: bool = False
    ) -> dict[Any, Any]:
        """Copy the rows of the page; a copy that is neither a translation nor an alias gets new keys."""
        copied = super().copy_all_child_relations(target, exclude=exclude, commit=commit, append=append)
        if target.translation_key != self.translation_key and not target.alias_of_id:
            renew_keys(target)
        return copied

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page; one that is no alias any more, by whatever door, gets keys of its own before it is revised."""
        super().save(*args, **kwargs)
        if "alias_of_id" in (kwargs.get("update_fields") or ()) and not self.alias_of_id and self.facts_source is None:
            renew_keys(self)
            self.save(clean=False)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the page as a revision has it; a revision that was copied from another page gets new keys."""
        page = super().with_content_json(content)
        is_foreign = str(content.get("translation_key")) != str(self.translation_key)
        if is_foreign and not self.alias_of_id:
            renew_keys(page)
        return page


def renew_keys(page: Any) -> None:
    """Give the occurrences of a page keys of their own, and its presentations with them; nothing is saved."""
    occurrences, presentations = list(page.occurrences.all()), list(page.presentations.all())
    for row in occurrences:
        row.uid = copied_uid(page.translation_key, row.uid)
    for row in presentations:
        if row.occurrence_uid:
            row.occurrence_uid = copied_uid(page.translation_key, row.occurrence_uid)
    page.occurrences, page.presentations = occurrences, presentations
