"""Somebody says that an article still holds while somebody else has it open: neither undoes what the other does."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Revision

from tests import factories
from tests.forms import article_data
from tests.languages import again, translated
from tests.review.conftest import press

pytestmark = pytest.mark.django_db
TODAY, BEFORE, OTHER = (date.fromisoformat(day) for day in ("2026-11-26", "2025-11-05", "2026-06-01"))


@pytest.fixture
def article(network):
    """An article with a day of its own, on which it was to be reviewed."""
    return factories.article(network, "Mandatet", last_reviewed=BEFORE, next_review="2026-11-01")


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(client, page, url=None):
    """What the form of a page has in it as it is opened: the days, and all that is hidden."""
    soup = BeautifulSoup(client.get(url or edit_url(page)).content, "html.parser")
    fields = soup.select("form#page-edit-form [name$=last_reviewed], form#page-edit-form [name$=next_review]")
    return {field["name"]: field.get("value", "") for field in fields}


def send(client, page, form, url=None, **changes):
    """Publish an article from a form that was opened before."""
    sent = {**article_data(title="Nytt", slug=page.slug), **form, **changes, "action-publish": "1"}
    answer = client.post(url or edit_url(page), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    return again(page)


def days(page):
    return page.last_reviewed, page.next_review


def test_what_an_editor_has_not_touched_stays_as_somebody_else_has_said_meanwhile(article, admin):
    form = opened(admin, article)
    press(admin, article)
    page = send(admin, article, form)
    assert (page.title, days(page)) == ("Nytt", (TODAY, None))
    assert days(page.get_latest_revision_as_object()) == (TODAY, None)


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"last_reviewed": "2026-06-01"}, (OTHER, None)),
        ({"next_review": "2026-06-01"}, (TODAY, OTHER)),
        ({"last_reviewed": ""}, (None, None)),
    ],
)
def test_what_an_editor_has_changed_is_saved_as_it_was_sent(article, admin, changes, expected):
    form = opened(admin, article)
    press(admin, article)
    assert days(send(admin, article, form, **changes)) == expected


def test_a_form_that_was_shown_again_after_a_mistake_still_knows_what_was_there(article, admin):
    form = opened(admin, article)
    press(admin, article)
    sent = {**article_data(title="", slug=article.slug), **form, "action-publish": "1"}
    shown = BeautifulSoup(admin.post(edit_url(article), sent).content, "html.parser")
    again_sent = {name: shown.select_one(f"form#page-edit-form [name={name}]").get("value", "") for name in form}
    assert days(send(admin, article, again_sent)) == (TODAY, None)


def test_what_sends_the_days_alone_decides_about_them(article, admin):
    """As a script does, or a form that a site has made."""
    press(admin, article)
    page = send(admin, article, {"last_reviewed": "", "next_review": "2026-06-01"})
    assert days(page) == (None, OTHER)


def test_an_older_version_comes_back_with_its_days(article, admin):
    older = article.latest_revision
    press(admin, article)
    url = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, older.pk])
    assert days(send(admin, article, opened(admin, article, url), url)) == (BEFORE, date(2026, 11, 1))


def autosaved(client, page, form, **changes):
    """Save a draft as the open page does by itself, and return the form as it is then."""
    sent = {**article_data(title="Nytt", slug=page.slug), **form, **changes}
    latest = Revision.objects.get(pk=again(page).latest_revision_id)
    sent |= {"loaded_revision_id": latest.pk, "loaded_revision_created_at": latest.created_at.isoformat()}
    answer = client.post(edit_url(page), sent, headers={"Accept": "application/json"})
    return {**form, **changes, **{k: v for k, v in json.loads(answer.content)["field_updates"].items() if k in form}}


def test_a_day_that_was_saved_by_itself_can_be_taken_back(article, admin, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 500
    form = autosaved(admin, article, opened(admin, article), last_reviewed="2026-06-01")
    page = send(admin, article, {**form, "last_reviewed": BEFORE.isoformat()})
    assert page.last_reviewed == BEFORE


def test_what_was_saved_by_itself_before_undoes_nothing(article, admin, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 500
    form = autosaved(admin, article, opened(admin, article), lead="Ingress")
    press(admin, article)
    assert days(send(admin, article, form)) == (TODAY, None)


@pytest.mark.urls("tests.multilingual_urls")
def test_the_form_of_a_translation_changes_no_day(article, admin, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    there = translated(article, nynorsk)
    form = opened(admin, there)
    press(admin, there)
    assert days(send(admin, there, form)) == (TODAY, None)
