"""The form on which readers say what they think. All doors check by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_prosjektnett.domain.feedback import FeedbackAbout, Said
from wagtail_prosjektnett.models import Organisation
from wagtail_prosjektnett.reader_forms.fields import AddressField, LineField, TextField, municipalities_on
from wagtail_prosjektnett.reader_forms.problems import Problem, problems_of

_ANSWERS = {"yes": True, "no": False}


class FeedbackForm(forms.Form):
    """What a reader says of an article, or of the experience base as a whole; nobody has to say who they are.

    ``day`` is the day in the network's time zone: of the municipalities, those are offered that there are.
    """

    helpful = forms.TypedChoiceField(
        label=gettext_lazy("Was it of help?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=_ANSWERS.get,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose yes or no.")},
    )
    used = forms.BooleanField(label=gettext_lazy("We have used this"), required=False)
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Used in the municipality"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("None, or another organisation"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of these municipalities.")},
    )
    comment = TextField(
        label=gettext_lazy("Comment"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("An editor reads it, and may show it here. Leave out what names or describes a person."),
    )
    name = LineField(
        label=gettext_lazy("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, about: FeedbackAbout, day: date, data: Any = None) -> None:
        super().__init__(data, auto_id="feedback_%s")
        if about.can_be_used:
            choices: Any = self.fields["municipality"]
            choices.queryset = municipalities_on(day)
        else:
            del self.fields["used"], self.fields["municipality"]

    @property
    def said(self) -> Said:
        """What the reader says; the form must be valid."""
        return self._said(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        """Refuse what says nothing."""
        if not self.errors and self._said(self.cleaned_data).is_empty:
            words = _("Say whether it was of help, or write a comment.")
            raise forms.ValidationError(words, code="nothing-said")
        return self.cleaned_data

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, in the order of the form."""
        for message in self.non_field_errors():
            yield Problem(str(message))
        yield from problems_of(self)

    @staticmethod
    def _said(data: dict[str, Any]) -> Said:
        place = data.get("municipality")
        return Said(
            helpful=data["helpful"],
            # Who names a municipality says that it was used there.
            used=bool(data.get("used") or place),
            municipality=place.pk if place else None,
            comment=data["comment"],
            name=data["name"],
            email=data["email"],
        )
