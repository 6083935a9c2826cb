"""What an origin is, and how two ways to write one are told to be the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.domain.web_origins import frontend_address, frontend_broken, origin_broken, origin_of

labels = st.from_regex(r"[a-z0-9æøå]([a-z0-9æøå-]{0,8}[a-z0-9æøå])?", fullmatch=True).filter(
    lambda text: "--" not in text
)
hosts = st.lists(labels, min_size=1, max_size=4).map(lambda parts: ".".join([*parts, "no"]))
ports = st.integers(min_value=1, max_value=65535)
schemes = st.sampled_from(["http", "https"])


@given(schemes, hosts, ports)
def test_an_origin_is_written_in_one_way(scheme, host, port):
    origin = origin_of(f"{scheme}://{host}:{port}")
    assert origin is not None
    assert origin.isascii()
    assert origin_of(origin) == origin
    shouted = f"{scheme}://{host}:{port}".upper()
    assert origin_of(shouted) == origin_of(f" {shouted}/sti/?a=b#c ") == origin


@given(schemes, hosts)
def test_the_usual_port_is_left_out(scheme, host):
    port = {"http": 80, "https": 443}[scheme]
    assert origin_of(f"{scheme}://{host}:{port}") == origin_of(f"{scheme}://{host}")


@given(st.text(max_size=60) | st.text(max_size=60).map(lambda text: f"https://{text}"))
def test_any_text_has_an_answer_and_one_form(text):
    address = frontend_address(text)
    if address is None:
        assert frontend_broken(text, "") is not None
    else:
        assert frontend_address(address) == address
        assert origin_of(address) == origin_of(text)
    assert origin_broken(text, "") is not None or frontend_address(text) == origin_of(text)


@pytest.mark.parametrize(
    "address, origin",
    [
        ("https://Nettverk.Example.ORG/", "https://nettverk.example.org"),
        ("https://blåbær.example.org", "https://xn--blbr-roah.example.org"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://[::1]:8120/", "http://[::1]:8120"),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
    ],
)
def test_how_browsers_write_it(address, origin):
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    "address, rule",
    [
        ("nettverk.example.org", Rule.LINK_WITHOUT_SCHEME),
        ("*", Rule.LINK_WITHOUT_SCHEME),
        ("null", Rule.LINK_WITHOUT_SCHEME),
        ("https://*.example.org", Rule.FRONTEND_INVALID),
        ("https://", Rule.FRONTEND_INVALID),
        ("https://example.org:0", Rule.FRONTEND_INVALID),
        ("https://example.org:99999", Rule.FRONTEND_INVALID),
        ("https://bruker:ord@example.org", Rule.FRONTEND_INVALID),
        ("https://example.org\\@other.example.org", Rule.FRONTEND_INVALID),
        ("https://exa mple.org", Rule.FRONTEND_INVALID),
        ("https://example.org\0", Rule.FRONTEND_INVALID),
        ("https://example..org", Rule.FRONTEND_INVALID),
        ("https://1.2.3.999", Rule.FRONTEND_INVALID),
        ("https://[::1", Rule.FRONTEND_INVALID),
        ("ftp://example.org", Rule.FRONTEND_INVALID),
        ("javascript://example.org", Rule.FRONTEND_INVALID),
        ("https://example.org/?a=b", Rule.FRONTEND_WITH_QUERY),
        ("https://example.org/#topp", Rule.FRONTEND_WITH_QUERY),
        ("http://example.org", Rule.FRONTEND_NOT_SECURE),
        ("http://10.0.0.1", Rule.FRONTEND_NOT_SECURE),
        ("http://localhost.example.org", Rule.FRONTEND_NOT_SECURE),
        ("https://example.org/nettverk", Rule.ORIGIN_WITH_PATH),
    ],
)
def test_what_cannot_be_allowed_is_refused_by_name(address, rule):
    broken = origin_broken(address, "origin")
    assert broken is not None
    assert (broken.rule, broken.field) == (rule, "origin")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://example.org:8443/",
        "http://localhost:3000",
        "http://web.localhost",
        "http://[::1]",
    ],
)
def test_what_can_be_allowed(address):
    assert origin_broken(address, "origin") is None


def test_a_frontend_may_live_below_a_path():
    assert frontend_broken("https://example.org/nettverk/", "address") is None
    assert frontend_address("https://Example.org:443/Nettverk/") == "https://example.org/Nettverk"
