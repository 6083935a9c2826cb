"""Scripts, proxies, other sites and a database that is busy: what the form does about them."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.registration.browsing import errors_of, kept, typed, url
from tests.registration.conftest import NOW, occurrence_of, pool_of
from wagtail_prosjektnett import traps
from wagtail_prosjektnett.domain.registration import TryLater
from wagtail_prosjektnett.models import Registration

pytestmark = pytest.mark.django_db


def test_what_no_person_sees_is_filled_in_by_scripts_alone(client, gathering):
    answer = client.post(url(gathering), typed(gathering, **{traps.HONEYPOT: "https://spam.example"}))
    assert (answer.status_code, list(errors_of(answer))) == (422, [""])
    again = kept(answer)
    assert (again[traps.HONEYPOT], again["person-0-email"]) == ("", "leder@example.org")
    assert not Registration.objects.exists()
    assert client.post(url(gathering), again).status_code == 302


def test_a_form_that_is_sent_too_fast_can_be_sent_again(client, gathering):
    data = kept(client.get(url(gathering))) | {"person-0-name": "A", "person-0-email": "a@example.org"}
    data["occurrence"] = str(occurrence_of(gathering).uid)
    answer = client.post(url(gathering), data)
    assert (answer.status_code, list(errors_of(answer))) == (422, [""])
    with time_machine.travel(NOW, tick=False) as clock:
        clock.shift(2)
        assert client.post(url(gathering), kept(answer)).status_code == 302


@pytest.mark.parametrize("stamp", ["", "x", "a:b", "\0", "another's", "old"])
def test_a_form_of_which_nobody_knows_when_it_was_shown_can_be_sent_again(client, gathering, stamp):
    stamp = {
        "another's": traps.new_stamp(gathering.pk + 1, timezone.now()),
        "old": traps.new_stamp(gathering.pk, timezone.now() - timedelta(days=2)),
    }.get(stamp, stamp)
    answer = client.post(url(gathering), typed(gathering, **{traps.STAMP: stamp}))
    assert (answer.status_code, list(errors_of(answer))) == (422, [""])
    with time_machine.travel(NOW, tick=False) as clock:
        clock.shift(2)
        assert client.post(url(gathering), kept(answer)).status_code == 302


@pytest.fixture
def two_an_hour(settings):
    settings.PROSJEKTNETT_THROTTLE_RATES = {"registration": "2/hour"}
    cache.clear()


def test_an_address_that_signs_up_too_many_has_to_wait_and_loses_nothing(client, gathering, two_an_hour):
    def send(number, address="192.0.2.1"):
        person = {"name": "A", "email": f"a{number}@example.org"}
        return client.post(url(gathering), typed(gathering, person), REMOTE_ADDR=address)

    assert [send(number).status_code for number in range(3)] == [302, 302, 429]
    answer = send(4)
    assert int(answer["Retry-After"]) > 0
    assert kept(answer)["person-0-email"] == "a4@example.org"
    assert send(5, "192.0.2.2").status_code == 302
    assert Registration.objects.count() == 3


def test_mistakes_and_added_people_are_not_counted(client, gathering, two_an_hour):
    for _ in range(3):
        assert client.post(url(gathering), typed(gathering, {"name": ""})).status_code == 422
        assert client.post(url(gathering), typed(gathering, action="several")).status_code == 200
    assert client.post(url(gathering), typed(gathering)).status_code == 302


def test_everybody_is_let_through_while_the_cache_is_down(client, gathering, two_an_hour, monkeypatch, caplog):
    class Broken:
        def __getattr__(self, name):
            raise ConnectionError

    monkeypatch.setattr("wagtail_prosjektnett.throttling.cache", Broken())
    with caplog.at_level(logging.WARNING):
        for number in range(3):
            person = {"name": "A", "email": f"a{number}@example.org"}
            assert client.post(url(gathering), typed(gathering, person)).status_code == 302


def test_a_form_from_elsewhere_is_refused(gathering):
    client = Client(enforce_csrf_checks=True)
    assert client.post(url(gathering), typed(gathering)).status_code == 403
    data = kept(client.get(url(gathering))) | typed(gathering)
    assert client.post(url(gathering), data).status_code == 302


def test_it_is_refused_on_a_site_without_the_middleware_too(gathering, settings):
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "Csrf" not in each]
    assert Client(enforce_csrf_checks=True).post(url(gathering), typed(gathering)).status_code == 403


def test_reading_changes_nothing(client, gathering):
    before = pool_of(gathering).version
    for address in (url(gathering), f"{url(gathering)}done/"):
        assert client.get(address, typed(gathering)).status_code == 200
        assert client.head(address).status_code == 200
    assert client.put(url(gathering)).status_code == 405
    assert client.post(f"{url(gathering)}done/").status_code == 405
    assert not Registration.objects.exists()
    assert pool_of(gathering).version == before


@pytest.mark.parametrize("path", ["", "done/"])
def test_nobody_keeps_the_pages_and_no_search_engine_lists_them(client, gathering, path):
    answer = client.get(url(gathering) + path)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Content-Language"] == "nb"
    # With no-referrer, browsers send forms with "Origin: null", and Django refuses them.
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_database_that_is_too_busy_asks_to_try_later_and_keeps_what_was_typed(client, gathering, monkeypatch):
    def busy(change):
        raise TryLater

    monkeypatch.setattr("wagtail_prosjektnett.registration.views.in_own_transaction", busy)
    answer = client.post(url(gathering), typed(gathering))
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert kept(answer)["person-0-name"] == "Prosjektleder"
    assert list(errors_of(answer)) == [""]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_it_works_where_every_request_has_a_transaction(client, gathering, settings, monkeypatch):
    from django.db import connection

    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert client.post(url(gathering), typed(gathering)).status_code == 302
    assert Registration.objects.count() == 1


#: What a registration may cost in all: nine for its transaction, its beginning and its end among them, and six to check
#: what was typed.
MOST_QUERIES = 15


def test_a_registration_costs_a_known_number_of_queries(client, gathering, django_assert_max_num_queries):
    data = typed(gathering)
    client.post(url(gathering), typed(gathering, {"name": "A", "email": "a@example.org"}))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.post(url(gathering), data).status_code == 302
