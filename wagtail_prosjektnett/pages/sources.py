"""The pages that people sign up for or say something of, whatever languages they are in, and who looks after that.

A page and its translations share what people have sent in. It belongs to the page that the facts come from, and who may
edit that one handles it: a translator of the text does not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_prosjektnett.pages.types import PageRole, page_model


def source_of(role: PageRole, key: uuid.UUID) -> Any:
    """Return the page with a role that facts come from, published or not; None where it was deleted."""
    return sources_of(role, [key]).get(key)


def sources_of(role: PageRole, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Return what ``source_of`` does for several keys, with one query."""
    model = page_model(role)
    if model is None:
        return {}
    pages = model.objects.filter(translation_key__in=list(keys), alias_of=None).order_by("-pk")
    return {page.translation_key: page for page in pages.select_related("locale")}


def sources_editable_by(user: Any, role: PageRole) -> Any:
    """Return the pages with a role for which a user handles what people send in; the only query is for their rights.

    A task of a workflow lets its reviewer edit a page for a while; it opens nothing of what people have sent in. None
    where the site has no such pages.
    """
    model = page_model(role)
    if model is None:
        return None
    earlier = model.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None, pk__lt=OuterRef("pk"))
    # Wagtail 7.4 knows the rights to pages of any type only.
    editable = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"change"})
    return model.objects.filter(~Exists(earlier), alias_of=None, pk__in=editable.order_by().values("pk"))


def keys_editable_by(user: Any, role: PageRole) -> Any:
    """Return the keys of what ``sources_editable_by`` gives, to be looked for within another query."""
    sources = sources_editable_by(user, role)
    return [] if sources is None else sources.order_by().values("translation_key")


def handles_what_came_in(user: Any, page: Any) -> bool:
    """Whether a user handles what people have sent in by a page, which is given in any of its languages."""
    editable = sources_editable_by(user, page.role)
    return editable is not None and editable.filter(translation_key=page.translation_key).exists()
