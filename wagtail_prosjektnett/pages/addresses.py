"""Addresses: what one leads to, a page or a redirect that an editor has made, and which one the public gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import swapper
from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Site

from wagtail_prosjektnett.records.frontends import Frontend
from wagtail_prosjektnett.visibility import PublicVisibility, visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest


_FRONTENDS = "_prosjektnett_frontends"


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
    path = f"/{path.strip('/')}/" if path.strip("/") else "/"
    page = pages_at(request, [path]).get(path)
    return Target(page) if page is not None else _redirect(request, address)


def public_url(
    page: Any, request: HttpRequest | None = None, frontends: Mapping[int, Frontend] | None = None
) -> str | None:
    """Return the address of a page of a network for links that leave the site: in mail, feeds, calendars and the like.

    It is the page's place in the external frontend where its site has one, else the address of the page itself; None
    for a page that no site shows. The frontends are read with one query for a request, and for each call without one;
    who asks for many pages outside a request gives what ``frontends_of`` has read.
    """
    return frontend_url(page, request, frontends) or page.get_full_url(request)


def frontend_url(
    page: Any, request: HttpRequest | None = None, frontends: Mapping[int, Frontend] | None = None
) -> str | None:
    """Return the address of a page of a network in the external frontend of its site, or None where it has none."""
    parts = page.get_url_parts(request)
    if parts is None or parts[2] is None:
        return None
    known = frontends_of(request) if frontends is None else frontends
    frontend = known.get(parts[0])
    return frontend.address + parts[2] if frontend is not None and frontend.address else None


def leading_url(page: Any, request: HttpRequest) -> str | None:
    """Return the address in the external frontend to which the reader of a page is led, or None to show it here.

    A page that only some may read stays here, as no frontend can show it; so does one whose frontend has the very
    address that was asked for.
    """
    url = frontend_url(page, request)
    site = Site.find_for_request(request)
    if url is None or site is None or not frontends_of(request)[site.pk].leads_readers:
        return None
    is_here = url == request.build_absolute_uri(request.path)
    return url if not is_here and PublicVisibility(request).shows(page) else None


def frontends_of(request: HttpRequest | None) -> dict[int, Frontend]:
    """Return the external frontends by the ids of their sites, read once for a request."""
    if request is None:
        return {frontend.site_id: frontend for frontend in Frontend.objects.order_by()}
    if not hasattr(request, _FRONTENDS):
        setattr(request, _FRONTENDS, frontends_of(None))
    return getattr(request, _FRONTENDS)


def pages_at(request: HttpRequest, paths: Iterable[str]) -> dict[str, Any]:
    """Return the pages that the reader sees at some paths of the site, with one query for all of them."""
    site, wanted = Site.find_for_request(request), dict[str, list[str]]()
    for path in paths:
        places = []
        for root in Site.get_site_root_paths():
            prefix = _prefix(root.language_code)
            if site is not None and root.site_id == site.pk and path.startswith(prefix):
                places.append((len(prefix), root.root_path + path[len(prefix) :]))
        wanted[path] = [place for _length, place in sorted(places, reverse=True)]
    pages = visibility_for(request).visible(_pages())
    found = {
        page.url_path: page for page in pages.filter(url_path__in={each for all in wanted.values() for each in all})
    }
    first = {path: next((found[place] for place in places if place in found), None) for path, places in wanted.items()}
    return {path: page for path, page in first.items() if page is not None}


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
