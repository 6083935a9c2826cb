"""What an address of the site leads to: a page, or a redirect that an editor has made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import swapper
from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Site

from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Target:
    """What an address leads to. ``url`` and ``is_permanent`` tell of a redirect, and are None without one."""

    page: Any = None
    url: str | None = None
    is_permanent: bool | None = None


def resolve(request: HttpRequest, address: str) -> Target | None:
    """Return what an address leads the reader to, or None where that is nothing; a query string does not count.

    An address that a page type makes up by itself, as routable pages do, is not known here.
    """
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return None
    if "\0" in path:
        return None
    page = _page_at(request, f"/{path.strip('/')}/" if path.strip("/") else "/")
    return Target(page) if page is not None else _redirect(request, address)


def _page_at(request: HttpRequest, path: str) -> Any:
    site = Site.find_for_request(request)
    if site is None:
        return None
    places = []
    for root in Site.get_site_root_paths():
        prefix = _prefix(root.language_code)
        if root.site_id == site.pk and path.startswith(prefix):
            places.append((len(prefix), root.root_path + path[len(prefix) :]))
    wanted = [place for _length, place in sorted(places, reverse=True)]
    pages = visibility_for(request).visible(_pages()).filter(url_path__in=wanted)
    found = {page.url_path: page for page in pages}
    return next((found[place] for place in wanted if place in found), None)


def _prefix(language: str | None) -> str:
    """Return the beginning of the addresses of pages in a language: ``/nn/`` where the site has it so."""
    try:
        if getattr(settings, "WAGTAIL_I18N_ENABLED", False) and language:
            with override(language):
                return reverse("wagtail_serve", args=("",))
        return reverse("wagtail_serve", args=("",))
    except NoReverseMatch:  # the site has no pages of its own in HTML
        return "/"


def _redirect(request: HttpRequest, address: str) -> Target | None:
    if not apps.is_installed("wagtail.contrib.redirects"):
        return None
    from wagtail.contrib.redirects.models import Redirect

    paths = {Redirect.normalise_path(address), Redirect.normalise_path(urlsplit(address).path)}
    site = Site.find_for_request(request)
    found = list(Redirect.get_for_site(site).filter(old_path__in=paths))
    # With the query string before without it, and for this site before for all.
    found.sort(key=lambda each: (len(each.old_path), each.site_id is not None), reverse=True)
    return _target(request, found[0]) if found else None


def _target(request: HttpRequest, redirect: Any) -> Target | None:
    if redirect.redirect_page_id is None:
        return Target(None, redirect.redirect_link, redirect.is_permanent) if redirect.redirect_link else None
    page = _pages().filter(pk=redirect.redirect_page_id).first()
    visibility = visibility_for(request)
    url = page.get_full_url(request) if page is not None and visibility.reaches(page) else None
    if url is None:
        return None
    url = url.rstrip("/") + redirect.redirect_page_route_path if redirect.redirect_page_route_path else url
    return Target(page if visibility.shows(page) else None, url, redirect.is_permanent)


def _pages() -> Any:
    return swapper.load_model("wagtailcore", "Page").objects.select_related("locale")
