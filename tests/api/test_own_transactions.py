"""What changes something runs in transactions of its own, also where a site puts each request into one."""

import json
import threading

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from wagtail.models import Locale, Page, Site

from tests.api.conftest import API
from tests.registration.conftest import make_gathering, occurrence_of, pool_of
from wagtail_prosjektnett.models import Registration, RegistrationMail
from wagtail_prosjektnett.records.tokens import token_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

JSON = "application/json"


@pytest.fixture
def page():
    """A gathering on a site that this test makes: transactions that really end leave nothing behind."""
    locale = Locale.objects.get_or_create(language_code="nb")[0]
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
    front = root.get_children().first() or root.add_child(instance=Page(title="Forside", slug="forside", locale=locale))
    Site.objects.get_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": front})
    return make_gathering()


@pytest.fixture
def atomic(monkeypatch):
    """A site that puts every request into a transaction."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)


def sign_up(page, email="deltaker@example.org", key=None, client=None):
    person = {"name": "Deltaker", "email": email}
    body = {"occurrence": str(occurrence_of(page).uid), "participants": [person]}
    return (client or Client()).post(
        f"{API}/gatherings/{page.pk}/registrations/",
        json.dumps(body),
        content_type=JSON,
        headers={"idempotency-key": key} if key else {},
    )


def test_everything_works_within_atomic_requests(page, atomic, client):
    assert sign_up(page, key="a").status_code == 201
    assert sign_up(page, key="a").status_code == 201
    headers = {"authorization": f"Bearer {token_of(Registration.objects.get())}"}
    for method, path, body in [
        ("post", "confirm/", ""),
        ("patch", "", {"role": "Leder"}),
        ("get", "", None),
        ("delete", "", ""),
        ("post", "erase/", ""),
    ]:
        data = {} if body is None else {"data": json.dumps(body) if body else "", "content_type": JSON}
        answer = getattr(client, method)(f"{API}/registrations/mine/{path}", headers=headers, **data)
        assert answer.status_code in (200, 204), answer.content
    assert pool_of(page).seated == 0


def test_only_what_changes_something_is_outside_of_them():
    outside = [
        path
        for path in ("gatherings/1/", "gatherings/1/registrations/", "registrations/mine/", "registrations/mine/erase/")
        if hasattr(resolve(f"{API}/{path}").func, "_non_atomic_requests")
    ]
    assert outside == ["gatherings/1/registrations/", "registrations/mine/", "registrations/mine/erase/"]


def test_in_an_api_of_a_sites_own_they_are_outside_too():
    resolver = get_resolver("tests.api.own_api_urls")
    try:
        view = resolver.resolve("/eget/nettverk/gatherings/1/registrations/").func
    except Resolver404:
        pytest.fail("the endpoint is not there")
    assert hasattr(view, "_non_atomic_requests")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share no database in memory")
@pytest.mark.parametrize("capacity", [1, 2])
def test_the_same_request_many_times_at_once_has_one_effect_and_one_answer(page, capacity):
    page.registration_waiting_list = False
    page.occurrences.filter(name="Øst").update(capacity=capacity)
    page.save()
    page.refresh_from_db()
    page.save_revision().publish()
    told, start = [], threading.Barrier(8)

    def ask():
        client = Client()
        start.wait()
        answer = sign_up(page, key="den-samme", client=client)
        told.append((answer.status_code, answer.content))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 8
    assert len(set(told)) == 1
    assert told[0][0] == 201
    pool = pool_of(page)
    assert (pool.seated, pool.waiting, pool.last_number) == (1, 0, 1)
    assert Registration.objects.count() == RegistrationMail.objects.count() == 1
    assert RegistrationMail.objects.get().kind == "received"
