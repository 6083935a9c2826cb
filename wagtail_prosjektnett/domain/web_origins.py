"""Origins: who a browser says is asking, and the address of a frontend that it stands for.

An origin is a scheme, a host and a port (RFC 6454). Browsers write one in exactly one way, so that two are the
same when their texts are.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from wagtail_prosjektnett.domain.errors import Broken, Rule

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_HOST = 253
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_UNWANTED = re.compile(r"[\s\x00-\x1f\x7f\\]")


def origin_of(address: str) -> str | None:
    """Return the origin of a web address as browsers write it, or None for what is no http or https address.

    Letters are small, a host in other letters than a to z is in its ASCII form, and the port is left out where it
    is the usual one.
    """
    parts = _split(address)
    if parts is None or "@" in parts.netloc:
        return None
    try:
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if not host or port == 0:
        return None
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, DEFAULT_PORTS[parts.scheme]) else "")


def frontend_address(address: str) -> str | None:
    """Return the address of a frontend in its one form, or None for what is none.

    That is its origin and its path, without a slash at the end.
    """
    origin, parts = origin_of(address), _split(address)
    if origin is None or parts is None or _has_query(address):
        return None
    return origin + parts.path.rstrip("/")


def frontend_broken(address: str, field: str) -> Broken | None:
    """Return the rule that the address of a frontend breaks, or None."""
    address = address.strip()
    if "://" not in address:
        return Broken(Rule.LINK_WITHOUT_SCHEME, field)
    origin = origin_of(address)
    if origin is None:
        return Broken(Rule.FRONTEND_INVALID, field)
    if _has_query(address):
        return Broken(Rule.FRONTEND_WITH_QUERY, field)
    if not _is_secure(origin):
        return Broken(Rule.FRONTEND_NOT_SECURE, field)
    return None


def origin_broken(address: str, field: str) -> Broken | None:
    """Return the rule that an allowed origin breaks, or None."""
    if broken := frontend_broken(address, field):
        return broken
    if frontend_address(address) != origin_of(address):
        return Broken(Rule.ORIGIN_WITH_PATH, field)
    return None


def _has_query(address: str) -> bool:
    return "?" in address or "#" in address


def _split(address: str) -> SplitResult | None:
    address = address.strip()
    if _UNWANTED.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts if parts.scheme in DEFAULT_PORTS else None


def _host(name: str) -> str | None:
    """Return a host in its ASCII form, or None for what is none. May raise ``ValueError``."""
    if ":" in name:
        return f"[{ip_address(name)}]"
    ascii_name = name.encode("idna").decode("ascii").lower()
    labels = ascii_name.split(".")
    if len(ascii_name) > LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    if labels[-1].isdigit():
        return str(ip_address(ascii_name))
    return ascii_name


def _is_secure(origin: str) -> bool:
    """Whether what is sent there is encrypted, or stays on the machine."""
    parts = urlsplit(origin)
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
