"""The tokens by which a participant shows and changes a registration without logging in.

A token is made from the registration and the secret of the site, so that each mail can hold the same one though only
its digest is stored: nobody who reads the database can open a registration.
"""

from __future__ import annotations

import base64
import uuid
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac

from wagtail_prosjektnett.records.registration import Registration


def new_token(uid: uuid.UUID) -> str:
    """Return the token of a registration, 256 bits in URL-safe characters."""
    return _token(uid, settings.SECRET_KEY)


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return sha256(token.encode()).hexdigest()


def token_of(registration: Registration) -> str:
    """Return the token of a registration for a mail: the one that earlier mails hold, wherever that can be made.

    After the site has got a new secret, an old token is still good. Only where the old secret is not one of the
    ``SECRET_KEY_FALLBACKS`` does the registration get another token, and the links in earlier mails end.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(registration.uid, secret)
        if digest(token) == registration.token_hash:
            return token
    token = new_token(registration.uid)
    registration.token_hash = digest(token)
    registration.save(update_fields=["token_hash"])
    return token


def registration_by_token(token: str) -> Registration | None:
    """Return the registration that a token opens, or None; one query, whatever the token."""
    found = Registration.objects.select_related("pool", "organisation").filter(token_hash=digest(token[:100]))
    return found.filter(anonymised_at=None).first()


def _token(uid: uuid.UUID, secret: str | bytes) -> str:
    made = salted_hmac(__name__, uid.hex, secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
