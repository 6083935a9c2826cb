"""Many new pages, written together: one at a time, Wagtail spends over a hundred queries on each.

What comes out is what Wagtail would have written: rows, a published revision, the history, the search index and the
index of references, and the signals of publication. It is done only for pages that are saved as Wagtail saves them;
a page type of the site with a way of its own of being saved, checked or copied is left to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import swapper
from django.conf import settings
from django.db import connection, models
from django.db.models import F
from django.utils.text import slugify
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from taggit.managers import TaggableManager

from wagtail_prosjektnett.content.format import TreeItem
from wagtail_prosjektnett.content.published import publish_together
from wagtail_prosjektnett.content.versions import DATES
from wagtail_prosjektnett.content.walk import Place
from wagtail_prosjektnett.pages.calendar_records import CalendarRecordsMixin, write_down_sources
from wagtail_prosjektnett.pages.facts import FactsMixin
from wagtail_prosjektnett.pages.occurrence import OccurrenceRow
from wagtail_prosjektnett.pages.types import PageRole, has_role

#: How many pages are held in memory before they are written.
MOST = 250


@dataclass
class _Parent:
    """What is known of a page that new ones are put below."""

    page: Any
    last_path: str | None
    slugs: set[str]
    added: int = 0


@dataclass
class Together:
    """New pages of one network that are written together; ``at`` is the aware instant at which they are published.

    A rehearsal writes the pages, but does not publish them.
    """

    at: datetime
    rehearse: bool = False
    _parents: dict[str, _Parent] = field(default_factory=dict)
    _empty: list[Any] = field(default_factory=list)
    _full: list[Any] = field(default_factory=list)

    def takes(self, model: Any, place: Place) -> bool:
        """Whether a new page may be written together with others."""
        return is_plain(place, self.at) and is_saved_as_usual(model) and _can_return_keys()

    def make(self, page: Any, parent: Any) -> bool:
        """Give an unsaved page its place below a parent; return whether its slug is free there."""
        known = self._parents.get(parent.path)
        if known is None:
            known = self._parents[parent.path] = self._learn(parent)
        slug = _slug(page, known.slugs)
        if slug is None:
            return False
        page.depth, page.slug, page.draft_title = parent.depth + 1, slug, page.draft_title or page.title
        page.path = _next_path(page, parent, known.last_path)
        page.set_url_path(parent)
        known.last_path = page.path
        known.slugs.add(slug)
        known.added += 1
        self._empty.append(page)
        return True

    def save_empty(self) -> None:
        """Write the rows that all pages have, so that others can refer to them by their primary keys."""
        base = swapper.load_model("wagtailcore", "Page")
        names = [field.attname for field in base._meta.concrete_fields if not field.primary_key]
        rows = [base(**{name: getattr(page, name) for name in names}) for page in self._empty]
        base._base_manager.bulk_create(rows, batch_size=MOST)
        for page, row in zip(self._empty, rows, strict=True):
            page.pk = row.pk
            setattr(page, base._meta.pk.attname, row.pk)
        for known in self._parents.values():
            if known.added:
                base._base_manager.filter(pk=known.page.pk).update(numchild=F("numchild") + known.added)
                known.page.numchild += known.added
        self._empty, self._parents = [], {}

    def publish(self, page: Any) -> None:
        """Write a page that has its content now, with all that belongs to it, together with others."""
        self._full.append(page)
        if len(self._full) >= MOST:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        pages, self._full = self._full, []
        by_model: dict[Any, list[Any]] = {}
        for page in pages:
            by_model.setdefault(type(page), []).append(page)
        for model, same in by_model.items():
            for page in same:
                page.save_base(raw=True, force_insert=True)
            _save_rows(model, same)
            _save_references(model, same)
        if pages and not self.rehearse:
            publish_together(pages, self.at)
            write_down_sources([page for page in pages if has_role(page, PageRole.GATHERING)], self.at)

    @staticmethod
    def _learn(parent: Any) -> _Parent:
        children = dict(parent.get_children().values_list("path", "slug"))
        return _Parent(parent, max(children, default=None), set(children.values()))


def is_plain(place: Place, at: datetime) -> bool:
    """Whether a file says of a page only what it shows to everybody now, in one language, with nothing below it."""
    item = place.item
    has_more = item.scheduled or item.draft or item.pages or item.fields or item.translations or item.privacy
    is_alone = not item.alias and not place.is_translation and place.above is not None and not hasattr(item, "items")
    is_timely = not (item.go_live_at and item.go_live_at > at) and not (item.expire_at and item.expire_at <= at)
    return item.live and is_alone and is_timely and not has_more


def is_saved_as_usual(model: Any) -> bool:
    """Whether a page type is saved, checked and published as Wagtail and this package do it."""
    base = swapper.load_model("wagtailcore", "Page")
    relations = [relation.related_model for relation in get_all_child_relations(model)]
    rows = [row for row in relations if not row._meta.app_label.startswith("wagtail")]
    return (
        model._meta.get_parent_list() == [base]
        and model.save in (FactsMixin.save, CalendarRecordsMixin.save)
        and model.clean is base.clean
        and model.full_clean is base.full_clean
        and model.save_revision is FactsMixin.save_revision
        and all(row.save in (models.Model.save, OccurrenceRow.save) for row in rows)
        and not any(isinstance(field, TaggableManager) for field in model._meta.get_fields())
    )


def dates_of(item: TreeItem, at: datetime) -> dict[str, datetime]:
    """Return when a page was published first and last, by a file or else now; never in the time to come."""
    return {name: min(getattr(item, name) or at, at) for name in DATES}


def _can_return_keys() -> bool:
    return bool(connection.features.can_return_rows_from_bulk_insert)


def _slug(page: Any, taken: set[str]) -> str | None:
    """Return the slug of a page: its own, or one made from its title as Wagtail makes it; None if it is taken."""
    if page.slug:
        return None if page.slug in taken else page.slug
    stem = slugify(page.title, allow_unicode=getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug or None


def _next_path(page: Any, parent: Any, last: str | None) -> str:
    if last is None:
        return type(page)._get_path(parent.path, page.depth, 1)
    return type(page)(path=last, depth=page.depth)._inc_path()


def _save_rows(model: Any, pages: Iterable[Any]) -> None:
    """Write the child rows of pages of one type."""
    for relation in get_all_child_relations(model):
        rows = []
        for page in pages:
            for row in getattr(page, relation.name).all():
                setattr(row, relation.field.name, page)
                if isinstance(row, OccurrenceRow):
                    row.renew_instants(page.lifecycle.tz)
                rows.append(row)
        if rows:
            relation.related_model._base_manager.bulk_create(rows, batch_size=MOST)


def _save_references(model: Any, pages: Iterable[Any]) -> None:
    """Write the many-to-many relations of pages of one type."""
    for relation in model._meta.many_to_many:
        if isinstance(relation, ParentalManyToManyField):
            through = relation.remote_field.through
            own, other = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
            chosen = [(page.pk, item.pk) for page in pages for item in getattr(page, relation.name).all()]
            rows = [through(**{own: page, other: item}) for page, item in chosen]
            through._base_manager.bulk_create(rows, batch_size=MOST)
