"""The forms by which a registration is changed: the same as the one it was made by, without the place."""

from __future__ import annotations

import copy
import dataclasses
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from wagtail_prosjektnett.domain.registration import Participant
from wagtail_prosjektnett.models import Organisation, Registration
from wagtail_prosjektnett.registration.forms import QUESTION, YES_NO, ParticipantForm
from wagtail_prosjektnett.registration.holders import is_taken

_AS_KEPT = ("name", "email", "organisation", "organisation_name", "role", "comment")


class KeptForm(ParticipantForm):
    """What somebody says who has signed up already, filled in with what was said before.

    What was said can be left as it is, whatever the editor offers by now.
    """

    def __init__(self, page: Any, registration: Registration, *args: Any, day: date, **kwargs: Any) -> None:
        self.registration = registration
        # Who gets mail at an address of their own alone cannot do without it.
        own_address = bool(registration.email) and not registration.contact_email
        super().__init__(page, *args, day=day, own_address=own_address, initial=_said_before(registration), **kwargs)
        # A municipality that is no more is still where one said to come from.
        choices: Any = self.fields["organisation"]
        choices.queryset = choices.queryset | Organisation.objects.filter(pk=registration.organisation_id)
        for key, answer in registration.answers.items():
            _offer(self.fields.get(f"{QUESTION}{key}"), _as_typed(answer))

    def clean(self) -> dict[str, Any]:
        """Check that nobody becomes a person who is signed up already."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        # Who has no address is known by the name; an address is taken by whoever gives another one.
        if not self.errors and not said["email"]:
            after = copy.copy(self.registration)
            after.name, after.email = said["name"], ""
            if is_taken(after):
                self.add_error("name", forms.ValidationError(_("This person is signed up already."), code="repeated"))
        return said

    @property
    def participant(self) -> Participant:
        """Who the form says that comes, with each answer that was left as it is as it was kept."""
        said, kept = super().participant, self.registration.answers
        answers = {
            key: kept[key] if key in kept and answer == _as_typed(kept[key]) else answer
            for key, answer in said.answers.items()
        }
        return dataclasses.replace(said, answers=answers)


class ChangeForm(KeptForm):
    """The form of the participants themselves. The e-mail address cannot be another one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True


def _said_before(registration: Registration) -> dict[str, Any]:
    said = {name: getattr(registration, name) for name in _AS_KEPT}
    answers = {f"{QUESTION}{key}": _as_typed(answer) for key, answer in registration.answers.items()}
    needs = getattr(registration, "needs", None)
    told = {name: getattr(needs, name) for name in ParticipantForm.needs_fields} if needs else {}
    return {**said, **answers, **told}


def _as_typed(answer: Any) -> Any:
    return {True: "yes", False: "no"}.get(answer, answer) if isinstance(answer, bool) else answer


def _offer(field: Any, answer: Any) -> None:
    """Let an answer be chosen that a question does not offer any more."""
    if isinstance(field, forms.ChoiceField) and answer and not field.valid_value(answer):
        offered: Any = field.choices
        field.choices = [*offered, (answer, dict(YES_NO).get(answer, answer))]
