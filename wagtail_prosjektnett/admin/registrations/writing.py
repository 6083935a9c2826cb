"""An editor's mail to all at one time and place: written, looked at with the number of those who get it, and sent."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from wagtail_prosjektnett.admin.registrations.base import PlaceMixin
from wagtail_prosjektnett.admin.registrations.running import run
from wagtail_prosjektnett.domain.registration import ACTIVE, RegistrationState
from wagtail_prosjektnett.reader_forms.fields import LineField, TextField
from wagtail_prosjektnett.registration import desk

_AUDIENCES: dict[str, tuple[Any, tuple[RegistrationState, ...]]] = {
    "seated": (gettext_lazy("Those who have a seat"), (RegistrationState.SEATED,)),
    "waiting": (gettext_lazy("Those who wait"), (RegistrationState.WAITING,)),
    "both": (gettext_lazy("Both"), ACTIVE),
}


class MessageForm(forms.Form):
    """What is written, and to whom. ``key`` lets a form that is sent twice write once."""

    audience = forms.ChoiceField(
        label=gettext_lazy("To"),
        choices=[(value, label) for value, (label, _states) in _AUDIENCES.items()],
        widget=forms.RadioSelect,
        initial="seated",
    )
    subject = LineField(label=gettext_lazy("Subject"), max_length=200)
    body = TextField(
        label=gettext_lazy("Text"),
        max_length=10_000,
        help_text=gettext_lazy("Plain text. Each mail ends with the link to the participant’s own registration."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class Message(PlaceMixin, FormView):
    """Writes to all at one time and place."""

    template_name = "wagtail_prosjektnett/admin/registration_message.html"
    page_title = gettext_lazy("Write to all")
    form_class = MessageForm

    def form_valid(self, form: MessageForm) -> HttpResponse:
        """Show what will be sent, or send it when that was seen."""
        states = _AUDIENCES[form.cleaned_data["audience"]][1]
        if "send" not in self.request.POST:
            return self._show(form, len(desk.recipients(self.place.pool, states)))
        message = {name: str(form.cleaned_data[name]) for name in ("subject", "body", "key")}
        user, at = self.request.user, timezone.now()
        sent = run(self.request, lambda: desk.write_to(self.place.pool, states, message, at, user=user))
        if sent is not None:
            words = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", sent)
            messages.success(self.request, words % {"count": sent})
        return self.back()

    def _show(self, form: MessageForm, count: int) -> HttpResponse:
        is_preview = "edit" not in self.request.POST
        return self.render_to_response(self.get_context_data(form=form, is_preview=is_preview, count=count))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, and in a preview what it says."""
        return super().get_context_data(place=self.place, list_url=self.list_url, **kwargs)
