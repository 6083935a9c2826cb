"""A network is created with its three sections in the same step."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageLogEntry

from tests import factories
from tests.forms import network_data
from wagtail_prosjektnett.actions.create_sections import CreateSections, SectionsRefused
from wagtail_prosjektnett.pages.missing_sections import missing_sections, new_section
from wagtail_prosjektnett.pages.models import GatheringIndexPage, NetworkPage

pytestmark = pytest.mark.django_db

TITLES = ["Samlinger", "Aktuelt", "Erfaringsbase"]


def create(client, action="action-publish", **changes):
    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", "networkpage", factories.site_root().pk])
    return client.post(url, {**network_data(**changes), action: "1"})


def sections():
    return list(NetworkPage.objects.get().get_children())


def test_the_form_of_a_new_network_offers_them(admin):
    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", "networkpage", factories.site_root().pk])
    form = admin.get(url).context["form"]
    assert form["create_sections"].initial is True


def test_they_are_published_with_it(admin):
    assert create(admin, create_sections="on").status_code == 302
    assert [page.title for page in sections()] == TITLES
    assert all(page.live for page in sections())
    assert {page.specific.get_latest_revision().user for page in sections()} == {admin.user}


def test_without_the_tick_there_are_none(admin):
    create(admin)
    assert sections() == []


def test_they_are_drafts_with_a_draft_and_published_with_it_later(admin):
    create(admin, "action-draft", create_sections="on")
    assert [page.live for page in sections()] == [False] * 3
    NetworkPage.objects.get().get_latest_revision().publish(user=admin.user)
    assert [page.live for page in sections()] == [True] * 3


def test_one_that_an_editor_has_worked_on_is_left_alone(admin):
    create(admin, "action-draft", create_sections="on")
    edited = GatheringIndexPage.objects.get()
    edited.lead = "Ikke ferdig"
    edited.save_revision(user=admin.user)
    NetworkPage.objects.get().get_latest_revision().publish(user=admin.user)
    assert [page.live for page in sections()] == [False, True, True]


def test_one_that_was_taken_down_on_purpose_stays_down(admin):
    create(admin, create_sections="on")
    sections()[0].specific.unpublish()
    network = NetworkPage.objects.get()
    network.save_revision().publish()
    assert [page.live for page in sections()] == [False, True, True]


def test_autosave_creates_nothing_and_the_tick_still_counts_afterwards(admin):
    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", "networkpage", factories.site_root().pk])
    data = network_data(create_sections="on")
    assert admin.post(url, data, headers={"accept": "application/json"}).status_code == 200
    assert sections() == []
    network = NetworkPage.objects.get()
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[network.pk])).context["form"]
    assert form["create_sections"].initial is True
    url = reverse("wagtailadmin_pages:edit", args=[network.pk])
    admin.post(url, {**data, "action-publish": "1"})
    assert [page.title for page in sections()] == TITLES


def test_the_offer_is_gone_once_they_are_there(admin):
    create(admin, create_sections="on")
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[NetworkPage.objects.get().pk])).context["form"]
    assert "create_sections" not in form.fields


def test_only_the_missing_ones_are_created(admin):
    network = factories.network()
    factories.gathering_index(network)
    url = reverse("wagtailadmin_pages:edit", args=[network.pk])
    admin.post(url, {**network_data(slug=network.slug, create_sections="on"), "action-publish": "1"})
    assert [page.title for page in sections()] == TITLES


def test_someone_who_may_not_create_pages_there_creates_none(django_user_model):
    network = factories.network()
    user = django_user_model.objects.create_user("reader", "reader@example.org", "secret")
    with pytest.raises(SectionsRefused):
        CreateSections(network, [new_section(network, model) for model in missing_sections(network)], user).execute()
    assert sections() == []


def test_someone_who_may_not_publish_creates_drafts(django_user_model):
    network = factories.network()
    group = Group.objects.create(name="Skribenter")
    for permission in ("add_page", "change_page"):
        GroupPagePermission.objects.create(group=group, page=network, permission=_permission(permission))
    user = django_user_model.objects.create_user("writer", "writer@example.org", "secret")
    user.groups.add(group)
    made = [new_section(network, model) for model in missing_sections(network)]
    CreateSections(network, made, user).execute()
    assert [page.live for page in sections()] == [False] * 3


def _permission(codename):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)


def test_page_type_rules():
    network = factories.network()
    index = factories.gathering_index(network)
    allowed = {model.__name__ for model in type(index).creatable_subpage_models()}
    assert allowed == {"GatheringPage"}
    assert not GatheringIndexPage.can_create_at(network), "there is one already"
    assert not GatheringIndexPage.can_create_at(factories.site_root())


def test_a_section_that_an_editor_made_by_hand_is_left_alone(admin):
    network = factories.network()
    section = GatheringIndexPage(title="Ikke ferdig", live=False)
    network.add_child(instance=section)
    section.save_revision(user=admin.user)
    network.save_revision().publish(user=admin.user)
    assert [page.live for page in sections()] == [False]


def test_the_history_tells_that_a_section_was_made_with_its_network(admin):
    create(admin, create_sections="on")
    entries = PageLogEntry.objects.filter(page=GatheringIndexPage.objects.get().pk)
    assert "Opprettet sammen med nettverket" in [entry.message for entry in entries]


def test_an_editor_who_may_add_no_pages_is_not_offered_them(client, django_user_model):
    network = factories.network()
    editors = Group.objects.create(name="Retter")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=editors, page=network, permission=change)
    user = django_user_model.objects.create_user("retter", "retter@example.org", "secret")
    user.groups.add(editors)
    client.force_login(user)
    url = reverse("wagtailadmin_pages:edit", args=[network.pk])
    assert "create_sections" not in client.get(url).context["form"].fields
    response = client.post(url, network_data(create_sections="on", slug=network.slug), follow=True)
    assert response.status_code == 200
    assert sections() == []
