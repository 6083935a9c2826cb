"""Who may read, answer and show feedback: who may edit the article, or the experience base, that it is about."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from wagtail_prosjektnett.admin.page_policy import PageOwnedPermissionPolicy
from wagtail_prosjektnett.admin.permissions import make_known
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback_sources import ROLES, handled_by
from wagtail_prosjektnett.pages.sources import sources_editable_by


class FeedbackPermissionPolicy(PageOwnedPermissionPolicy):
    """The permissions of feedback."""

    def owned_by(self, user: Any) -> Q:
        """Return what tells the feedback that a user handles."""
        return handled_by(user)

    def handles_any(self, user: Any) -> bool:
        """Whether there is anything that readers can say something of and that a user may edit."""
        editable = (sources_editable_by(user, role) for role in ROLES.values())
        return any(pages is not None and pages.exists() for pages in editable)


def feedback_policy() -> FeedbackPermissionPolicy:
    """Return the policy of feedback, known to Wagtail."""
    policy = FeedbackPermissionPolicy(Feedback)
    make_known(Feedback, policy)
    return policy
