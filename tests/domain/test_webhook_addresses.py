"""Which addresses the site may connect to when somebody else has chosen them."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_prosjektnett.domain.webhooks import may_connect

REFUSED = [
    "0.0.0.0",  # noqa: S104  # nobody binds to it here
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
PERMITTED = ["8.8.8.8", "1.1.1.1", "128.39.0.1", "192.0.1.1", "2001:4860:4860::8888", "2a02:c0::1"]


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_of_the_internet_is_refused(address):
    assert not may_connect(ip_address(address))


@pytest.mark.parametrize("address", PERMITTED)
def test_what_is_of_the_internet_is_not(address):
    assert may_connect(ip_address(address))


@given(st.ip_addresses())
def test_nothing_that_python_knows_to_be_special_gets_through(address):
    if may_connect(address):
        assert address.is_global
        special = ("multicast", "private", "loopback", "link_local", "reserved", "unspecified")
        assert not [name for name in special if getattr(address, f"is_{name}")]


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:", "::", "64:ff9b::"]))
def test_an_address_in_the_clothes_of_another_is_refused(inner: IPv4Address, prefix):
    assert not may_connect(IPv6Address(f"{prefix}{inner}"))


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_networks_that_the_operator_trusts_are_permitted(address):
    assert may_connect(address, [ip_network("10.0.0.0/8")])
    assert not may_connect(address, [ip_network("10.0.0.0/31"), ip_network("fc00::/7")]) or int(address) <= 167772161
