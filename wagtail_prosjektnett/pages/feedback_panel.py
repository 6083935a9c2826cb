"""What readers have said of an article, or of the experience base, counted on the page on which it is edited."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

from wagtail_prosjektnett.domain.feedback import FeedbackState
from wagtail_prosjektnett.pages.feedback_sources import ADMIN, ROLES
from wagtail_prosjektnett.pages.sources import handles_what_came_in
from wagtail_prosjektnett.records.feedback import Feedback
from wagtail_prosjektnett.wording.labels import label

#: What is counted of each state.
_COUNTED = {
    "all": Q(),
    "helped": Q(helpful=True),
    "did_not_help": Q(helpful=False),
    "used": Q(used=True),
    "comments": ~Q(comment=""),
}


class FeedbackPanel(Panel):
    """The counts, as they are when the page is opened."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one page."""

        template_name = "wagtail_prosjektnett/admin/feedback_panel.html"

        def is_shown(self) -> bool:
            """Whether anybody has said anything here."""
            return super().is_shown() and self.instance.pk is not None and self._counts["everything"] > 0

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the counts by state, and for who may read it where that is done."""
            context = super().get_context_data(parent_context)
            context["counts"] = [
                (label(state), *(self._counts[f"{state}_{name}"] for name in _COUNTED)) for state in FeedbackState
            ]
            context["links"] = self._links if handles_what_came_in(self.request.user, self.instance) else []
            return context

        @property
        def _links(self) -> list[tuple[str, str]]:
            here = f"{reverse(f'{ADMIN}:index')}?page={self.instance.translation_key}"
            return [
                (_("Read it"), here),
                (_("Only what waits"), f"{here}&state={FeedbackState.WAITING}"),
                (_("Download XLSX"), f"{here}&export=xlsx"),
            ]

        @property
        def _counts(self) -> dict[str, int]:
            if not hasattr(self, "_counted"):
                about = next(about for about, role in ROLES.items() if role is self.instance.role)
                found = Feedback.objects.filter(about=about.value, page_key=self.instance.translation_key)
                numbers = {
                    f"{state}_{name}": Count("pk", filter=Q(state=state.value) & condition)
                    for state in FeedbackState
                    for name, condition in _COUNTED.items()
                }
                self._counted = found.aggregate(everything=Count("pk"), **numbers)
            return self._counted
