"""The form in which an editor signs somebody up, or corrects what a participant has said."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from wagtail_prosjektnett.admin.registrations.base import OneMixin, PlaceMixin
from wagtail_prosjektnett.admin.registrations.running import run
from wagtail_prosjektnett.domain.registration import NOBODY, Participant, RegistrationState
from wagtail_prosjektnett.registration import desk
from wagtail_prosjektnett.registration.change_form import KeptForm
from wagtail_prosjektnett.registration.forms import ParticipantForm
from wagtail_prosjektnett.registration.new import new_registration

_TEMPLATE = "wagtail_prosjektnett/admin/registration_form.html"


class Add(PlaceMixin, FormView):
    """Signs somebody up, also after the deadline, and where all seats are taken."""

    template_name = _TEMPLATE
    page_title = gettext_lazy("Add somebody")
    needs_page = True

    def get_form(self, form_class: Any = None) -> ParticipantForm:
        """Return the form of the gathering; who has no address of their own is told by whoever signs them up."""
        data = self.request.POST if self.request.method == "POST" else None
        return ParticipantForm(self.place.page, data, day=_day(self.place), own_address=False)

    def form_valid(self, form: ParticipantForm) -> HttpResponse:
        """Sign them up, and say whether they have a seat."""
        added = run(self.request, partial(self._add, form.participant))
        if added is None:
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, _outcome(added))
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, and what to know before it is filled in."""
        free = self.place.pool.seats.free
        notice = _("All seats are taken: whoever is added now waits at the end of the queue.") if free == 0 else ""
        kwargs |= {"notice": notice, "submit_button_label": _("Add"), "submit_button_active_label": _("Adding…")}
        return super().get_context_data(**kwargs)

    def _add(self, participant: Participant) -> Any:
        at = timezone.now()
        registration = new_registration(participant, NOBODY, self.place.page, at)
        return desk.add(registration, self.place.pool, at, needs=participant.needs, user=self.request.user)


class CorrectionForm(KeptForm):
    """The form of the gathering as a participant has filled it in, and what it looked like when it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, registration: Any, data: Any, *, day: Any) -> None:
        super().__init__(registration.place.page, registration, data, day=day)
        self.initial["seen"] = desk.seen_as(registration)


class Correct(OneMixin, FormView):
    """Corrects what a participant has said."""

    template_name = _TEMPLATE
    page_title = gettext_lazy("Edit")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show what has ended, or has no gathering any more, as it is: there is nothing to correct."""
        if self.user_has_permission("change"):
            found = self.registration
            if not found.is_active or found.place.page is None:
                return self.back()
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> CorrectionForm:
        """Return the form as it was filled in."""
        data = self.request.POST if self.request.method == "POST" else None
        return CorrectionForm(self.registration, data, day=_day(self.registration.place))

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        """Take over what was corrected; what somebody else has changed in the meantime stays."""
        change = partial(
            desk.correct,
            self.registration,
            form.participant,
            timezone.now(),
            seen=form.cleaned_data["seen"],
            user=self.request.user,
        )
        if run(self.request, change) is None:
            return self.render_to_response(self.get_context_data(form=form, is_stale=True))
        messages.success(self.request, _("The registration is changed, and a mail says so."))
        return self.back()

    @cached_property
    def notice(self) -> str:
        """What to know before the form is filled in."""
        return _(
            "The participant gets a mail that says that the registration was changed. With another address, it goes "
            "there, and the links in earlier mails end."
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, and what to know before it is filled in."""
        kwargs |= {"notice": self.notice, "submit_button_label": _("Save"), "submit_button_active_label": _("Saving…")}
        return super().get_context_data(registration=self.registration, **kwargs)


def _day(place: Any) -> Any:
    return timezone.localdate(timezone=place.page.lifecycle.tz)


def _outcome(registration: Any) -> str:
    words = {
        RegistrationState.SEATED: _("%(name)s has a seat."),
        RegistrationState.WAITING: _("All seats are taken: %(name)s waits with number %(number)s."),
    }
    return words[RegistrationState(registration.state)] % {"name": registration, "number": registration.number}
