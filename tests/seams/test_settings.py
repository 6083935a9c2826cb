"""Each setting is read when it is used: changing it changes what readers, editors and the APIs get."""

import socket
from datetime import date, datetime, timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from tests import factories
from tests.conftest import API_DOORS
from tests.forms import announcement_data
from tests.registration.conftest import make_gathering, participant, sign_up
from wagtail_prosjektnett import conf
from wagtail_prosjektnett.delivery.events import write
from wagtail_prosjektnett.delivery.outbox import send_due
from wagtail_prosjektnett.domain.registration import Needs
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.feedback.retention import erase_due as erase_due_feedback
from wagtail_prosjektnett.models import (
    ContentChange,
    Feedback,
    Frontend,
    Registration,
    WebhookDelivery,
    WebhookEndpoint,
)
from wagtail_prosjektnett.pages.models import AnnouncementPage, NetworkPage
from wagtail_prosjektnett.registration import changes
from wagtail_prosjektnett.registration.reminders import remind
from wagtail_prosjektnett.registration.retention import erase_due

pytestmark = pytest.mark.django_db


def form(admin, model, parent):
    """The form of a new page, as an editor sees it."""
    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", model, parent.pk])
    return BeautifulSoup(admin.get(url).content, "html.parser")


def test_base_template_changes_what_pages_extend(client, settings):
    page = factories.network()
    assert client.get(page.url).content.startswith(b"\n<!doctype html>\n<html lang")
    settings.PROSJEKTNETT_BASE_TEMPLATE = "host/bare.html"
    html = client.get(page.url).content.decode()
    assert html.strip().startswith("<!doctype html><title>Testnettverket</title>")
    assert "<h1>Testnettverket</h1>" in html


def test_time_zone_is_that_of_a_new_network(admin, read, settings):
    before = factories.network()
    form(admin, "networkpage", factories.site_root())
    settings.PROSJEKTNETT_TIME_ZONE = "Arctic/Longyearbyen"
    chosen = form(admin, "networkpage", factories.site_root()).select_one("[name=time_zone] option[selected]")
    assert chosen["value"] == "Arctic/Longyearbyen"
    assert read("v2", factories.network("Et nytt"))["time_zone"] == "Arctic/Longyearbyen"
    assert NetworkPage.objects.get(pk=before.pk).time_zone == "Europe/Oslo"


def test_page_size_divides_lists(client, settings):
    network = factories.network()
    pages = [factories.announcement(network, f"Nyhet {number}") for number in range(3)]
    url = pages[0].get_parent().url
    assert b"pagination" not in client.get(url).content
    settings.PROSJEKTNETT_PAGE_SIZE = 2
    first, second = (client.get(url, {"page": number}).content.decode() for number in (1, 2))
    assert [html.count('class="item"') for html in (first, second)] == [2, 1]
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


@pytest.mark.parametrize("door", API_DOORS)
def test_image_renditions_are_the_sizes_in_the_apis(read, door, image, settings):
    page = factories.network(image=image)
    assert read(door, page)["image"]["renditions"].keys() == {"small", "medium", "large"}
    settings.PROSJEKTNETT_IMAGE_RENDITIONS = {"tiny": "fill-20x20"}
    renditions = read(door, page)["image"]["renditions"]
    assert {name: (size["width"], size["height"]) for name, size in renditions.items()} == {"tiny": (20, 20)}


def ask(client, **headers):
    """An answer of our API."""
    return client.get("/api/prosjektnett/networks/", headers=headers)


def test_max_age_is_how_long_others_keep_an_answer(client, settings):
    assert ask(client)["Cache-Control"] == "public, max-age=60"
    settings.PROSJEKTNETT_MAX_AGE = 0
    assert ask(client)["Cache-Control"] == "no-cache"


def test_cache_keeps_answers(client, settings, django_assert_max_num_queries):
    factories.network()
    ask(client)
    with django_assert_max_num_queries(1):
        ask(client)
    settings.PROSJEKTNETT_CACHE = ""
    with CaptureQueriesContext(connection) as queries:
        ask(client)
    assert len(queries) > 1


