"""What all mails have in common: how a template becomes text, their headers, and whom nothing can be sent to."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from wagtail_prosjektnett.delivery.errors import DeliveryFailed, DeliveryRefused, NotDelivered, NotNeeded
from wagtail_prosjektnett.wording.lines import on_one_line, visible

logger = logging.getLogger(__name__)
TEMPLATES = "wagtail_prosjektnett/mail"
_LONGEST_SUBJECT = 200
#: One address and nothing else: a comma or a bracket would make more recipients of it.
_ADDRESS = re.compile(r"""[^\s,;:<>()\[\]"\\@]+@[^\s,;:<>()\[\]"\\@]+""")


def one_address(recipient: str) -> str:
    """Return an address that a mail can go to. Raises ``DeliveryRefused`` for one that it cannot go to."""
    if not _ADDRESS.fullmatch(recipient):
        raise DeliveryRefused("Nothing can be sent to such an address", alone=True)
    return recipient


def subject_line(text: str) -> str:
    """Return a subject on one line, as long as mail programs show."""
    return on_one_line(text)[:_LONGEST_SUBJECT]


def rendered(names: Sequence[str], context: Mapping[str, Any]) -> str:
    """Return the first of some templates with a context, as it stands in a mail."""
    # A template leaves empty lines where it has nothing to say.
    return re.sub(r"\n\s*\n(\s*\n)+", "\n\n", visible(render_to_string(names, dict(context)))).strip() + "\n"


def host_of(page: Any) -> str:
    """Return the name of the host of a page's site as it stands in identifiers, in ASCII."""
    site = page.get_site()
    return site.hostname.encode("idna").decode() if site is not None else "localhost"


def headers(message_id: UUID, host: str, language: str) -> dict[str, str]:
    """Return the headers of a mail that nobody has written by hand; ``language`` is a BCP 47 tag."""
    return {
        "Message-ID": f"<{message_id}@{host}>",
        # No mailbox answers by itself (RFC 3834, 5); Exchange has a header of its own for that.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": language,
    }


def written(pk: int, write: Callable[[], EmailMultiAlternatives]) -> EmailMultiAlternatives:
    """Return a mail as a function writes it, or let it be tried again where that makes a mistake.

    Raises what ``write`` raises of ``delivery.errors``, and ``DeliveryFailed`` for all else.
    """
    try:
        return write()
    except (NotDelivered, NotNeeded):
        raise
    except Exception as error:  # a mistake in a template: what it says may name somebody
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Mail %s could not be written: %s\n%s", pk, type(error).__name__, where)
        raise DeliveryFailed(f"It could not be written: {type(error).__name__}", alone=True) from error
