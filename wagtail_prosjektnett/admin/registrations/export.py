"""Registrations as a spreadsheet."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from wagtail_prosjektnett.admin.registrations.places import places_of
from wagtail_prosjektnett.admin.spreadsheets import SafeSpreadsheetMixin, as_text
from wagtail_prosjektnett.admin.words import yes_or_no
from wagtail_prosjektnett.models import Registration, SeatPool
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.records.anonymous import as_known
from wagtail_prosjektnett.registration.audit import RegistrationAction, note

_ANSWER = "answer:"
_WORDS: dict[str, Any] = {
    "gathering": gettext_lazy("Gathering"),
    "place": gettext_lazy("Time and place"),
    "number": gettext_lazy("Number"),
    "state": gettext_lazy("State"),
    "confirmed": gettext_lazy("Confirmed"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail"),
    "organisation": gettext_lazy("Organisation"),
    "role": gettext_lazy("Role"),
    "comment": gettext_lazy("Comment"),
    "contact_name": gettext_lazy("Signed up by"),
    "contact_email": gettext_lazy("The e-mail of who signed up"),
    "language": gettext_lazy("Language"),
    "attended": gettext_lazy("Was there"),
    "created_at": gettext_lazy("Signed up"),
}
_NEEDS: dict[str, Any] = {
    "dietary": gettext_lazy("What they need to eat"),
    "access": gettext_lazy("What they need to take part"),
}


class ExportMixin(SafeSpreadsheetMixin):
    """Exports a list of registrations, with the answers to each question in a column of its own.

    What people need is left out, unless it is asked for by an export of its own. The history of each gathering tells
    who has exported what.
    """

    request: Any
    export_filename = "registrations"
    #: Which columns there are is known when the rows are.
    list_export = [*_WORDS]

    @cached_property
    def with_needs(self) -> bool:
        """Whether sensitive personal data were asked for."""
        return self.is_export and self.request.GET.get("needs") == "1"

    @cached_property
    def export_with_needs_buttons(self) -> list[Button]:
        """The buttons that ask for sensitive personal data."""
        query = self.request.GET.copy()
        query.update({"export": self.FORMAT_XLSX, "needs": "1"})
        label = _("Download XLSX with what people need")
        return [Button(label, url=f"{self.request.path}?{query.urlencode()}", icon_name="download", priority=110)]

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        """Return the file, and write down that it was taken out."""
        rows = list(queryset.select_related("needs") if self.with_needs else queryset)
        self._questions = _questions(rows)
        self.list_export = [*_WORDS, *self._questions, *(_NEEDS if self.with_needs else ())]
        for pool in SeatPool.objects.filter(pk__in={row.pool_id for row in rows}):
            exported = [row for row in rows if row.pool_id == pool.pk]
            note(pool, RegistrationAction.EXPORTED, exported, self.request.user, needs=self.with_needs)
        return super().as_spreadsheet(rows, spreadsheet_format)

    def get_heading(self, queryset: Any, field: str) -> str:
        """Return the heading of a column; an editor's question could be a formula as well."""
        return as_text(str({**_WORDS, **_NEEDS, **self._questions}[field]))

    def to_row_dict(self, item: Registration) -> dict[str, Any]:
        """Return the cells of one registration."""
        place = places_of(self.request).of(item.pool_id)
        needs = getattr(item, "needs", None) if self.with_needs else None
        cells = {
            **{name: getattr(item, name, "") for name in _WORDS},
            "gathering": place.gathering,
            "place": place.name,
            "state": item.get_state_display(),
            "confirmed": yes_or_no(item.confirm_by is None),
            "created_at": as_known(item, item.created_at),
            "organisation": str(item.organisation or item.organisation_name),
            "attended": yes_or_no(item.attended),
            **{key: _answer(item.answers.get(key.removeprefix(_ANSWER))) for key in self._questions},
            **{name: getattr(needs, name, "") for name in _NEEDS},
        }
        return {name: cells[name] for name in self.list_export}


def _questions(rows: Iterable[Registration]) -> dict[str, str]:
    """Return the headings of the questions that some people have answered, the page's own order first.

    A question that is not asked any more keeps its column.
    """
    answered = {key for row in rows for key in row.answers}
    labels = {str(question.uid): question.label for question in _asked(answered)}
    gone = {key: _("A question that was deleted") for key in sorted(answered - labels.keys())}
    return {f"{_ANSWER}{key}": label for key, label in {**labels, **gone}.items()}


def _asked(keys: Iterable[str]) -> Any:
    model = page_model(PageRole.GATHERING)
    uids = [uuid.UUID(key) for key in keys]
    if model is None or not uids:
        return []
    questions = model.questions.rel.related_model.objects.filter(uid__in=uids)
    # The source's words come last, and stand.
    return questions.order_by("-page_id", "sort_order")


def _answer(value: Any) -> str:
    return yes_or_no(value) if value is None or isinstance(value, bool) else str(value)
