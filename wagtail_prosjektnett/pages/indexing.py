"""What search engines are asked to list of the pages at and below a network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages.canonical import canonical_url
from wagtail_prosjektnett.pages.languages import translations
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import SECTION_ROLES, PageRole

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: The header, and what it asks for in it and in the element ``meta``.
ROBOTS_HEADER = "X-Robots-Tag"
NOINDEX = "noindex"

#: The types of pages that show others.
_LISTS = frozenset({PageRole.NETWORK, *SECTION_ROLES})

Serve = Callable[[Any, "HttpRequest", Any, Any], "HttpResponse"]


def may_be_indexed(page: Any, request: HttpRequest | None, at: datetime) -> bool:
    """Whether search engines may list a page of any type at an aware instant, by the lifecycle of its network.

    A site that lets them list closed networks needs no network to be looked up.
    """
    by_site = conf.index_closed_networks()
    network = None if by_site else networks_of(request).nearest(page)
    return network is None or network.lifecycle.state(at).permits.indexing.is_allowed(by_site=by_site)


def ask_not_to_index(serve: Serve) -> Serve:
    """Return a way to serve pages that asks search engines to leave out those which they may not list."""

    def serve_and_ask(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        answer = serve(page, request, args, kwargs)
        if not may_be_indexed(page, request, timezone.now()):
            answer[ROBOTS_HEADER] = NOINDEX
        return answer

    return serve_and_ask


def sitemap_urls(page: Any, request: HttpRequest | None) -> list[dict[str, Any]]:
    """Return what a sitemap tells of a page of a network, as Django's templates for sitemaps want it.

    Nothing of a page that may not be listed, or of an alias, which repeats another page.
    """
    if page.alias_of_id is not None or not may_be_indexed(page, request, timezone.now()):
        return []
    url = canonical_url(page, request)
    told = {"location": url, "lastmod": _changed_at(page), "alternates": alternates(page, request)}
    return [told] if url else []


def alternates(page: Any, request: HttpRequest | None) -> list[dict[str, str]]:
    """Return the addresses of a page in each language, its own among them, as Django's sitemaps want them."""
    known = translations(page, request) if request is not None else []
    return [{"location": canonical_url(each.page, request) or each.url, "lang_code": each.language} for each in known]


def _changed_at(page: Any) -> datetime | None:
    """Return when a page last changed, by the days that it shows where an editor has set them.

    None for a page with a list of others: it changes with them, and nobody has written down when.
    """
    if page.role in _LISTS:
        return None
    shown = [day for day in (page.published_on, page.changed_on) if day]
    return _start_of(max(shown)) if shown else page.last_published_at or page.latest_revision_created_at


def _start_of(day: date) -> datetime:
    """Return the start of a day in the time zone in which sitemaps write their days: the site's own."""
    return timezone.make_aware(datetime.combine(day, time.min))
