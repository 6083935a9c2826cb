"""Words that more than one list of the admin uses, and the buttons that depend on a state."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

#: What can be done by a button: the view, its words, its icon, and the states in which it can be done.
StateAction = tuple[str, Promise, str, Collection[StrEnum]]


def yes_or_no(value: bool | None) -> str:
    """Return an answer in words; none for what is not known."""
    return "" if value is None else _("Yes") if value else _("No")


def time_in_words(when: date) -> str:
    """Return a day, or an aware instant in the active time zone, as Wagtail writes it."""
    if isinstance(when, datetime):
        return date_format(timezone.localtime(when), "DATETIME_FORMAT")
    return date_format(when, "DATE_FORMAT")


def buttons_in(state: StrEnum, actions: Iterable[StateAction], namespace: str, pk: int) -> list[dict[str, Any]]:
    """Return what can be done in a state to what has a primary key, as the arguments of buttons."""
    return [
        {"label": label, "url": reverse(f"{namespace}:{name}", args=[pk]), "icon_name": icon}
        for name, label, icon, states in actions
        if state in states
    ]
