"""Which page type of the site each part of a content file becomes."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.models import get_page_models

from wagtail_prosjektnett.content import format as content_format
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.pages.types import PageRole, has_role, page_model

ROLES: dict[type[content_format.TreeItem], PageRole] = {
    content_format.NetworkItem: PageRole.NETWORK,
    content_format.GatheringSection: PageRole.GATHERING_INDEX,
    content_format.GatheringItem: PageRole.GATHERING,
    content_format.AnnouncementSection: PageRole.ANNOUNCEMENT_INDEX,
    content_format.AnnouncementItem: PageRole.ANNOUNCEMENT,
    content_format.ExperienceSection: PageRole.EXPERIENCE_INDEX,
    content_format.ExperienceItem: PageRole.EXPERIENCE,
}


def model_of(item: content_format.TreeItem) -> Any:
    """Return the site's page model for a part of a content file, or None where the site has none."""
    role = ROLES.get(type(item))
    if item.type is None:
        return page_model(role) if role else None
    try:
        model = apps.get_model(item.type)
    except (LookupError, ValueError):
        return None
    fits = model in get_page_models() and (role is None or has_role(model, role))
    return model if fits else None


def item_type_of(page: Any) -> type[content_format.TreeItem]:
    """Return the part of a content file that a page in its proper place is written as."""
    role = getattr(page, "role", None)
    return next((item for item, own in ROLES.items() if own is role), content_format.OtherItem)


def is_usual(page: Any) -> bool:
    """Whether a page is of the model that the site has for its part of a content file."""
    role = ROLES.get(item_type_of(page))
    return role is not None and type(page) is page_model(role)


def model_problem(item: content_format.TreeItem, path: Path_) -> Problem | None:
    """Return what is wrong where the site has no page type for a part of a content file, or None."""
    if model_of(item) is not None:
        return None
    if item.type is None:
        return Problem(path, _("This site has no page type for this."))
    return Problem((*path, "type"), _("This site has no such page type: %s.") % item.type)
