"""A POST to an address that somebody else has chosen, which reaches nothing but the internet.

The name is looked up, every address that it leads to is judged, and the connection is made to the very address that
was judged: what the name leads to a moment later (DNS rebinding) has no say. Redirects are not followed, proxies and
other settings of the environment are not read, and everything ends at one deadline.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpcore
from django.utils.encoding import iri_to_uri

from wagtail_prosjektnett.domain.webhooks import IPAddress, IPNetwork, is_permitted, may_connect

_SCHEMES = ("https", "http")


class NotSent(Exception):
    """The POST got no answer. The message says why, in English, for those who look after the receiver."""


class AddressRefused(NotSent):
    """The address leads to something that is not of the internet."""


def post(
    url: str, headers: Mapping[str, str], body: bytes, *, seconds: float, permitted: Iterable[IPNetwork] = ()
) -> int:
    """Send a POST and return the status of the answer, whichever it is; what comes after the status is not read.

    ``permitted`` are networks that may be reached though they are not of the internet, also by http. Raises
    ``AddressRefused`` or ``NotSent``, at the latest after so many seconds and what looking up the name takes.
    """
    url = _checked(url)
    with _Deadline(seconds) as deadline:
        backend = GuardedBackend(list(permitted), deadline, is_encrypted=urlsplit(url).scheme == "https")
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        # Named here, since httpcore leaves out the brackets of an IPv6 address.
        sent = [("Host", urlsplit(url).netloc), *headers.items()]
        try:
            with (
                httpcore.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=backend) as pool,
                pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": timeout}) as response,
            ):
                return response.status
        except AddressRefused:
            raise
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as error:
            if deadline.is_over or isinstance(error, httpcore.TimeoutException):
                raise NotSent(f"No answer within {seconds:g} seconds") from error
            raise NotSent(f"{type(error).__name__}: {error}") from error


def _checked(url: str) -> str:
    """Return an address as it is sent, with a name such as “blåbær.example” in the letters that DNS has."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES or not parts.hostname or "@" in parts.netloc:
            raise AddressRefused("It is not a web address without user name and password")
        host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode()
        place = f"[{host}]" if ":" in host else host
        place += f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise AddressRefused(f"It is not a web address: {error}") from error
    return iri_to_uri(parts._replace(netloc=place, fragment="").geturl())


class _Deadline:
    """Cuts every connection off when the time is over, whatever is going on in it, a slow TLS handshake included."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *args: Any) -> None:
        self._timer.cancel()
        self._timer.join()
        for each in self._sockets:
            each.close()

    def watch(self, connection: socket.socket) -> None:
        """Cut a connection off as well; it is watched by a handle of its own, since TLS takes over the first."""
        self._sockets.append(connection.dup())
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to addresses that may be connected to, and to nothing else."""

    def __init__(self, permitted: list[IPNetwork], deadline: _Deadline, *, is_encrypted: bool) -> None:
        self._permitted = permitted
        self._deadline = deadline
        self._is_encrypted = is_encrypted
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers, of those that a name leads to, if all of them are permitted.

        Raises ``AddressRefused``, or what the connection to the last of them raised.
        """
        addresses = look_up(host, port)
        for address in addresses:
            self._judge(address)
        for number, address in enumerate(addresses, start=1):
            try:
                stream = self._network.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses) or self._deadline.is_over:
                    raise
                continue
            self._deadline.watch(stream.get_extra_info("socket"))
            return stream
        raise httpcore.ConnectError(f"{host} leads nowhere")

    def _judge(self, address: IPAddress) -> None:
        if not may_connect(address, self._permitted):
            raise AddressRefused(f"{address} is not an address of the internet")
        if not self._is_encrypted and not is_permitted(address, self._permitted):
            raise AddressRefused(f"{address} may only be reached by https")


def look_up(host: str, port: int) -> list[IPAddress]:
    """Return the addresses that a name leads to now, each once. Raises ``OSError`` where it leads nowhere."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(each[4][0])) for each in found))
