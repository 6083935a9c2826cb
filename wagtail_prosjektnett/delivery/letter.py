"""What a mail to a contact person says, whatever it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Letter:
    """What a mail to a contact person says.

    ``language`` is a Django language code, ``host`` the name of the host that the mail is about. The context goes to
    the templates ``mail/contact_<kind>.txt`` and ``.html``. ``reply_to`` is empty where nobody is to be answered.
    """

    language: str
    host: str
    subject: str
    context: Mapping[str, Any]
    reply_to: str = ""
