"""What is done to one registration by a button: cancelled, given a seat, moved elsewhere."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from wagtail_prosjektnett.admin.registrations.base import OneMixin
from wagtail_prosjektnett.admin.registrations.places import Place, places_of
from wagtail_prosjektnett.admin.registrations.running import run
from wagtail_prosjektnett.admin.registrations.words import can_be_done, done_already
from wagtail_prosjektnett.domain.registration import RegistrationState
from wagtail_prosjektnett.registration import changes, desk


class Action(OneMixin, TemplateView):
    """Asks whether to do something to a registration, and does it."""

    template_name = "wagtail_prosjektnett/admin/registration_action.html"
    form_class: Any = forms.Form
    #: Set by the subclass: its name among the actions, and the words of the button.
    name = ""
    answer: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say so where there is nothing left to do, as somebody else has done it or the page was opened long ago."""
        if self.user_has_permission("change") and not can_be_done(self.name, self.registration):
            messages.warning(request, done_already(self.registration))
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    @property
    def question(self) -> str:
        """What will be done."""
        raise NotImplementedError

    def act(self, said: dict[str, Any]) -> Any:
        """Do it with what the form says, and return the registration as it is then, or None where it was not done."""
        raise NotImplementedError

    def outcome(self, registration: Any) -> str:
        """Return how it went, in words."""
        raise NotImplementedError

    def get_form(self, data: Any = None) -> forms.Form:
        """Return the form that goes with the question."""
        return self.form_class(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the question and the answers to it."""
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(
            registration=self.registration, question=self.question, answer=self.answer, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, and go back."""
        form = self.get_form(request.POST)
        self.registration  # noqa: B018  # somebody else's does not exist, whatever the form says
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        done = run(request, partial(self.act, form.cleaned_data))
        if done is not None:
            messages.success(request, self.outcome(done))
        return self.back()


class CancelForm(forms.Form):
    """Whether the participant is told."""

    tell = forms.BooleanField(label=gettext_lazy("Send a mail that says so"), required=False, initial=True)


class Cancel(Action):
    """Cancels a registration, so that the next one who waits moves up."""

    name = "cancel"
    page_title = gettext_lazy("Cancel the registration")
    answer = gettext_lazy("Cancel it")
    form_class = CancelForm

    @property
    def question(self) -> str:
        """What will be done."""
        text = _(
            "%(name)s is signed off from %(place)s. If there is room then, the next one who waits moves up. "
            "This cannot be undone."
        )
        return text % {"name": self.registration, "place": self.registration.place}

    def act(self, said: dict[str, Any]) -> Any:
        """Cancel it."""
        at = timezone.now()
        return changes.cancel(self.registration, at, tell=said["tell"], user=self.request.user)

    def outcome(self, registration: Any) -> str:
        """Return how it went, in words."""
        return _("The registration is cancelled.")


class Promote(Action):
    """Gives one who waits a seat before all others."""

    name = "promote"
    page_title = gettext_lazy("Give a seat")
    answer = gettext_lazy("Give the seat")

    @property
    def question(self) -> str:
        """What will be done, and whether there are more people than seats then."""
        seats = self.registration.place.pool.seats
        words = _("%(name)s gets a seat now, before all others who wait, and a mail that says so.")
        if seats.free == 0:
            words += " " + _("All %(capacity)s seats are taken: %(seated)s people will have one.")
        return words % {"name": self.registration, "capacity": seats.capacity, "seated": seats.seated + 1}

    def act(self, said: dict[str, Any]) -> Any:
        """Give the seat."""
        return desk.promote(self.registration, timezone.now(), user=self.request.user)

    def outcome(self, registration: Any) -> str:
        """Return how it went, in words."""
        if registration.state == RegistrationState.SEATED:
            return _("%(name)s has a seat.") % {"name": registration}
        return _("%(name)s does not wait any more.") % {"name": registration}


class Move(Action):
    """Moves somebody to another time and place of the gathering."""

    name = "move"
    page_title = gettext_lazy("Move to another time or place")
    answer = gettext_lazy("Move")

    @property
    def question(self) -> str:
        """What will be done."""
        return _(
            "%(name)s leaves %(place)s, and comes as the last one to the other: with a seat if there is one, and else "
            "on the waiting list. A mail says so."
        ) % {"name": self.registration, "place": self.registration.place.name}

    @property
    def targets(self) -> list[Place]:
        """Where somebody can be moved to."""
        places = places_of(self.request).of_gathering(self.registration.pool.gathering_key)
        return [place for place in places if place.row is not None and place.pool.pk != self.registration.pool_id]

    def get_form(self, data: Any = None) -> forms.Form:
        """Return the choice of the other times and places."""
        choices = [(str(place.pool.pk), f"{place.name} ({_room(place)})") for place in self.targets]
        return MoveForm(data, choices=choices)

    def act(self, said: dict[str, Any]) -> Any:
        """Move the registration."""
        target = places_of(self.request).of(int(said["target"])).pool
        return desk.move(self.registration, target, timezone.now(), user=self.request.user)

    def outcome(self, registration: Any) -> str:
        """Return how it went, in words."""
        if not registration.is_active:
            return done_already(registration)
        if registration.state == RegistrationState.WAITING:
            return _("%(name)s is moved, and waits there with number %(number)s.") % {
                "name": registration,
                "number": registration.number,
            }
        return _("%(name)s is moved, and has a seat there.") % {"name": registration}


class MoveForm(forms.Form):
    """The choice of another time and place."""

    target = forms.ChoiceField(label=gettext_lazy("Move to"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target: Any = self.fields["target"]
        target.choices = choices


def _room(place: Place) -> str:
    seats = place.pool.seats
    if seats.free is None:
        return _("no limit")
    return _("%(free)s of %(capacity)s seats free, %(waiting)s waiting") % {
        "free": seats.free,
        "capacity": seats.capacity,
        "waiting": seats.waiting,
    }
