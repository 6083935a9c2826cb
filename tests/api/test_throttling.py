"""Searches, which cost much, are limited for each address; nothing else is, and nothing depends on the cache."""

import logging

import pytest
import time_machine
from django.core.cache import cache
from django.test import override_settings
from ninja.conf import settings as ninja_settings

from tests import factories
from tests.api.conftest import API
from wagtail_prosjektnett.conf import Rate, ThrottleScope, parse_rate, throttle_rate

pytestmark = pytest.mark.django_db

TWO = {"search": "2/minute"}


class BrokenCache:
    """A cache that cannot be reached, as Redis is when it is down."""

    def __getattr__(self, name):
        raise ConnectionError("Error 111 connecting to 127.0.0.1:6379. Connection refused.")


@pytest.fixture
def ask(client):
    def get(path="search/?q=vidde", method="get", **headers):
        return getattr(client, method)(f"{API}/{path}", headers=headers)

    return get


@pytest.fixture
def two(settings):
    settings.PROSJEKTNETT_THROTTLE_RATES = TWO


def statuses(ask, count=3, **headers):
    return [ask(**headers).status_code for _ in range(count)]


def test_a_third_search_in_a_minute_is_refused(two, ask, conforms):
    assert statuses(ask, 2) == [200, 200]
    answer = ask(**{"accept-language": "nb"})
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "60"
    assert "Retry-After" in answer["Access-Control-Expose-Headers"]
    conforms("search", answer.json(), "429")
    assert answer.json()["type"] == "urn:prosjektnett:problem:too-many-requests"


def test_it_says_how_long_to_wait_and_then_lets_in(two, ask):
    with time_machine.travel("2026-11-23T11:00:40Z", tick=False) as clock:
        assert statuses(ask) == [200, 200, 429]
        assert ask()["Retry-After"] == "20"
        clock.shift(20)
        assert ask().status_code == 200


def test_searches_are_counted_together_and_nothing_else_is(two, ask):
    factories.article(factories.network())
    assert ask("search/?q=a").status_code == 200
    assert ask("experiences/?q=a", method="head").status_code == 200
    assert ask("experiences/?q=a").status_code == 429
    assert ask("search/?q=a", method="head").status_code == 429
    assert {ask(path).status_code for path in ["experiences/"] * 5 + ["gatherings/"] * 5} == {200}


def test_a_site_may_turn_it_off(settings, ask):
    settings.PROSJEKTNETT_THROTTLE_RATES = {"search": None}
    assert set(statuses(ask, 5)) == {200}


def test_a_rate_that_is_not_set_is_the_default(settings):
    settings.PROSJEKTNETT_THROTTLE_RATES = {"search": "7/hour"}
    assert throttle_rate(ThrottleScope.SEARCH) == Rate(7, 3600)
    settings.PROSJEKTNETT_THROTTLE_RATES = {}
    assert throttle_rate(ThrottleScope.SEARCH) == Rate(300, 60)


@pytest.mark.parametrize("text", ["", "10", "0/minute", "-1/minute", "10/fortnight", "1.5/hour", 10, "١/hour"])
def test_what_is_no_rate_is_refused(text):
    with pytest.raises(ValueError, match="not a rate"):
        parse_rate(text)


def test_addresses_are_counted_apart(two, client):
    def from_address(address):
        return client.get(f"{API}/search/?q=a", REMOTE_ADDR=address).status_code

    assert [from_address("192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert from_address("192.0.2.2") == 200


def test_behind_a_proxy_only_what_it_says_counts(two, ask, monkeypatch):
    monkeypatch.setattr(ninja_settings, "NUM_PROXIES", 1)
    made_up = [{"x-forwarded-for": f"198.51.100.{number}, 192.0.2.1"} for number in range(3)]
    assert [ask(**headers).status_code for headers in made_up] == [200, 200, 429]
    assert ask(**{"x-forwarded-for": "198.51.100.1, 192.0.2.2"}).status_code == 200


@pytest.mark.parametrize(
    "addresses, other",
    [
        (["2001:db8:1:2::1", "2001:DB8:1:2::2", "2001:db8:1:2:ffff::3"], "2001:db8:1:3::1"),
        (["192.0.2.1:1000", "192.0.2.1:1001", "192.0.2.1"], "192.0.2.2:1000"),
        (["[2001:db8::1]:1", "[2001:db8::2]:2", "[2001:db8::3]"], "[2001:db8:1::1]:1"),
        (["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201"], "::ffff:192.0.2.2"),
        (["unknown", "unknown", "unknown"], "192.0.2.1"),
    ],
)
def test_nobody_gets_round_it_by_the_many_addresses_or_ports_of_one_machine(two, ask, monkeypatch, addresses, other):
    monkeypatch.setattr(ninja_settings, "NUM_PROXIES", 1)
    assert [ask(**{"x-forwarded-for": address}).status_code for address in addresses] == [200, 200, 429]
    assert ask(**{"x-forwarded-for": other}).status_code == 200


def test_reads_go_on_while_the_cache_is_down(two, ask, monkeypatch, caplog):
    monkeypatch.setattr("wagtail_prosjektnett.throttling.cache", BrokenCache())
    with caplog.at_level(logging.WARNING):
        assert set(statuses(ask)) == {200}
    assert "not limited" in caplog.text


@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}})
def test_a_cache_that_keeps_nothing_limits_nothing(two, ask, caplog):
    assert set(statuses(ask)) == {200}
    assert not caplog.records


def test_no_address_is_kept(two, ask):
    ask(**{"x-forwarded-for": "198.51.100.77"})
    assert not [key for key in cache._cache if "198.51" in key]
    assert [key for key in cache._cache if "throttle" in key]


def test_the_document_tells_of_it(openapi):
    for path in ("search/", "experiences/"):
        told = openapi["paths"][f"/{path}"]["get"]["responses"]["429"]
        assert told["headers"]["Retry-After"]["required"]
    assert "429" not in openapi["paths"]["/gatherings/"]["get"]["responses"]
