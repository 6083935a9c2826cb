"""The list of feedback: filters, search, columns, and the export of what it was narrowed down to."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.widgets.button import Button

from wagtail_prosjektnett.admin.feedback.export import ExportMixin
from wagtail_prosjektnett.admin.feedback.subjects import Subjects, subjects_of
from wagtail_prosjektnett.admin.feedback.words import actions_for, helpful_in_words, said_in_words, used_in_words
from wagtail_prosjektnett.admin.handled import ChosenListView, ReceivedColumn
from wagtail_prosjektnett.domain.feedback import FeedbackAbout, FeedbackState
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.wording.labels import choices

SEARCH_FIELDS = ["comment", "reply", "name", "email", "municipality__name"]
_YES, _NO, _UNKNOWN = ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("unknown", gettext_lazy("Not said"))
_ANSWERS = {"yes": True, "no": False}


class FeedbackFilterSet(WagtailFilterSet):
    """What the list can be narrowed down by. The choices are what the user handles."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=choices(FeedbackState))
    about = django_filters.ChoiceFilter(label=gettext_lazy("About"), choices=choices(FeedbackAbout))
    network = django_filters.ChoiceFilter(label=gettext_lazy("Network"), method="in_network")
    page = django_filters.ChoiceFilter(label=gettext_lazy("Page"), field_name="page_key")
    helpful = django_filters.ChoiceFilter(
        label=gettext_lazy("Helpful"), choices=[_YES, _NO, _UNKNOWN], method="who_was_helped"
    )
    used = django_filters.ChoiceFilter(label=gettext_lazy("Was used"), choices=[_YES, _NO], method="where_used")
    municipality = django_filters.ChoiceFilter(label=gettext_lazy("Municipality"))
    comment = django_filters.ChoiceFilter(
        label=gettext_lazy("Has a comment"), choices=[_YES, _NO], method="with_comment"
    )
    received = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Received"), field_name="created_at", widget=DateRangePickerWidget
    )

    class Meta:
        model = Feedback
        fields = ["state", "about", "network", "page", "helpful", "used", "municipality", "comment", "received"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects: Subjects = subjects_of(kwargs["request"])
        offered = {
            "network": self.subjects.networks,
            "page": self.subjects.pages,
            "municipality": self.subjects.municipalities,
        }
        for name, found in offered.items():
            self.filters[name].extra["choices"] = found

    def in_network(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow the list down to the pages of a network, in whatever language."""
        return queryset.filter(page_key__in=self.subjects.in_network(value))

    def who_was_helped(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow the list down by whether it helped."""
        return queryset.filter(helpful=_ANSWERS.get(value))

    def where_used(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow the list down by whether it was used."""
        return queryset.filter(used=_ANSWERS[value])

    def with_comment(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow the list down by whether there is a comment."""
        return queryset.exclude(comment="") if _ANSWERS[value] else queryset.filter(comment="")


class FeedbackListView(ExportMixin, ChosenListView):
    """The list of feedback, each with what it is about."""

    select_all = gettext_lazy("Select all feedback in the list")
    read_with = ("municipality",)

    @cached_property
    def columns(self) -> list[Any]:
        """The columns of the list."""
        title = self._get_title_column_class(TitleColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="feedback"),
            title(
                "said",
                label=_("Said"),
                accessor=said_in_words,
                get_url=self.get_inspect_url,
                get_title_id=lambda feedback: f"feedback_{feedback.pk}_title",
            ),
            Column("subject", label=_("About")),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            Column("helpful", label=_("Helpful"), accessor=helpful_in_words, sort_key="helpful"),
            Column("used", label=_("Was used"), accessor=used_in_words, sort_key="used"),
            ReceivedColumn("created_at", label=_("Received"), sort_key="created_at"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context, in which all feedback knows what it is about."""
        context = super().get_context_data(*args, **kwargs)
        subjects = subjects_of(self.request)
        for feedback in context["object_list"]:
            feedback.subject = subjects.of(feedback)
        return context

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Return the buttons of what one reader has said."""
        buttons = super().get_list_more_buttons(instance)
        return [*buttons, *(Button(**button) for button in actions_for(instance))]
