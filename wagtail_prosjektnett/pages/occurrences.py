"""Finds an occurrence by its key, whatever page it stands on now."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from wagtail_prosjektnett.pages.types import PageRole, page_model


def occurrence_of(uid: uuid.UUID, language: str = "") -> Any:
    """Return an occurrence with its published gathering, in a language where there is one; None where there is none.

    Without the language, it stands on the page that the facts come from, or on its oldest published translation.
    """
    return occurrences_of([uid], language).get(uid)


def occurrences_of(uids: Iterable[uuid.UUID], language: str = "", pages: Any = None) -> dict[uuid.UUID, Any]:
    """Return what ``occurrence_of`` does for several keys, with one query.

    ``pages`` is a queryset of the gatherings that count; without it, all that are published do.
    """
    model = page_model(PageRole.GATHERING)
    if model is None:
        return {}
    rows = model.occurrences.rel.related_model.objects.filter(uid__in=list(uids), page__live=True)
    if pages is not None:
        rows = rows.filter(page__in=pages.order_by().values("pk"))
    found: dict[uuid.UUID, Any] = {}
    rows = rows.select_related("page__locale", "municipality")
    # An alias shows what its page says, perhaps in another network: it stands in only for a language that has nothing.
    for row in sorted(rows, key=lambda row: (row.page.alias_of_id is not None, row.page_id)):
        is_wanted = row.page.locale.language_code == language
        if row.uid not in found or (is_wanted and found[row.uid].page.locale.language_code != language):
            found[row.uid] = row
    return found
