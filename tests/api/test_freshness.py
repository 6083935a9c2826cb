"""Answers have validators that are new after every change, and that end when time changes what is told."""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from tests import factories
from tests.api.conftest import API, image
from tests.feedback.conftest import shown
from wagtail_prosjektnett.models import ContactPerson, ContentChange, Frontend, Organisation, ProjectPhase, Topic
from wagtail_prosjektnett.pages.freshness import freshness
from wagtail_prosjektnett.records.content_changes import ChangeKind, prune

pytestmark = pytest.mark.django_db

PATHS = ["networks/", "gatherings/", "announcements/", "experiences/", "pages/?html_path=/"]


@pytest.fixture
def page(db):
    """A gathering that begins in the evening of the day that it is."""
    times = {"start_date": "2026-11-23", "start_time": "18:00", "end_time": "20:00"}
    return factories.gathering(factories.network(), "Samling", [times])


@pytest.fixture
def ask(client):
    """Ask with the validator of an earlier answer."""

    def again(path, etag="", **headers):
        return client.get(f"{API}/{path}", headers={**({"if-none-match": etag} if etag else {}), **headers})

    return again


@pytest.mark.parametrize("path", PATHS)
def test_nothing_new_costs_one_query(page, ask, path):
    first = ask(path)
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        second = ask(path, first["ETag"])
    assert second.status_code == 304
    assert second.content == b""
    assert len(queries) == 1
    assert second["ETag"] == first["ETag"]
    assert second["Cache-Control"] == first["Cache-Control"]
    assert "Accept-Language" in second["Vary"]


def test_nothing_new_varies_as_the_answer_does(page, ask, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "locale" not in name]
    first = ask("gatherings/")
    assert "Accept-Language" in first["Vary"]
    second = ask("gatherings/", first["ETag"])
    assert second.status_code == 304
    assert second["Vary"] == first["Vary"]


@pytest.mark.parametrize("path", ["search/?q=samling", "experiences/?q=samling"])
def test_a_search_is_made_anew_as_its_index_may_be_late(page, ask, path):
    first = ask(path)
    assert first["Cache-Control"] == "no-cache"
    assert ask(path, first["ETag"]).status_code == 304
    factories.article(factories.network("Et annet"), "Samling")
    ContentChange.objects.all().delete()
    assert ask(path, first["ETag"]).json()["count"] == first.json()["count"] + 1


def test_the_same_again_costs_one_query(page, ask):
    first = ask("gatherings/")
    with CaptureQueriesContext(connection) as queries:
        second = ask("gatherings/")
    assert second.content == first.content
    assert {name: second[name] for name in first.headers} == dict(first.headers)
    assert len(queries) == 1


def test_an_answer_in_another_language_is_another_one(page, ask):
    first = ask("gatherings/", **{"accept-language": "nb"})
    second = ask("gatherings/", first["ETag"], **{"accept-language": "nn"})
    assert second.status_code == 200
    assert second["Content-Language"] == "nn"


def test_the_order_of_parameters_does_not_count(page, ask):
    first = ask("gatherings/?limit=5&offset=0")
    assert ask("gatherings/?offset=0&limit=5", first["ETag"]).status_code == 304
    assert ask("gatherings/?limit=4&offset=0", first["ETag"]).status_code == 200


def change_page(page):
    page.title = "En annen samling"
    page.save_revision().publish()


def change_restriction(page):
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")


def change_document(page):
    get_document_model().objects.create(title="Lysark", file=ContentFile(b"%PDF-1.4", "lysark.pdf"))


CHANGES = {
    "publish": change_page,
    "unpublish": lambda page: page.unpublish(),
    "delete": lambda page: page.delete(),
    "save": lambda page: page.save(),
    "order": lambda page: page.move(page.get_parent(), pos="first-child"),
    "move": lambda page: page.move(factories.gathering_index(factories.network("Et annet")), pos="last-child"),
    "restriction": change_restriction,
    "organisation": lambda page: Organisation.objects.create(name="Alta"),
    "person": lambda page: ContactPerson.objects.create(name="Leder"),
    "topic": lambda page: Topic.objects.create(name="Mandat"),
    "phase": lambda page: ProjectPhase.objects.first().delete(),
    "image": lambda page: image(),
    "document": change_document,
    "collection": lambda page: Collection.get_first_root_node().add_child(name="Bilder"),
    "closed collection": lambda page: CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type="login"
    ),
    "feedback": lambda page: shown(factories.article(page.network)),
    "frontend": lambda page: Frontend.objects.create(site=Site.objects.get(), address="https://front.example.org"),
    "redirect": lambda page: Redirect.objects.create(old_path="/gammel", redirect_link="https://example.org/"),
    "site": lambda page: Site.objects.get().save(),
    "locale": lambda page: Locale.objects.create(language_code="nn"),
    "by other ways": lambda page: ContentChange.objects.create(kind=ChangeKind.OTHER),
    "forgotten changes": lambda page: prune(datetime(2100, 1, 1, tzinfo=UTC)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_the_answer_is_made_anew(page, ask, name):
    etag = ask("gatherings/")["ETag"]
    assert ask("gatherings/", etag).status_code == 304
    CHANGES[name](page)
    answer = ask("gatherings/", etag)
    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_documents_that_are_put_into_another_collection_together_are_a_change(page, ask, admin):
    change_document(page)
    document = get_document_model().objects.get()
    hidden = Collection.get_first_root_node().add_child(name="Internt")
    etag = ask("gatherings/")["ETag"]
    path = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"])
    assert admin.post(f"{path}?id={document.pk}", {"collection": hidden.pk}).status_code == 302
    document.refresh_from_db()
    assert document.collection == hidden
    assert ask("gatherings/", etag).status_code == 200


def test_a_draft_changes_nothing(page, ask):
    etag = ask("gatherings/")["ETag"]
    page.title = "Et utkast"
    page.save_revision()
    assert ask("gatherings/", etag).status_code == 304


def test_an_answer_ends_when_a_gathering_begins(page, ask, settings):
    settings.PROSJEKTNETT_MAX_AGE = 3600
    with time_machine.travel("2026-11-23T17:59:30+01:00", tick=False) as clock:
        before = ask("gatherings/")
        assert before.json()["items"][0]["event_status"]["value"] == "scheduled"
        assert before["Cache-Control"] == "public, max-age=30"
        clock.shift(29)
        assert ask("gatherings/", before["ETag"]).status_code == 304
        clock.shift(1)
        after = ask("gatherings/", before["ETag"])
        assert after.status_code == 200
        assert after.json()["items"][0]["event_status"]["value"] == "ongoing"


def test_an_answer_ends_at_midnight_in_every_time_zone(page, ask):
    factories.network("I vest", time_zone="Atlantic/Reykjavik")
    with time_machine.travel("2026-11-24T00:59:59+01:00", tick=False) as clock:
        etag = ask("gatherings/")["ETag"]
        clock.shift(1)
        assert ask("gatherings/", etag).status_code == 200
        etag = ask("gatherings/")["ETag"]
        clock.shift(60 * 60)
        assert ask("gatherings/", etag).status_code == 304


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.datetimes(datetime(2026, 11, 22), datetime(2026, 11, 25)), st.timedeltas(timedelta(), timedelta(hours=30)))
def test_the_token_is_another_one_only_when_a_change_was_foretold(page, start, later):
    first = freshness(start.replace(tzinfo=UTC))
    second = freshness(start.replace(tzinfo=UTC) + later)
    assert first.clock_changed_at <= start.replace(tzinfo=UTC) < first.next_change
    assert (first.token == second.token) == (start.replace(tzinfo=UTC) + later < first.next_change)