def test_release_makes_validators_new(client, settings):
    etag = ask(client)["ETag"]
    assert ask(client, if_none_match=etag).status_code == 304
    settings.PROSJEKTNETT_RELEASE = "2026-11"
    assert ask(client, if_none_match=etag).status_code == 200


def test_changes_kept_days_is_how_long_one_can_be_away(settings):
    with time_machine.travel("2026-11-23T12:00+01:00"):
        factories.network()
    with time_machine.travel("2026-12-20T12:00+01:00"):
        call_command("prune_content_changes", verbosity=0)
        assert ContentChange.objects.filter(page_id__isnull=False).exists()
        settings.PROSJEKTNETT_CHANGES_KEPT_DAYS = 20
        call_command("prune_content_changes", verbosity=0)
        assert not ContentChange.objects.filter(page_id__isnull=False).exists()


def message(address="http://127.0.0.1:9/"):
    """A message to a receiver that is not there, and what became of it."""
    endpoint = WebhookEndpoint.objects.create(description="Fronten", address=address)
    [delivery] = write([endpoint], WebhookEvent.TEST, timezone.now(), {})
    send_due()
    return WebhookDelivery.objects.get(pk=delivery.pk)


def test_index_closed_networks_is_whether_search_engines_list_them(client, settings):
    page = factories.network(closed_from=date(2020, 1, 1))
    assert "X-Robots-Tag" not in client.get(page.url).headers
    settings.PROSJEKTNETT_INDEX_CLOSED_NETWORKS = False
    assert client.get(page.url)["X-Robots-Tag"] == "noindex"


def test_webhook_private_networks_are_reached_and_others_are_not(settings):
    assert "not an address of the internet" in message().last_error
    settings.PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    assert "refused" in message().last_error


def test_webhook_timeout_is_how_long_a_receiver_has(settings):
    settings.PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    settings.PROSJEKTNETT_WEBHOOK_TIMEOUT = 1
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert message(f"http://127.0.0.1:{silent.getsockname()[1]}/").last_error == "No answer within 1 seconds"


def test_outbox_kept_days_are_how_long_messages_are_kept(settings):
    with time_machine.travel("2026-11-23T12:00+01:00"):
        message()
    with time_machine.travel("2026-12-10T12:00+01:00"):
        call_command("publish_due_changes", verbosity=0)
        assert WebhookDelivery.objects.exists()
        settings.PROSJEKTNETT_OUTBOX_KEPT_DAYS = 7
        call_command("publish_due_changes", verbosity=0)
        assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize(("days", "count"), [(0, 0), (2, 0), (3, 1), (10, 1)])
def test_reminder_days_are_how_long_before_one_is_reminded(settings, days, count):
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        sign_up(make_gathering())
    settings.PROSJEKTNETT_REMINDER_DAYS = days
    with time_machine.travel("2026-12-07T08:00+01:00", tick=False):
        assert remind(timezone.now()) == count


@pytest.mark.parametrize(("months", "due"), [(0, None), (6, date(2026, 8, 1))])
def test_review_months_are_how_long_after_its_publication_an_article_is_due(client, settings, months, due):
    settings.PROSJEKTNETT_REVIEW_MONTHS = months
    page = factories.article(factories.network(), published_on=date(2026, 2, 1))
    assert client.get(page.url).context["next_review"] == due


def test_announcement_categories_are_offered_stored_and_shown(admin, read, settings):
    section = factories.announcement(factories.network()).get_parent()
    form(admin, "announcementpage", section)
    settings.PROSJEKTNETT_ANNOUNCEMENT_CATEGORIES = {"courses": "Kurs"}
    offered = form(admin, "announcementpage", section).select("[name=category] option")
    assert [option.get_text(strip=True) for option in offered if option["value"]] == ["Kurs"]

    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", "announcementpage", section.pk])
    admin.post(url, {**announcement_data(category="courses", slug="kurs"), "action-publish": "1"})
    page = AnnouncementPage.objects.get(slug="kurs")
    assert "Kurs" in admin.get(page.url).content.decode()
    assert read("v2", page)["category_label"] == "Kurs"


