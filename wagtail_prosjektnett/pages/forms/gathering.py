"""The edit form of a gathering, with its times and places and its presentations."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from wagtail_prosjektnett.domain.gatherings import OCCURRENCES, GatheringPlan
from wagtail_prosjektnett.domain.questions import QUESTIONS
from wagtail_prosjektnett.pages.forms.base import RuleCheckingPageForm
from wagtail_prosjektnett.pages.forms.facts import FactsInlinePanel
from wagtail_prosjektnett.pages.plans import RELATIONS, gathering_plan
from wagtail_prosjektnett.pages.tree import nearest_network

#: The relations whose rows have a key that outlives them.
KEYED = (OCCURRENCES, QUESTIONS)


class FormInlinePanel(FactsInlinePanel):
    """An inline panel whose rows have a form of their own.

    The row form names in ``inherited`` what it takes from attributes of the page form.
    """

    def __init__(self, *args: Any, form: type[WagtailAdminModelForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form

    def clone_kwargs(self) -> dict[str, Any]:
        """Return what a copy of the panel is made from."""
        return {**super().clone_kwargs(), "form": self.form}

    def get_form_options(self) -> dict[str, Any]:
        """Return Wagtail's options for the rows, with their form."""
        options = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows.update(form=self.form, inherit_kwargs=self.form.inherited)
        return options


class KeyedRowForm(WagtailAdminModelForm):
    """A row that keeps its ``uid`` while it exists only in a draft.

    A row that has never been published has no primary key to be known by, so its ``uid`` travels in a
    hidden field. Only what the page already has is accepted there.
    """

    inherited: tuple[str, ...] = ("known_uids",)

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known_uids: frozenset[uuid.UUID] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_uids = known_uids
        if kwargs.get("instance") is not None:
            self.initial["uid"] = self.instance.uid

    def has_changed(self) -> bool:
        """Say whether the editor changed anything; the hidden key is not the editor's."""
        return any(name != "uid" for name in self.changed_data)

    def settle_uid(self, taken: set[uuid.UUID]) -> None:
        """Give a row that is not saved yet its key: the posted one if the page knows it, or a new one."""
        if self.instance.pk is None:
            posted = self.cleaned_data.get("uid")
            usable = posted in self.known_uids and posted not in taken
            self.instance.uid = posted if usable else uuid.uuid4()
        taken.add(self.instance.uid)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell the open page the key of a row that was just saved for the first time."""
        return [*super().get_field_updates_for_resave(), (f"{self.prefix}-uid", str(self.instance.uid))]


class OccurrenceForm(KeyedRowForm):
    """A time and place: another page's ``uid`` would bring its registrations along."""


class PresentationForm(WagtailAdminModelForm):
    """A presentation, with a choice among the gathering's times and places."""

    inherited = ("occurrence_choices",)

    def __init__(self, *args: Any, occurrence_choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "occurrence_uid" in self.fields:
            field = self.fields["occurrence_uid"]
            self.fields["occurrence_uid"] = forms.TypedChoiceField(
                choices=[("", _("Everywhere")), *occurrence_choices],
                coerce=uuid.UUID,
                empty_value=None,
                required=False,
                label=field.label,
                help_text=field.help_text,
            )


class GatheringPageForm(RuleCheckingPageForm):
    """Checks a gathering against the rules of the domain, and lets occurrences keep their keys."""

    @property
    def known_uids(self) -> frozenset[uuid.UUID]:
        """The keys of the occurrences and questions that the page had when the form was opened."""
        return frozenset(row.uid for name in KEYED for row in getattr(self.instance, name).all())

    @property
    def occurrence_choices(self) -> list[tuple[str, str]]:
        """The times and places that a presentation can belong to."""
        return [(str(row.uid), str(row)) for row in self.instance.occurrences.all()]

    def clean(self) -> dict[str, Any]:
        """Check the gathering as a whole: dates, registration, places and the network's lifecycle."""
        cleaned = super().clean()
        self._settle_uids()
        self.add_broken_rules(self._plan().broken(complete=not self.is_deferred_validation))
        return cleaned

    def _settle_uids(self) -> None:
        for relation in KEYED:
            if relation in self.formsets:
                taken = {row.uid for _index, row in self.rows(relation) if row.pk}
                for form in self._new_rows(relation):
                    form.settle_uid(taken)

    def _new_rows(self, relation: str = OCCURRENCES) -> list[KeyedRowForm]:
        if relation not in self.formsets:
            return []
        formset = self.formsets[relation]
        formset.is_valid()  # rows have no cleaned data before
        return [form for form in formset.forms if hasattr(form, "cleaned_data") and form.instance.pk is None]

    def _plan(self) -> GatheringPlan:
        rows = {name: self.rows(name) for name in RELATIONS}
        rows[OCCURRENCES] = [(index, row) for index, row in rows[OCCURRENCES] if row.start_date]
        network = nearest_network(self.parent_page) if self.parent_page else None
        plan = gathering_plan(self.instance, network, self._moment_of_publishing(), self.value, rows)
        formset = self.formsets.get(OCCURRENCES)
        # A row with a mistake in it is not in the plan, and is not lost.
        return plan if formset is None or formset.is_valid() else replace(plan, signed_up=())

    def _moment_of_publishing(self) -> datetime:
        """Return when the page would be published if it were published as the form says."""
        now = timezone.now()
        return max(now, self.value("go_live_at") or now)


class GatheringApiForm(GatheringPageForm):
    """The form behind API v3, to which a time and place may come without the ``id`` by which it is saved.

    It is then the one that had its name and its first day, unless that one is sent as well: who is signed up for it
    stays signed up, and what the API does not tell of it is kept.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.instance.occurrences.all() if "occurrences" in self.formsets else ()
        self._before = {(row.name, row.start_date): (row.uid, row.online_address) for row in rows}

    def _settle_uids(self) -> None:
        new = [form for form in self._new_rows() if self._as_before(form) is not None]
        for form in new:
            form.cleaned_data["uid"], _online_address = self._as_before(form)
        super()._settle_uids()
        for form in new:
            uid, online_address = self._as_before(form)
            if form.instance.uid == uid:
                form.instance.online_address = online_address

    def _as_before(self, form: KeyedRowForm) -> Any:
        return self._before.get((form.cleaned_data.get("name"), form.cleaned_data.get("start_date")))
