"""What people have signed up for does not disappear: who would remove it is told, and nothing else stops."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow, WorkflowTask

from tests import factories
from tests.conftest import needs_v3
from tests.forms import gathering_data
from tests.languages import again, translated
from tests.registration.conftest import make_gathering, occurrence_of, pool_of, sign_up
from wagtail_prosjektnett.models import Registration, SeatPool
from wagtail_prosjektnett.pages import registration_links
from wagtail_prosjektnett.pages.deletion import DeletionRefused
from wagtail_prosjektnett.pages.kept_occurrences import OCCURRENCES_KEPT
from wagtail_prosjektnett.pages.models import GatheringPage
from wagtail_prosjektnett.pages.signed_up import signed_up_for
from wagtail_prosjektnett.registration import changes


@pytest.fixture(autouse=True)
def _with_pages(monkeypatch):
    monkeypatch.setattr(registration_links, "are_included", lambda: True)


@pytest.fixture
def used(gathering):
    """The gathering, with somebody who comes to the east."""
    sign_up(gathering)
    return gathering


def form_of(page, *, without=(), **fields):
    """What the browser of an editor sends who removes some occurrences of a page."""
    rows = [
        {"id": row.pk, "uid": str(row.uid), "name": row.name, "start_date": row.start_date.isoformat()}
        for row in page.in_order
    ]
    method = {"registration_method": "built_in", "registration_deadline": "2026-11-30"}
    data = gathering_data(rows, initial=len(rows), **{**method, **fields})
    removed = [number for number, row in enumerate(rows) if row["name"] in without]
    return {**data, **{f"occurrences-{number}-DELETE": "on" for number in removed}}


def edit(admin, page, data, action="action-publish"):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return admin.post(url, {**data, action: "1"}, follow=True)


def names(page):
    return {row.name for row in again(page).occurrences.all()}


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


def without_east(page):
    """A draft of a page without the occurrence in the east."""
    draft = again(page)
    draft.occurrences = [row for row in draft.occurrences.all() if row.name != "Øst"]
    return draft


def test_the_form_says_what_would_be_lost_and_publishes_nothing(admin, used):
    sign_up(used)
    response = edit(admin, used, form_of(used, without=["Øst"]))
    errors = response.context["form"].non_field_errors().as_data()
    assert [error.code for error in errors] == ["occurrence-in-use"]
    assert "Øst, 10. desember 2026: 2" in errors[0].message
    assert names(used) == {"Øst", "Vest"}


def test_what_nobody_has_signed_up_for_may_go(admin, used):
    edit(admin, used, form_of(used, without=["Vest"]))
    assert names(used) == {"Øst"}


def test_a_mistake_in_a_row_does_not_count_as_its_removal(admin, used):
    data = form_of(used)
    data["occurrences-0-start_date"] = "1018-12-10"
    response = edit(admin, used, data)
    assert response.context["form"].formsets["occurrences"].forms[0].errors
    assert not response.context["form"].non_field_errors()


def test_registration_stays_here_while_people_are_signed_up(admin, used):
    response = edit(admin, used, form_of(used, registration_method="none"))
    (error,) = response.context["form"].errors.as_data()["registration_method"]
    assert error.code == "registration-in-use"


def test_who_has_cancelled_or_was_anonymised_is_in_nobodys_way(admin, used):
    changes.cancel(Registration.objects.get(), timezone.now(), tell=False)
    sign_up(used)
    Registration.objects.active().update(anonymised_at=timezone.now())
    edit(admin, used, form_of(used, without=["Øst"]))
    assert names(used) == {"Vest"}


def test_a_site_without_our_pages_takes_no_registrations(admin, gathering, monkeypatch):
    monkeypatch.setattr(registration_links, "are_included", lambda: False)
    response = edit(admin, gathering, form_of(gathering))
    (error,) = response.context["form"].errors.as_data()["registration_method"]
    assert error.code == "registration-without-pages"


def test_a_draft_is_saved_and_what_it_removed_comes_back_with_a_word(admin, used):
    edit(admin, used, form_of(used, without=["Øst"]), "action-draft")
    response = admin.get(reverse("wagtailadmin_pages:edit", args=[used.pk]))
    assert "Øst" in told(response)
    assert [form.instance.name for form in response.context["form"].formsets["occurrences"].forms] == ["Øst", "Vest"]
    assert edit(admin, used, form_of(used)).status_code == 200
    assert names(used) == {"Øst", "Vest"}


def test_going_back_to_a_draft_without_it_keeps_it(admin, used):
    old = without_east(used).save_revision()
    edit(admin, used, form_of(used))
    admin.get(reverse("wagtailadmin_pages:revisions_revert", args=[used.pk, old.pk]))
    edit(admin, used, {**form_of(used, without=["Øst"]), "revision": old.pk})
    assert names(used) == {"Øst", "Vest"}


@pytest.mark.parametrize("how", ["scheduled", "bulk", "code"])
def test_what_is_published_without_a_form_keeps_it_and_says_so(admin, used, how):
    draft = without_east(used)
    draft.title = "Ny tittel"
    if how == "scheduled":
        draft.go_live_at = timezone.now() + timedelta(hours=1)
        draft.save_revision().publish()
        with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
            call_command("publish_scheduled")
    elif how == "bulk":
        draft.save_revision()
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        admin.post(f"{url}?id={used.pk}", {"include_descendants": False})
    else:
        draft.save()
    assert again(used).title == "Ny tittel"
    assert names(used) == {"Øst", "Vest"}
    assert occurrence_of(used).uid == pool_of(used).uid
    entry = PageLogEntry.objects.get(action=OCCURRENCES_KEPT)
    assert "Øst" in entry.message
    assert "Øst" in admin.get(reverse("wagtailadmin_pages:history", args=[used.pk])).content.decode()


def test_an_approved_draft_keeps_it(admin, used):
    workflow = Workflow.objects.create(name="Lesing", active=True)
    task = GroupApprovalTask.objects.create(name="Lesing", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    draft = without_east(used)
    draft.title = "Godkjent"
    draft.save_revision()
    workflow.start(again(used), admin.user).current_task_state.approve(user=admin.user)
    assert again(used).title == "Godkjent"
    assert names(used) == {"Øst", "Vest"}


def deleted(page):
    return not Page.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("what", ["gathering", "section", "network"])
def test_the_page_and_what_is_above_it_are_not_deleted(admin, used, what):
    page = {"gathering": used, "section": used.get_parent(), "network": used.network}[what]
    response = admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    assert "Øst, 10. desember 2026 (1)" in told(response)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = admin.post(f"{url}?id={page.pk}&next=/admin/", follow=True)
    assert "Øst, 10. desember 2026 (1)" in told(response)
    with pytest.raises(DeletionRefused, match="Samling"), transaction.atomic():
        page.delete()
    with pytest.raises(DeletionRefused), transaction.atomic():
        Page.objects.filter(pk=page.pk).delete()
    assert not deleted(used)


@needs_v3
def test_api_v3_says_why(client, admin, used, read):
    from wagtail.models import APIToken

    _token, key = APIToken.create_token(user=admin.user, name="test")
    headers = {"authorization": f"Bearer {key}"}
    response = client.delete(f"/api/v3/pages/{used.pk}/", headers=headers)
    assert response.status_code == 403, response.content
    assert "Øst" in response.json()["detail"]
    rows = [row for row in read("v3", used)["occurrences"] if row["name"] == "Vest"]
    body = {"occurrences": rows, "meta": {"action": "publish"}}
    response = client.patch(f"/api/v3/pages/{used.pk}/", body, content_type="application/json", headers=headers)
    assert response.status_code == 422, response.content
    assert "Øst, 10. desember 2026" in response.content.decode()
    assert names(used) == {"Øst", "Vest"}


def test_the_networks_are_not_deleted_either(used):
    with pytest.raises(CommandError, match="Samling"):
        call_command("delete_networks", "--noinput")
    assert not deleted(used)


def test_it_is_deleted_once_nobody_is_signed_up(admin, used):
    changes.cancel(Registration.objects.get(), timezone.now(), tell=False)
    admin.post(reverse("wagtailadmin_pages:delete", args=[used.pk]))
    assert deleted(used)
    assert Registration.objects.exists(), "what is kept of them is kept apart"


@pytest.mark.usefixtures("two_languages")
def test_a_translation_and_an_alias_may_go(used, nynorsk):
    translation = translated(used, nynorsk)
    alias = used.create_alias(parent=used.get_parent(), update_slug="alias")
    translation.delete()
    alias.specific.delete()
    with pytest.raises(DeletionRefused), transaction.atomic():
        used.delete()


def test_moving_and_unpublishing_say_what_they_mean(admin, used):
    other = factories.gathering_index(factories.network("Et annet"))
    uid = pool_of(used).uid
    response = admin.post(reverse("wagtailadmin_pages:move_confirm", args=[used.pk, other.pk]), follow=True)
    assert "Øst, 10. desember 2026 (1)" in told(response)
    assert again(used).get_parent().pk == other.pk
    response = admin.post(reverse("wagtailadmin_pages:unpublish", args=[used.pk]), follow=True)
    assert "Øst, 10. desember 2026 (1)" in told(response)
    assert Registration.objects.active().get().pool.uid == uid


def test_unpublishing_in_bulk_says_what_it_means(admin, used):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    response = admin.post(f"{url}?id={used.pk}", {"include_descendants": False}, follow=True)
    assert "Øst, 10. desember 2026 (1)" in told(response)


@pytest.mark.usefixtures("two_languages")
def test_drafts_copies_translations_and_aliases_touch_no_seats(used, nynorsk):
    before = list(SeatPool.objects.order_by("pk").values())
    draft = again(used)
    draft.title = "Utkast"
    draft.save_revision()
    copy = used.copy(update_attrs={"slug": "kopi", "live": False}, keep_live=False)
    translated(used, nynorsk)
    used.create_alias(parent=used.get_parent(), update_slug="alias")
    assert list(SeatPool.objects.order_by("pk").values()) == before
    assert Registration.objects.count() == 1
    copy.specific.save_revision().publish()
    new = SeatPool.objects.exclude(pk__in=[pool["id"] for pool in before])
    assert {(pool.seated, pool.gathering_key) for pool in new} == {(0, copy.translation_key)}


def test_what_was_held_long_ago_and_is_anonymised_may_go(used):
    Registration.objects.update(anonymised_at=timezone.now())
    used.delete()
    assert not GatheringPage.objects.exists()


def test_reading_a_draft_costs_two_queries_more(gathering, django_assert_max_num_queries):
    draft = again(gathering)
    with django_assert_max_num_queries(2):
        draft._put_back_occurrences()


def test_what_was_an_alias_takes_neither_seats_nor_participants_of_its_source(admin, used):
    before = SeatPool.objects.filter(gathering_key=used.translation_key).order_by("pk")
    kept = list(before.values("pk", "uid", "seated"))
    alias = used.create_alias(parent=factories.gathering_index(factories.network("Et annet")), update_slug="alias")
    for action in ("convert_alias", "publish"):
        address = reverse("wagtailadmin_api:pages:action", args=[alias.pk, action])
        assert admin.post(address, "{}", content_type="application/json").status_code == 200
    page = again(alias)
    assert list(before.values("pk", "uid", "seated")) == kept
    assert (pool_of(page).gathering_key, pool_of(page).seated) == (page.translation_key, 0)
    assert signed_up_for(page.translation_key) == []


def test_who_publishes_a_page_with_the_key_of_another_gets_nothing_of_it(used):
    other = make_gathering(factories.network("Et annet"))
    before = pool_of(used)
    other.occurrences.filter(name="Øst").update(uid=before.uid, capacity=7)
    again(other).save_revision().publish()
    assert (pool_of(used).gathering_key, pool_of(used).capacity) == (used.translation_key, 2)


def quoted(model):
    return connection.ops.quote_name(model._meta.db_table)


def remove_east(page):
    """Save the page without the east."""
    draft = without_east(page)
    draft.title = "Ny tittel"
    draft.save()


def delete(page):
    """Try to delete the page."""
    with pytest.raises(DeletionRefused), transaction.atomic():
        again(page).delete()


@pytest.mark.parametrize("lose", [remove_east, delete])
def test_who_signs_up_just_now_is_waited_for_before_it_is_counted(used, lose):
    with CaptureQueriesContext(connection) as asked:
        lose(used)
    update, registrations = f"UPDATE {quoted(SeatPool)}", f"FROM {quoted(Registration)}"
    said = [each["sql"] for each in asked if update in each["sql"] or registrations in each["sql"]]
    assert [update in sql for sql in said[:3]] == [True, True, False]
    keys = [sql.rpartition("WHERE")[2].replace("-", "") for sql in said[:2]]
    uids = sorted(occurrence_of(used, name).uid.hex for name in ("Øst", "Vest"))
    assert all(uid in key for uid, key in zip(uids, keys, strict=True)), "in the order in which everybody locks them"
