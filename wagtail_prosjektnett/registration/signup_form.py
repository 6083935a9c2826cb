"""The whole form of a gathering: where one comes, who comes, and who signs them up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_prosjektnett.domain.registration import NOBODY, Contact, repeated
from wagtail_prosjektnett.pages.question import asked_by
from wagtail_prosjektnett.reader_forms.fields import AddressField, NameField
from wagtail_prosjektnett.reader_forms.problems import Problem, problems_of
from wagtail_prosjektnett.registration.forms import ParticipantForm
from wagtail_prosjektnett.registration.places import Place
from wagtail_prosjektnett.registration.register import Signup
from wagtail_prosjektnett.registration.typed import MOST_PEOPLE, Typed, prefix


class SignupForm(forms.Form):
    """Somebody who signs up, or a contact who signs up several.

    ``page`` is the gathering in the language that is read, and ``day`` the day in the network's time zone. With
    ``is_sent``, what was typed is checked; without, it is only shown.
    """

    occurrence = forms.ChoiceField(
        label=gettext_lazy("Time and place"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a time and place."),
            "invalid_choice": gettext_lazy("Choose one of these times and places."),
        },
    )
    contact_name = NameField(
        label=gettext_lazy("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_email = AddressField(
        label=gettext_lazy("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Gets the mail for those who have no address of their own here."),
    )

    def __init__(self, page: Any, typed: Typed, places: list[Place], *, day: date, is_sent: bool) -> None:
        super().__init__(typed.data if is_sent else None, initial=dict(typed.own))
        self.page, self.typed, self.places = page, typed, places
        self.fields["occurrence"].choices = [(place.key, place.key) for place in places]  # type: ignore[attr-defined]
        if not typed.several:
            del self.fields["contact_name"], self.fields["contact_email"]
        questions = asked_by(page)
        self.people = [
            ParticipantForm(
                page,
                typed.data if is_sent else None,
                initial=dict(person),
                day=day,
                own_address=not typed.several,
                questions=questions,
                prefix=prefix(place),
            )
            for place, person in enumerate(typed.people)
        ]
        _share_choices(self.people)
        if typed.several:
            _ask_of_others(self.people)
        for form in (self, *self.people):
            for name, field in form.fields.items():
                if form.add_prefix(name) == typed.focus:
                    field.widget.attrs["autofocus"] = True

    @property
    def may_add(self) -> bool:
        """Whether one more person can be signed up together with these."""
        return len(self.people) < MOST_PEOPLE

    @property
    def signup(self) -> Signup:
        """Who wants to come where; the form must be valid."""
        said = self.cleaned_data
        chosen = next(place for place in self.places if place.key == said["occurrence"])
        contact = Contact(said["contact_name"], said["contact_email"]) if self.typed.several else NOBODY
        return Signup(chosen.occurrence, [form.participant for form in self.people], contact)

    def clean(self) -> dict[str, Any]:
        """Check each of the people, and that nobody stands there twice."""
        are_valid = [form.is_valid() for form in self.people]
        if all(are_valid) and not self.errors:
            for place in repeated(self.signup.participants, self.signup.contact):
                name = "email" if self.people[place].cleaned_data["email"] else "name"
                self.people[place].add_error(name, _("This person stands further up already."))
        return self.cleaned_data

    def is_valid(self) -> bool:
        """Whether all of it can be taken."""
        return super().is_valid() and all(form.is_valid() for form in self.people)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, in the order of the form."""
        yield from problems_of(self)
        for place, form in enumerate(self.people, start=1):
            whose = _("Person %(number)d: ") % {"number": place} if self.typed.several else ""
            yield from problems_of(form, whose)


def _share_choices(people: list[ParticipantForm]) -> None:
    """Ask the database once for the municipalities, however many people are shown, and not at all where none is."""
    first: Any = people[0].fields["organisation"]
    found = first.choices

    @cache
    def choices() -> list[tuple[Any, Any]]:
        return [(getattr(value, "value", value), words) for value, words in found]

    for form in people:
        field: Any = form.fields["organisation"]
        field.choices = choices


def _ask_of_others(people: list[ParticipantForm]) -> None:
    """What a browser knows of whoever types is not about those who are signed up."""
    for form in people:
        for name in ("name", "email", "organisation_name", "role"):
            form.fields[name].widget.attrs["autocomplete"] = "off"
