"""Everything that can be wrong with a content file, found before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pydantic import BaseModel

from wagtail_prosjektnett.content import files, plans, richtext
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import NetworkFile
from wagtail_prosjektnett.content.keys import key_uuid
from wagtail_prosjektnett.content.mapping import Holds, Mapped, mapped
from wagtail_prosjektnett.content.references import PAGE, References, kind_of, pages_of
from wagtail_prosjektnett.content.roles import ROLES, model_of, model_problem
from wagtail_prosjektnett.content.streams import StreamReader
from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic
from wagtail_prosjektnett.wording.rules import rule_message

SNIPPETS = {"organisations": Organisation, "people": ContactPerson, "topics": Topic, "phases": ProjectPhase}


def item_problems(file: NetworkFile, references: References, folder: Path) -> Iterator[Problem]:
    """Yield the problems that single parts of a file have, whatever else stands in it."""
    yield from references.problems
    yield from files.problems(file, folder)
    for name, model in SNIPPETS.items():
        for index, item in enumerate(getattr(file, name)):
            yield from _item_problems(model, item, references, (name, index))
    for path, page, _parent in pages_of(file):
        if problem := model_problem(page, path):
            yield problem
        else:
            yield from _item_problems(model_of(page), page, references, path)
    if file.network.time_zone not in available_timezones():
        yield Problem(("network", "time_zone"), _("There is no time zone of this name."))


def rule_problems(file: NetworkFile, at: datetime) -> Iterator[Problem]:
    """Yield the rules of the domain that a file breaks; ``at`` is when what it plans would be published."""
    if file.network.time_zone in available_timezones():
        yield from plans.problems(file, ZoneInfo(file.network.time_zone), at)


def place_problems(file: NetworkFile, parent: Any) -> Iterator[Problem]:
    """Yield a problem if a new network may not be made below a page."""
    model = model_of(file.network)
    key = key_uuid(PAGE, file.network.key, file.network.key)
    if model.objects.filter(translation_key=key).exists():
        return
    if parent.is_root() or not model.can_create_at(parent):
        message = _("A network cannot be made below the page “%s”. Choose another with --parent.")
        yield Problem(("network",), message % parent.title)


def _item_problems(model: Any, item: BaseModel, references: References, path: Path_) -> Iterator[Problem]:
    reader = StreamReader(references, key_uuid(PAGE, getattr(item, "key", "")))
    for part in mapped(model, item):
        here = (*path, part.name)
        if part.holds is Holds.STREAM:
            reader.read(part.field.stream_block, part.value, here)
        elif part.holds is Holds.ROWS:
            for index, row in enumerate(part.value):
                yield from _item_problems(part.field.related_model, row, references, (*here, index))
        elif part.value not in (None, ""):
            yield from _part_problems(model, part, references, here)
    yield from reader.problems


def _part_problems(model: Any, part: Mapped, references: References, path: Path_) -> Iterator[Problem]:
    if part.holds is Holds.PROSE:
        yield from richtext.problems(part.value, references, path)
    elif part.holds is Holds.VALUE:
        try:
            part.field.clean(part.value, None)
        except ValidationError as error:
            yield Problem(path, " ".join(error.messages))
    else:
        keys = part.value if isinstance(part.value, list) else [part.value]
        kind = kind_of(part.field.related_model)
        for index, key in enumerate(keys):
            place = (*path, index) if isinstance(part.value, list) else path
            if kind and (problem := references.problem(kind, key, place)):
                yield problem
            elif kind and (message := _unsuitable(model, part, references.item(kind, key))):
                yield Problem(place, message)


def _unsuitable(model: Any, part: Mapped, item: Any) -> str | None:
    """Return why a field may not refer to an item that it could name, as an editor's form would say."""
    role = getattr(getattr(model, "base_form_class", None), "role_of_target", {}).get(part.attribute)
    if role and item is not None and ROLES[type(item)] is not role:
        return rule_message(Broken(Rule.WRONG_PAGE_TYPE, part.name))
    limits = part.field.get_limit_choices_to() if hasattr(part.field, "get_limit_choices_to") else {}
    if item is not None and any(getattr(item, name, wanted) != wanted for name, wanted in limits.items()):
        return _("“%s” is not of the kind that is asked for here.") % item.key
    return None
