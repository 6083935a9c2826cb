"""Keeps the times and places that people have signed up for, whoever publishes their gathering without them.

The edit form refuses to remove one. A draft from before, or one that was scheduled or approved, must not be refused:
other pages would then not go live either. It is read with what people have signed up for, and published with it; the
history of the page then says so.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from wagtail_prosjektnett.pages.parent import PageParent
from wagtail_prosjektnett.pages.seats import wait_for_signups
from wagtail_prosjektnett.pages.signed_up import signed_up_for

#: The entry in the history of a page that says what was kept.
OCCURRENCES_KEPT = "prosjektnett.occurrences_kept"


class KeptOccurrencesMixin(PageParent):
    """Puts occurrences with registrations back where a page would be without them."""

    occurrences: Any

    #: What was put back since the page was read.
    kept_occurrences: tuple[Any, ...] = ()

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the page as a revision has it, and with every occurrence that people have signed up for."""
        page = super().with_content_json(content)
        page._put_back_occurrences()
        return page

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page with every occurrence of it that people have signed up for."""
        is_whole = kwargs.get("update_fields") is None
        with transaction.atomic():
            if is_whole:
                self._put_back_occurrences(is_saving=True)
            super().save(*args, **kwargs)
        if is_whole and self.kept_occurrences:
            log(self, OCCURRENCES_KEPT, data={"occurrences": [str(row) for row in self.kept_occurrences]})
            self.kept_occurrences = ()

    def _put_back_occurrences(self, *, is_saving: bool = False) -> None:
        if self.pk is None or self.alias_of_id:
            return
        there = list(self.occurrences.all())
        saved = self._meta.get_field("occurrences").related_model.objects.filter(page=self.pk)
        missing = {str(row.uid): row for row in saved.exclude(uid__in=[row.uid for row in there])}
        if not missing or self.facts_source is not None:
            return
        if is_saving:
            wait_for_signups([row.uid for row in (*missing.values(), *there)])
        kept = [missing[each.key] for each in signed_up_for(self.translation_key) if each.key in missing]
        if kept:
            self.occurrences = sorted([*kept, *there], key=lambda row: row.sort_order or 0)
            self.kept_occurrences = (*self.kept_occurrences, *kept)
