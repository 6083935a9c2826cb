"""What is wrong with a form, as the list above it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with a form, and where: the ``id`` of a field and its words, empty for the whole form."""

    message: str
    target: str = ""
    label: str = ""


def problems_of(form: forms.Form, whose: str = "") -> Iterator[Problem]:
    """Yield what is wrong with a form that is part of a page, in the order of its fields."""
    for field in form:
        target = f"{field.auto_id}_0" if field.widget_type == "radioselect" else field.auto_id
        for message in field.errors:
            yield Problem(str(message), target, f"{whose}{field.label}")
