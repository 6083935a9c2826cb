"""Blocks that present people."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from wagtail_prosjektnett.references import person_data


class ContactBlock(SnippetChooserBlock):
    """A person whom readers may contact."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("wagtail_prosjektnett.ContactPerson", **kwargs)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        """Return the person with everything that is shown on the page."""
        return None if value is None else person_data(_in_language(value, context))

    def bulk_to_python(self, values: Any) -> list[Any]:
        """Return the people with the ids, with all that is shown of them."""
        people = self.model_class.shown_in_bulk(pk for pk in values if pk is not None)
        return [people.get(pk) for pk in values]

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the template's context with the person in the language of the page."""
        return super().get_context(_in_language(value, parent_context), parent_context=parent_context)

    class Meta:
        label = _("Contact person")
        icon = "user"
        template = "wagtail_prosjektnett/blocks/contact.html"


def _in_language(person: Any, context: Any) -> Any:
    """Return a person in the language of the page that is shown; as it is on a page that knows of none."""
    page: Any = (context or {}).get("page")
    return page.in_language(person) if hasattr(page, "in_language") else person
