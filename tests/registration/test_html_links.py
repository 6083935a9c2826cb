"""The link in a mail and the cookie that takes its place: what opens a registration, and what does not."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from wagtail.models import Locale

from tests.languages import translated
from tests.registration.browsing import MINE, last, link, press, send, soup_of, state, text_of
from tests.registration.conftest import NOW, make_gathering, sign_up
from wagtail_prosjektnett.domain.registration import TryLater
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.records.tokens import token_of
from wagtail_prosjektnett.registration.links import COOKIE

pytestmark = pytest.mark.django_db


def test_the_link_leads_to_an_address_without_the_token(client, gathering):
    sign_up(gathering)
    token = token_of(last())
    answer = client.get(link(last()))
    assert (answer.status_code, answer["Location"]) == (302, MINE)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", MINE, 3600)
    assert token not in cookie.value
    assert not cookie["secure"]
    assert client.get(link(last()), secure=True).cookies[COOKIE]["secure"]
    page = client.get(MINE)
    assert token not in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex"


WRONG = ["x", "a" * 43, "a" * 3000, "%00", "%E2%80%AE", "=cmd"]


def same(answer):
    """What an answer says, without what is new in each."""
    return re.sub(r'value="\w{64}"', "", answer.content.decode()), answer.status_code, sorted(answer.headers.items())


def test_every_wrong_token_and_cookie_is_answered_alike(client, gathering):
    sign_up(gathering)
    token = token_of(last())
    none = same(client.get(MINE))
    assert none[1] == 404
    assert dict(none[2])["Cache-Control"] == "private, no-store"
    assert dict(none[2])["Referrer-Policy"] == "no-referrer"
    assert dict(none[2])["X-Robots-Tag"] == "noindex"
    for wrong in [*WRONG, token[:-1], token + "a", token.swapcase()]:
        answer = client.get(f"/registration/link/{wrong}/")
        assert same(answer) == none, wrong
        assert COOKIE not in answer.cookies
    for forged in ["", "x", last().uid.hex, f"{last().uid.hex}:1abc:forged", "\u00e6"]:
        client.cookies[COOKIE] = forged
        for path in ("", "confirm/", "cancel/", "erase/"):
            assert same(client.get(MINE) if not path else client.post(MINE + path))[:2] == none[:2]
    assert state() == "seated"


def test_a_token_is_looked_up_once_whether_it_opens_anything_or_not(client, gathering, django_assert_max_num_queries):
    sign_up(gathering)
    right = link(last())
    for address in (right, "/registration/link/wrong/"):
        with django_assert_max_num_queries(9) as asked:
            client.get(address)
        assert len([each for each in asked.captured_queries if "token_hash" in each["sql"]]) == 1


def test_the_cookie_is_good_for_an_hour_and_the_link_for_longer(client, open_page, gathering):
    sign_up(gathering)
    open_page()
    with time_machine.travel(NOW, tick=False) as clock:
        clock.shift(timedelta(minutes=59))
        assert client.get(MINE).status_code == 200
        clock.shift(timedelta(minutes=2))
        assert client.get(MINE).status_code == 404
        assert open_page().status_code == 200


def test_following_links_changes_nothing(client, open_page):
    page = make_gathering(registration_confirmation=True)
    sign_up(page)
    for method in (client.get, client.head):
        assert method(link(last())).status_code == 302
        assert method(MINE).status_code == 200
        for path in ("confirm/", "cancel/", "erase/"):
            assert method(MINE + path).status_code == 405
    assert client.post(link(last())).status_code == 405
    assert (state(), last().confirm_by is None) == ("seated", False)


@pytest.mark.parametrize("path", ["", "confirm/", "cancel/", "erase/"])
def test_forms_from_elsewhere_are_refused(gathering, path):
    client = Client(enforce_csrf_checks=True)
    sign_up(gathering)
    client.get(link(last()))
    assert client.post(MINE + path).status_code == 403
    page = soup_of(client.get(MINE))
    token = page.select_one("[name=csrfmiddlewaretoken]")["value"]
    assert send(client, page, path, csrfmiddlewaretoken=token, name="A").status_code == 302


@pytest.mark.parametrize("path", ["", "confirm/", "cancel/", "erase/"])
def test_a_database_that_is_too_busy_asks_to_try_later(client, open_page, gathering, monkeypatch, path):
    sign_up(gathering)
    open_page()

    def busy(change):
        raise TryLater

    monkeypatch.setattr("wagtail_prosjektnett.registration.mine.in_own_transaction", busy)
    answer = press(client, path, name="A", role="Ny rolle")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "for stor pågang" in text_of(answer)
    if not path:
        assert soup_of(answer).select_one("[name=role]")["value"] == "Ny rolle"


def test_somebody_who_was_moved_at_that_moment_asks_to_try_later(client, open_page, gathering, monkeypatch):
    sign_up(gathering)
    open_page()

    def moved(*args):
        raise Registration.DoesNotExist

    monkeypatch.setattr("wagtail_prosjektnett.registration.changes.seats.lock_registration", moved)
    assert press(client, "cancel/").status_code == 503


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("path", ["", "confirm/", "cancel/", "erase/"])
def test_it_works_where_every_request_has_a_transaction(client, open_page, gathering, monkeypatch, path):
    from django.db import connection

    sign_up(gathering)
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    open_page()
    assert press(client, path, name="A").status_code == 302


@pytest.mark.parametrize("code", ["nb", "nn", "se"])
def test_the_cookie_comes_along_to_all_that_can_be_done_in_any_language(client, gathering, settings, code):
    settings.ROOT_URLCONF = "tests.registration.pages_in_languages"
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        ("nb", "Bokmål"),
        ("nn", "Nynorsk"),
        ("se", "Nordsamisk"),
    ]
    settings.WAGTAIL_I18N_ENABLED = True
    if code != "nb":
        gathering = translated(gathering, Locale.objects.create(language_code=code))
    sign_up(gathering)
    answer = client.get(link(last()))
    path = answer.cookies[COOKIE]["path"]
    assert answer["Location"].partition("?")[0] == path
    forms = soup_of(client.get(path)).select("main form")
    assert len(forms) >= 3
    assert [form["action"] for form in forms if not form["action"].startswith(path)] == []
