"""Answers that are made once for each version of the content: validators, 304, and how long an answer may be kept.

RFC 9110 and RFC 9111 say what the headers mean. A validator is made of the version of the content and of what was
asked for, not of the answer, so that a 304 costs one query. It is signed: a reader cannot make one up, and one that
matches proves that this very answer was given.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import wagtail
from django.core.cache import caches
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import http_date, parse_etags, urlencode
from wagtail.models import Site

import wagtail_prosjektnett
from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages.freshness import Freshness, freshness
from wagtail_prosjektnett.records.seats import SeatPool
from wagtail_prosjektnett.visibility import visibility_for

logger = logging.getLogger(__name__)

#: A second change within the second of the first would have the same ``Last-Modified``: it is left out for as long
#: as RFC 9110, 8.8.2.2, asks for.
_SETTLED = timedelta(seconds=60)
#: How long the body of an answer is kept, at most.
_KEPT = timedelta(hours=1)


def answer_once(
    request: HttpRequest,
    language: str,
    make: Callable[[], HttpResponse],
    pools: QuerySet[SeatPool] | None = None,
    *,
    is_queried: bool = True,
) -> HttpResponse:
    """Return the answer to a request: none if the client has it already, a kept one, or a new one from ``make``.

    ``language`` is the one that the answer is in, where its address does not say so; ``pools`` are the seats that it
    tells of, and ``is_queried`` whether its query string counts. What ``make`` raises is raised, and nothing is kept of
    it.
    """
    at = timezone.now()
    fresh = freshness(at, pools)
    visibility_for(request).is_restricted = fresh.is_restricted
    etag = _etag(request, language, fresh, is_queried)

    def make_anew() -> HttpResponse:
        _forget_addresses(fresh.version)
        return make()

    answer = HttpResponse() if _is_known(request, etag) else _kept(etag, make_anew, fresh.next_change - at)
    answer["ETag"] = etag
    modified = _settled(fresh, at)
    if modified is not None:
        answer["Last-Modified"] = http_date(modified)
    _limit(answer, fresh, at)
    return get_conditional_response(request, etag, modified, answer) or answer


def answer_from_index(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return a new answer to a search, or none if the client has the same already.

    Search backends take in what is new after it was published, sometimes much later: the version of the content says
    nothing of what they find. The validator is made of the answer itself, and nobody keeps the answer without asking.
    """
    answer = make()
    answer["ETag"] = etag = f'W/"{hashlib.sha256(answer.content).hexdigest()[:40]}"'
    patch_cache_control(answer, no_cache=True)
    return get_conditional_response(request, etag, None, answer) or answer


def _etag(request: HttpRequest, language: str, fresh: Freshness, is_queried: bool) -> str:
    given = sorted((name, sorted(values)) for name, values in request.GET.lists()) if is_queried else []
    parts = (
        fresh.token,
        wagtail_prosjektnett.__version__,
        wagtail.__version__,
        conf.release(),
        request.build_absolute_uri(request.path),
        urlencode(given, doseq=True),
        language,
    )
    return f'W/"{salted_hmac(__name__, "|".join(parts), algorithm="sha256").hexdigest()[:40]}"'


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return any(constant_time_compare(each.removeprefix("W/"), etag.removeprefix("W/")) for each in known)


def _settled(fresh: Freshness, at: datetime) -> int | None:
    """Return the second in which what is told last changed; nobody writes down when seats did."""
    if fresh.seats:
        return None
    return int(fresh.modified_at.timestamp()) if at - fresh.modified_at > _SETTLED else None


def _limit(answer: HttpResponse, fresh: Freshness, at: datetime) -> None:
    """Let others keep an answer, but never until after time changes it, nor while a registration may at any moment."""
    seconds = 0 if fresh.has_seats_ahead else min(conf.max_age(), int((fresh.next_change - at).total_seconds()))
    if seconds > 0:
        patch_cache_control(answer, public=True, max_age=seconds)
    else:
        patch_cache_control(answer, no_cache=True)


def _kept(etag: str, make: Callable[[], HttpResponse], until: timedelta) -> HttpResponse:
    """Return the answer that the cache holds for a validator, or a new one; without a cache, all goes on."""
    key = f"prosjektnett:{etag[3:-1]}"
    kept = _ask_cache("get", key)
    if kept is not None:
        content, headers = kept
        return HttpResponse(content, headers=headers)
    answer = make()
    seconds = int(min(until, _KEPT).total_seconds())
    if answer.status_code == 200 and seconds > 0:
        _ask_cache("set", key, (answer.content, dict(answer.items())), seconds)
    return answer


@lru_cache(maxsize=4)
def _forget_addresses(version: str) -> None:
    """Forget, once for each version of the content, what Wagtail keeps of where sites are.

    It does so only in the process in which a site, or a front page in another language, is saved; where each process
    has a cache of its own, the others would tell of old addresses for an hour.
    """
    try:
        Site.clear_site_root_paths_cache()
    except Exception:  # each backend raises errors of its own
        logger.warning("The cache of the site does not answer", exc_info=True)


def _ask_cache(operation: str, *args: Any) -> Any:
    name = conf.cache()
    if not name:
        return None
    try:
        return getattr(caches[name], operation)(*args)
    except Exception:  # each backend raises errors of its own
        logger.warning("The cache “%s” does not answer", name, exc_info=True)
        return None
