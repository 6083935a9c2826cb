"""From what stands in a content file to the model of its format.

An author should not have to mend a file once for each sort of mistake. What cannot be read is therefore
replaced by a stand-in, so that the rest can be checked in the same round.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import ValidationError

from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import NetworkFile

#: What a part that cannot be read is replaced by, tried in this order; first it is left out.
STAND_INS: tuple[Any, ...] = ("x", "2000-01-01", [], {})


def parse(data: Any, today: date) -> tuple[NetworkFile | None, list[Problem]]:
    """Return the model of a file, and what is wrong with its form.

    Where something is wrong, the model has stand-ins and must not be loaded; it is None where nothing of
    the file can be used. ``today`` is the day that relative dates count from.
    """
    try:
        return _validated(data, today), []
    except ValidationError as error:
        problems = [Problem(tuple(found["loc"]), found["msg"]) for found in error.errors()]
        return _with_stand_ins(data, today, error), problems


def _validated(data: Any, today: date) -> NetworkFile:
    return NetworkFile.model_validate(data, context={"today": today})


def _with_stand_ins(data: Any, today: date, error: ValidationError) -> NetworkFile | None:
    data, tried = copy.deepcopy(data), Counter[Path_]()
    for _round in range(len(STAND_INS) + 3):
        for path in {tuple(found["loc"]) for found in error.errors()}:
            if not _replace(data, path, tried):
                return None
        try:
            return _validated(data, today)
        except ValidationError as still:
            error = still
    return None


def _replace(data: Any, path: Path_, tried: Counter[Path_]) -> bool:
    """Leave out what stands at a path, or put the next stand-in there; return whether that could be done."""
    *above, last = path or ("",)
    for step in above:
        inside = _inside(data, step)
        if not isinstance(inside, dict | list):
            last = step
            break
        data = inside
    tried[path] += 1
    if isinstance(data, dict) and last in data and tried[path] == 1:
        del data[last]
    elif isinstance(data, dict) and tried[path] <= len(STAND_INS) + 1:
        data[last] = copy.deepcopy(STAND_INS[max(tried[path] - 2, 0)])
    elif isinstance(data, list) and isinstance(last, int) and tried[path] <= len(STAND_INS):
        data[last] = copy.deepcopy(STAND_INS[-tried[path]])
    else:
        return False
    return True


def _inside(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def outside(problems: Iterable[Problem], parts: Iterable[Problem]) -> list[Problem]:
    """Return those problems that are not within parts that are told already."""
    told = [part.path for part in parts]
    return [found for found in problems if not any(found.path[: len(path)] == path for path in told)]
