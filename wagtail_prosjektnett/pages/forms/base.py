"""What the edit forms share: putting a broken rule where the editor can mend it."""

from collections.abc import Iterable
from typing import Any

from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.widgets import AdminPageChooser

from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.pages.forms.facts import lock_facts
from wagtail_prosjektnett.pages.types import PageRole, has_role, page_models
from wagtail_prosjektnett.wording.rules import validation_error


class RuleCheckingPageForm(WagtailAdminPageForm):
    """A page form that turns broken rules into errors at their fields.

    ``role_of_target`` names the roles of the pages that a chooser offers, by field: our models point to
    any page, as the concrete types belong to the site.
    """

    role_of_target: dict[str, PageRole] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, role in self.role_of_target.items():
            if name in self.fields:
                self.fields[name].widget = AdminPageChooser(target_models=page_models(role))
        source = self.instance.facts_source
        if source is not None:
            lock_facts(self, source)

    def clean(self) -> dict[str, Any]:
        """Refuse a page of another role than the field is for."""
        cleaned = super().clean()
        for name, role in self.role_of_target.items():
            page = cleaned.get(name)
            if page is not None and not has_role(page.specific_class, role):
                self.add_error(name, validation_error(Broken(Rule.WRONG_PAGE_TYPE, name)))
        return cleaned

    def add_broken_rules(self, broken_rules: Iterable[Broken]) -> None:
        """Add an error for each broken rule at its field, or at the row of an inline panel.

        A rule about a field that this form does not show, as in a partial update by API v3, is an
        error of the whole form: it must not be lost.
        """
        for broken in broken_rules:
            form: Any = self
            if broken.relation and broken.relation in self.formsets:
                form = self.formsets[broken.relation].forms[broken.index]
            field = broken.field if broken.field in form.fields else None
            form.add_error(field, validation_error(broken))

    def rows(self, relation: str) -> list[tuple[int, Any]]:
        """Return the valid rows of an inline panel that are not being deleted, with their place in it."""
        formset = self.formsets.get(relation)
        if formset is None:
            return list(enumerate(getattr(self.instance, relation).all()))
        formset.is_valid()
        deleted = formset.deleted_forms if formset.is_valid() else []
        return [
            (index, form.instance)
            for index, form in enumerate(formset.forms)
            if form not in deleted and not form.errors and not form.cleaned_data.get("DELETE")
        ]

    def value(self, name: str) -> Any:
        """Return what the form says of a field, or what the page says where the form does not show it."""
        if name in self.fields:
            return self.cleaned_data.get(name)
        return getattr(self.instance, name)
