"""What may stand in the answers of those who sign up: letters of any script, and nothing that hides or breaks lines."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Characters that turn the direction of all that follows: a name could pretend to be another one.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: What ends a line: in a header of a mail, it would begin another header (RFC 5322, 2.2).
_LINE_ENDS = frozenset("\r\n\v\f\x85\u2028\u2029")

#: What programs for mail make a link of, as a pattern that Python and JSON Schema (ECMA 262) read alike.
LINK = r"://|[wW]{3}\."


def one_line(text: str) -> str:
    """Return a text in one form of Unicode; raises ``ValidationError`` for what would not stand on one line."""
    if any(character in _LINE_ENDS for character in text):
        raise ValidationError(_("Write this on one line."), code="line-break")
    return several_lines(text)


def without_links(text: str) -> str:
    """Return a text; raises ``ValidationError`` for what would be a link in a mail.

    Whoever signs up others chooses both their names and the address that mail with them goes to.
    """
    if re.search(LINK, text):
        raise ValidationError(_("Write a name here, not the address of a website."), code="link")
    return text


def several_lines(text: str) -> str:
    """Return a text in one form of Unicode; raises ``ValidationError`` for what cannot be seen, and line breaks may."""
    for character in text:
        is_control = unicodedata.category(character) in ("Cc", "Cs") and character not in "\r\n\t"
        if is_control or character in _TURNING:
            raise ValidationError(_("This has characters that cannot be seen. Write it again."), code="invisible")
    normal = unicodedata.normalize("NFC", text)
    # A few characters become two or three: the field, and the column, have room for as many as were typed.
    return normal if len(normal) <= len(text) else text
