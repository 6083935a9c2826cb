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
        return None if value is None else person_data(value)

    class Meta:
        label = _("Contact person")
        icon = "user"
        template = "wagtail_prosjektnett/blocks/contact.html"
