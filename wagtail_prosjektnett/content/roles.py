"""Which page type of the site each part of a content file becomes."""

from typing import Any

from django.utils.translation import gettext as _

from wagtail_prosjektnett.content import format as content_format
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.pages.types import PageRole, page_model

ROLES: dict[type[content_format.PageItem], PageRole] = {
    content_format.NetworkItem: PageRole.NETWORK,
    content_format.GatheringSection: PageRole.GATHERING_INDEX,
    content_format.GatheringItem: PageRole.GATHERING,
    content_format.AnnouncementSection: PageRole.ANNOUNCEMENT_INDEX,
    content_format.AnnouncementItem: PageRole.ANNOUNCEMENT,
    content_format.ExperienceSection: PageRole.EXPERIENCE_INDEX,
    content_format.ExperienceItem: PageRole.EXPERIENCE,
}


def model_of(item: content_format.PageItem) -> Any:
    """Return the site's page model for a part of a content file, or None where the site has none."""
    return page_model(ROLES[type(item)])


def model_problem(item: content_format.PageItem, path: Path_) -> Problem | None:
    """Return what is wrong where the site has no page type for a part of a content file, or None."""
    if model_of(item) is not None:
        return None
    return Problem(path, _("This site has no page type for this."))
