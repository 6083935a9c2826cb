"""Fields of the forms that readers fill in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.db.models import Q

from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.models import Organisation
from wagtail_prosjektnett.reader_forms.words import one_line, several_lines, without_links
from wagtail_prosjektnett.records.organisations import OrganisationKind


def municipalities_on(day: date) -> Any:
    """Return the municipalities that one can choose between: those that there are on a day."""
    valid = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
    return Organisation.objects.filter(valid, kind=OrganisationKind.MUNICIPALITY).order_by("name")


class LineField(forms.CharField):
    """A text on one line."""

    def clean(self, value: Any) -> str:
        """Return the text, or raise ``ValidationError``."""
        return one_line(super().clean(value))


class NameField(LineField):
    """The name of a person."""

    def clean(self, value: Any) -> str:
        """Return the name, or raise ``ValidationError``."""
        return without_links(super().clean(value))


class TextField(forms.CharField):
    """A text on as many lines as it takes."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> str:
        """Return the text, or raise ``ValidationError``."""
        return several_lines(super().clean(value))


class AddressField(forms.EmailField):
    """An e-mail address that has room for it, also as it is compared."""

    def clean(self, value: Any) -> str:
        """Return the address, or raise ``ValidationError``."""
        address: str = super().clean(value)
        if len(normalised(address)) > 254:
            raise forms.ValidationError(validate_email.message, code="invalid")
        return address


def municipality_keys(numbers: Any, day: date) -> dict[str, int]:
    """Return the keys of municipalities that there are on a day by their numbers, with one query, or none for none."""
    wanted = {number for number in numbers if number}
    if not wanted:
        return {}
    found = municipalities_on(day).filter(municipality_number__in=wanted)
    return dict(found.values_list("municipality_number", "pk"))
