"""Feedback as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from wagtail_prosjektnett.admin.feedback.subjects import subjects_of
from wagtail_prosjektnett.admin.spreadsheets import SafeSpreadsheetMixin
from wagtail_prosjektnett.admin.words import yes_or_no
from wagtail_prosjektnett.feedback.audit import FeedbackAction, note
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.languages import own_name
from wagtail_prosjektnett.records.anonymous import as_known

_WORDS: dict[str, Any] = {
    "network": gettext_lazy("Network"),
    "about": gettext_lazy("About"),
    "page": gettext_lazy("Page"),
    "state": gettext_lazy("State"),
    "helpful": gettext_lazy("Helpful"),
    "used": gettext_lazy("Was used"),
    "municipality": gettext_lazy("Municipality"),
    "comment": gettext_lazy("Comment"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail"),
    "reply": gettext_lazy("Reply"),
    "replied_at": gettext_lazy("Replied"),
    "language": gettext_lazy("Language"),
    "created_at": gettext_lazy("Received"),
}


class ExportMixin(SafeSpreadsheetMixin):
    """Exports a list of feedback. The history of each page tells who has exported what."""

    request: Any
    export_filename = "feedback"
    list_export = [*_WORDS]

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        """Return the file, and write down that it was taken out."""
        rows = list(queryset)
        note(rows, FeedbackAction.EXPORTED, self.request.user)
        return super().as_spreadsheet(rows, spreadsheet_format)

    def get_heading(self, queryset: Any, field: str) -> str:
        """Return the heading of a column."""
        return str(_WORDS[field])

    def to_row_dict(self, item: Feedback) -> dict[str, Any]:
        """Return the cells of what one reader has said."""
        subject = subjects_of(self.request).of(item)
        return {
            **{name: getattr(item, name, "") for name in _WORDS},
            "network": subject.network.title if subject.network else "",
            "about": item.get_about_display(),
            "page": str(subject),
            "state": item.get_state_display(),
            "helpful": yes_or_no(item.helpful),
            "used": yes_or_no(item.used),
            "municipality": str(item.municipality or ""),
            "language": own_name(item.language),
            "created_at": as_known(item, item.created_at),
        }