def test_preview_max_age_ends_what_a_token_opens(client, settings):
    at = timezone.now()
    Frontend.objects.create(site=Site.objects.get(is_default_site=True), address="https://example.org")
    with time_machine.travel(at, tick=False):
        html = factories.network().make_preview_request(preview_mode="frontend").content.decode()
    token = unquote(html.partition("token=")[2].partition('"')[0])
    settings.PROSJEKTNETT_PREVIEW_MAX_AGE = 60
    for seconds, status in ((59, 200), (61, 404)):
        with time_machine.travel(at + timedelta(seconds=seconds), tick=False):
            answer = client.get("/api/prosjektnett/preview/", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == status


def test_throttle_rates_limit_searches(client, settings):
    cache.clear()
    for rate, statuses in (("2/day", [200, 200, 429]), ("4/day", [200, 429]), (None, [200, 200])):
        settings.PROSJEKTNETT_THROTTLE_RATES = {"search": rate}
        answers = [client.get("/api/prosjektnett/search/?q=a") for _ in statuses]
        assert [answer.status_code for answer in answers] == statuses


def registered(ended=False):
    """Somebody who has signed up for what was over at midnight, and may have cancelled."""
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        gathering = make_gathering()
        sign_up(gathering, participant(needs=Needs("Vegetar")))
        if ended:
            changes.cancel(Registration.objects.get(), timezone.now())
    return datetime.fromisoformat("2026-12-11T00:00:00+01:00")


def test_registrations_kept_days_erases_after_the_last_day(settings):
    over = registered()
    assert not erase_due(over + timedelta(days=100)).registrations
    settings.PROSJEKTNETT_REGISTRATIONS_KEPT_DAYS = 100
    assert erase_due(over + timedelta(days=100)).registrations == 1


def test_needs_kept_days_erases_what_people_need(settings):
    over = registered()
    assert not erase_due(over + timedelta(days=2)).needs
    settings.PROSJEKTNETT_NEEDS_KEPT_DAYS = 2
    assert erase_due(over + timedelta(days=2)).needs == 1


def test_ended_registrations_kept_days_erases_who_has_cancelled(settings):
    over = registered(ended=True)
    settings.PROSJEKTNETT_ENDED_REGISTRATIONS_KEPT_DAYS = 60
    assert not erase_due(over).registrations
    settings.PROSJEKTNETT_ENDED_REGISTRATIONS_KEPT_DAYS = 3
    assert erase_due(over).registrations == 1


def test_feedback_kept_days_erases_who_has_said_something(settings):
    at = timezone.now()
    said = {"about": "article", "page_key": uuid4(), "language": "nb", "created_at": at - timedelta(days=100)}
    Feedback.objects.create(**said, comment="Nyttig", email="leser@example.org")
    assert erase_due_feedback(at) == 0
    settings.PROSJEKTNETT_FEEDBACK_KEPT_DAYS = 100
    assert erase_due_feedback(at) == 1


def privacy_notice(client, **fields):
    """What people are told of their personal data before they sign up."""
    page = factories.gathering(
        factories.network(),
        occurrences=[{"start_date": "2099-06-01"}],
        registration_method="built_in",
        registration_deadline=date(2099, 5, 1),
        **fields,
    )
    soup = BeautifulSoup(client.get(f"/registration/{page.pk}/").content, "html.parser")
    return soup.select_one(".registration-privacy").get_text()


def test_registrations_kept_days_are_told_to_those_who_sign_up(client, settings):
    settings.PROSJEKTNETT_REGISTRATIONS_KEPT_DAYS = 77
    assert "77 dager" in privacy_notice(client)


def test_needs_kept_days_are_told_to_those_who_are_asked(client, settings):
    settings.PROSJEKTNETT_NEEDS_KEPT_DAYS = 7
    assert "7 dager" in privacy_notice(client, registration_needs=True)


def test_feedback_kept_days_are_told_to_those_who_say_something(client, settings):
    settings.PROSJEKTNETT_FEEDBACK_KEPT_DAYS = 7
    assert "7 dager" in client.get(factories.article(factories.network()).url).content.decode()


def test_a_new_setting_needs_a_test_of_what_it_changes():
    tested = [name for name in globals() if name.startswith("test_")]
    for name in conf.SETTINGS:
        assert any(test.startswith(f"test_{name.lower()}_") for test in tested), name
