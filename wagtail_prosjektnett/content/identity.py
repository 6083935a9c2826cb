"""What a content file may call its own: each key once, and no page of the site that is not the network's."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import swapper
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import GatheringItem, NetworkFile
from wagtail_prosjektnett.content.keys import identity, occurrence_uid, pages_with_keys, question_uid
from wagtail_prosjektnett.content.references import KIND_NAMES, LISTS, PAGE
from wagtail_prosjektnett.content.roles import model_of
from wagtail_prosjektnett.content.walk import Place, pages_of, versions_of

#: What is told of rows that have one key.
_TWICE: dict[str | int, Promise] = {
    "occurrences": gettext_lazy("Another time and place has this key or uid. Give each its own."),
    "questions": gettext_lazy("Another question has this key or uid. Give each its own."),
}


def identity_problems(file: NetworkFile) -> Iterator[Problem]:
    """Yield a problem for each thing that has the key of another one."""
    yield from _twice(PAGE, ((place.path, place.item) for place in _mains(file)))
    for kind, name in LISTS.items():
        yield from _twice(kind, (((name, index), item) for index, item in enumerate(getattr(file, name))))
    for place in pages_of(file):
        for path, version in versions_of(place):
            if isinstance(version, GatheringItem):
                key = identity(PAGE, place.main, file.network.key)
                yield from _rows_twice(version.occurrences, occurrence_uid, key, (*path, "occurrences"))
                yield from _rows_twice(version.questions, question_uid, key, (*path, "questions"))


def strangers(file: NetworkFile) -> Iterator[Problem]:
    """Yield a problem for each page of a file that would be written over another page of the site.

    A page is the network's if it is the network, or stands below it in one of its languages.
    """
    places = {identity(PAGE, place.item, file.network.key): place for place in _mains(file)}
    own = identity(PAGE, file.network, file.network.key)
    model = swapper.load_model("wagtailcore", "Page")
    branches = tuple(model.objects.filter(translation_key=own).values_list("path", flat=True))
    for page in pages_with_keys(model, list(places)):
        place = places[page.translation_key]
        if page.translation_key != own and not page.path.startswith(branches or ("-",)):
            text = _("The page “%s” outside this network has this uid. Take it out of the file.")
            yield Problem((*place.path, "uid"), text % page.title)
        elif not issubclass(page.specific_class, model_of(place.item)):
            values = {"page": page.title, "type": page.specific_class._meta.label_lower}
            text = _("The page “%(page)s” of the site is of another type: %(type)s. Give this another key.")
            yield Problem((*place.path, "key"), text % values)


def _mains(file: NetworkFile) -> Iterator[Place]:
    return (place for place in pages_of(file) if not place.is_translation)


def _twice(kind: str, found: Iterable[tuple[Path_, Any]]) -> Iterator[Problem]:
    """Yield a problem for each thing with the uid of another one; those with one key are told elsewhere."""
    seen: dict[uuid.UUID, str] = {}
    for path, item in found:
        if seen.setdefault(identity(kind, item), item.key) != item.key:
            text = _("Another %(kind)s has this uid. Give each its own.") % {"kind": KIND_NAMES[kind]}
            yield Problem((*path, "uid"), text)


def _rows_twice(
    rows: Iterable[Any], uid_of: Callable[[uuid.UUID, Any], uuid.UUID], page: uuid.UUID, path: Path_
) -> Iterator[Problem]:
    """Yield a problem for each row of a gathering that has the key of another one."""
    keys: set[str] = set()
    uids: set[uuid.UUID] = set()
    for index, row in enumerate(rows):
        uid = uid_of(page, row)
        if row.key in keys or uid in uids:
            yield Problem((*path, index, "key"), str(_TWICE[path[-1]]))
        keys.add(row.key)
        uids.add(uid)
