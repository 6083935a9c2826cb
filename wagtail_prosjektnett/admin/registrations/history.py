"""The words in the history of a gathering for what was done to its registrations. Nobody is named there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_prosjektnett.admin.numbered_history import NumberedFormatter
from wagtail_prosjektnett.registration.audit import RegistrationAction

#: What it is called in the filter of the history, and what one entry says.
WORDS: dict[RegistrationAction, tuple[Any, Any]] = {
    RegistrationAction.ADDED: (gettext_lazy("Add a registration"), gettext_lazy("Somebody was signed up")),
    RegistrationAction.CHANGED: (gettext_lazy("Change a registration"), gettext_lazy("A registration was changed")),
    RegistrationAction.CANCELLED: (gettext_lazy("Cancel a registration"), gettext_lazy("A registration was cancelled")),
    RegistrationAction.PROMOTED: (gettext_lazy("Give a seat"), gettext_lazy("One who waited was given a seat")),
    RegistrationAction.MOVED: (
        gettext_lazy("Move a registration"),
        gettext_lazy("A registration was moved to another time or place"),
    ),
    RegistrationAction.ATTENDED: (gettext_lazy("Mark who was there"), gettext_lazy("It was marked who was there")),
    RegistrationAction.WRITTEN_TO: (
        gettext_lazy("Write to those who are signed up"),
        gettext_lazy("A message was written to those who are signed up"),
    ),
    RegistrationAction.ERASED: (gettext_lazy("Erase a registration"), gettext_lazy("A registration was erased")),
    RegistrationAction.EXPORTED: (gettext_lazy("Export registrations"), gettext_lazy("Registrations were exported")),
    RegistrationAction.NEEDS_OPENED: (
        gettext_lazy("Open what people need"),
        gettext_lazy("What people need was opened"),
    ),
}


class RegistrationFormatter(NumberedFormatter):
    """Says what was done, and to which registrations."""

    rows = "registrations"

    def words(self, count: int) -> str:
        """Return what is said of one registration or of several."""
        return ngettext("%(done)s (registration %(ids)s)", "%(done)s (%(count)s registrations: %(ids)s)", count)

    def format_message(self, log_entry: Any) -> str:
        """Return what the history says of an entry, and whether sensitive personal data were part of it."""
        message = super().format_message(log_entry)
        if not log_entry.data.get("needs"):
            return message
        return _("%(message)s, with what people need") % {"message": message}


def register_registration_actions(actions: Any) -> None:
    """Give the history its words."""
    for action, (label, done) in WORDS.items():
        formatter = type("RegistrationFormatter", (RegistrationFormatter,), {"label": label, "done": done})
        actions.register_action(action.value)(formatter)
