"""The one address under which search engines are to know a page of any type, of a network or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ListPage

from wagtail_prosjektnett.pages.addresses import frontend_url, public_url
from wagtail_prosjektnett.pages.aliases import repeated_by
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import PageRole, has_any_role, role_of
from wagtail_prosjektnett.references import may_read

if TYPE_CHECKING:
    from django.http import HttpRequest


def canonical_url(page: Any, request: HttpRequest | None, network: Any = None) -> str | None:
    """Return the full address under which a page is to be known, or None for one that no site shows.

    A page of a network has its place in the external frontend where its site has one. An alias shows what another page
    says, and is known under the address of that page. Without a request, the reader is anybody. No network is looked up
    for a page below ``network``, which is one that readers may know of.
    """
    page = original(page, request)
    is_below = network is not None and page.path.startswith(network.path)
    return _url(page, request, is_in_network=is_below or is_in_network(page, request))


def canonical_urls(way: Iterable[Any], request: HttpRequest | None) -> list[str | None]:
    """Return the addresses of pages that the reader may see, each below the one before, from the top of the site.

    No network is looked up: each page that is one stands on the way to those below it.
    """
    urls, is_inside = [], False
    for page in way:
        is_inside = is_inside or role_of(page) == PageRole.NETWORK
        urls.append(_url(original(page, request), request, is_in_network=is_inside))
    return urls


def canonical_url_of_part(page: Any, request: HttpRequest, part: int) -> str | None:
    """Return the full address under which a part of the list on a page is to be known.

    How an external frontend divides its lists is not known: all parts have the address of the page there.
    """
    url = canonical_url(page, request)
    return f"{url}?page={part}" if url and part > 1 and frontend_url(page, request) is None else url


def part_shown(page: Any, request: HttpRequest, context: Mapping[str, Any]) -> int | None:
    """Return which part of the list on a page is shown, 1 for a page without a list; ``context`` is its template's.

    None for what search engines are not to know as the page: a list that a reader has narrowed down, or another view
    that tells of the page. What parameters mean to a page type of the site's own is not known.
    """
    if not has_any_role(page):
        return None if request.GET else 1
    finder = context.get("finder")
    if "breadcrumbs" not in context or (finder is not None and (finder.question.is_narrowed or finder.problems)):
        return None
    # To ask what a value is an instance of would make the token against requests from other sites, and set its cookie.
    return next((value.number for value in context.values() if issubclass(type(value), ListPage)), 1)


def original(page: Any, request: HttpRequest | None) -> Any:
    """Return the last of the pages that an alias repeats which the reader may read, else the page itself."""
    return [page, *(each for each in repeated_by(page) if may_read(each, request))][-1]


def is_in_network(page: Any, request: HttpRequest | None) -> bool:
    """Whether readers may know of a network at or above a page."""
    return page is not None and networks_of(request).nearest_shown(page) is not None


def _url(page: Any, request: HttpRequest | None, *, is_in_network: bool) -> str | None:
    return public_url(page, request) if is_in_network else page.get_full_url(request)
