"""The limits of ``wagtail_prosjektnett.throttling`` as django-ninja asks for them.

ninja's own throttles keep what they count on an object that all threads share, and fail where the cache does. These
keep nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja.throttling import BaseThrottle

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.throttling import is_within_limit, seconds_to_wait

if TYPE_CHECKING:
    from django.http import HttpRequest


class Throttle(BaseThrottle):
    """A limit for each address that asks. With ``parameter``, only requests that have it are counted."""

    def __init__(self, scope: conf.ThrottleScope, parameter: str | None = None) -> None:
        self.scope = scope
        self.parameter = parameter

    def allow_request(self, request: HttpRequest) -> bool:
        """Return whether the address that asks has not asked too often."""
        if self.parameter is not None and self.parameter not in request.GET:
            return True
        return is_within_limit(self.scope, request)

    def wait(self) -> float | None:
        """Return the seconds until all counting starts again."""
        return seconds_to_wait(self.scope)
