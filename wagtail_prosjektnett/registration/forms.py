"""The form of a gathering: what one says of oneself, and the editor's own questions. All doors check by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.registration import Needs, Participant, QuestionKind
from wagtail_prosjektnett.models import Organisation
from wagtail_prosjektnett.pages.question import AskedQuestion, asked_by
from wagtail_prosjektnett.reader_forms.fields import AddressField, LineField, NameField, TextField, municipalities_on

QUESTION = "question_"
#: How yes and no are typed, and shown.
YES_NO = (("yes", _("Yes")), ("no", _("No")))


class ParticipantForm(forms.Form):
    """What somebody who signs up for a gathering says.

    ``page`` is the gathering in the language that is read; its questions are fields of their own. ``day`` is the day
    in the network's time zone. Without ``own_address``, the e-mail address can be left out: a contact gets the mail.
    ``questions`` are those of the gathering, where they were read already.
    """

    name = NameField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = AddressField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    organisation = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Another organisation, or none"),
    )
    organisation_name = LineField(
        label=_("Other organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    role = LineField(
        label=_("Role"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    comment = TextField(label=_("Comment to the organiser"), max_length=2000, required=False)
    dietary = TextField(label=_("What you need to eat"), max_length=500, required=False)
    access = TextField(label=_("What you need to take part"), max_length=500, required=False)

    #: The fields whose answers are sensitive personal data; a gathering asks for both or for neither.
    needs_fields = ("dietary", "access")

    def __init__(
        self,
        page: Any,
        *args: Any,
        day: date,
        own_address: bool = True,
        questions: Sequence[AskedQuestion] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        choices: Any = self.fields["organisation"]
        choices.queryset = municipalities_on(day)
        self.fields["email"].required = own_address
        if not page.registration_needs:
            for name in self.needs_fields:
                del self.fields[name]
        for question in asked_by(page) if questions is None else questions:
            self.fields[f"{QUESTION}{question.uid}"] = _FIELDS[question.kind](question)

    @property
    def question_fields(self) -> list[Any]:
        """The fields of the editor's questions, bound to what was answered."""
        return [self[name] for name in self.fields if name.startswith(QUESTION)]

    @property
    def participant(self) -> Participant:
        """Who the form says that comes; it must be valid."""
        said = self.cleaned_data
        return Participant(
            name=said["name"],
            email=said["email"],
            organisation=said["organisation"].pk if said["organisation"] else None,
            organisation_name=said["organisation_name"],
            role=said["role"],
            comment=said["comment"],
            answers={name.removeprefix(QUESTION): said[name] for name in said if name.startswith(QUESTION)},
            needs=Needs(said["dietary"], said["access"]) if self.page.registration_needs else None,
        )


def _text(question: AskedQuestion) -> forms.Field:
    return TextField(label=question.label, help_text=question.help_text, required=question.required, max_length=2000)


def _choice(question: AskedQuestion) -> forms.Field:
    return forms.ChoiceField(
        label=question.label,
        help_text=question.help_text,
        required=question.required,
        choices=question.options,
        widget=forms.RadioSelect,
    )


def _yes_no(question: AskedQuestion) -> forms.Field:
    return forms.TypedChoiceField(
        label=question.label,
        help_text=question.help_text,
        required=question.required,
        choices=YES_NO,
        # Another answer may be kept of what the question was before.
        coerce=lambda value: {"yes": True, "no": False}.get(value, value),
        empty_value=None,
        widget=forms.RadioSelect,
    )


_FIELDS: dict[QuestionKind, Callable[[AskedQuestion], forms.Field]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.CHOICE: _choice,
    QuestionKind.YES_NO: _yes_no,
}
