"""An occurrence keeps its key through everything but a copy, and its presentations follow it."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale

from tests import factories
from tests.forms import gathering_data
from wagtail_prosjektnett.pages.models import GatheringPage, Occurrence, Presentation

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """A gathering with a presentation held at its one occurrence."""
    found = factories.gathering(factories.network(), occurrences=[{"name": "Øst"}])
    found.presentations = [
        Presentation(title="Lysark", link="https://example.org/", occurrence_uid=found.occurrences.get().uid)
    ]
    found.save_revision().publish()
    return GatheringPage.objects.get(pk=found.pk)


def uid(page):
    return page.occurrences.get().uid


def post(admin, page, rows, action="action-draft", **fields):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = gathering_data(rows, slug=page.slug, title=page.title, **fields)
    response = admin.post(url, {**data, action: "1"})
    assert response.status_code == 302, response.context["form"].errors
    return response


def draft(page):
    return GatheringPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_publishing_reverting_and_moving_keep_it(page):
    before, first = uid(page), page.get_latest_revision()
    page.title = "Ny tittel"
    page.save_revision().publish()
    first.publish()
    page.move(factories.gathering_index(factories.network("Annet")), pos="last-child")
    assert uid(GatheringPage.objects.get(pk=page.pk)) == before


def test_a_row_that_is_only_in_a_draft_keeps_it_from_draft_to_publication(admin, page):
    row = page.occurrences.get()
    saved = {"id": row.pk, "name": "Øst", "start_date": "2018-02-15"}
    post(admin, page, [saved, {"name": "Vest"}], initial=1)
    new = draft(page).in_order[1]
    assert new.pk is None
    again = {"name": "Vest", "uid": new.uid, "place": "Alta"}
    post(admin, page, [saved, again], initial=2)
    assert draft(page).in_order[1].uid == new.uid
    post(admin, page, [saved, again], "action-publish", initial=2)
    published = Occurrence.objects.get(name="Vest")
    assert (published.uid, published.place) == (new.uid, "Alta")
    assert Occurrence.objects.get(name="Øst").uid == row.uid


def test_a_posted_key_of_another_page_is_not_taken(admin, page):
    other = factories.gathering(factories.network("Annet"), occurrences=[{}])
    rows = [{"id": page.occurrences.get().pk}, {"name": "Vest", "uid": uid(other)}]
    post(admin, page, rows, "action-publish", initial=1)
    assert Occurrence.objects.get(name="Vest").uid != uid(other)


def test_a_posted_key_is_not_taken_twice(admin, page):
    row = page.occurrences.get()
    rows = [{"id": row.pk}, {"name": "Vest", "uid": row.uid}]
    post(admin, page, rows, "action-publish", initial=1)
    assert Occurrence.objects.get(name="Vest").uid != row.uid


def test_a_posted_key_does_not_change_a_saved_row(admin, page):
    row = page.occurrences.get()
    post(admin, page, [{"id": row.pk, "uid": uuid.uuid4()}], "action-publish", initial=1)
    assert Occurrence.objects.get().uid == row.uid


def test_autosave_tells_the_open_page_the_key_of_a_new_row(admin, page):
    row = page.occurrences.get()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = gathering_data([{"id": row.pk}, {"name": "Vest"}], initial=1, slug=page.slug)
    response = admin.post(url, data, headers={"accept": "application/json"})
    updates = response.json()["field_updates"]
    assert updates["occurrences-1-uid"] == str(draft(page).occurrences.get(name="Vest").uid)


def test_a_copy_gets_a_new_one_and_its_presentations_follow(page):
    copy = page.copy(update_attrs={"slug": "kopi"})
    copy = GatheringPage.objects.get(pk=copy.pk)
    assert uid(copy) != uid(page)
    assert copy.presentations.get().occurrence_uid == uid(copy)
    assert page.presentations.get().occurrence_uid == uid(page)


def test_a_copy_of_a_page_with_a_draft_agrees_with_its_own_revisions(page):
    page.title = "Utkast"
    page.save_revision()
    copy = GatheringPage.objects.get(pk=page.copy(update_attrs={"slug": "kopi"}).pk)
    live = uid(copy)
    assert uid(copy.get_latest_revision_as_object()) == live
    for revision in copy.revisions.all():
        assert uid(revision.as_object()) == live
    earliest = copy.revisions.order_by("created_at").first().as_object()
    earliest.slug = copy.slug
    earliest.save()
    assert uid(GatheringPage.objects.get(pk=copy.pk)) == live


def test_a_copy_of_a_container_renews_the_keys_inside(page):
    index = page.get_parent().specific
    copy = index.copy(recursive=True, to=factories.network("Annet"), update_attrs={"slug": "kopi"})
    assert uid(copy.get_children().get().specific) != uid(page)


def test_an_alias_shows_the_same_occurrence_also_when_its_source_changes(page):
    alias = page.create_alias(update_slug="alias")
    page.title = "Endret"
    page.save_revision().publish()
    alias = GatheringPage.objects.get(pk=alias.pk)
    assert alias.title == "Endret"
    assert uid(alias) == uid(page)


def test_a_translation_shares_it(page, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    nynorsk = Locale.objects.create(language_code="nn")
    translation = page.copy_for_translation(nynorsk, copy_parents=True)
    assert uid(translation) == uid(page)


def test_a_presentation_cannot_belong_to_an_occurrence_that_is_removed(admin, page):
    row = page.occurrences.get()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    rows = [{"id": row.pk, "DELETE": "1"}, {"name": "Vest", "start_date": "2018-03-01"}]
    presentations = [{"link": "https://example.org/", "occurrence_uid": row.uid}]
    data = gathering_data(rows, presentations, initial=1, slug=page.slug)
    response = admin.post(url, {**data, "action-publish": "1"})
    form = response.context["form"].formsets["presentations"].forms[0]
    assert "presentation-place-unknown" in {error.code for error in form.errors.as_data()["occurrence_uid"]}


def test_presentations_of_an_unknown_occurrence_are_still_shown(page):
    Presentation.objects.update(occurrence_uid=uuid.uuid4())
    assert [occurrence for occurrence, _rows in page.presentations_by_occurrence()] == [None]


def test_dates_as_instants_follow_the_time_zone_of_a_new_network(page):
    london = factories.network("London", time_zone="Europe/London")
    page.move(factories.gathering_index(london), pos="last-child")
    assert Occurrence.objects.get().starts_at.isoformat() == "2018-02-15T00:00:00+00:00"


def test_dates_as_instants_follow_a_changed_time_zone(page):
    network = page.network
    network.time_zone = "Europe/London"
    network.save_revision().publish()
    assert Occurrence.objects.get().starts_at.isoformat() == "2018-02-15T00:00:00+00:00"
    assert Occurrence.objects.get().start_date == date(2018, 2, 15)


def test_an_alias_in_another_language_keeps_it_when_it_becomes_a_translation(admin, page, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    nynorsk = Locale.objects.create(language_code="nn")
    alias = page.copy_for_translation(nynorsk, copy_parents=True, alias=True)
    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    converted = GatheringPage.objects.get(pk=alias.pk)
    assert converted.alias_of_id is None
    assert uid(converted) == uid(page) == uid(draft(converted))
    assert converted.presentations.get().occurrence_uid == uid(page)


def by_form(admin, alias):
    return admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))


def by_admin_api(admin, alias):
    address = reverse("wagtailadmin_api:pages:action", args=[alias.pk, "convert_alias"])
    assert admin.post(address, "{}", content_type="application/json").status_code == 200


def by_code(admin, alias):
    ConvertAliasPageAction(alias, user=admin.user).execute()


@pytest.mark.parametrize("convert", [by_form, by_admin_api, by_code])
def test_an_alias_gets_its_own_when_it_becomes_a_page_by_whatever_door(admin, page, convert):
    alias = page.create_alias(parent=page.get_parent(), update_slug="alias").specific
    assert uid(alias) == uid(page)
    convert(admin, alias)
    converted = GatheringPage.objects.get(pk=alias.pk)
    assert converted.alias_of_id is None
    assert uid(converted) != uid(page)
    assert uid(draft(converted)) == uid(converted) == converted.presentations.get().occurrence_uid
    assert uid(converted.revisions.get().as_object()) == uid(converted.live_revision.as_object()) == uid(converted)
    before = uid(converted)
    converted.get_latest_revision().publish()
    converted = GatheringPage.objects.get(pk=alias.pk)
    assert uid(converted) == before == converted.presentations.get().occurrence_uid
