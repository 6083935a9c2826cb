"""The base of what is done in the admin by a button: each asks first, and is done by a POST."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin


class ActionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks whether to do something, and does it."""

    template_name = "wagtail_prosjektnett/admin/confirm_action.html"
    #: Set by the viewset.
    model: Any = None
    index_url_name = ""
    edit_url_name = ""
    inspect_url_name = ""
    header_icon = ""
    #: Set by the subclass: the question, and the words of the button.
    question: Any = ""
    answer: Any = ""

    def get_object(self) -> Any:
        """Return what the action is about, or None where it is about many."""
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def act(self, request: HttpRequest) -> None:
        """Do it, and tell how it went."""
        raise NotImplementedError

    def get_return_url(self) -> str:
        """Return the address that the editor comes back to."""
        return reverse(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the question and the answers to it."""
        self.object = self.get_object()
        return super().get_context_data(
            question=self.question, answer=self.answer, return_url=self.get_return_url(), object=self.object, **kwargs
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        plural = self.model._meta.verbose_name_plural
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": str(plural).capitalize()},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.object or "")},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, and go back."""
        self.object = self.get_object()
        self.act(request)
        return redirect(self.get_return_url())
