"""Refuses to delete a gathering that people have signed up for: nobody would tell them, and who came would be lost.

It is refused too while they are still to be told that they are not signed up any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from wagtail_prosjektnett.pages.placement import gatherings_below
from wagtail_prosjektnett.pages.signed_up import signed_up


class DeletionRefused(PermissionDenied):
    """Raised when pages would be deleted with gatherings that people have signed up for; nothing was deleted.

    The message names each gathering, and how many have signed up for what or are still to be told.
    """

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


def refuse_deletion(page: Any) -> None:
    """Raise ``DeletionRefused`` if people have signed up for a gathering at or below a page, or are yet to be told.

    A translation or an alias may go: those who have signed up are with its source.
    """
    if found := reasons_against_deletion([page]):
        raise DeletionRefused(found)


def reasons_against_deletion(pages: Iterable[Any]) -> list[str]:
    """Return why some pages must not be deleted with all that is below them, for each gathering."""
    gatherings = {gathering.pk: gathering for page in pages for gathering in gatherings_below(page)}
    own = [gathering for gathering in gatherings.values() if not gathering.alias_of_id]
    found = signed_up(gathering.translation_key for gathering in own)
    reasons: list[str] = []
    for gathering in own:
        if gathering.translation_key in found and gathering.facts_source is None:
            reasons += _reasons(gathering, found[gathering.translation_key])
    return reasons


def in_words(found: Iterable[Any]) -> str:
    """Return how many have signed up for each occurrence of a gathering; empty where nobody has."""
    return _counted((each.occurrence, each.people) for each in found)


def _reasons(gathering: Any, found: Iterable[Any]) -> list[str]:
    in_use = _(
        "People have signed up for “%(gathering)s”: %(signed_up)s. Cancel their registrations first, so that they are "
        "told, or unpublish the page instead."
    )
    untold = _(
        "Mail that tells of cancelled registrations for “%(gathering)s” has not been sent yet: %(untold)s. Wait until "
        "it has been sent, or was given up after a day; “Mail to participants” says what stands in its way."
    )
    people, ended = in_words(found), _counted((each.occurrence, each.untold) for each in found)
    reasons = [in_use % {"gathering": gathering.title, "signed_up": people}] if people else []
    return [*reasons, untold % {"gathering": gathering.title, "untold": ended}] if ended else reasons


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{occurrence} ({count})" if occurrence else str(count) for occurrence, count in counts if count)
