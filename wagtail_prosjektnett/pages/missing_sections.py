"""The sections of a network: gatherings, announcements and the experience base."""

from typing import Any

from django.utils.translation import override

from wagtail_prosjektnett.pages.types import SECTION_ROLES, PageRole, page_model


def missing_sections(network: Any) -> list[Any]:
    """Return the page models of the sections that a network does not have yet, in their order."""
    return [model for role in SECTION_ROLES if (model := _missing(network, role)) is not None]


def new_section(network: Any, model: Any) -> Any:
    """Return an unsaved section of a network, titled in the network's language."""
    with override(network.locale.language_code):
        return model(title=str(model.section_title), locale=network.locale)


def _missing(network: Any, role: PageRole) -> Any:
    model = page_model(role)
    exists = model is not None and network.pk and network.get_children().type(model).exists()
    return None if exists else model
