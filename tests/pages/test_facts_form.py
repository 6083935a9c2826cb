"""The edit form of a translation shows the facts and leaves them alone; its texts can be changed."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale

from tests import factories
from tests.conftest import needs_v3
from tests.forms import gathering_data, network_data
from tests.languages import again, translated
from wagtail_prosjektnett.pages.models import NetworkMember

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.multilingual_urls"),
    pytest.mark.usefixtures("two_languages"),
]


@pytest.fixture
def source():
    return factories.gathering(
        factories.network(),
        "Samling i Vadsø",
        occurrences=[{"name": "Øst", "start_date": "2026-12-10", "municipality": factories.municipality("Vadsø")}],
    )


@pytest.fixture
def translation(source):
    return translated(source, Locale.objects.create(language_code="nn"))


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_facts_are_shown_disabled_with_where_they_are_changed(admin, source, translation):
    response = admin.get(edit_url(translation))
    form = response.context["form"]
    assert form.fields["season"].disabled
    assert edit_url(source) in form.fields["season"].help_text
    assert not form.fields["title"].disabled
    assert not form.fields["target_audience"].disabled
    (row,) = form.formsets["occurrences"].forms
    assert row.fields["start_date"].disabled
    assert not row.fields["name"].disabled
    html = response.content.decode()
    assert 'value="2026-12-10"' in html
    assert "id_occurrences-ADD" not in html
    assert "id_contacts-ADD" in html


def test_the_form_of_the_source_is_open(admin, source, translation):
    response = admin.get(edit_url(source))
    assert not response.context["form"].fields["season"].disabled
    assert "id_occurrences-ADD" in response.content.decode()


def test_texts_are_saved_and_posted_facts_are_not(admin, translation):
    row = translation.occurrences.get()
    rows = [{"id": row.pk, "name": "Aust", "start_date": "2027-01-01", "DELETE": "1"}]
    data = gathering_data(rows, initial=1, title="Samling på nynorsk", slug=translation.slug, season="spring")
    response = admin.post(edit_url(translation), {**data, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    page = again(translation)
    assert (page.title, page.season) == ("Samling på nynorsk", "")
    row = page.occurrences.get()
    assert (row.name, row.start_date) == ("Aust", date(2026, 12, 10))


def test_as_a_browser_posts_disabled_fields(admin, translation):
    row = translation.occurrences.get()
    data = gathering_data([{"id": row.pk, "uid": row.uid, "name": "Aust"}], initial=1, slug=translation.slug)
    kept = {name: value for name, value in data.items() if not name.startswith("registration_") and name != "season"}
    open_parts = ("id", "uid", "name", "ORDER", "DELETE")
    for name in list(kept):
        if name.startswith("occurrences-0-") and name.rsplit("-", 1)[1] not in open_parts:
            del kept[name]
    response = admin.post(edit_url(translation), {**kept, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].formsets["occurrences"].errors
    assert again(translation).occurrences.get().name == "Aust"


def test_an_editor_of_the_translation_only_sees_whose_facts_they_are(client, django_user_model, source, translation):
    user = django_user_model.objects.create_user("redaktor", "redaktor@example.org", "secret")
    group = Group.objects.create(name="Nynorsk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=translation, permission=change)
    user.groups.add(group)
    client.force_login(user)
    help_text = client.get(edit_url(translation)).context["form"].fields["season"].help_text
    assert "Samling i Vadsø" in help_text
    assert "href" not in help_text


def test_the_lifecycle_of_a_network_is_shown_disabled(admin, source):
    network = source.network
    network.members = [NetworkMember(organisation=factories.municipality("Vardø"))]
    network.wind_down_from = date(2027, 1, 1)
    network.save_revision().publish()
    translation = translated(network, Locale.objects.create(language_code="nn"))
    response = admin.get(edit_url(translation))
    assert response.context["form"].fields["wind_down_from"].disabled
    html = response.content.decode()
    assert "id_members-ADD" not in html
    assert "Vardø" in html
    member = again(translation).members.get()
    data = network_data(slug=translation.slug, title="Nettverket", wind_down_from="2026-01-01")
    data |= {"members-TOTAL_FORMS": "1", "members-INITIAL_FORMS": "1", "members-0-id": member.pk}
    response = admin.post(edit_url(translation), {**data, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    assert again(translation).wind_down_from == date(2027, 1, 1)
    assert again(translation).members.get().organisation.name == "Vardø"


@needs_v3
def test_v3_changes_texts_of_a_translation_but_no_facts(client, django_user_model, translation):
    from wagtail.models import APIToken

    user = django_user_model.objects.create_superuser("writer", "writer@example.org", "secret")
    _token, key = APIToken.create_token(user=user, name="test")
    body = {"title": "Nynorsk", "season": "spring", "meta": {"action": "publish"}}
    response = client.patch(
        f"/api/v3/pages/{translation.pk}/",
        body,
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {key}",
    )
    assert response.status_code == 200, response.content
    assert (again(translation).title, again(translation).season) == ("Nynorsk", "")
