"""Creates the sections of a network when an editor asked for them in its form."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from wagtail_prosjektnett.actions.create_sections import CreateSections, SectionsRefused
from wagtail_prosjektnett.pages.missing_sections import missing_sections, new_section
from wagtail_prosjektnett.pages.types import PageRole, has_role


def create_wanted_sections(request: HttpRequest, page: Any) -> None:
    """Create the sections that were asked for when a network was saved by a person.

    The editor saves drafts on its own while one is typing; those savings create nothing.
    """
    is_autosave = not request.accepts("text/html")
    if has_role(page, PageRole.NETWORK) and request.POST.get("create_sections") and not is_autosave:
        sections = [new_section(page, model) for model in missing_sections(page)]
        try:
            created = CreateSections(page, sections, request.user).execute()
        except SectionsRefused as refusal:
            messages.warning(request, str(refusal))
            return
        if created:
            messages.success(request, _("The sections of the network were created."))
