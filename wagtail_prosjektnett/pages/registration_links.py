"""The addresses at which one signs up, and at which a participant finds a registration again."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from wagtail_prosjektnett.pages.addresses import frontends_of

#: The namespace of the pages in ``wagtail_prosjektnett.registration.urls``, which a site includes where it likes.
NAMESPACE = "prosjektnett_registration"


def form_url(page: Any) -> str | None:
    """Return the path of the form of a gathering, or None where the site has not included our pages."""
    return _path("form", page.pk)


def are_included() -> bool:
    """Whether the site has included our pages, on which one signs up."""
    return _path("form", 1) is not None


def occurrence_form_url(occurrence: Any) -> str | None:
    """Return the path of the form of a gathering with one of its times and places chosen, or None without our pages.

    An occurrence that stands in a preview of a page that was never saved has none either.
    """
    path = form_url(occurrence.page) if occurrence.page.pk else None
    return f"{path}?occurrence={occurrence.uid}" if path else None


def registration_url(token: str, page: Any) -> str | None:
    """Return the full address by which a mail lets a participant show a registration, or None where there is none.

    ``page`` is the gathering, in the participant's language where there is one: its site is where the address leads.
    Where the site has an external frontend with a page for it, it leads there. The token then stands behind ``#``, as
    no browser sends that to a server: no log and no ``Referer`` holds it.
    """
    parts = page.get_url_parts()
    if not parts:
        return None
    frontend = frontends_of(None).get(parts[0])
    if frontend is not None and frontend.registration_address:
        return f"{frontend.registration_address}#{token}"
    path = _path("link", token)
    return parts[1] + path if path else None


def _path(name: str, *args: Any) -> str | None:
    try:
        return reverse(f"{NAMESPACE}:{name}", args=args)
    except NoReverseMatch:
        return None
