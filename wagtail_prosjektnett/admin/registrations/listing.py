"""The list of registrations: filters, search, columns, and the export of what it was narrowed down to."""

from __future__ import annotations

import uuid
from typing import Any

import django_filters
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from wagtail_prosjektnett.admin.handled import ChosenListView, ReceivedColumn
from wagtail_prosjektnett.admin.registrations.base import NAMESPACE
from wagtail_prosjektnett.admin.registrations.export import ExportMixin
from wagtail_prosjektnett.admin.registrations.places import Place, Places, places_of
from wagtail_prosjektnett.admin.registrations.words import action_buttons, attended_in_words, organisation_of, state_of
from wagtail_prosjektnett.domain.registration import RegistrationState
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.wording.labels import choices

SEARCH_FIELDS = ["name", "email", "contact_email", "organisation_name", "organisation__name"]


class RegistrationFilterSet(WagtailFilterSet):
    """What the list can be narrowed down by. The choices are what the user handles."""

    network = django_filters.ChoiceFilter(label=gettext_lazy("Network"), method="in_network")
    gathering = django_filters.ChoiceFilter(label=gettext_lazy("Gathering"), field_name="pool__gathering_key")
    place = django_filters.ChoiceFilter(label=gettext_lazy("Time and place"), field_name="pool__uid")
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=choices(RegistrationState))
    attended = django_filters.ChoiceFilter(
        label=gettext_lazy("Was there"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("unknown", gettext_lazy("Not known"))],
        method="who_attended",
    )

    class Meta:
        model = Registration
        fields = ["network", "gathering", "place", "state", "attended"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: Places = places_of(kwargs["request"])
        offered = {
            "network": self.places.networks,
            "gathering": self.places.gatherings,
            "place": [(str(place.pool.uid), str(place)) for place in self.places],
        }
        for name, found in offered.items():
            self.filters[name].extra["choices"] = found

    def in_network(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow the list down to the gatherings of a network, in whatever language."""
        return queryset.filter(pool__in=self.places.in_network(value))

    def who_attended(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow the list down by who was there."""
        return queryset.filter(attended={"yes": True, "no": False}.get(value))


class RegistrationsView(ExportMixin, ChosenListView):
    """The list of registrations, each with its time and place."""

    select_all = gettext_lazy("Select all registrations in the list")
    read_with = ("organisation", "pool")

    @cached_property
    def columns(self) -> list[Any]:
        """The columns of the list."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="registration"),
            self._get_title_column("__str__", TitleColumn, label=_("Name"), sort_key="name"),
            Column("place", label=_("Time and place")),
            Column("state", label=_("State"), accessor=state_of, sort_key="state"),
            Column("organisation", label=_("Organisation"), accessor=organisation_of),
            Column("email", label=_("E-mail"), accessor="recipient"),
            Column("attended", label=_("Was there"), accessor=attended_in_words, sort_key="attended"),
            ReceivedColumn("created_at", label=_("Signed up"), sort_key="created_at"),
        ]

    def _get_title_column(self, field_name: str, column_class: Any = TitleColumn, **kwargs: Any) -> Any:
        made = self._get_title_column_class(column_class)
        return made("name", accessor=str, get_url=self.get_inspect_url, get_title_id=_title_id, **kwargs)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context, in which each registration knows its time and place."""
        context = super().get_context_data(*args, **kwargs)
        places = places_of(self.request)
        for registration in context["object_list"]:
            registration.place = places.of(registration.pool_id)
        return context

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Return the buttons of one registration."""
        buttons = super().get_list_more_buttons(instance)
        return [*buttons, *(Button(**button) for button in action_buttons(instance))]

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The buttons of the heading: with one time and place, what can be done there."""
        place = self._chosen
        if place is None:
            return []
        url = reverse(f"{NAMESPACE}:add", args=[place.pool.uid])
        return [HeaderButton(_("Add somebody"), url=url, icon_name="plus")] if place.page is not None else []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The buttons in the menu of the heading."""
        buttons = list(super().header_more_buttons)
        return [*buttons, *self.export_with_needs_buttons, *map(_place_button, place_links(self._chosen))]

    @cached_property
    def _chosen(self) -> Place | None:
        value = self.filters.form.cleaned_data.get("place") if self.filters and self.filters.is_valid() else None
        return places_of(self.request).find(uuid.UUID(value)) if value else None


#: What can be done at one time and place: the view, its words and its icon.
_PLACE_LINKS = [
    ("names", gettext_lazy("List of names"), "list-ul"),
    ("needs", gettext_lazy("What they need"), "clipboard-list"),
    ("message", gettext_lazy("Write to all"), "mail"),
]


def place_links(place: Place | None) -> list[tuple[Any, str, str]]:
    """Return the words, address and icon of what can be done at a time and place."""
    if place is None:
        return []
    return [(label, reverse(f"{NAMESPACE}:{name}", args=[place.pool.uid]), icon) for name, label, icon in _PLACE_LINKS]


def _place_button(link: tuple[Any, str, str]) -> Button:
    label, url, icon = link
    return Button(label, url=url, icon_name=icon)


def _title_id(registration: Registration) -> str:
    return f"registration_{registration.pk}_title"
