"""Writes down what has changed in what readers may see, as Wagtail's signals tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import swapper
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, PageViewRestriction, ReferenceIndex, TranslatableMixin, get_page_models

from wagtail_prosjektnett.pages.tree import Networks
from wagtail_prosjektnett.pages.types import role_of
from wagtail_prosjektnett.records.content_changes import ChangeKind, ContentChange
from wagtail_prosjektnett.signals import content_changed


def note(kind: ChangeKind) -> None:
    """Write down that something has changed that no page is named for."""
    _write([(ContentChange(kind=kind), None)])


def note_saved(page: Any) -> None:
    """Write down that a page was saved, by whatever way."""
    _write([(ContentChange(kind=ChangeKind.SAVED, page_id=page.pk), page)])


def note_pages(kind: ChangeKind, pages: Iterable[Any], *, was_live: bool = False) -> None:
    """Write down the same change for pages of any type, as they are now.

    With ``was_live`` they could be read until now. It costs three queries, however many pages.
    """
    pages = list(pages)
    if not pages:
        return
    places = _Places(pages, restricted_paths())
    _write((places.row(kind, page, live=page.live or was_live), page) for page in pages)


def note_moved(page: Any, old_parent: Any) -> None:
    """Write down that a page has another parent now.

    All that is published at or below it is gone from one place, below ``old_parent``, and has come to another.
    """
    moved = list(published_below(page))
    places = _Places([*moved, old_parent], restricted_paths())
    was_hidden = places.hides(old_parent.path)
    own = tuple(path for path in places.restricted if path.startswith(page.path))
    old_network = places.networks.nearest(old_parent)
    rows = []
    for each in moved:
        came, left = (places.row(ChangeKind.MOVED, each, live=True) for _ in range(2))
        left.path, left.public = old_parent.path, not (was_hidden or each.path.startswith(own))
        network = places.networks.nearest(each)
        if network is None or not network.path.startswith(page.path):  # it has not moved along
            left.network_id = old_network.pk if old_network is not None else None
        rows += [(left, None), (came, each)]
    _write(rows)


def note_restriction(kind: ChangeKind, restriction: Any) -> None:
    """Write down that a restriction of who may read a page has been set or lifted, for all that is below the page."""
    note(ChangeKind.OTHER)
    if kind is ChangeKind.OTHER:
        return
    pages = list(published_below(restriction.page))
    others = PageViewRestriction.objects.exclude(pk=restriction.pk).values_list("page__path", flat=True)
    places = _Places(pages, tuple(others))
    _write((places.row(kind, page, live=True), page) for page in pages)


def note_affected(*items: Any) -> None:
    """Write down that things of one model have changed that are told with others: the pages that refer to them.

    Wagtail's index of references knows most of them; it is kept by Wagtail as pages are saved. A page may refer to a
    thing in one language and tell it in another.
    """
    note(ChangeKind.OTHER)
    if items:
        model = type(items[0])
        note_pages(ChangeKind.AFFECTED, pages_that_refer_to(model, in_any_language(model, items)))


def in_any_language(model: Any, items: Iterable[Any]) -> set[Any]:
    """Return the primary keys of some things of one model, and of their translations where the site has any."""
    items = list(items)
    keys = {item.pk for item in items}
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False) and issubclass(model, TranslatableMixin):
        same = model._default_manager.filter(translation_key__in={item.translation_key for item in items})
        keys.update(same.values_list("pk", flat=True))
    return keys


def pages_that_refer_to(model: Any, keys: Iterable[Any]) -> list[Any]:
    """Return the published pages that refer to some things of one model, by their primary keys."""
    page_model = swapper.load_model("wagtailcore", "Page")
    kinds = {ContentType.objects.get_for_model(each) for each in [model, *model._meta.get_parent_list()]}
    found = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(page_model),
        to_content_type__in=kinds,
        to_object_id__in=[str(key) for key in keys],
    )
    ids = {int(pk) for pk in found.values_list("object_id", flat=True)} | _pages_that_have(model, keys)
    # Where a branch is deleted, all of it is told to be deleted before any of it is.
    gone = ContentChange.objects.filter(kind=ChangeKind.DELETED, page_id__in=ids).values("page_id")
    return list(page_model.objects.filter(pk__in=ids, live=True).exclude(pk__in=gone)) if ids else []


def _pages_that_have(model: Any, keys: Iterable[Any]) -> set[int]:
    """Return the ids of the pages that have some things of one model, as topics: Wagtail's index leaves these out."""
    ids: set[int] = set()
    for page_type in get_page_models():
        for field in page_type._meta.local_many_to_many:
            if field.related_model is model:
                pages = page_type._default_manager.filter(**{f"{field.name}__in": list(keys)}).order_by()
                ids.update(pages.values_list("pk", flat=True))
    return ids


def published_below(page: Any) -> Any:
    """Return the published pages at and below a page, as pages of any type."""
    model = swapper.load_model("wagtailcore", "Page")
    return model.objects.filter(path__startswith=page.path, live=True).order_by("path")


def restricted_paths() -> tuple[str, ...]:
    """Return the paths of all pages below which not everybody may read."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


class _Places:
    """Where some pages are: their networks, languages and restrictions, each kind looked up once."""

    def __init__(self, pages: Iterable[Any], restricted: tuple[str, ...]) -> None:
        self.networks = Networks(drafts=True)
        self.networks.preload(pages)
        self.restricted = restricted
        self.languages = dict(Locale.objects.values_list("pk", "language_code"))

    def hides(self, path: str) -> bool:
        """Whether not everybody may read what is at a path."""
        return path.startswith(self.restricted)

    def row(self, kind: ChangeKind, page: Any, *, live: bool) -> ContentChange:
        """Return the unsaved row of a change of a page that is, or was, published or not."""
        network = self.networks.nearest(page)
        return ContentChange(
            kind=kind,
            page_id=page.pk,
            role=role_of(page),
            language=self.languages.get(page.locale_id, ""),
            network_id=network.pk if network is not None else None,
            path=page.path,
            public=live and not self.hides(page.path),
        )


@transaction.atomic
def _write(rows: Iterable[tuple[ContentChange, Any]]) -> None:
    rows = list(rows)
    ContentChange.objects.bulk_create(row for row, _page in rows)
    for row, page in rows:
        content_changed.send(ContentChange, change=row, page=page)
