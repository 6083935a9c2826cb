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
from wagtail_prosjektnett.content.roles import model_of, model_problem
from wagtail_prosjektnett.content.streams import StreamReader
from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic

SNIPPETS = {"organisations": Organisation, "people": ContactPerson, "topics": Topic, "phases": ProjectPhase}


def problems(file: NetworkFile, references: References, folder: Path, at: datetime) -> Iterator[Problem]:
    """Yield every problem of a file; ``at`` is when what it plans would be published."""
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
    else:
        yield from plans.problems(file, ZoneInfo(file.network.time_zone), at)


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
            yield from _part_problems(part, references, here)
    yield from reader.problems


def _part_problems(part: Mapped, references: References, path: Path_) -> Iterator[Problem]:
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
