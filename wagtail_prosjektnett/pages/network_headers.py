"""What a network lets the answers about its pages tell in HTTP headers, in HTML and in our API alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.encoding import iri_to_uri
from django.utils.http import http_date

from wagtail_prosjektnett.pages.banner import successor_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wagtail_prosjektnett.pages.network import NetworkPageMixin


def sunset(network: NetworkPageMixin | None) -> dict[str, str]:
    """Return the header that tells from when the pages of a network are to be off the web, where that is set.

    RFC 8594: a hint, which is as true after the date as before it. The date is in GMT, as HTTP dates are.
    """
    at = network.lifecycle.taken_down_at if network is not None else None
    return {"Sunset": http_date(at.timestamp())} if at is not None else {}


def successor_link(network: NetworkPageMixin | None, request: HttpRequest) -> dict[str, str]:
    """Return the header that tells what comes after a network, where that is set (RFC 8288 and RFC 5829)."""
    successor = successor_of(network, request) if network is not None else None
    if successor is None:
        return {}
    address = iri_to_uri(successor["url"]).replace("<", "%3C").replace(">", "%3E")
    return {"Link": f'<{address}>; rel="successor-version"'}
