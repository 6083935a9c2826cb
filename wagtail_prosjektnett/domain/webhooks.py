"""What webhooks tell of, and which addresses they may be sent to."""

from collections.abc import Collection
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network


class WebhookEvent(StrEnum):
    """What has happened. The values are the ``type`` of messages: they never change."""

    PAGE_PUBLISHED = "page.published"
    PAGE_CHANGED = "page.changed"
    PAGE_MOVED = "page.moved"
    PAGE_UNPUBLISHED = "page.unpublished"
    PAGE_DELETED = "page.deleted"
    LIFECYCLE_CHANGED = "network.lifecycle_changed"
    STATUS_CHANGED = "gathering.status_changed"
    TEST = "endpoint.test"

    @property
    def is_chosen(self) -> bool:
        """Whether an endpoint chooses to be told of it, rather than somebody asking for it once."""
        return self is not WebhookEvent.TEST

    @property
    def leaves_something_to_read(self) -> bool:
        """Whether the page can be read afterwards, so that its title and address are nobody's secret."""
        return self not in (WebhookEvent.PAGE_UNPUBLISHED, WebhookEvent.PAGE_DELETED)


#: The unicast addresses of the internet as IANA hands them out. All special forms of an IPv4 address in IPv6 are
#: outside it, but for two: 6to4 and Teredo, below.
_GLOBAL_UNICAST = ip_network("2000::/3")

#: What Python's ``is_global`` lets through in some versions that we support, though nobody can be reached by it but
#: the machine or its neighbours (IANA special-purpose address registries).
_REFUSED = tuple(
    ip_network(each)
    for each in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


def may_connect(address: IPAddress, permitted: Collection[IPNetwork] = ()) -> bool:
    """Whether the site may connect to an address that somebody gave it: one of the internet, or of its own networks.

    ``permitted`` are networks that the site's operator trusts, though they are not of the internet.
    """
    return is_permitted(address, permitted) or _is_of_the_internet(address)


def is_permitted(address: IPAddress, permitted: Collection[IPNetwork]) -> bool:
    """Whether an address is in one of the networks that the site's operator trusts."""
    return any(address in network for network in permitted)


def _is_of_the_internet(address: IPAddress) -> bool:
    if address.version == 6 and address not in _GLOBAL_UNICAST:
        return False
    if address.is_multicast or not address.is_global:
        return False
    return not any(address in network for network in _REFUSED)
