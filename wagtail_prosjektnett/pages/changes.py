"""Writes down what has changed in what readers may see, as Wagtail's signals tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import swapper
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, PageViewRestriction, ReferenceIndex

from wagtail_prosjektnett.pages.tree import Networks
from wagtail_prosjektnett.pages.types import PageRole
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
    networks, restricted, languages = _networks(pages), restricted_paths(), _languages()
    _write(
        (_row(kind, page, page.path, networks.nearest(page), languages, (page.live or was_live), restricted), page)
        for page in pages
    )


def note_moved(page: Any, old_parent: Any) -> None:
    """Write down that a page has another parent now.

    All that is published at or below it is gone from one place, below ``old_parent``, and has come to another.
    """
    moved = list(published_below(page))
    restricted, languages = restricted_paths(), _languages()
    networks = _networks([*moved, old_parent])
    was_hidden = old_parent.path.startswith(restricted)
    own = tuple(path for path in restricted if path.startswith(page.path))
    rows = []
    for each in moved:
        network = networks.nearest(each)
        went_along = network is not None and network.path.startswith(page.path)
        before = network if went_along else networks.nearest(old_parent)
        public = not (was_hidden or each.path.startswith(own))
        rows.append((_row(ChangeKind.MOVED, each, old_parent.path, before, languages, public), None))
        rows.append((_row(ChangeKind.MOVED, each, each.path, network, languages, True, restricted), each))
    _write(rows)


def note_restriction(kind: ChangeKind, restriction: Any) -> None:
    """Write down that a restriction of who may read a page has been set or lifted, for all that is below the page."""
    note(ChangeKind.OTHER)
    pages = list(published_below(restriction.page))
    others = PageViewRestriction.objects.exclude(pk=restriction.pk)
    if kind is not ChangeKind.OTHER and pages:
        networks, languages = _networks(pages), _languages()
        restricted = tuple(others.values_list("page__path", flat=True))
        _write(
            (_row(kind, page, page.path, networks.nearest(page), languages, True, restricted), page) for page in pages
        )


def note_affected(item: Any) -> None:
    """Write down that something has changed that is told with others: the pages that refer to it are affected.

    Wagtail's index of references knows them; it is kept by Wagtail as pages are saved.
    """
    note(ChangeKind.OTHER)
    note_pages(ChangeKind.AFFECTED, pages_that_refer_to(type(item), [item.pk]))


def pages_that_refer_to(model: Any, keys: Iterable[Any]) -> list[Any]:
    """Return the published pages that refer to some things of one model, by their primary keys."""
    page_model = swapper.load_model("wagtailcore", "Page")
    kinds = {ContentType.objects.get_for_model(each) for each in [model, *model._meta.get_parent_list()]}
    found = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(page_model),
        to_content_type__in=kinds,
        to_object_id__in=[str(key) for key in keys],
    )
    ids = {int(pk) for pk in found.values_list("object_id", flat=True)}
    return list(page_model.objects.filter(pk__in=ids, live=True)) if ids else []


def published_below(page: Any) -> Any:
    """Return the published pages at and below a page, as pages of any type."""
    model = swapper.load_model("wagtailcore", "Page")
    return model.objects.filter(path__startswith=page.path, live=True).order_by("path")


def restricted_paths() -> tuple[str, ...]:
    """Return the paths of all pages below which not everybody may read."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def role_of(page: Any) -> str:
    """Return what the page is in a network, or nothing for a page of the site's own."""
    role = getattr(page.specific_class or type(page), "role", None)
    return role.value if isinstance(role, PageRole) else ""


def _row(
    kind: ChangeKind,
    page: Any,
    path: str,
    network: Any,
    languages: dict[int, str],
    live: bool,
    restricted: tuple[str, ...] = (),
) -> ContentChange:
    return ContentChange(
        kind=kind,
        page_id=page.pk,
        role=role_of(page),
        language=languages.get(page.locale_id, ""),
        network_id=network.pk if network is not None else None,
        path=path,
        public=live and not path.startswith(restricted),
    )


def _networks(pages: Iterable[Any]) -> Networks:
    networks = Networks(drafts=True)
    networks.preload(pages)
    return networks


def _languages() -> dict[int, str]:
    return dict(Locale.objects.values_list("pk", "language_code"))


def _write(rows: Iterable[tuple[ContentChange, Any]]) -> None:
    rows = list(rows)
    ContentChange.objects.bulk_create(row for row, _page in rows)
    for row, page in rows:
        content_changed.send(ContentChange, change=row, page=page)
