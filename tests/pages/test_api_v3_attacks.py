"""What a token of an editor cannot do through API v3: the page is as it was, or there is a reason."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from tests import factories
from tests.conftest import needs_v3
from tests.languages import again, translated
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage, Occurrence

pytestmark = [pytest.mark.django_db, needs_v3]


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


def token_of(user):
    from wagtail.models import APIToken

    return APIToken.create_token(user=user, name="test")[1]


@pytest.fixture
def network():
    return factories.network()


@pytest.fixture
def gathering(network):
    row = {"name": "Øst", "start_date": "2026-12-10", "online_address": "https://example.org/rom"}
    return factories.gathering(network, occurrences=[row])


@pytest.fixture
def write(client, django_user_model):
    """Write as an administrator, to whom nothing but the rules is closed."""
    user = django_user_model.objects.create_superuser("administrator", "administrator@example.org", "secret")
    return writer(client, user)


@pytest.fixture
def write_draft(client, django_user_model, network):
    """Write as an editor who may change the pages of the network, and publish none of them."""
    user = django_user_model.objects.create_user("editor", "editor@example.org", "secret")
    group = Group.objects.create(name="De som skriver")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=network, permission=permission)
    user.groups.add(group)
    return writer(client, user)


def writer(client, user):
    key = token_of(user)

    def send(method, path, body):
        headers = {"authorization": f"Bearer {key}"}
        return getattr(client, method)(f"/api/v3/pages/{path}", body, content_type="application/json", headers=headers)

    return send


#: What tells of a page where it is, what it is and who may do what with it.
KEPT = (
    *("path", "depth", "numchild", "url_path", "live", "has_unpublished_changes", "owner_id", "locked", "locked_by_id"),
    *("first_published_at", "last_published_at", "locale_id", "translation_key", "content_type_id", "alias_of_id"),
    *("go_live_at", "expire_at", "expired", "slug"),
)


def kept(page):
    fresh = again(page)
    return {name: getattr(fresh, name) for name in KEPT}


@pytest.mark.parametrize(
    "attack",
    [
        {"owner": 1, "owner_id": 1},
        {"path": "00010001", "depth": 1, "numchild": 99, "url_path": "/"},
        {"live": False, "has_unpublished_changes": True, "expired": True},
        {"first_published_at": "2001-01-01T00:00:00Z", "last_published_at": "2001-01-01T00:00:00Z"},
        {"go_live_at": "2099-01-01T00:00:00Z", "expire_at": "2020-01-01T00:00:00Z"},
        {"locale": "nn", "locale_id": 2, "translation_key": "00000000-0000-0000-0000-000000000000"},
        {"alias_of": 1, "content_type": 1, "locked": True, "locked_by": 1},
        {"meta": {"locale": "nn", "first_published_at": None, "alias_of": {"id": 1}, "parent": {"id": 1}}},
        {"id": 1, "pk": 1, "page_ptr": 1},
        {"event_status": {"value": "cancelled"}, "registration_status": "open", "next_change": None},
        {"lifecycle": {"state": "closed"}, "network_banner": None, "season_of": None},
        {"contacts": [], "presentations": [], "image": None},
    ],
    ids=lambda attack: next(iter(attack)),
)
def test_what_is_no_field_of_the_form_is_left_as_it_was(write, gathering, read, attack):
    before, told = kept(gathering), read("v3", gathering)
    meta = {**attack.get("meta", {}), "action": "publish"}
    response = write("patch", f"{gathering.pk}/", {**attack, "meta": meta})
    assert response.status_code == 200 or "errors" in response.json(), response.content
    after = kept(gathering)
    published = {"last_published_at"}
    assert {name: after[name] for name in KEPT if name not in published} == {
        name: before[name] for name in KEPT if name not in published
    }
    now = read("v3", gathering)
    assert {name: value for name, value in now.items() if name != "changed"} == {
        name: value for name, value in told.items() if name != "changed"
    }
    assert Occurrence.objects.get().uid == gathering.occurrences.get().uid


@pytest.mark.parametrize("field", ["uid", "starts_at", "ends_at", "when", "event_status", "page", "online_address"])
def test_what_is_computed_of_an_occurrence_cannot_be_written(write, gathering, read, field):
    before = Occurrence.objects.get()
    (row,) = read("v3", gathering)["occurrences"]
    attack = {**row, field: "2f4bd1ab-0000-4000-8000-000000000000"}
    response = write("patch", f"{gathering.pk}/", {"occurrences": [attack], "meta": {"action": "publish"}})
    assert response.status_code == 200, response.content
    after = Occurrence.objects.get()
    for name in ("pk", "uid", "starts_at", "ends_at", "page_id", "online_address"):
        assert getattr(after, name) == getattr(before, name), name


def test_an_occurrence_of_another_gathering_cannot_be_taken_over(write, network, gathering):
    other = factories.gathering(network, "En annen", [{"name": "Vest", "start_date": "2026-12-17"}])
    theirs = other.occurrences.get()
    attack = {"id": theirs.pk, "uid": str(theirs.uid), "name": "Kapret", "start_date": "2026-12-24"}
    response = write("patch", f"{gathering.pk}/", {"occurrences": [attack], "meta": {"action": "publish"}})
    assert response.status_code in (200, 422), response.content
    untouched = Occurrence.objects.get(pk=theirs.pk)
    assert (untouched.page_id, untouched.name, untouched.uid) == (other.pk, "Vest", theirs.uid)
    assert theirs.uid not in again(gathering).occurrences.values_list("uid", flat=True)


def without_id(row, **changes):
    return {**{name: value for name, value in row.items() if name != "id"}, **changes}


def test_an_occurrence_without_its_id_keeps_its_key_by_its_name_and_its_first_day(write, gathering, read):
    before = gathering.occurrences.get()
    (row,) = read("v3", gathering)["occurrences"]
    same, new = without_id(row, place="Vadsø"), without_id(row, name="Vest")
    body = {"occurrences": [new, same], "meta": {"action": "publish"}}
    response = write("patch", f"{gathering.pk}/", body)
    assert response.status_code == 200, response.content
    east, west = (again(gathering).occurrences.get(name=name) for name in ("Øst", "Vest"))
    assert (east.uid, east.place, east.online_address) == (before.uid, "Vadsø", before.online_address)
    assert (west.uid != before.uid, west.online_address) == (True, "")


def test_a_key_is_not_given_to_two_occurrences(write, gathering, read):
    (row,) = read("v3", gathering)["occurrences"]
    twins = [without_id(row, place=place) for place in ("Vadsø", "Alta")]
    body = {"occurrences": [row, *twins], "meta": {"action": "publish"}}
    assert write("patch", f"{gathering.pk}/", body).status_code == 200
    uids = list(again(gathering).occurrences.values_list("uid", flat=True))
    assert len(uids) == len(set(uids)) == 3
    assert gathering.occurrences.get(pk=row["id"]).uid in uids


def test_who_may_not_publish_ends_no_network(write_draft, network):
    for action in ({}, {"meta": {"action": "publish"}}):
        response = write_draft("patch", f"{network.pk}/", {"wind_down_from": "2026-11-01", **action})
        assert response.status_code in (200, 403), response.content
        assert again(network).wind_down_from is None
    assert write_draft("post", f"{network.pk}/actions/publish/", {}).status_code == 403
    assert write_draft("post", f"{network.pk}/actions/unpublish/", {}).status_code == 403
    assert write_draft("delete", f"{network.pk}/", {}).status_code == 403
    assert again(network).live
    assert again(network).wind_down_from is None


@pytest.mark.parametrize(
    "fields, rule",
    [
        ({"registration_method": "link", "registration_link": ""}, "registration_without_link"),
        ({"occurrences": []}, "occurrences"),
        ({"season": "summer"}, "season"),
    ],
)
def test_a_draft_that_breaks_a_rule_is_not_published(write, gathering, fields, rule):
    before = again(gathering).last_published_at
    response = write("patch", f"{gathering.pk}/", {**fields, "meta": {"action": "publish"}})
    assert response.status_code == 422, response.content
    write("patch", f"{gathering.pk}/", fields)
    response = write("post", f"{gathering.pk}/actions/publish/", {})
    fresh = again(gathering)
    assert fresh.registration_method == "none"
    assert fresh.season == ""
    assert fresh.occurrences.count() == 1
    assert response.status_code == 200 or (response.status_code == 403 and fresh.last_published_at == before)


def test_a_revision_that_breaks_a_rule_is_not_published_by_reverting_to_it(write, gathering):
    draft = again(gathering)
    draft.registration_method = "link"
    draft.save_revision()
    bad = draft.latest_revision
    draft.registration_method = "none"
    draft.save_revision()
    write("post", f"{gathering.pk}/actions/revert/", {"revision_id": bad.pk})
    assert write("post", f"{gathering.pk}/actions/publish/", {}).status_code == 403
    assert again(gathering).registration_method == "none"


@pytest.mark.parametrize("action", ["copy", "create_alias", "move"])
def test_a_gathering_comes_into_no_network_that_ends(write, gathering, action):
    ending = factories.gathering_index(factories.network("Slutter", closed_from=date(2026, 12, 1)))
    response = write("post", f"{gathering.pk}/actions/{action}/", {"destination_id": ending.pk, "slug": "ny"})
    assert response.status_code == 403, response.content
    assert response.json()["detail"]
    assert GatheringPage.objects.count() == 1
    assert again(gathering).path == gathering.path


def test_a_copy_has_keys_of_its_own_and_an_alias_those_of_its_source(write, gathering):
    write("post", f"{gathering.pk}/actions/copy/", {"slug": "kopi"})
    write("post", f"{gathering.pk}/actions/create_alias/", {"slug": "alias"})
    uid = gathering.occurrences.get().uid
    assert GatheringPage.objects.get(slug="kopi").occurrences.get().uid != uid
    assert GatheringPage.objects.get(slug="alias").occurrences.get().uid == uid
    alias = GatheringPage.objects.get(slug="alias")
    response = write("patch", f"{alias.pk}/", {"title": "Kapret", "meta": {"action": "publish"}})
    assert response.status_code == 403
    assert "Samling" in response.json()["detail"]
    assert again(alias).title == "Samling"


def test_a_network_is_not_closed_while_it_has_gatherings_ahead(write, network, gathering):
    response = write("patch", f"{network.pk}/", {"closed_from": "2026-12-01", "meta": {"action": "publish"}})
    assert response.status_code == 422, response.content
    assert NetworkPage.objects.get().closed_from is None


@pytest.mark.usefixtures("two_languages")
def test_a_translation_changes_no_facts(write, gathering, nynorsk):
    translation = translated(gathering, nynorsk)
    body = {"registration_method": "email", "occurrences": [], "season": "spring", "meta": {"action": "publish"}}
    write("patch", f"{translation.pk}/", body)
    for page in (gathering, translation):
        fresh = again(page)
        assert (fresh.registration_method, fresh.season, fresh.occurrences.count()) == ("none", "", 1)


@pytest.mark.parametrize(
    "method, path",
    [("post", ""), ("patch", "{pk}/"), ("delete", "{pk}/"), ("post", "{pk}/actions/publish/")],
)
@pytest.mark.parametrize("key", ["", "Bearer x", "Bearer " + "a" * 5000, "Basic eDp4"])
def test_a_wrong_token_opens_nothing(client, gathering, method, path, key):
    url = f"/api/v3/pages/{path.format(pk=gathering.pk)}"
    response = getattr(client, method)(
        url, {"title": "x"}, content_type="application/json", headers={"authorization": key}
    )
    assert response.status_code == 401
    assert again(gathering).title == "Samling"
