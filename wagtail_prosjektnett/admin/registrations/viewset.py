"""The addresses of registrations in the admin, and their place in its menu."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_prosjektnett.admin.registrations.actions import Cancel, Move, Promote
from wagtail_prosjektnett.admin.registrations.base import NAMESPACE
from wagtail_prosjektnett.admin.registrations.details import RegistrationView
from wagtail_prosjektnett.admin.registrations.editing import Add, Correct
from wagtail_prosjektnett.admin.registrations.listing import SEARCH_FIELDS, RegistrationFilterSet, RegistrationsView
from wagtail_prosjektnett.admin.registrations.names import Names, NeedsView
from wagtail_prosjektnett.admin.registrations.policy import gathering_policy
from wagtail_prosjektnett.admin.registrations.writing import Message
from wagtail_prosjektnett.models import Registration


class RegistrationViewSet(ModelViewSet):
    """Registrations. Each view changes seats in a transaction of its own, and never within that of a request."""

    model = Registration
    name = NAMESPACE
    url_prefix = "prosjektnett/registrations"
    icon = "clipboard-list"
    menu_label = _("Registrations")
    menu_order = 260
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = RegistrationsView
    filterset_class = RegistrationFilterSet
    search_fields = SEARCH_FIELDS
    ordering = ["-created_at", "-pk"]
    export_filename = "registrations"
    form_fields: list[str] = []
    permission_policy = gathering_policy(Registration, "pool")

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what all views get: of Wagtail's own views there is the list alone, the others are ours."""
        common = super().get_common_view_kwargs(**kwargs)
        gone = dict.fromkeys(("add_url_name", "delete_url_name", "history_url_name", "usage_url_name"))
        return {**common, **gone, "inspect_url_name": self.get_url_name("inspect")}

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Return a view that no transaction is around."""
        return transaction.non_atomic_requests(super().construct_view(view_class, **kwargs))

    def get_permissions_to_register(self) -> Any:
        """Return no permissions: the right to edit the gathering is the only one."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses of the list, of one registration, and of one time and place."""
        one = {"inspect": RegistrationView, "edit": Correct, "cancel": Cancel, "promote": Promote, "move": Move}
        place = {"add": Add, "names": Names, "needs": NeedsView, "message": Message}
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            *(path(f"{name}/<int:pk>/", self.construct_view(view), name=name) for name, view in one.items()),
            *(path(f"{name}/<uuid:uid>/", self.construct_view(view), name=name) for name, view in place.items()),
        ]


registration_viewset = RegistrationViewSet()
