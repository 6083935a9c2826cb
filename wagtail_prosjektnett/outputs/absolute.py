"""HTML that is read elsewhere: its links have full addresses, and lead to pages where the public reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from wagtail.models import Site

from wagtail_prosjektnett.pages.addresses import frontends_of, pages_at, public_url
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.references import base_address

if TYPE_CHECKING:
    from django.http import HttpRequest

_ATTRIBUTES = ("href", "src", "poster", "cite")
#: An attribute with several addresses, each with what it is good for.
_IMAGES = "srcset"


def absolute(texts: Iterable[tuple[str, str]], request: HttpRequest) -> list[str]:
    """Return HTML texts with full addresses in the place of others; each comes after the address that it is at.

    It costs no query where the site has no external frontend, and else two for all texts together.
    """
    parsed = [(base, BeautifulSoup(html, "html.parser")) for base, html in texts]
    found = [(base, tag, name) for base, soup in parsed for tag, name in _links(soup)]
    public = _public(request, [tag[name] for _base, tag, name in found])
    for base, tag, name in found:
        tag[name] = public.address(tag[name], base)
    for base, soup in parsed:
        for tag in soup.select(f"[{_IMAGES}]"):
            tag[_IMAGES] = ", ".join(_each_of(str(tag[_IMAGES]), base, public))
    return [str(soup) for _base, soup in parsed]


@dataclass(frozen=True)
class _Public:
    """Where the public reads what is at the addresses of a site; ``pages`` are in an external frontend, by path."""

    site: str
    pages: dict[str, str]

    def address(self, address: str, base: str) -> str:
        """Return the full form of an address that stands in a text at another one."""
        try:
            full = urljoin(self.site if address.startswith("/") else base, address)
            parts = urlsplit(full)
        except ValueError:  # nobody can follow it
            return address
        elsewhere = self.pages.get(_path(self.site, full))
        if elsewhere is None:
            return full
        query = f"?{parts.query}" if parts.query else ""
        return f"{elsewhere}{query}#{parts.fragment}" if parts.fragment else f"{elsewhere}{query}"


def _public(request: HttpRequest, addresses: Iterable[str]) -> _Public:
    """Return where the public reads what is at some addresses."""
    address, site = base_address(request), Site.find_for_request(request)
    frontend = frontends_of(request).get(site.pk) if site is not None else None
    if frontend is None or not frontend.address:
        return _Public(address, {})
    pages = pages_at(request, {path for each in addresses if (path := _path(address, each))})
    networks = networks_of(request)
    networks.preload(pages.values())
    shown = {path: page for path, page in pages.items() if networks.nearest_shown(page) is not None}
    return _Public(address, {path: url for path, page in shown.items() if (url := public_url(page, request))})


def _path(site: str, address: str) -> str:
    """Return the path of an address on a site as those of pages are written; empty for one elsewhere."""
    if address.startswith(f"{site}/"):
        address = address.removeprefix(site)
    if not address.startswith("/") or address.startswith("//"):
        return ""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def _links(soup: BeautifulSoup) -> Iterator[tuple[Any, str]]:
    for tag in soup.find_all(True):
        yield from ((tag, name) for name in _ATTRIBUTES if tag.has_attr(name))


def _each_of(images: str, base: str, public: _Public) -> Iterator[str]:
    for candidate in images.split(", "):
        address, _space, size = candidate.strip().partition(" ")
        yield f"{public.address(address, base)} {size}".strip()
