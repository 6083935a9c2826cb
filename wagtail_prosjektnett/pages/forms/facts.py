"""The facts in the edit form of a translation: shown, but changed only on the page that they come from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.panels import InlinePanel
from wagtail.admin.widgets import BaseChooser


class FactsInlinePanel(InlinePanel):
    """An inline panel whose rows a translation shows without buttons to add, remove or move any."""

    class BoundPanel(InlinePanel.BoundPanel):
        """The panel of one form."""

        @property
        def template_name(self) -> str:
            """The template; another one where the rows are facts of another page."""
            return "wagtail_prosjektnett/admin/facts_panel.html" if self.is_locked else super().template_name

        @property
        def is_locked(self) -> bool:
            """Whether the rows are facts of another page."""
            return hasattr(self.formset, "changed_on")

        def telepath_pack(self, context: Any) -> Any:
            """Describe the panel to the editor's script; without its buttons it is like any other panel."""
            if self.is_locked:
                return ("wagtail.panels.Panel", [{"type": type(self.panel).__name__, "prefix": self.prefix}])
            return super().telepath_pack(context)


def lock_facts(form: Any, source: Any) -> None:
    """Disable the facts in the form of a translation, and say at each where it is changed.

    What is posted for them is ignored. The texts of a row stay open.
    """
    changed_on = _changed_on(source, form.for_user)
    for name in source.facts:
        if name in form.fields:
            _lock(form, name, changed_on)
        elif name in form.formsets:
            _lock_rows(form.formsets[name], changed_on)


def _lock_rows(formset: Any, changed_on: SafeString) -> None:
    formset.changed_on = changed_on
    formset.can_order = False
    for row in formset.forms:
        for name in row.fields:
            if name not in getattr(formset.model, "texts", ()) and name != formset.model._meta.pk.name:
                _lock(row, name, "")


def _lock(form: Any, name: str, help_text: str) -> None:
    field, initial = form.fields[name], form.initial.get(name)
    field.disabled = True
    field.help_text = help_text
    if isinstance(field.widget, BaseChooser):
        # Wagtail's choosers have buttons that stay open in a disabled field.
        field.widget = forms.Select()
        field.queryset = field.queryset.filter(pk=initial) if initial else field.queryset.none()


def _changed_on(source: Any, user: Any) -> SafeString:
    page = format_html("{} ({})", source.get_admin_display_title(), source.locale.get_display_name())
    if user is None or source.permissions_for_user(user).can_edit():
        page = format_html('<a href="{}">{}</a>', reverse("wagtailadmin_pages:edit", args=[source.pk]), page)
    return format_html(_("A fact that all languages share. It is changed on the page {}."), page)
