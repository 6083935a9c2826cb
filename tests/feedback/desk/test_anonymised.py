"""What is left of feedback once nobody knows who gave it: no instant, key or language that leads to somebody."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.feedback.desk.conftest import NOW, SECRET, now, secretive
from tests.registration.spreadsheets import records_of
from wagtail_prosjektnett.erasure import erase_person
from wagtail_prosjektnett.feedback import moderation, retention
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback import comment_data
from wagtail_prosjektnett.pages.feedback_sources import ADMIN

pytestmark = pytest.mark.django_db
#: Half past midnight where the site is, and still the day before in UTC.
EARLY = datetime.fromisoformat("2026-07-23T00:30:00.123456+02:00")


def by_the_site(article):
    retention.erase_due(EARLY + timedelta(days=400))


def by_who_asks(article):
    erase_person(f"{SECRET}@example.org", EARLY)


def by_an_editor(article):
    moderation.delete_words(Feedback.objects.get(), EARLY)


@pytest.mark.parametrize("erase", [by_the_site, by_who_asks, by_an_editor])
@pytest.mark.parametrize("state", ["waiting", "shown"])
def test_of_when_it_was_given_the_day_is_left_and_no_key(article, erase, state):
    feedback = secretive(article, state=state)
    Feedback.objects.update(created_at=EARLY)
    erase(article)
    left = now(feedback)
    assert left.created_at == datetime.fromisoformat("2026-07-23T00:00:00+02:00")
    assert left.uid != feedback.uid
    has_words = erase is by_the_site and state == "shown"
    assert (left.comment != "", left.language) == ((True, "nb") if has_words else (False, ""))


def test_what_readers_still_see_keeps_its_day_and_its_language(article, settings):
    settings.PROSJEKTNETT_TIME_ZONE = "Pacific/Auckland"
    secretive(article, state="shown")
    Feedback.objects.update(created_at=datetime.fromisoformat("2026-07-23T00:30:00+12:00"))
    retention.erase_due(NOW + timedelta(days=400))
    told = comment_data(Feedback.objects.get(), ZoneInfo("Pacific/Auckland"))
    assert (told["written"].isoformat(), told["language"]) == ("2026-07-23T00:00:00+12:00", "nb")


def test_what_was_ticked_alone_keeps_no_language(article):
    feedback = secretive(article, state="shown", comment="")
    retention.erase_due(NOW + timedelta(days=400))
    assert (now(feedback).helpful, now(feedback).language) == (True, "")


def test_editors_are_told_the_day_alone(editor, article):
    feedback = secretive(article, state="shown")
    Feedback.objects.update(created_at=EARLY)
    assert "23. juli 2026 00:30" in page_of(editor, feedback)
    erase_person(f"{SECRET}@example.org", EARLY + timedelta(days=1))
    for zone in ("Europe/Oslo", "America/New_York"):
        with timezone.override(zone):
            shown = page_of(editor, feedback)
            assert "23. juli 2026" in shown
            assert "23. juli 2026 0" not in shown
            listed = BeautifulSoup(editor.get(reverse(f"{ADMIN}:index")).content, "html.parser").select_one(
                "tbody time"
            )
            assert listed.parent["data-w-tooltip-content-value"] == "23. juli 2026"
    [record] = records_of(editor.get(reverse(f"{ADMIN}:index"), {"export": "csv"}), "csv")
    assert record["Mottatt"] == "2026-07-23"


def page_of(editor, feedback):
    """What an editor reads of feedback."""
    answer = editor.get(reverse(f"{ADMIN}:inspect", args=[feedback.pk]))
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)
