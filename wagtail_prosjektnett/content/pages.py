"""Loading the pages of a content file: first all of them as empty drafts, then each with its content.

Pages may then refer to each other in any order, and each is published once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import swapper
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale

from wagtail_prosjektnett.content.assign import Assigner
from wagtail_prosjektnett.content.compare import Effect, snapshot
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import GatheringItem, TreeItem
from wagtail_prosjektnett.content.hindrances import hindrance
from wagtail_prosjektnett.content.keys import identity, occurrence_uid, pages_with_keys, question_uid
from wagtail_prosjektnett.content.mapping import Holds, mapped
from wagtail_prosjektnett.content.moves import put_below
from wagtail_prosjektnett.content.privacy import restrict_page
from wagtail_prosjektnett.content.references import PAGE, References
from wagtail_prosjektnett.content.roles import model_of
from wagtail_prosjektnett.content.streams import block_problems
from wagtail_prosjektnett.content.together import Together, dates_of
from wagtail_prosjektnett.content.versions import Versions, set_dates
from wagtail_prosjektnett.content.walk import LATER, Place
from wagtail_prosjektnett.pages.facts import FactsMixin, take_facts


class PageLoader:
    """Loads the pages of one network, in all its languages, below a page of the site."""

    def __init__(
        self, references: References, locales: dict[str, Locale], scope: str, parent: Any, *, rehearse: bool = False
    ) -> None:
        self.references = references
        self.locales = locales
        self.scope = scope
        self.parent = parent
        self.problems: list[Problem] = []
        self._made: dict[tuple[Path_, str], Any] = {}
        self._first: dict[Path_, Any] = {}
        self._new: set[Path_] = set()
        self._now = timezone.now()
        self._found: dict[tuple[uuid.UUID, int], list[Any]] = {}
        self._rehearse = rehearse
        self._together = Together(self._now, rehearse)
        self._places_together: set[Path_] = set()
        self._networks: dict[str, Any] = {}

    def key(self, place: Place) -> uuid.UUID:
        """Return the translation key of a page."""
        return identity(PAGE, place.main, self.scope)

    def page(self, place: Place) -> Any:
        """Return the page that was made or found for a place."""
        return self._made[place.node, place.language]

    def look_up(self, places: Iterable[Place]) -> None:
        """Find the pages that are there already, with a few queries for each type."""
        keys: dict[Any, list[uuid.UUID]] = {}
        for place in places:
            keys.setdefault(model_of(place.item), []).append(self.key(place))
        for model, wanted in keys.items():
            for page in pages_with_keys(model, wanted):
                self._found.setdefault((page.translation_key, page.locale_id), []).append(page)

    def ensure(self, place: Place) -> Any:
        """Return the page for a place, made as an empty draft below its parent if it is new."""
        model, locale = model_of(place.item), self.locales[place.language]
        page = self._existing(model, place, locale)
        if page is None:
            page = self._make_together(model, place) or self._make(model, place)
            self._new.add(place.path)
        self._made[place.node, place.language] = page
        self._first.setdefault(place.node, page)
        self.references.put(PAGE, place.key, page, place.language)
        return page

    def made_all(self) -> None:
        """Write what must be there before other pages can refer to it."""
        self._together.save_empty()

    def finish(self) -> None:
        """Write what waits for others of its kind."""
        if not self.problems:
            self._together.flush()

    def fill(self, place: Place) -> Effect:
        """Give a page its content in all its versions; return what was done."""
        page, is_new = self.page(place), place.path in self._new
        if place.path in self._places_together:
            self._fill_together(place, page)
            return Effect.NEW
        if place.item.alias:
            if not page.alias_of_id:
                text = _("The page “%s” is no alias any more. Delete it, or give the file its content.")
                self.problems.append(Problem((*place.path, "alias"), text % page.title))
            return Effect.NEW if is_new else Effect.UNCHANGED
        was_alias = bool(page.alias_of_id)
        if was_alias:
            page = self._made[place.node, place.language] = self._part(page)
        versions = Versions(page, is_new=is_new, rehearse=self._rehearse)
        before = None if is_new else versions.state()
        wanted = {name: self._version(versions, place, name) for name in ("main", *LATER)}
        if self.problems:
            return Effect.UNCHANGED
        is_same = before == _state(place.item, wanted)
        if not is_same and not is_new and (reason := hindrance(page, place.item)):
            self.problems.append(Problem(place.path, reason))
            return Effect.UNCHANGED
        if not is_same:
            versions.write(place.item, wanted)
        restricted = restrict_page(page, place.item.privacy)
        dated = set_dates(page, place.item, self._now)
        is_changed = not is_same or restricted or dated or was_alias
        return Effect.NEW if is_new else Effect.CHANGED if is_changed else Effect.UNCHANGED

    def put_in_place(self, places: Sequence[Place]) -> set[Path_]:
        """Move the pages that stand elsewhere than in the file, and return which; all must have been written."""
        below: dict[Any, list[Place]] = {}
        for place in places:
            if place.above is not None:
                below.setdefault(self._parent(place).pk, []).append(place)
        moved: set[Path_] = set()
        for parent, wanted in below.items():
            by_pk = {self.page(place).pk: place.path for place in wanted}
            moved |= {by_pk[pk] for pk in put_below(parent, list(by_pk))}
        return moved

    @staticmethod
    def _part(alias: Any) -> Any:
        """Make an alias a page of its own, which a file has content for."""
        ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
        return type(alias).objects.get(pk=alias.pk)

    def _existing(self, model: Any, place: Place, locale: Locale) -> Any:
        found = self._found.get((self.key(place), locale.pk), [])
        return next((page for page in found if isinstance(page, model)), None)

    def _make_together(self, model: Any, place: Place) -> Any:
        """Return a page that is written together with others of its kind, or None where it is made by itself."""
        if not self._together.takes(model, place):
            return None
        item = place.item
        page = model(slug=item.slug or "", locale=self.locales[place.language], translation_key=self.key(place))
        for name, value in dates_of(item, self._now).items():
            setattr(page, name, value)
        for relation in (*get_all_child_relations(model), *get_all_child_m2m_relations(model)):
            setattr(page, relation.name, [])
        base = swapper.load_model("wagtailcore", "Page")
        Assigner(self.references, page.translation_key).assign(page, item, only=base)
        if not self._together.make(page, self._parent(place)):
            return None
        self._places_together.add(place.path)
        return page

    def _fill_together(self, place: Place, page: Any) -> None:
        page.network = self._network(place.language)
        references, slug = self.references.in_language(place.language), page.slug
        Assigner(references, page.translation_key).assign(page, place.item)
        page.slug = slug
        if isinstance(place.item, GatheringItem):
            _give_keys(page, place.item)
        self.problems += _refused_by_blocks(page, place.item, place.path)
        page.clean_fields(exclude=[field.name for field in page._meta.concrete_fields if field.is_relation])
        self._together.publish(page)

    def _network(self, language: str) -> Any:
        """Return the network in a language, as it is by now."""
        if language not in self._networks:
            page = self._made.get((("network",), language)) or next(iter(self._made.values()))
            self._networks[language] = type(page).objects.get(pk=page.pk)
        return self._networks[language]

    def _make(self, model: Any, place: Place) -> Any:
        self._together.save_empty()
        parent = self._parent(place)
        locale, item = self.locales[place.language], place.item
        if item.alias:
            source = self._made[place.node, place.main.language or self.references.language]
            made = source.create_alias(
                parent=parent, update_slug=item.slug, update_locale=locale, reset_translation_key=False
            )
            return made.specific
        page = model(title=item.title, slug=item.slug or "", locale=locale, live=False)
        page.translation_key = self.key(place)
        parent.add_child(instance=page)
        return page

    def _parent(self, place: Place) -> Any:
        """Return the parent in the same language where there is one, or else in its first language."""
        if place.above is None:
            return self._above_network(place)
        return self._made.get((place.above, place.language)) or self._first[place.above]

    def _above_network(self, place: Place) -> Any:
        translation = self.parent.get_translation_or_none(self.locales[place.language])
        return translation or self.parent

    def _version(self, versions: Versions, place: Place, name: str) -> Any:
        """Return a page with one of the versions that the file has of it, or None; nothing is saved."""
        item = place.item if name == "main" else getattr(place.item, name)
        if item is None:
            return None
        is_draft = name == "draft" or not place.item.live
        page = versions.copy(name)
        path = place.path if name == "main" else (*place.path, name)
        slug, references = page.slug, self.references.in_language(place.language)
        Assigner(references, page.translation_key, draft=is_draft).assign(page, item)
        page.slug = item.slug or slug
        if isinstance(item, GatheringItem):
            _give_keys(page, item)
        _take_facts_over(page)
        if not is_draft:
            self.problems += _refused_by_blocks(page, item, path)
        return page


def _state(item: TreeItem, wanted: dict[str, Any]) -> Any:
    """Return what a page says in all its versions once it is as the file says."""
    return item.live, {name: snapshot(page) for name, page in wanted.items() if page is not None}


def _refused_by_blocks(page: Any, item: TreeItem, path: Path_) -> list[Problem]:
    """Return what the editor would say of the blocks: a page that cannot be saved again is no use."""
    problems: list[Problem] = []
    for part in mapped(type(page), item):
        if part.holds is Holds.STREAM:
            try:
                part.field.stream_block.clean(getattr(page, part.attribute))
            except ValidationError as error:
                problems += block_problems(error, (*path, part.name))
    return problems


def _take_facts_over(page: Any) -> None:
    """Give a translation the facts of its source, whatever the file says of them."""
    source = page.facts_source if isinstance(page, FactsMixin) else None
    if source is not None:
        take_facts(page, source)


def _give_keys(page: Any, item: GatheringItem) -> None:
    """Give the occurrences and questions their keys, and the presentations those of their occurrences."""
    for question, asked in zip(page.questions.all(), item.questions, strict=True):
        question.uid = question_uid(page.translation_key, asked)
    uids = {row.key: occurrence_uid(page.translation_key, row) for row in item.occurrences}
    for row, given in zip(page.occurrences.all(), item.occurrences, strict=True):
        row.uid = uids[given.key]
    for presentation, described in zip(page.presentations.all(), item.presentations, strict=True):
        presentation.occurrence_uid = uids.get(described.occurrence or "")
