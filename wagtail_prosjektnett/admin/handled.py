"""What lists and views of what people have sent in have in common: each shows what its user handles, and no more."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_prosjektnett.admin.searching import with_text
from wagtail_prosjektnett.admin.wide_tables import WideListView
from wagtail_prosjektnett.records.anonymous import as_known


class ReceivedColumn(DateColumn):
    """When something was received: an instant, and of what was anonymised its day alone."""

    def get_value(self, instance: Any) -> Any:
        """Return what is known of when."""
        return as_known(instance, super().get_value(instance))


class HandledListView(WideListView):
    """A list of what the user handles, and of nothing else."""

    #: What is read together with each row. Set by the subclass.
    read_with: tuple[str, ...]

    def get_base_queryset(self) -> Any:
        """Return the rows that the user handles."""
        handled = self.permission_policy.instances_user_has_permission_for(self.request.user, "view")
        return handled.select_related(*self.read_with)

    def search_queryset(self, queryset: Any) -> Any:
        """Narrow the list down to what has the words that were looked for."""
        return with_text(queryset, self.search_fields, self.search_query) if self.is_searching else queryset

    def filter_queryset(self, queryset: Any) -> Any:
        """Narrow the list down; a filter that says nothing that there is finds nothing."""
        if self.filters and not self.filters.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)


class ChosenListView(HandledListView):
    """A list of which several can be chosen, for something to be done to all of them."""

    template_name = "wagtail_prosjektnett/admin/handled_list.html"
    #: Set by the subclass: the words by which the whole list is chosen.
    select_all: Any = ""


class HandledMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A view for those who handle some rows, below their list in the path."""

    permission_required = "change"
    #: Set by the viewset.
    model: Any = None
    index_url_name = ""
    header_icon = ""
    request: HttpRequest
    kwargs: dict[str, Any]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        plural = capfirst(str(self.model._meta.verbose_name_plural))
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]
