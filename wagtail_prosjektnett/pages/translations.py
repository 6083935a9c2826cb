"""What pages refer to, in the language of the page: with one query for each kind of thing, however many pages.

A reference keeps pointing at what an editor chose, in whatever language that is: its translation may be made
later, or be deleted. The translation is looked up when somebody reads.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import swapper
from django.db.models import Q, QuerySet
from modelcluster.models import get_all_child_relations

#: By translation key and the id of the locale.
Known = dict[uuid.UUID, dict[int, Any]]


class Translations:
    """The translations of what several pages refer to. Nothing is asked for what is in the right language."""

    def __init__(self, pages: Iterable[Any]) -> None:
        self.pages = list(pages)
        self._known: dict[Any, Known] = {}

    def of(self, item: Any, locale_id: int) -> Any:
        """Return an item in a language; as it is where it has no translation, or a page none that is published."""
        if item is None or item.locale_id == locale_id:
            return item
        model = _shared_model(item)
        if model not in self._known:
            self._known[model] = _by_key(_rows(model).filter(translation_key__in=self._keys(model)))
        known = self._known[model]
        if item.translation_key not in known:
            known.update(_by_key(_rows(model).filter(translation_key=item.translation_key)))
        return known.get(item.translation_key, {}).get(locale_id, item)

    def _keys(self, model: Any) -> QuerySet[Any]:
        """Return the translation keys of all objects of a model that the pages refer to."""
        chosen = Q(pk__in=())
        for page_model in {type(page) for page in self.pages}:
            for ids in _chosen(page_model, [page for page in self.pages if type(page) is page_model], model):
                chosen |= Q(pk__in=ids)
        return model._base_manager.filter(chosen).values("translation_key")


def _chosen(page_model: Any, pages: list[Any], model: Any) -> Iterable[Any]:
    """Yield ids of a model's objects, or queries for them: from fields of the pages and from their rows."""
    pks = [page.pk for page in pages if page.pk]
    for field in page_model._meta.concrete_fields:
        if _points_to(field, model):
            yield [pk for page in pages if (pk := getattr(page, field.attname)) is not None]
    for field in page_model._meta.many_to_many:
        if field.related_model is model:
            through = field.remote_field.through._base_manager
            rows = through.filter(**{f"{field.m2m_field_name()}__in": pks})
            yield rows.values(field.m2m_reverse_field_name())
    for relation in get_all_child_relations(page_model):
        for field in relation.related_model._meta.concrete_fields:
            if _points_to(field, model) and field is not relation.field:
                rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": pks})
                yield rows.values(field.attname)


def _points_to(field: Any, model: Any) -> bool:
    is_parent_link = field.one_to_one and field.remote_field.parent_link
    return field.is_relation and not is_parent_link and field.related_model is model


def _shared_model(item: Any) -> Any:
    """Return the model that references to an item name: the site's page model for all pages."""
    page_model = swapper.load_model("wagtailcore", "Page")
    return page_model if isinstance(item, page_model) else type(item)


def _rows(model: Any) -> QuerySet[Any]:
    return getattr(model, "as_shown", model._default_manager.all)()


def _by_key(items: Iterable[Any]) -> Known:
    """Sort translations by key and locale; a page that is not published counts as one that is not there."""
    known: Known = {}
    for item in items:
        found = known.setdefault(item.translation_key, {})
        if getattr(item, "live", True):
            found[item.locale_id] = item
    return known
