"""What is done to several pieces of feedback at once from the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from wagtail_prosjektnett.admin.feedback.details import shown_to_readers
from wagtail_prosjektnett.admin.feedback.listing import SEARCH_FIELDS, FeedbackFilterSet
from wagtail_prosjektnett.admin.feedback.policy import FeedbackPermissionPolicy
from wagtail_prosjektnett.admin.feedback.words import changed_meanwhile, said_in_words
from wagtail_prosjektnett.admin.handled_bulk import HandledBulkAction
from wagtail_prosjektnett.domain.feedback import FeedbackState
from wagtail_prosjektnett.feedback import moderation
from wagtail_prosjektnett.models import Feedback


class ListedForm(forms.Form):
    """Which ones were listed when the editor was asked, and what each looked like: nobody has read what came later."""

    listed = forms.CharField(widget=forms.HiddenInput, required=False)


class Decide(HandledBulkAction):
    """Lets those that were chosen be shown, or not. All of them are those that were there to be read."""

    form_class = ListedForm

    models = [Feedback]
    policy = FeedbackPermissionPolicy(Feedback)
    filterset_class = FeedbackFilterSet
    search_fields = SEARCH_FIELDS
    read_with = ("municipality",)
    template_name = "wagtail_prosjektnett/admin/feedback_bulk.html"

    def get_initial(self) -> dict[str, Any]:
        """Return those that are listed: the key of each, and what it looks like."""
        chosen, _others = self.get_actionable_objects()
        return {"listed": " ".join(f"{feedback.pk}:{moderation.seen_as(feedback)}" for feedback in chosen)}

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """Return those of the chosen that the editor was asked about."""
        chosen, others = super().get_actionable_objects()
        if self.request.method == "POST":
            seen = self._seen()
            chosen = [feedback for feedback in chosen if str(feedback.pk) in seen]
        return chosen, others

    def _seen(self) -> dict[str, str]:
        listed = (each.partition(":") for each in self.request.POST.get("listed", "").split())
        return {key: looked_like for key, _colon, looked_like in listed}

    def object_context(self, obj: Feedback) -> dict[str, Any]:
        """Return what was said, as the list has it."""
        return {"item": obj, "said": said_in_words(obj)}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return how many were changed."""
        words = ngettext(
            "%(count)s piece of feedback was changed.", "%(count)s pieces of feedback were changed.", num_parent_objects
        )
        return words % {"count": num_parent_objects}


class ShowSeveral(Decide):
    """Lets readers see them."""

    display_name = _("Show to readers")
    action_type = "show_feedback"
    aria_label = _("Show those chosen to readers")
    action_priority = 10

    def object_context(self, obj: Feedback) -> dict[str, Any]:
        """Return what was said and replied, in full: it is read here before everybody can read it."""
        return {**super().object_context(obj), "rows": shown_to_readers(obj)}

    def get_execution_context(self) -> dict[str, Any]:
        """Return who does it, and what they have seen."""
        seen = self._seen()
        chosen = {feedback.pk: seen[str(feedback.pk)] for feedback in self.actionable_objects}
        return {**super().get_execution_context(), "seen": chosen}

    @classmethod
    def execute_action(cls, objects: list[Feedback], **kwargs: Any) -> tuple[int, int]:
        """Show them, and return how many that changed, and how many somebody else had changed before."""
        shown = moderation.show(objects, seen=kwargs["seen"], user=kwargs["user"])
        chosen = Feedback.objects.filter(pk__in=[feedback.pk for feedback in objects])
        return len(shown), chosen.exclude(state=FeedbackState.SHOWN.value).count()

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return how many were shown, and warn of those that were not."""
        if num_child_objects:
            messages.warning(self.request, changed_meanwhile(num_child_objects))
        return super().get_success_message(num_parent_objects, num_child_objects)


class HideSeveral(Decide):
    """Lets readers see nothing of them."""

    display_name = _("Do not show")
    action_type = "hide_feedback"
    aria_label = _("Do not show those chosen")
    action_priority = 20

    @classmethod
    def execute_action(cls, objects: list[Feedback], **kwargs: Any) -> tuple[int, int]:
        """Hide them, and return how many that changed."""
        return len(moderation.hide(objects, user=kwargs["user"])), 0


BULK_ACTIONS = (ShowSeveral, HideSeveral)
