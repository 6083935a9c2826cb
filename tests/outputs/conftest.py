"""Feeds as programs fetch them."""

import pytest
import time_machine
from django.core.cache import cache

from wagtail_prosjektnett.pages import freshness

NOW = "2026-11-23T12:00+01:00"


@pytest.fixture(autouse=True)
def _no_old_answers(monkeypatch):
    """What another test has been told is of the same moment and the same ids."""
    cache.clear()
    monkeypatch.setattr(freshness, "_known", None)


@pytest.fixture
def clock():
    """A clock that goes when it is told to: each change of a test is later than the one before."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def fetch(client, db):
    """Fetch a feed as anybody, and return what it says."""

    def fetch_feed(path, **headers):
        answer = client.get(f"/feeds/{path}", headers=headers)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content

    return fetch_feed
