"""The edit form of an experience article."""

from typing import Any

from django import forms

from wagtail_prosjektnett.pages.forms.base import RuleCheckingPageForm
from wagtail_prosjektnett.pages.types import PageRole

#: What whoever says that an article still holds changes, also while another editor has it open.
_DAYS = ("last_reviewed", "next_review")


class ExperiencePageForm(RuleCheckingPageForm):
    """Lets an editor choose only a gathering as the source of what was learned.

    Beside each day of review it has, hidden, what the day was when the form was opened: one that the editor has not
    touched is not sent back over what somebody else has said of it in the meantime.
    """

    role_of_target = {"source_gathering": PageRole.GATHERING}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._opened_with = {_opened(name): name for name in _DAYS if name in self.fields}
        for hidden, name in self._opened_with.items():
            self.fields[hidden] = forms.DateField(required=False, widget=forms.HiddenInput)
            self.initial[hidden] = self.initial.get(name)

    def clean(self) -> dict[str, Any]:
        """Keep the days that the editor has not touched as they are stored by now."""
        cleaned = super().clean()
        for hidden, name in self._opened_with.items():
            if self.add_prefix(hidden) not in self.data or not {hidden, name} <= cleaned.keys():
                continue
            sent, opened = cleaned[name], cleaned[hidden]
            # A page that saves itself goes on with the form as it is: from now on it was opened with what was sent.
            cleaned[hidden] = sent
            if sent == opened:
                cleaned[name] = getattr(self.instance, name)
        return cleaned

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell the open page with what days it is open now that they are saved."""
        days = [(self.add_prefix(hidden), self.cleaned_data.get(hidden)) for hidden in self._opened_with]
        return [*super().get_field_updates_for_resave(), *((name, str(day or "")) for name, day in days)]


def _opened(name: str) -> str:
    return f"opened_{name}"
