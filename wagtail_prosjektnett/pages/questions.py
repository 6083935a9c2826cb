"""What a reader asks a list for: the filters and the part of the list that an address has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wagtail_prosjektnett.pages.facets import Facet

PAGE = "page"


@dataclass(frozen=True)
class Problem:
    """Why an address cannot be answered as it stands, in words for the reader."""

    message: str
    status: HTTPStatus


@dataclass(frozen=True)
class Question:
    """What an address asks for: ``values`` are those of filters, by the names that ``facets`` has for them."""

    facets: Mapping[str, Facet]
    values: Mapping[str, Any] = field(default_factory=dict)
    page: int = 1
    problems: tuple[Problem, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for something else than the whole list in its usual order."""
        return bool(self.values)

    @property
    def parameters(self) -> dict[str, Any]:
        """What stands in its address, but for the page."""
        return self._with({})

    def address(self, **changes: Any) -> str:
        """Return the query string of its first page, with other values for some parameters; None leaves one out."""
        return "?" + urlencode(self._with(changes))

    def _own(self) -> dict[str, Any]:
        """Return the value of each parameter, in the order in which they stand in an address."""
        return {**dict.fromkeys(self.facets), **self.values}

    def _with(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in {**self._own(), **changes}.items() if value not in (None, "")}


def read_question(query: QueryDict, facets: Mapping[str, Facet]) -> Question:
    """Return what the query string of an address asks for. Parameters that are not ours are no concern of ours."""
    asked = {name: clean(query.get(name, "")) for name in (PAGE, *facets)}
    values = {name: each.parse(asked[name]) for name, each in facets.items() if asked[name]}
    problems = twice(query, PAGE, *facets)
    problems += [no_such_value(facets[name].label, asked[name]) for name, value in values.items() if value is None]
    page = int(asked[PAGE] or 1) if re.fullmatch(r"[0-9]{0,6}", asked[PAGE]) else 0
    if page < 1:
        problems.append(no_such_page(asked[PAGE]))
    known = {name: value for name, value in values.items() if value is not None}
    return Question(facets, known, max(page, 1), tuple(problems))


def no_such_value(label: str | Promise, text: str) -> Problem:
    """Return the problem of a value that a filter, which readers know by its label, cannot have."""
    words = {"filter": label, "value": text[:50]}
    return Problem(_("There is nothing to choose for %(filter)s that is “%(value)s”.") % words, HTTPStatus.NOT_FOUND)


def no_such_page(number: Any) -> Problem:
    """Return the problem of a part that a list does not have."""
    return Problem(_("The list has no page “%(number)s”.") % {"number": str(number)[:50]}, HTTPStatus.NOT_FOUND)


def twice(query: QueryDict, *names: str) -> list[Problem]:
    """Return the problems of parameters that stand more than once in an address."""
    message = _("“%(name)s” stands more than once in the address.")
    return [Problem(message % {"name": name}, HTTPStatus.BAD_REQUEST) for name in names if len(query.getlist(name)) > 1]


def clean(text: str) -> str:
    """Return a text without what no page can show: control characters, and halves of characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+", " ", text).strip()
