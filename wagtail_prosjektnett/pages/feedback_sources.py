"""The articles and experience bases that feedback is about, whatever languages they are in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from wagtail_prosjektnett.domain.feedback import FeedbackAbout
from wagtail_prosjektnett.pages.sources import keys_editable_by, source_of, sources_of
from wagtail_prosjektnett.pages.tree import nearest_is_one_of
from wagtail_prosjektnett.pages.types import PageRole, page_model

#: The namespace of feedback in the admin.
ADMIN = "prosjektnett_feedback_admin"
#: What role the page has that feedback is about.
ROLES = {FeedbackAbout.ARTICLE: PageRole.EXPERIENCE, FeedbackAbout.BASE: PageRole.EXPERIENCE_INDEX}


def page_of(about: FeedbackAbout, key: uuid.UUID) -> Any:
    """Return the page that feedback is about, published or not; None where it was deleted."""
    return source_of(ROLES[about], key)


def pages_of(subjects: Iterable[tuple[FeedbackAbout, uuid.UUID]]) -> dict[tuple[FeedbackAbout, uuid.UUID], Any]:
    """Return what ``page_of`` does for several subjects, with one query for each role."""
    keys: dict[FeedbackAbout, list[uuid.UUID]] = {}
    for about, key in subjects:
        keys.setdefault(about, []).append(key)
    return {
        (about, key): page for about, found in keys.items() for key, page in sources_of(ROLES[about], found).items()
    }


def handled_by(user: Any) -> Q:
    """Return what tells the feedback that a user handles: on pages that they may edit."""
    return _joined({about: keys_editable_by(user, role) for about, role in ROLES.items()})


def in_network(network: Any) -> Q:
    """Return what tells the feedback in a network, without that in networks within it. It costs one query."""
    inside = nearest_is_one_of([network.path], type(network).objects.values_list("path", flat=True))
    models = {about: model for about, role in ROLES.items() if (model := page_model(role)) is not None}
    return _joined(
        {about: model.objects.filter(inside).order_by().values("translation_key") for about, model in models.items()}
    )


def on_deleted_pages() -> Q:
    """Return what tells the feedback on pages that were deleted."""
    found = Q(pk__in=[])
    for about, role in ROLES.items():
        if (model := page_model(role)) is not None:
            pages = model.objects.filter(translation_key=OuterRef("page_key"), alias_of=None)
            found |= Q(about=about.value) & ~Q(Exists(pages))
    return found


def _joined(keys: dict[FeedbackAbout, Any]) -> Q:
    found = Q(pk__in=[])
    for about, wanted in keys.items():
        found |= Q(about=about.value, page_key__in=wanted)
    return found
