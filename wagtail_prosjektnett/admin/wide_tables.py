"""Tables wider than a narrow screen: Wagtail cuts off what does not fit, so each is scrolled for itself."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import Table
from wagtail.admin.views import generic


class WideTable(Table):
    """A table that is scrolled sideways where it does not fit."""

    template_name = "wagtail_prosjektnett/admin/wide_table.html"


class WideListView(generic.IndexView):
    """A list in such a table."""

    table_class: Any = WideTable


def admin_stylesheet() -> str:
    """Return the link to what our screens in the admin look like; it says nothing of other screens."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("wagtail_prosjektnett/admin.css"))
