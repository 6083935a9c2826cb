"""The headers that every answer of our API has, whatever it says."""

from django.apps import apps
from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

#: What the scripts of a frontend on another origin may read besides what browsers always show.
EXPOSED = "Content-Language, Link, Sunset, ETag, Last-Modified, Retry-After"


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
