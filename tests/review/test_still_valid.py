"""Saying of an article that it still holds: what that changes, who may, and what stands in its way."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, Workflow, WorkflowTask

from tests import factories
from tests.languages import again, translated
from tests.review.conftest import press
from wagtail_prosjektnett.domain.review import ReviewRefusal, ReviewRefused
from wagtail_prosjektnett.models import ContentChange, WebhookDelivery, WebhookEndpoint
from wagtail_prosjektnett.pages.models import ExperiencePage
from wagtail_prosjektnett.review.still_valid import STILL_VALID, StillValid

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)


def days(page):
    """The two days of a page, as readers get them and as its editor does."""
    page = again(page)
    draft = page.get_latest_revision_as_object()
    assert (draft.last_reviewed, draft.next_review) == (page.last_reviewed, page.next_review)
    return page.last_reviewed, page.next_review


def test_an_article_that_still_holds_was_reviewed_today_and_is_due_when_its_interval_says_so(network, admin, client):
    article = factories.article(network, next_review="2026-11-01", review_months=6)
    press(admin, article)
    assert days(article) == (TODAY, None)
    facts = BeautifulSoup(client.get(article.url).content, "html.parser").select_one(".facts").get_text(" ", strip=True)
    assert facts == "Sist gjennomgått 26. november 2026 Neste gjennomgang 26. mai 2027"


def test_the_page_shows_no_new_date_of_change_and_is_not_published_again(article, admin):
    before = again(article)
    with time_machine.travel("2026-11-28T12:00+01:00", tick=False):
        press(admin, article)
    after = again(article)
    assert after.last_reviewed == date(2026, 11, 28)
    assert (after.last_published_at, after.changed_day) == (before.last_published_at, before.changed_day)
    assert after.live_revision == after.latest_revision != before.latest_revision
    assert not after.has_unpublished_changes


def test_a_draft_stays_a_draft_and_keeps_the_days_when_it_is_published(article, admin):
    article.title = "Utkastet"
    article.save_revision()
    press(admin, article)
    assert days(article) == (TODAY, None)
    after = again(article)
    assert (after.title, after.has_unpublished_changes) == ("Mandatet", True)
    assert after.live_revision != after.latest_revision
    after.latest_revision.publish()
    assert again(article).title == "Utkastet"
    assert days(article) == (TODAY, None)


def test_it_is_in_the_history_once_a_day_under_the_name_of_who_said_so(article, admin):
    press(admin, article)
    press(admin, article)
    entry = PageLogEntry.objects.get(action=STILL_VALID)
    assert (entry.user, entry.page_id, entry.revision) == (admin.user, article.pk, again(article).latest_revision)
    assert article.revisions.count() == 2
    history = admin.get(reverse("wagtailadmin_pages:history", args=[article.pk])).content.decode()
    assert "Funnet fortsatt gyldig; neste gjennomgang 26. november 2027" in history


def test_those_who_keep_copies_are_told(article, admin, client):
    url = f"/api/prosjektnett/experiences/{article.pk}/"
    etag = client.get(url).headers["ETag"]
    WebhookEndpoint.objects.create(description="Fronten", address="https://example.org/hook")
    press(admin, article)
    assert WebhookDelivery.objects.get().event == "page.changed"
    answer = client.get(url, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.json()["last_reviewed"]) == (200, "2026-11-26")
    assert ContentChange.objects.filter(page_id=article.pk, kind="affected").exists()


def test_who_may_edit_may_say_so_without_the_right_to_publish(article, network, may_edit, client):
    user = may_edit(network)
    assert not article.permissions_for_user(user).can_publish()
    press(client, article)
    assert days(article) == (TODAY, None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_may_whatever_address_they_make_up(article, may_edit, client, method):
    url = reverse("prosjektnett_still_valid", args=[article.pk])
    assert getattr(client, method)(url).status_code == 302
    may_edit(factories.network("Et annet"))
    assert getattr(client, method)(url).headers["Location"] == "/admin/"
    assert days(article) == (date(2025, 11, 5), None)


@pytest.mark.parametrize("pk", ["0", "2147483647", "99999999999999999999999", "-1", "x%00"])
def test_an_address_of_nothing_is_not_found(admin, pk):
    assert admin.post(f"/admin/prosjektnett/review/{pk}/still-valid/").status_code == 404


def test_a_page_that_is_no_article_and_an_alias_are_not_found(article, admin):
    alias = article.create_alias(update_slug="alias")
    for page in (article.get_parent(), alias):
        assert press(admin, page).status_code == 404


def test_a_look_at_the_question_changes_nothing(article, admin):
    answer = admin.get(reverse("prosjektnett_still_valid", args=[article.pk]), {"next": "/admin/pages/"})
    form = BeautifulSoup(answer.content, "html.parser").select_one("main form[method=post]")
    assert form.select_one("input[name=next]")["value"] == "/admin/pages/"
    assert days(article) == (date(2025, 11, 5), None)


@pytest.mark.parametrize("back, expected", [("/admin/pages/", "/admin/pages/"), ("https://evil.example.org/", None)])
def test_one_comes_back_to_where_one_was_but_not_to_another_site(article, admin, back, expected):
    answer = press(admin, article, follow=False, next=back)
    assert answer.headers["Location"] == (expected or reverse("prosjektnett_review"))


def lock(article, user):
    article.locked, article.locked_by, article.locked_at = True, None, timezone.now()
    article.save()


def lock_myself(article, user):
    article.locked, article.locked_by, article.locked_at = True, user, timezone.now()
    article.save()


def start_workflow(article, user):
    workflow = Workflow.objects.create(name="Godkjenning")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Les"), sort_order=0)
    article.title = "Til godkjenning"
    article.save_revision()
    workflow.start(article, user)


def schedule(article, user):
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision(approved_go_live_at=article.go_live_at)


def unpublish(article, user):
    article.unpublish()


def close(article, user):
    network = article.network
    network.closed_from = TODAY
    network.save_revision().publish()


@pytest.mark.parametrize(
    "hinder, reason",
    [
        (lock, ReviewRefusal.LOCKED),
        (start_workflow, ReviewRefusal.IN_WORKFLOW),
        (schedule, ReviewRefusal.SCHEDULED),
        (unpublish, ReviewRefusal.NOT_PUBLISHED),
        (close, ReviewRefusal.NETWORK_CLOSED),
    ],
)
def test_what_somebody_else_decides_just_now_is_left_alone_and_the_reason_is_given(article, admin, hinder, reason):
    hinder(article, admin.user)
    page = again(article)
    before = (page.latest_revision, page.last_reviewed)
    with pytest.raises(ReviewRefused) as refused:
        StillValid(page, admin.user).execute(timezone.now())
    assert refused.value.reason is reason
    answer = press(admin, article)
    assert "alert" in answer.content.decode() or answer.context["messages"]
    page = again(article)
    assert (page.latest_revision, page.last_reviewed) == before
    assert not PageLogEntry.objects.filter(action=STILL_VALID).exists()


def test_who_has_locked_an_article_may_say_that_it_holds(article, admin):
    lock_myself(article, admin.user)
    press(admin, article)
    assert days(article) == (TODAY, None)


@pytest.mark.urls("tests.multilingual_urls")
def test_all_languages_of_an_article_are_reviewed_together(article, admin, nynorsk, settings, client):
    settings.WAGTAIL_I18N_ENABLED = True
    there = translated(article, nynorsk)
    alias = article.create_alias(update_slug="alias")
    press(admin, there)
    for page in (article, there):
        assert days(page) == (TODAY, None)
    assert again(alias).last_reviewed == TODAY
    assert PageLogEntry.objects.get(action=STILL_VALID).page_id == article.pk
    told = ContentChange.objects.filter(kind="affected").values_list("page_id", flat=True)
    assert set(told) >= {article.pk, there.pk, alias.pk}


@pytest.mark.urls("tests.multilingual_urls")
def test_an_article_that_is_read_in_another_language_alone_can_be_reviewed(article, admin, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    there = translated(article, nynorsk)
    article.unpublish()
    for page in (article, there):
        html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert reverse("prosjektnett_still_valid", args=[page.pk]) in html
    press(admin, article)
    for page in (article, there):
        assert days(page) == (TODAY, None)
    page = again(article)
    assert (page.live, page.live_revision) == (False, None)
    assert ContentChange.objects.filter(page_id=there.pk, kind="affected").exists()


@pytest.mark.urls("tests.multilingual_urls")
def test_who_may_edit_only_the_translation_may_not_say_it_of_the_article(article, may_edit, nynorsk, settings, client):
    settings.WAGTAIL_I18N_ENABLED = True
    there = translated(article, nynorsk)
    user = may_edit(there)
    assert there.permissions_for_user(user).can_edit()
    press(client, there)
    assert days(article) == (date(2025, 11, 5), None)
    with pytest.raises(ReviewRefused, match="not-permitted"):
        StillValid(there, user).execute(timezone.now())


def test_an_alias_that_was_withdrawn_stays_withdrawn(article, admin):
    alias = article.create_alias(update_slug="alias")
    alias.unpublish()
    press(admin, article)
    alias = ExperiencePage.objects.get(pk=alias.pk)
    assert (alias.live, alias.last_reviewed) == (False, TODAY)


@pytest.mark.parametrize(
    "instant, day", [("2026-11-26T23:30+01:00", TODAY), ("2026-11-27T00:30+01:00", TODAY + timedelta(days=1))]
)
def test_today_is_the_day_of_the_site_and_not_that_of_utc(article, admin, instant, day):
    with time_machine.travel(instant, tick=False):
        StillValid(article, admin.user).execute(timezone.now())
    assert again(article).last_reviewed == day


def test_an_article_without_any_revision_can_be_reviewed(network, admin):
    index = factories.article(network).get_parent()
    page = index.add_child(instance=ExperiencePage(title="Satt inn av et program", live=True))
    press(admin, page)
    assert (again(page).last_reviewed, again(page).latest_revision) == (TODAY, None)


def test_the_menu_of_an_article_has_the_button_for_who_may_edit_it(article, admin):
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert reverse("prosjektnett_still_valid", args=[article.pk]) in html
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[article.get_parent().pk])).content.decode()
    assert "still-valid" not in html
    close(article, admin.user)
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "still-valid" not in html


@pytest.mark.urls("tests.multilingual_urls")
def test_what_is_read_in_another_language_alone_is_reviewed_with_what_its_draft_says(network, nynorsk, admin, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    index = factories.article(network).get_parent()
    draft = ExperiencePage(title="Mandatet", live=False, kind="lesson", next_review=date(2026, 11, 1))
    index.add_child(instance=draft)
    draft.save_revision()
    there = translated(draft, nynorsk)
    later = again(draft).get_latest_revision_as_object()
    later.kind, later.review_months = "guide", 6
    later.save_revision()
    press(admin, there)
    article = again(there)
    assert (article.last_reviewed, article.next_review, article.kind) == (TODAY, None, "guide")
    draft = again(draft)
    assert not draft.live
    draft = draft.get_latest_revision_as_object()
    assert (draft.last_reviewed, draft.next_review, draft.kind) == (TODAY, None, "guide")
    entry = PageLogEntry.objects.get(action=STILL_VALID)
    assert (entry.page_id, entry.data["due"]) == (draft.pk, "2027-05-26")
    assert ContentChange.objects.filter(page_id=there.pk, kind="affected").exists()
    press(admin, there)
    assert PageLogEntry.objects.filter(action=STILL_VALID).count() == 1
