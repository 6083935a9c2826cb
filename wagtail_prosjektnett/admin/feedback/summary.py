"""How much feedback waits to be read, on the first page of the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.site_summary import SummaryItem

from wagtail_prosjektnett.admin.feedback.policy import FeedbackPermissionPolicy
from wagtail_prosjektnett.models import Feedback


class FeedbackSummaryItem(SummaryItem):
    """The number of what no editor has read, with a link to it; shown to those who handle some of it."""

    order = 250
    template_name = "wagtail_prosjektnett/admin/feedback_summary.html"

    def is_shown(self) -> bool:
        """Whether anything waits for the user."""
        return self._waiting > 0

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the number."""
        return {"waiting": self._waiting}

    @cached_property
    def _waiting(self) -> int:
        policy = FeedbackPermissionPolicy(Feedback)
        if not policy.user_has_permission(self.request.user, "view"):
            return 0
        handled = policy.instances_user_has_permission_for(self.request.user, "view")
        return handled.waiting().count()


def add_feedback_summary(request: HttpRequest, items: list[Any]) -> None:
    """Add the number to the first page of the admin."""
    items.append(FeedbackSummaryItem(request))