def test_what_ends_an_answer_is_read_only_when_the_content_or_the_clock_has_moved(page):
    def asked(at):
        with CaptureQueriesContext(connection) as queries:
            told = freshness(at)
        return len(queries), told.next_change.isoformat()

    noon = timezone.now()
    assert asked(noon) == (3, "2026-11-23T17:00:00+00:00")
    assert asked(noon + timedelta(hours=2)) == (1, "2026-11-23T17:00:00+00:00")
    assert asked(noon + timedelta(hours=6)) == (3, "2026-11-23T19:00:00+00:00")
    assert asked(noon) == (3, "2026-11-23T17:00:00+00:00")
    [occurrence] = page.occurrences.all()
    occurrence.start_time = time(15)
    page.occurrences = [occurrence]
    change_page(page)
    assert asked(noon) == (3, "2026-11-23T14:00:00+00:00")


def test_last_modified_is_told_when_it_is_settled(page, ask):
    with time_machine.travel("2026-11-23T15:00+01:00", tick=False) as clock:
        change_page(page)
        assert "Last-Modified" not in ask("gatherings/")
        clock.shift(120)
        modified = ask("gatherings/")["Last-Modified"]
        assert modified == "Mon, 23 Nov 2026 14:00:00 GMT"
        assert ask("gatherings/", **{"if-modified-since": modified}).status_code == 304
        change_page(page)
        assert ask("gatherings/", **{"if-modified-since": modified}).status_code == 200


@pytest.mark.parametrize("headers", [{"if-none-match": "*"}, {"if-modified-since": "Mon, 23 Nov 2099 14:00:00 GMT"}])
def test_what_is_not_there_is_not_there_whatever_one_has(page, ask, headers):
    hidden = factories.gathering(factories.network("Skjult"), "Skjult")
    etag = ask(f"gatherings/{hidden.pk}/")["ETag"]
    change_restriction(hidden)
    for path in (f"gatherings/{hidden.pk}/", "gatherings/999999/"):
        for answer in (ask(path, **headers), ask(path, etag), ask(path)):
            assert answer.status_code == 404
            assert answer["Cache-Control"] == "no-store"
            assert "ETag" not in answer


def test_a_site_that_another_process_has_moved_is_told_where_it_is_now(page, ask):
    """What Wagtail keeps of addresses in this process is of before, as the other one cannot reach it."""
    first = ask("gatherings/")
    Site.objects.update(hostname="ny.example.org")
    ContentChange.objects.create(kind=ChangeKind.OTHER)
    second = ask("gatherings/", first["ETag"])
    assert [urlsplit(answer.json()["items"][0]["url"]).netloc for answer in (first, second)] == [
        "localhost",
        "ny.example.org",
    ]


def test_a_cache_that_does_not_answer_is_done_without(page, ask, settings):
    refused = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = {**settings.CACHES, "refused": refused}
    settings.PROSJEKTNETT_CACHE = "refused"
    first = ask("gatherings/")
    assert first.json()["count"] == 1
    assert ask("gatherings/", first["ETag"]).status_code == 304


def test_a_head_request_has_the_same_validator(page, ask, client):
    etag = ask("gatherings/")["ETag"]
    head = client.head(f"{API}/gatherings/")
    assert head["ETag"] == etag
    assert client.head(f"{API}/gatherings/", headers={"if-none-match": etag}).status_code == 304


def test_forgetting_never_brings_an_old_version_back(page):
    """Rows come into sight in another order than their ids: a count and an id that were seen must not come again."""
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    seen = {freshness(at).version}
    for _round in range(3):
        ContentChange.objects.create(kind=ChangeKind.OTHER)
        seen.add(freshness(at).version)
        prune(datetime(2100, 1, 1, tzinfo=UTC))
        assert freshness(at).version not in seen
        seen.add(freshness(at).version)
