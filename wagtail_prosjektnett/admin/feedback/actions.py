"""What is done to feedback by a button: shown, hidden, its words deleted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.admin.action_view import ActionView
from wagtail_prosjektnett.admin.feedback.details import shown_to_readers
from wagtail_prosjektnett.admin.feedback.words import changed_meanwhile, said_in_words
from wagtail_prosjektnett.domain.feedback import FeedbackState
from wagtail_prosjektnett.domain.retention import last_kept
from wagtail_prosjektnett.feedback import moderation
from wagtail_prosjektnett.pages.feedback_sources import ADMIN


class ActOnFeedback(ActionView):
    """Asks whether to do something to feedback, and does it; for who does not handle it, there is none."""

    permission_required = "change"

    def get_object(self) -> Any:
        """Return the feedback, as it is when the request comes."""
        handled = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return get_object_or_404(handled, pk=self.kwargs["pk"])

    def get_return_url(self) -> str:
        """Return the address of what was said."""
        return reverse(f"{ADMIN}:inspect", args=[self.object.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        items = super().get_breadcrumbs_items()
        items[-1]["sublabel"] = said_in_words(self.object)
        return items


class Show(ActOnFeedback):
    """Lets readers see feedback, as it was when the editor was asked."""

    page_title = gettext_lazy("Show to readers")
    question = gettext_lazy(
        "Everybody can read the comment, with the municipality and your reply, and it counts in the numbers of the "
        "page. The name and the e-mail address are never shown."
    )
    answer = gettext_lazy("Show it")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the question, with what it is about."""
        context = super().get_context_data(**kwargs)
        return {**context, "rows": shown_to_readers(self.object), "seen": moderation.seen_as(self.object)}

    def act(self, request: HttpRequest) -> None:
        """Show it, unless somebody has changed what the editor was asked about."""
        moderation.show([self.object], seen={self.object.pk: request.POST.get("seen", "")}, user=request.user)
        if FeedbackState(self.get_object().state).is_public:
            messages.success(request, _("Readers see it now."))
        else:
            messages.error(request, changed_meanwhile(1))


class Hide(ActOnFeedback):
    """Lets readers see nothing of feedback."""

    page_title = gettext_lazy("Do not show")
    answer = gettext_lazy("Do not show it")

    @property
    def question(self) -> str:
        """What will be done, and whether what was written goes at once."""
        words = _("Nobody sees it, and it does not count in the numbers of the page.")
        days = conf.feedback_kept_days()
        if self.object.created_at <= last_kept(timezone.now(), days):
            words += " " + _(
                "It is older than %(days)s days: what was written is then deleted for good, as nobody is shown it."
            ) % {"days": days}
        return words

    def act(self, request: HttpRequest) -> None:
        """Hide it."""
        moderation.hide([self.object], user=request.user)
        messages.success(request, _("Readers do not see it."))


class DeleteWords(ActOnFeedback):
    """Deletes what was written, and who wrote it."""

    page_title = gettext_lazy("Delete what was written")
    question = gettext_lazy(
        "The comment, your reply, the name and the e-mail address are deleted. Whether it helped and where it was used "
        "still counts, where it is shown. This cannot be undone."
    )
    answer = gettext_lazy("Delete it")

    def act(self, request: HttpRequest) -> None:
        """Delete it."""
        moderation.delete_words(self.object, timezone.now(), user=request.user)
        messages.success(request, _("What was written is deleted."))
