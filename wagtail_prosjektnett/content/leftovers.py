"""What came from a content file once and is not in it any more: told, and removed only if one asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import swapper
from modelcluster.fields import ParentalKey
from wagtail.images.models import AbstractRendition
from wagtail.models import Collection, ReferenceIndex

from wagtail_prosjektnett.content.content_keys import ContentKeys
from wagtail_prosjektnett.pages.deletion import reasons_against_deletion


def leftovers(keys: ContentKeys) -> list[Any]:
    """Return what the file no longer has, pages first and the deepest of them first."""
    page_model = swapper.load_model("wagtailcore", "Page")
    gone = [found for found in keys.gone() if not isinstance(found, Collection)]
    pages = [found for found in gone if isinstance(found, page_model)]
    return sorted(pages, key=lambda page: -page.depth) + [found for found in gone if found not in pages]


def remove(found: list[Any], pages: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Delete those leftovers that nothing else needs, and yield their indexes and names.

    What ``pages`` refer to is looked up first: Wagtail does so by itself only after all is written.
    """
    if found:
        for page in pages:
            ReferenceIndex.create_or_update_for_object(type(page).objects.get(pk=page.pk))
    for index, item in enumerate(found):
        if not _is_needed(item):
            name = str(item)
            item.delete()
            yield index, name


def _is_needed(item: Any) -> bool:
    """Whether something on the site refers to an object, or a page is below it, or people have signed up for it."""
    if hasattr(item, "get_children"):
        return bool(item.get_children().exists()) or bool(reasons_against_deletion([item]))
    if ReferenceIndex.get_references_to(item).exists():
        return True
    # Wagtail's index knows nothing of many-to-many relations.
    return any(_has_rows(field, item) for field in item._meta.get_fields(include_hidden=True) if _leads_here(field))


def _leads_here(field: Any) -> bool:
    """Whether a relation comes from something else than the object itself, such as its names or its renditions."""
    if not field.auto_created or field.concrete or field.many_to_many or field.one_to_one:
        return False
    return not isinstance(field.field, ParentalKey) and not issubclass(field.related_model, AbstractRendition)


def _has_rows(field: Any, item: Any) -> bool:
    return bool(field.related_model._base_manager.filter(**{field.field.name: item}).exists())
