"""Publishing without a form: what API v3 and the bulk actions publish obeys the same rules as the edit form.

Scheduled publishing asks nothing here. What was scheduled was checked then, and one page that has become
impossible must not keep all others from going live.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied

from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.domain.gatherings import OCCURRENCES
from wagtail_prosjektnett.pages.placement import left_behind
from wagtail_prosjektnett.pages.plans import RELATIONS, gathering_plan
from wagtail_prosjektnett.pages.tree import nearest_network
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.wording.rules import rule_message


class PublicationRefused(PermissionDenied):
    """Raised when a page may not be published as it is. The message names the page and the reasons."""


def refuse_publication(page: Any, at: datetime) -> None:
    """Raise ``PublicationRefused`` if a page breaks a rule as its latest draft has it.

    ``page`` holds the content that would be published; ``at`` is the aware instant when it would be.
    """
    check = CHECKS.get(getattr(page, "role", None))
    broken = list(check(page, max(at, page.go_live_at or at))) if check else []
    if broken:
        reasons = " ".join(rule_message(one) for one in broken)
        raise PublicationRefused(f"“{page.title}”: {reasons}")


def _gathering_broken(page: Any, at: datetime) -> Iterable[Broken]:
    if not page.occurrences.all():
        yield Broken(Rule.OCCURRENCE_MISSING, OCCURRENCES)
    rows = {name: list(enumerate(getattr(page, name).all())) for name in RELATIONS}
    plan = gathering_plan(page, nearest_network(page), at, partial(getattr, page), rows)
    yield from plan.broken(complete=True)


def _network_broken(page: Any, at: datetime) -> Iterable[Broken]:
    return left_behind(page, page.lifecycle, at)


CHECKS: dict[PageRole | None, Callable[[Any, datetime], Iterable[Broken]]] = {
    PageRole.GATHERING: _gathering_broken,
    PageRole.NETWORK: _network_broken,
}
