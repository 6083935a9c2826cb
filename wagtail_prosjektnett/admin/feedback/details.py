"""What one reader has said, with all that is known of it: where it is answered, and let be shown or not."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from wagtail_prosjektnett.admin.feedback.subjects import subjects_of
from wagtail_prosjektnett.admin.feedback.words import actions_for, helpful_in_words, said_in_words
from wagtail_prosjektnett.admin.handled import HandledMixin
from wagtail_prosjektnett.admin.words import time_in_words, yes_or_no
from wagtail_prosjektnett.domain.feedback import FeedbackState
from wagtail_prosjektnett.feedback import moderation
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback_sources import ADMIN
from wagtail_prosjektnett.pages.languages import own_name
from wagtail_prosjektnett.records.anonymous import as_known

Rows = list[tuple[str, Any]]
_CHANGED = gettext_lazy(
    "Somebody else has changed this in the meantime. Your reply was not saved: see what it is like now, and send it "
    "once more if it still fits."
)


class ReplyForm(forms.Form):
    """The reply of an editor. ``seen`` tells what it is a reply to."""

    reply = forms.CharField(
        label=gettext_lazy("Reply"),
        max_length=4000,
        required=False,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("Shown below what the reader wrote. It is not sent to anybody."),
    )
    show_too = forms.BooleanField(label=gettext_lazy("Show it to readers, with the reply"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, feedback: Feedback, data: Any = None) -> None:
        super().__init__(data, initial={"reply": feedback.reply, "seen": moderation.seen_as(feedback)})
        if FeedbackState(feedback.state).is_public:
            del self.fields["show_too"]


class FeedbackView(HandledMixin, TemplateView):
    """Shows what one reader has said; for who does not handle it, there is nothing."""

    template_name = "wagtail_prosjektnett/admin/feedback.html"
    page_title = gettext_lazy("What a reader says")

    @cached_property
    def feedback(self) -> Any:
        """What was said, as it is when the request comes."""
        handled = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return get_object_or_404(handled.select_related("municipality"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return the beginning of what was said."""
        return said_in_words(self.feedback)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what is shown, the form of the reply, and what else can be done."""
        kwargs.setdefault("form", ReplyForm(self.feedback))
        subject = subjects_of(self.request).of(self.feedback)
        return super().get_context_data(
            feedback=self.feedback,
            subject=subject,
            parts=[
                (_("What was said"), _said(self.feedback)),
                (_("Who said it"), _who(self.feedback)),
                (_("What became of it"), _state(self.feedback)),
            ],
            actions=actions_for(self.feedback),
            mailto=_mailto(self.feedback, subject),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the reply."""
        form = ReplyForm(self.feedback, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = form.cleaned_data
        try:
            answered = moderation.reply(
                self.feedback,
                said["reply"],
                timezone.now(),
                seen=said["seen"],
                show_too=said.get("show_too", False),
                user=request.user,
            )
        except moderation.ChangedMeanwhile:
            return self._refuse(form)
        messages.success(request, _outcome(answered))
        return redirect(f"{ADMIN}:inspect", self.feedback.pk)

    def _refuse(self, form: ReplyForm) -> HttpResponse:
        """Show what it is like now, with the reply as it was written."""
        form.add_error(None, _CHANGED)
        del self.feedback
        form.data = {**form.cleaned_data, "seen": moderation.seen_as(self.feedback)}
        return self.render_to_response(self.get_context_data(form=form))


def _outcome(feedback: Feedback) -> str:
    if not feedback.reply:
        return _("There is no reply any more.")
    if FeedbackState(feedback.state).is_public:
        return _("Readers see it with your reply.")
    return _("The reply is saved. Readers see it as soon as you show them what was said.")


def _mailto(feedback: Feedback, subject: Any) -> str:
    """Return the link by which an editor writes to the reader in a mail of their own; empty without an address."""
    if not feedback.email:
        return ""
    said = {"subject": _("Your feedback on %(title)s") % {"title": subject}, "body": feedback.reply}
    return f"mailto:{quote(feedback.email, safe='@')}?{urlencode(said, quote_via=quote)}"


def _label(feedback: Feedback, name: str) -> str:
    field: Any = feedback._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def _rows(feedback: Feedback, **values: Any) -> Rows:
    return [(_label(feedback, name), _shown(value)) for name, value in values.items() if value]


def _shown(value: Any) -> Any:
    return time_in_words(value) if isinstance(value, date) else value


def shown_to_readers(feedback: Feedback) -> Rows:
    """Return what everybody can read, or that counts, once feedback is shown, with what each is called."""
    return _rows(feedback, **_for_readers(feedback), reply=feedback.reply)


def _for_readers(feedback: Feedback) -> dict[str, Any]:
    return {
        "helpful": helpful_in_words(feedback),
        "used": yes_or_no(feedback.used or None),
        "municipality": str(feedback.municipality or ""),
        "comment": feedback.comment,
    }


def _said(feedback: Feedback) -> Rows:
    received = {"language": own_name(feedback.language), "created_at": as_known(feedback, feedback.created_at)}
    return _rows(feedback, **_for_readers(feedback), **received)


def _who(feedback: Feedback) -> Rows:
    return _rows(feedback, name=feedback.name, email=feedback.email)


def _state(feedback: Feedback) -> Rows:
    return _rows(
        feedback,
        state=feedback.get_state_display(),
        reply=feedback.reply,
        replied_at=feedback.replied_at,
        anonymised_at=feedback.anonymised_at,
    )
