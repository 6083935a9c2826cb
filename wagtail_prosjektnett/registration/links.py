"""How a participant stays known after the link in a mail was opened: by a cookie that only our pages get.

The cookie takes the place of the token at once, so that no address that is kept anywhere holds one.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.pages.registration_links import NAMESPACE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE = "prosjektnett_registration"
#: For how long a participant can do something before the link is to be opened again.
KNOWN_FOR = timedelta(hours=1)
#: The field by which a form says which registration it was shown for: the browser may show another one by now.
SHOWN_FOR = "registration"


def mine_url() -> str:
    """Return the path of a participant's own page; what can be done there stands below it."""
    return reverse(f"{NAMESPACE}:mine")


def told_in(path: str, language: str, **query: str) -> str:
    """Return the address of a page that says on a site of several languages which one it is read in.

    When no registration is known any more, the page is then still in the language of whoever loads it again.
    """
    said = {**query, "language": language} if getattr(settings, "WAGTAIL_I18N_ENABLED", False) else query
    return f"{path}?{urlencode(said)}" if said else path


def remember(answer: HttpResponse, registration: Registration, request: HttpRequest) -> None:
    """Let the browser show a registration from now on."""
    answer.set_signed_cookie(
        COOKIE,
        registration.uid.hex,
        salt=__name__,
        max_age=KNOWN_FOR,
        path=mine_url(),
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembered(request: HttpRequest) -> Registration | None:
    """Return the registration that the browser may show, or None: without the cookie, or when it is forged or old."""
    return _found(request.get_signed_cookie(COOKIE, default="", salt=__name__, max_age=KNOWN_FOR) or "")


def named_in(request: HttpRequest) -> Registration | None:
    """Return the registration that a form which was sent was shown for, or None where it names none that is known.

    Whoever has sent it need not be the one that it belongs to: nothing of it may be shown or changed.
    """
    return _found(request.POST.get(SHOWN_FOR, ""))


def is_about(request: HttpRequest, registration: Registration) -> bool:
    """Whether a form that was sent was shown for a registration."""
    return request.POST.get(SHOWN_FOR) == registration.uid.hex


def forget(answer: HttpResponse) -> None:
    """Let the browser show no registration any more."""
    answer.delete_cookie(COOKIE, path=mine_url(), samesite="Lax")


def _found(key: str) -> Registration | None:
    try:
        uid = uuid.UUID(hex=key)
    except ValueError:
        return None
    return Registration.objects.select_related("pool", "needs").filter(uid=uid, anonymised_at=None).first()
