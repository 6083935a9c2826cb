"""Which concrete page models of this site play which role.

Nothing in the package names a concrete page: a site may leave our pages out and put the mixins on its
own base page. Each mixin names its role, and the site's models are found by it.
"""

from enum import StrEnum
from typing import Any

from wagtail.models import get_page_models

#: No database that Django knows has a larger integer, so there is no page with a larger id.
LARGEST_ID = 2**63 - 1


class PageRole(StrEnum):
    """What a page type is in a network."""

    NETWORK = "network"
    GATHERING_INDEX = "gathering_index"
    GATHERING = "gathering"
    ANNOUNCEMENT_INDEX = "announcement_index"
    ANNOUNCEMENT = "announcement"
    EXPERIENCE_INDEX = "experience_index"
    EXPERIENCE = "experience"


#: The sections of a network, in the order in which they are created and shown.
SECTION_ROLES = (PageRole.GATHERING_INDEX, PageRole.ANNOUNCEMENT_INDEX, PageRole.EXPERIENCE_INDEX)


def has_role(page: Any, role: PageRole) -> bool:
    """Whether a page, or a page model, plays a role; a page is given as its specific type."""
    return getattr(page, "role", None) is role


def has_any_role(page: Any) -> bool:
    """Whether a page is one of ours, which plays a role in a network; a page is given as its specific type."""
    return isinstance(getattr(page, "role", None), PageRole)


def role_of(page: Any) -> str:
    """Return what a page of any type is in a network, or nothing for a page of the site's own."""
    role = getattr(page.specific_class or type(page), "role", None)
    return role.value if isinstance(role, PageRole) else ""


def type_of(page: Any) -> str:
    """Return what others are told of the type of a page: its role in a network, or the site's name for its model."""
    return role_of(page) or (page.specific_class or type(page))._meta.label


def page_models(role: PageRole) -> list[Any]:
    """Return the site's page models that play a role, in the order of their definition."""
    return [model for model in get_page_models() if has_role(model, role)]


def page_model(role: PageRole) -> Any:
    """Return the model whose queryset holds every page that plays a role, or None where the site has none.

    A site has one such model for each role, and may have subclasses of it; a check (E004) says so.
    """
    models = page_models(role)
    return next((model for model in models if all(issubclass(other, model) for other in models)), None)


def labels(*roles: PageRole) -> list[str]:
    """Return the labels of the site's page models that play the roles, as page type rules want them."""
    return [model._meta.label for role in roles for model in page_models(role)]
