"""Everything that can be wrong with a content file, found before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pydantic import BaseModel
from wagtail.models import Locale

from wagtail_prosjektnett.content import files, plans, richtext
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import NetworkFile
from wagtail_prosjektnett.content.identity import identity_problems, strangers
from wagtail_prosjektnett.content.keys import identity, key_uuid
from wagtail_prosjektnett.content.mapping import Holds, Mapped, mapped, own_fields
from wagtail_prosjektnett.content.references import PAGE, References, kind_of
from wagtail_prosjektnett.content.roles import ROLES, model_of, model_problem
from wagtail_prosjektnett.content.streams import StreamReader
from wagtail_prosjektnett.content.walk import Place, languages_of, pages_of, restricted_items, versions_of
from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic
from wagtail_prosjektnett.wording.rules import rule_message

SNIPPETS = {"organisations": Organisation, "people": ContactPerson, "topics": Topic, "phases": ProjectPhase}


def item_problems(file: NetworkFile, references: References, folder: Path) -> Iterator[Problem]:
    """Yield the problems that single parts of a file have, whatever else stands in it."""
    yield from references.problems
    yield from identity_problems(file)
    yield from files.problems(file, folder)
    for name, model in SNIPPETS.items():
        for index, item in enumerate(getattr(file, name)):
            yield from _Checking(references).problems(model, item, (name, index))
            for number, part in enumerate(getattr(item, "translations", [])):
                inside = (name, index, "translations", number)
                yield from _Checking(references.in_language(part.language)).problems(model, part, inside)
    for place in pages_of(file):
        yield from _page_problems(place, references.in_language(place.language))
    if file.network.time_zone not in available_timezones():
        yield Problem(("network", "time_zone"), _("There is no time zone of this name."))
    for index, item in enumerate(file.redirects):
        if problem := references.problem(PAGE, item.ref, ("redirects", index, "page")):
            yield problem
    yield from site_problems(file)


def _page_problems(place: Place, references: References) -> Iterator[Problem]:
    if problem := model_problem(place.item, place.path):
        yield problem
        return
    for path, version in versions_of(place):
        if version.key != place.key:
            yield Problem((*path, "key"), _("This must have the key of the page that it belongs to: %s.") % place.key)
        if not version.alias:
            is_draft = path[-1] == "draft" or not version.live
            yield from _Checking(references, draft=is_draft).problems(model_of(place.item), version, path)


def rule_problems(file: NetworkFile, at: datetime) -> Iterator[Problem]:
    """Yield the rules of the domain that a file breaks; ``at`` is when what it plans would be published."""
    if file.network.time_zone in available_timezones():
        yield from plans.problems(file, ZoneInfo(file.network.time_zone), at)


def place_problems(file: NetworkFile, parent: Any) -> Iterator[Problem]:
    """Yield a problem if a new network may not be made below a page."""
    model = model_of(file.network)
    key = identity(PAGE, file.network, file.network.key)
    yield from strangers(file)
    yield from _misplaced(file)
    if model.objects.filter(translation_key=key).exists():
        return
    if parent.is_root() or not model.can_create_at(parent):
        message = _("A network cannot be made below the page “%s”. Choose another with --parent.")
        yield Problem(("network",), message % parent.title)


def _misplaced(file: NetworkFile) -> Iterator[Problem]:
    """Yield a problem for each page of a type that an editor may not put below its parent either."""
    places = {place.node: place for place in pages_of(file) if not place.is_translation}
    for place in places.values():
        if place.above is None:
            continue
        model, above = model_of(place.item), model_of(places[place.above].item)
        if model not in above.allowed_subpage_models():
            names = {"page": model._meta.verbose_name, "above": above._meta.verbose_name}
            yield Problem(place.path, _("There can be no %(page)s below a %(above)s.") % names)


class _Checking:
    """The checking of one item of a file, and of the rows inside it."""

    def __init__(self, references: References, *, draft: bool = False) -> None:
        self.references = references
        self.draft = draft

    def problems(self, model: Any, item: BaseModel, path: Path_) -> Iterator[Problem]:
        """Yield what is wrong with an item that becomes an object of a model."""
        owner = key_uuid(PAGE, getattr(item, "key", ""))
        reader = StreamReader(self.references, owner, draft=self.draft)
        yield from self._unknown_fields(model, item, path)
        for part in mapped(model, item):
            here = (*path, "fields", part.name) if part.name not in type(item).model_fields else (*path, part.name)
            if part.holds is Holds.STREAM:
                reader.read(part.field.stream_block, part.value, here)
            elif part.holds is Holds.ROWS:
                for index, row in enumerate(part.value):
                    yield from self.problems(part.field.related_model, row, (*here, index))
            elif part.value not in (None, "", []):
                yield from self._part_problems(model, part, here)
            elif not self.draft and _is_missing(part):
                yield Problem(here, _("This is missing."))
        yield from reader.problems

    def _unknown_fields(self, model: Any, item: BaseModel, path: Path_) -> Iterator[Problem]:
        given = getattr(item, "fields", None) or {}
        known = {field.name for field in own_fields(model, type(item))}
        for name in given.keys() - known:
            message = _("Unknown here. Known: %s.") % ", ".join(sorted(known))
            yield Problem((*path, "fields", name), message)

    def _part_problems(self, model: Any, part: Mapped, path: Path_) -> Iterator[Problem]:
        if part.holds is Holds.PROSE:
            yield from richtext.problems(part.value, self.references, path)
        elif part.holds is Holds.VALUE:
            try:
                part.field.clean(part.value, None)
            except ValidationError as error:
                yield Problem(path, " ".join(error.messages))
        elif part.holds in (Holds.REFERENCE, Holds.REFERENCES):
            keys = part.value if isinstance(part.value, list) else [part.value]
            for index, key in enumerate(keys):
                place = (*path, index) if isinstance(part.value, list) else path
                yield from self._reference_problems(model, part, key, place)

    def _reference_problems(self, model: Any, part: Mapped, key: str, path: Path_) -> Iterator[Problem]:
        kind = kind_of(part.field.related_model)
        if kind is None:
            name = part.field.related_model._meta.verbose_name
            yield Problem(path, _("A content file cannot refer to a %s.") % name)
        elif problem := self.references.problem(kind, key, path):
            yield problem
        elif message := _unsuitable(model, part, self.references.item(kind, key)):
            yield Problem(path, message)


def _is_missing(part: Mapped) -> bool:
    """Whether a field that has nothing in it must have something; Wagtail makes a slug from the title."""
    single = part.holds in (Holds.VALUE, Holds.REFERENCE)
    return single and part.name != "slug" and not (part.field.blank or part.field.null or part.field.has_default())


def site_problems(file: NetworkFile) -> Iterator[Problem]:
    """Yield what the site lacks: languages, and groups that something is for."""
    known = set(Locale.objects.values_list("language_code", flat=True))
    for language, path in languages_of(file).items():
        if language not in known:
            values = {"language": language, "known": ", ".join(sorted(known))}
            message = _("This site has no content in the language %(language)s. It has: %(known)s.")
            yield Problem(path, message % values)
    groups = set(Group.objects.values_list("name", flat=True))
    for path, item in restricted_items(file):
        for name in {name for rule in item.privacy for name in rule.groups} - groups:
            message = _("This site has no group “%s”. Create it under Settings, or take it out of the file.")
            yield Problem((*path, "privacy"), message % name)


def _unsuitable(model: Any, part: Mapped, item: Any) -> str | None:
    """Return why a field may not refer to an item that it could name, as an editor's form would say."""
    role = getattr(getattr(model, "base_form_class", None), "role_of_target", {}).get(part.attribute)
    if role and item is not None and ROLES.get(type(item)) is not role:
        return rule_message(Broken(Rule.WRONG_PAGE_TYPE, part.name))
    limits = part.field.get_limit_choices_to() if hasattr(part.field, "get_limit_choices_to") else {}
    if item is not None and any(getattr(item, name, wanted) != wanted for name, wanted in limits.items()):
        return _("“%s” is not of the kind that is asked for here.") % item.key
    return None
