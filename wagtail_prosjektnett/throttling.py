"""How often one address may do what costs much: the limits that a site sets, counted in Django's cache.

Everybody is let through while the cache cannot be asked: a limit is no reason to be down.
"""

from __future__ import annotations

import logging
import re
import time
from hashlib import sha256
from ipaddress import IPv4Address, ip_address
from typing import TYPE_CHECKING

from django.core.cache import cache
from ninja.throttling import BaseThrottle

from wagtail_prosjektnett import conf

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)
#: Knows by ``NINJA_NUM_PROXIES`` how many proxies stand before the site.
_address_of = BaseThrottle().get_ident
_WITH_PORT = re.compile(r"\[(.+)\](?::[0-9]+)?|([0-9.]+):[0-9]+")


def is_within_limit(scope: conf.ThrottleScope, request: HttpRequest) -> bool:
    """Count a request, and return whether the address that it comes from has not asked too often."""
    rate = conf.throttle_rate(scope)
    return rate is None or _count(scope, request, rate) <= rate.requests


def seconds_to_wait(scope: conf.ThrottleScope) -> float | None:
    """Return the seconds until all counting starts again, or None where nothing is limited."""
    rate = conf.throttle_rate(scope)
    return None if rate is None else rate.seconds - time.time() % rate.seconds


def _who(request: HttpRequest) -> str:
    """Return whom a request is counted for: an IPv4 address, or the /64 of an IPv6 address.

    A single subscriber has a whole /64 to choose addresses from. Some proxies tell the port as well, which is new each
    time.
    """
    told = _address_of(request) or ""
    with_port = _WITH_PORT.fullmatch(told)
    try:
        address = ip_address((with_port[1] or with_port[2]) if with_port else told)
    except ValueError:  # a list that nobody has said how to read, or the name of a socket
        return told
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or int(address) >> 64)


def _count(scope: conf.ThrottleScope, request: HttpRequest, rate: conf.Rate) -> int:
    """Count a request and return how many there were in the period; 0 where the cache cannot count."""
    who = sha256(_who(request).encode()).hexdigest()[:32]  # no address is kept
    key = f"prosjektnett:throttle:{scope}:{who}:{rate.seconds}:{time.time() // rate.seconds:.0f}"
    try:
        cache.add(key, 0, timeout=rate.seconds)
        return cache.incr(key)
    except ValueError:  # a cache that keeps nothing
        return 0
    except Exception:  # every backend has errors of its own
        logger.warning("The cache cannot be asked, so requests are not limited.", exc_info=True)
        return 0
