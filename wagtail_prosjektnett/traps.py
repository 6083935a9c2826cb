"""What tells people from scripts that fill in every form they find.

Nobody is refused: who is caught is told so, is shown the form again with all that was typed, and can send it once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The field that no person sees.
HONEYPOT = "homepage"
#: The field that says when the form was first shown.
STAMP = "shown_at"
#: Nobody fills in a form faster than this; and nobody leaves one open for longer.
FASTEST = timedelta(seconds=2)
SLOWEST = timedelta(days=1)


class Trap(StrEnum):
    """What a form was caught in."""

    FILLED = "filled"
    TOO_FAST = "too_fast"
    TOO_OLD = "too_old"

    @property
    def message(self) -> str:
        """What whoever sent the form is told, in the active language."""
        return str(_MESSAGES[self])


_MESSAGES: dict[Trap, Promise] = {
    Trap.FILLED: _(
        "A field that should be empty was filled in, perhaps by your browser. It is empty again: send the form once "
        "more."
    ),
    Trap.TOO_FAST: _("This was so fast that it might not be a person. Look the form over, and send it once more."),
    Trap.TOO_OLD: _("The form has been open for a long time. Look it over, and send it once more."),
}


def new_stamp(page_id: int, at: datetime) -> str:
    """Return what a form about a page says that is first shown at an aware instant; nobody else can write it."""
    return signing.Signer(salt=__name__).sign_object({"page": page_id, "at": at.timestamp()})


def shown_before(stamp: str, page_id: int, at: datetime) -> timedelta | None:
    """Return how long ago a form about a page was first shown, or None where nobody can tell."""
    try:
        said = signing.Signer(salt=__name__).unsign_object(stamp)
    except (signing.BadSignature, ValueError):  # what is cut may be no JSON
        return None
    return timedelta(seconds=at.timestamp() - said["at"]) if said["page"] == page_id else None


def caught_in(data: Mapping[str, str], page_id: int, at: datetime, slowest: timedelta = SLOWEST) -> Trap | None:
    """Return the trap that a form which was sent at an aware instant is caught in, or None.

    ``slowest`` is for how long a form may be open. One that stands on a page which caches keep may be older.
    """
    if data.get(HONEYPOT):
        return Trap.FILLED
    age = shown_before(data.get(STAMP, ""), page_id, at)
    if age is None or age > slowest:
        return Trap.TOO_OLD
    return Trap.TOO_FAST if age < FASTEST else None


def next_stamp(data: Mapping[str, str], page_id: int, at: datetime, slowest: timedelta = SLOWEST) -> str:
    """Return what the form says when it is shown again: the same, so that time goes on, or a new one."""
    stamp = data.get(STAMP, "")
    age = shown_before(stamp, page_id, at)
    return stamp if age is not None and age <= slowest else new_stamp(page_id, at)
