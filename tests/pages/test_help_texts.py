"""An editor never meets a field of ours without a help text."""

import pytest
from wagtail.admin.panels import FieldPanel, InlinePanel

from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic
from wagtail_prosjektnett.pages.types import PageRole, page_model


def fields(panels, model):
    """Yield the fields that panels show, with those of their rows."""
    for panel in panels:
        if isinstance(panel, InlinePanel):
            rows = model._meta.get_field(panel.relation_name).related_model
            yield from fields(rows.panels, rows)
        elif isinstance(panel, FieldPanel):
            yield panel, next((field for field in model._meta.get_fields() if field.name == panel.field_name), None)
        yield from fields(getattr(panel, "children", ()), model)


def test_every_field_of_the_pages():
    for role in PageRole:
        model = page_model(role)
        for name, _heading in model.tabs:
            check(getattr(model, name), model)


@pytest.mark.parametrize("model", [Organisation, ContactPerson, Topic, ProjectPhase])
def test_every_field_of_the_snippets(model):
    check(model.panels, model)


def check(panels, model):
    for panel, field in fields(panels, model):
        is_ours = field is not None and not field.model.__module__.startswith("wagtail.")
        assert not is_ours or field.help_text or panel.help_text, (model, panel.field_name)
