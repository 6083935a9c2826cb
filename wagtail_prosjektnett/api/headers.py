"""The headers that every answer of our API has, whatever it says."""

from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

#: What the scripts of a frontend on another origin may read besides what browsers always show.
EXPOSED = "Content-Language, Link, Sunset, ETag, Last-Modified, Retry-After"

_TEXT = {"schema": {"type": "string"}}
_CACHE_CONTROL = {"Cache-Control": {**_TEXT, "description": "How long the answer may be kept (RFC 9111)."}}
_LANGUAGE = {"Content-Language": {**_TEXT, "description": "The language of the labels, as a BCP 47 tag."}}
#: By these a client asks whether anything is new.
_VALIDATORS = {
    "ETag": {**_TEXT, "description": "The version of the answer, for If-None-Match (RFC 9110)."},
    "Last-Modified": {**_TEXT, "description": "When the answer last changed, for If-Modified-Since."},
}
#: What the network of a page lets its answers tell.
_OF_NETWORK = {
    "Link": {**_TEXT, "description": "What comes after the network, with rel successor-version, where that is set."},
    "Sunset": {**_TEXT, "description": "When the pages are to be off the web, where that is set (RFC 8594)."},
}


def described(*, item: bool, private: bool) -> dict[str, Any]:
    """Return what the OpenAPI document says of the headers of an answer, to an item or a list.

    A private one is for one reader only, and is kept by nobody.
    """
    found = {**_CACHE_CONTROL, **_LANGUAGE}
    if private:
        return found
    return {**found, **_VALIDATORS, **(_OF_NETWORK if item else {})}


def described_unchanged() -> dict[str, Any]:
    """Return what the OpenAPI document says of the headers of an answer that says that nothing has changed."""
    return {**_CACHE_CONTROL, **_VALIDATORS}


def complete(answer: HttpResponse) -> HttpResponse:
    """Give an answer what browsers and caches between us and the reader have to know, and return it."""
    answer["Access-Control-Expose-Headers"] = EXPOSED
    # Said also of answers to nobody in particular, so that no cache gives them to a frontend that then is refused.
    patch_vary_headers(
        answer, ["Accept-Language", "Origin"] if apps.is_installed("corsheaders") else ["Accept-Language"]
    )
    return answer


def keep_private(answer: HttpResponse) -> HttpResponse:
    """Let nobody keep an answer that is for one reader only, and return it."""
    patch_cache_control(answer, private=True, no_store=True)
    return answer
