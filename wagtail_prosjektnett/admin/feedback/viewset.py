"""The addresses of feedback in the admin, and its place in its menu."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_prosjektnett.admin.feedback.actions import DeleteWords, Hide, Show
from wagtail_prosjektnett.admin.feedback.details import FeedbackView
from wagtail_prosjektnett.admin.feedback.listing import SEARCH_FIELDS, FeedbackFilterSet, FeedbackListView
from wagtail_prosjektnett.admin.feedback.policy import feedback_policy
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback_sources import ADMIN


class FeedbackViewSet(ModelViewSet):
    """Feedback. Readers give it, and nobody writes it here."""

    model = Feedback
    name = ADMIN
    url_prefix = "prosjektnett/feedback"
    icon = "comment"
    menu_label = _("Feedback")
    menu_order = 270
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = FeedbackListView
    filterset_class = FeedbackFilterSet
    search_fields = SEARCH_FIELDS
    ordering = ["-created_at", "-pk"]
    export_filename = "feedback"
    form_fields: list[str] = []
    permission_policy = feedback_policy()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what all views get: of Wagtail's own views there is the list alone, the others are ours."""
        common = super().get_common_view_kwargs(**kwargs)
        names = ("add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        return {**common, **dict.fromkeys(names), "inspect_url_name": self.get_url_name("inspect")}

    def get_permissions_to_register(self) -> Any:
        """Return no permissions: the right to edit the page is the only one."""
        return Permission.objects.none()

    def register_admin_url_finder(self) -> None:
        """Do nothing: there is no form of what a reader has said."""

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses of the list, and of what one reader has said."""
        one = {"inspect": FeedbackView, "show": Show, "hide": Hide, "delete_words": DeleteWords}
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            *(path(f"{name}/<int:pk>/", self.construct_view(view), name=name) for name, view in one.items()),
        ]


feedback_viewset = FeedbackViewSet()
