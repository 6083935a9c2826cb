"""Hands mails to Django's mail backend, and says what it means when one is not taken.

What a mail server answers often names the recipient. The outbox must hold nothing personal, so addresses are left out
of every reason, and what stands before the @ of the recipient's, which some servers name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core import mail

from wagtail_prosjektnett.delivery.errors import DeliveryFailed, DeliveryRefused, NotDelivered

#: In seconds, for each answer of the mail server, where the site has said nothing: a mail is given to no other worker
#: for three minutes.
TIMEOUT = 20
_LONGEST_REASON = 300
_ADDRESS = re.compile(r"""(?:"[^"]*"|[^\s<>"'(),;:])+@[^\s<>"'(),;]+""")
#: How servers begin what they say where their own rules are in the way, not the address (RFC 3463, 3.8).
_POLICY = re.compile(r"\s*5\.7\.")


class Post:
    """Django's mail backend as a site has configured it, with one connection for as long as it works."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._has_worked = False

    def deliver(self, message: mail.EmailMessage) -> None:
        """Hand over a mail.

        Raises ``DeliveryRefused`` where its recipient will never take it, and ``DeliveryFailed`` for all else.
        """
        backend = self._connected()
        try:
            taken = backend.send_messages([message])
        except Exception as error:
            has_worked = self._has_worked
            self.close()
            raise _meaning(error, _names_of(message), has_worked=has_worked) from error
        if taken == 0:
            raise DeliveryFailed("The mail backend took nothing", alone=True)
        self._has_worked = True

    def close(self) -> None:
        """Close the connection, whatever state it is in."""
        backend, self._backend, self._has_worked = self._backend, None, False
        if backend is not None:
            with suppress(Exception):  # a server that has gone cannot be taken leave of
                backend.close()

    def _connected(self) -> Any:
        if self._backend is None:
            try:
                backend = _backend()
                backend.open()
            except Exception as error:
                raise DeliveryFailed(_reason(error)) from error
            self._backend = backend
        return self._backend


_kept: ContextVar[Post | None] = ContextVar("prosjektnett_post", default=None)


@contextmanager
def one_connection() -> Iterator[None]:
    """Let all mails that are delivered inside use one connection."""
    post = Post()
    token = _kept.set(post)
    try:
        yield
    finally:
        _kept.reset(token)
        post.close()


def deliver(message: mail.EmailMessage) -> None:
    """Hand over a mail, by the connection that is kept or by one of its own. Raises what ``Post.deliver`` does."""
    kept = _kept.get()
    if kept is not None:
        kept.deliver(message)
        return
    with one_connection():
        deliver(message)


def _backend() -> Any:
    mailers = getattr(mail, "mailers", None)  # since Django 6.1
    backend: Any = mail.get_connection() if mailers is None else mailers.default
    if getattr(backend, "timeout", TIMEOUT) is None:
        backend.timeout = TIMEOUT
    return backend


def _names_of(message: mail.EmailMessage) -> list[str]:
    """Return what a server may call the recipients of a mail by, the longest first.

    That is what stands before the @ of their addresses, and before a + in it.
    """
    boxes = {address.rpartition("@")[0] for address in message.recipients()}
    return sorted({name for box in boxes for name in (box, box.partition("+")[0]) if name}, key=len, reverse=True)


def _meaning(error: Exception, names: Iterable[str], *, has_worked: bool) -> NotDelivered:
    """Return what it means that a mail was not taken, by a connection that has worked before or has not.

    ``names`` are left out of it.
    """
    if isinstance(error, SMTPRecipientsRefused):
        answers = [(code, _text(said)) for code, said in error.recipients.values()]
        is_final = all(500 <= code < 600 and not _POLICY.match(text) for code, text in answers)
        reason = "; ".join(f"The recipient was refused: {code} {_unnamed(text, names)}" for code, text in answers)
        return (DeliveryRefused if is_final else DeliveryFailed)(_short(reason), alone=True)
    if isinstance(error, ValueError):  # Django cannot write the mail; Unicode errors are some of these
        return DeliveryRefused(f"The mail cannot be written: {type(error).__name__}", alone=True)
    return DeliveryFailed(_reason(error, names), alone=has_worked or isinstance(error, SMTPDataError))


def _reason(error: Exception, names: Iterable[str] = ()) -> str:
    if isinstance(error, SMTPResponseException):
        return _short(f"{type(error).__name__}: {error.smtp_code} {_unnamed(_text(error.smtp_error), names)}")
    return _short(f"{type(error).__name__}: {_unnamed(str(error), names)}")


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _unnamed(text: str, names: Iterable[str]) -> str:
    """Return what was said without addresses, and without names where they stand as words."""
    text = _ADDRESS.sub("…", text)
    for name in names:
        text = re.sub(rf"(?<![\w.+-]){re.escape(name)}(?!\w|[.+-]\w)", "…", text, flags=re.IGNORECASE)
    return text


def _short(reason: str) -> str:
    """Return a reason on one line."""
    return " ".join(reason.split())[:_LONGEST_REASON]
