"""How often one address may ask for what costs much: the limits that a site sets, counted in Django's cache.

ninja's own throttles keep what they count on an object that all threads share, and fail where the cache does. These
keep nothing, and let everybody through while the cache cannot be asked: a limit is no reason to be down.
"""

from __future__ import annotations

import logging
import time
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.cache import cache
from ninja.throttling import BaseThrottle

from wagtail_prosjektnett import conf

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)


class Throttle(BaseThrottle):
    """A limit for each address that asks. With ``parameter``, only requests that have it are counted."""

    def __init__(self, scope: conf.ThrottleScope, parameter: str | None = None) -> None:
        self.scope = scope
        self.parameter = parameter

    def allow_request(self, request: HttpRequest) -> bool:
        """Return whether the address that asks has not asked too often."""
        rate = conf.throttle_rate(self.scope)
        if rate is None or (self.parameter is not None and self.parameter not in request.GET):
            return True
        return self._count(request, rate) <= rate.requests

    def wait(self) -> float | None:
        """Return the seconds until all counting starts again."""
        rate = conf.throttle_rate(self.scope)
        return None if rate is None else rate.seconds - time.time() % rate.seconds

    def _count(self, request: HttpRequest, rate: conf.Rate) -> int:
        """Count a request and return how many there were in the period; 0 where the cache cannot count."""
        who = sha256((self.get_ident(request) or "").encode()).hexdigest()[:32]  # no address is kept
        key = f"prosjektnett:throttle:{self.scope}:{who}:{rate.seconds}:{time.time() // rate.seconds:.0f}"
        try:
            cache.add(key, 0, timeout=rate.seconds)
            return cache.incr(key)
        except ValueError:  # a cache that keeps nothing
            return 0
        except Exception:  # every backend has errors of its own
            logger.warning("The cache cannot be asked, so requests are not limited.", exc_info=True)
            return 0
