"""The form by which an editor copies a page that is, or holds, gatherings."""

from typing import Any

from django.utils import timezone
from wagtail.admin.forms.pages import CopyForm

from wagtail_prosjektnett.pages.placement import PlacementRefused, refuse_copy


class PlacedCopyForm(CopyForm):
    """Refuses a copy where the lifecycle of the new network forbids a gathering in it, and says why."""

    def clean(self) -> dict[str, Any]:
        """Check the page, and what is below it if that is copied too."""
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page")
        if parent is not None:
            try:
                recursive = bool(cleaned.get("copy_subpages"))
                refuse_copy(self.page, parent, timezone.now(), recursive=recursive)
            except PlacementRefused as refusal:
                self.add_error("new_parent_page", str(refusal))
        return cleaned
