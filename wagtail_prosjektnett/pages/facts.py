"""Facts come from one page: what a translation says of dates, places and lifecycle is what its source says.

The *source* of a page is the oldest page with its translation key that is not an alias. Each page type names
its ``facts``. They are kept in the translation's own row as well, so that every query, filter and API reads
them there like any other field; this module sees to it that they are the source's, whoever saves what first.
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from wagtail_prosjektnett.pages.parent import PageParent
from wagtail_prosjektnett.signals import facts_taken_over


class FactsMixin(PageParent):
    """A page that takes its facts from its source, where it is a translation."""

    #: The fields and child relations that a translation takes from its source. A row of such a relation may
    #: name in ``texts`` the fields that a translation has of its own, and in ``fact_key`` the one that it is
    #: known by; without it, rows correspond by their place.
    facts: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @property
    def facts_source(self) -> Any:
        """The page that the facts come from, or None where they are the page's own. Asks the database.

        Facts are what the source says to its readers; while it has none, as it was never published, they are
        what its latest draft says. An alias is a copy of its page with everything in it, and has no source.
        """
        if not self.facts or self.alias_of_id:
            return None
        others = _same_in_any_language(self).exclude(pk=self.pk).order_by("pk")
        first = others.first()
        if first is None or (self.pk is not None and self.pk < first.pk):
            return None
        return first if first.first_published_at else first.get_latest_revision_as_object()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page: a translation with its source's facts, a source so that its translations follow."""
        changed = kwargs.get("update_fields")
        if changed is not None and not set(self.facts).intersection(changed):
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            source = self._take_facts_over()
            super().save(*args, **kwargs)
            if source is None:
                self._pass_facts_on()

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft: of a translation, with its source's facts."""
        with transaction.atomic():
            source = self._take_facts_over()
            revision = super().save_revision(*args, **kwargs)
            if source is None and not self.first_published_at:
                self._pass_facts_on()
        return revision

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the page as a revision has it, but with the facts of today: an old draft brings none back."""
        page = super().with_content_json(content)
        page._take_facts_over()
        return page

    def _take_facts_over(self) -> Any:
        source = self.facts_source
        if source is not None:
            take_facts(self, source)
        return source

    def _pass_facts_on(self) -> None:
        if self.facts and not self.alias_of_id:
            for translation in _same_in_any_language(self).filter(pk__gt=self.pk):
                translation._follow(self)

    def _follow(self, source: Any) -> None:
        """Save the facts of a source in the page, if they are new; drafts get them when they are read."""
        if take_facts(self, source):
            super().save(clean=False)
            self.update_aliases()
            facts_taken_over.send(type(self), instance=self, source=source)


def take_facts(page: Any, source: Any) -> bool:
    """Give a page the facts of another one, unsaved; return whether any of them is new to it."""
    news = [_take(page, source, page._meta.get_field(name)) for name in page.facts]
    return any(news)


def _take(page: Any, source: Any, field: Any) -> bool:
    if field.one_to_many:
        return _take_rows(page, source, field)
    if field.many_to_many:
        items = list(getattr(source, field.name).all())
        is_new = {item.pk for item in items} != {item.pk for item in getattr(page, field.name).all()}
        if is_new:
            setattr(page, field.name, items)
        return is_new
    value = getattr(source, field.attname)
    is_new = value != getattr(page, field.attname)
    if is_new:
        setattr(page, field.attname, value)
    return is_new


def _take_rows(page: Any, source: Any, relation: Any) -> bool:
    """Give a page the rows of another one; each keeps its own texts, and the primary key of its saved row."""
    model, name = relation.related_model, relation.name
    before = list(getattr(page, name).all())
    saved = list(model._default_manager.filter(**{relation.field.name: page.pk})) if page.pk else []
    saved_by_key, before_by_key = _by_key(model, saved), _by_key(model, before)
    rows = []
    for key, theirs in _by_key(model, getattr(source, name).all()).items():
        ours = before_by_key.get(key) or saved_by_key.get(key)
        row = model(**_facts_of_row(theirs, relation))
        row.pk = saved_by_key[key].pk if key in saved_by_key else None
        for text in getattr(model, "texts", ()):
            setattr(row, text, getattr(ours or theirs, text))
        rows.append(row)
    is_new = [_whole(row, relation) for row in rows] != [_whole(row, relation) for row in before]
    if is_new:
        setattr(page, name, rows)
    return is_new


def _by_key(model: Any, rows: Any) -> dict[Any, Any]:
    key = getattr(model, "fact_key", None)
    return {getattr(row, key) if key else place: row for place, row in enumerate(rows)}


def _facts_of_row(row: Any, relation: Any) -> dict[str, Any]:
    left_out = {relation.field.name, *getattr(row, "texts", ())}
    fields: list[models.Field] = [
        field for field in row._meta.concrete_fields if not field.primary_key and field.name not in left_out
    ]
    return {field.attname: getattr(row, field.attname) for field in fields}


def _whole(row: Any, relation: Any) -> tuple[Any, ...]:
    return row.pk, _facts_of_row(row, relation), *(getattr(row, text) for text in getattr(row, "texts", ()))


def _same_in_any_language(page: Any) -> models.QuerySet[Any]:
    return type(page)._default_manager.filter(translation_key=page.translation_key, alias_of__isnull=True)
