"""Gatherings cannot be copied or moved, alone or inside a container, to where the lifecycle forbids them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests import factories
from tests.conftest import needs_v3
from tests.host.models import PlainPage
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage
from wagtail_prosjektnett.pages.placement import PlacementRefused

pytestmark = pytest.mark.django_db

REASON = "Julesamling"


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


@pytest.fixture
def gathering():
    """A gathering in December, published in an active network."""
    return factories.gathering(factories.network("Åpent"), "Julesamling", [{"start_date": date(2026, 12, 10)}])


@pytest.fixture(params=["winding down", "closed"])
def ending(request):
    """A network that holds no new gatherings in December."""
    day = date(2026, 11, 1)
    dates = {"wind_down_from": day} if request.param == "winding down" else {"closed_from": day}
    return factories.network("Avsluttes", **dates)


@pytest.fixture
def ending_index(ending):
    """Where gatherings of that network are."""
    return factories.gathering_index(ending)


@pytest.fixture
def token(admin):
    """The header by which an administrator uses API v3."""
    from wagtail.models import APIToken

    _token, key = APIToken.create_token(user=admin.user, name="test")
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


def messages(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_code_cannot_move_it(gathering):
    index = factories.gathering_index(factories.network("Stengt", closed_from=date(2026, 11, 1)))
    with pytest.raises(PlacementRefused, match=REASON):
        gathering.move(index, pos="last-child")
    gathering.refresh_from_db()
    assert gathering.get_parent() != index


def test_an_editor_is_told_why_it_cannot_be_moved(admin, gathering, ending_index):
    url = reverse("wagtailadmin_pages:move_confirm", args=[gathering.pk, ending_index.pk])
    response = admin.post(url, follow=True)
    assert REASON in messages(response)
    assert not ending_index.get_children().exists()


def test_the_chooser_does_not_offer_the_place(admin, gathering, ending_index):
    assert not gathering.permissions_for_user(admin.user).can_move_to(ending_index)


def test_a_container_of_it_cannot_be_moved_either(admin, gathering, ending):
    index = gathering.get_parent().specific
    assert not index.permissions_for_user(admin.user).can_move_to(ending)
    with pytest.raises(PlacementRefused, match=REASON):
        index.move(ending, pos="last-child")


def test_bulk_move_leaves_it_where_it_is(admin, gathering, ending_index):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    admin.post(f"{url}?id={gathering.pk}", {"chooser": ending_index.pk})
    assert not ending_index.get_children().exists()


def copy_data(page, parent, **fields):
    data = {"new_title": page.title, "new_slug": page.slug, "new_parent_page": parent.pk, "publish_copies": "on"}
    return {**data, **fields}


@pytest.mark.parametrize("alias", ["", "on"])
def test_an_editor_is_told_why_it_cannot_be_copied(admin, gathering, ending_index, alias):
    url = reverse("wagtailadmin_pages:copy", args=[gathering.pk])
    response = admin.post(url, copy_data(gathering, ending_index, alias=alias))
    assert REASON in str(response.context["form"].errors["new_parent_page"])
    assert GatheringPage.objects.count() == 1


def test_a_container_cannot_be_copied_with_it(admin, gathering, ending):
    index = gathering.get_parent()
    url = reverse("wagtailadmin_pages:copy", args=[index.pk])
    response = admin.post(url, copy_data(index, ending, copy_subpages="on"))
    assert REASON in str(response.context["form"].errors["new_parent_page"])
    assert admin.post(url, copy_data(index, ending)).status_code == 302, "without the gathering it may"


def test_a_gathering_of_the_past_may_be_moved_and_copied_there(admin, ending_index):
    past = factories.gathering(factories.network("Før"), "Vårsamling", [{"start_date": date(2018, 2, 15)}])
    url = reverse("wagtailadmin_pages:copy", args=[past.pk])
    assert admin.post(url, copy_data(past, ending_index)).status_code == 302
    past.slug = "flyttet"
    past.save()
    ending_index.refresh_from_db()
    past.move(ending_index, pos="last-child")
    assert ending_index.get_children().count() == 2


def test_what_was_published_before_may_be_moved_while_winding_down(gathering):
    index = factories.gathering_index(factories.network("Snart", wind_down_from=date(2026, 11, 24)))
    gathering.move(index, pos="last-child")
    assert index.get_children().count() == 1


def test_a_copy_counts_as_published_when_it_is_made(admin, gathering):
    index = factories.gathering_index(factories.network("Nylig", wind_down_from=date(2026, 11, 23)))
    response = admin.post(reverse("wagtailadmin_pages:copy", args=[gathering.pk]), copy_data(gathering, index))
    assert REASON in str(response.context["form"].errors["new_parent_page"])


def test_moving_within_a_network_is_never_refused(gathering):
    network = NetworkPage.objects.get()
    NetworkPage.objects.filter(pk=network.pk).update(closed_from=date(2026, 11, 1))
    other = factories.publish(PlainPage(title="Ved siden av"), network)
    gathering.get_parent().specific.move(other, pos="right")


def test_moving_a_whole_network_is_never_refused(gathering):
    network = NetworkPage.objects.get()
    elsewhere = factories.publish(PlainPage(title="Et annet sted"), factories.site_root())
    network.move(elsewhere, pos="last-child")
    assert elsewhere.get_descendants().count() == 3


@needs_v3
@pytest.mark.parametrize("action", ["move", "copy", "create_alias"])
@pytest.mark.parametrize("what", ["gathering", "container"])
def test_api_v3_refuses_with_the_reason(client, token, gathering, ending, action, what):
    page, destination = gathering, factories.gathering_index(ending)
    if what == "container":
        destination.delete()
        page, destination = gathering.get_parent(), ending
    body = {"destination_id": destination.pk, "position": "last-child"}
    if action != "move":
        body = {"destination_id": destination.pk, "recursive": True, "slug": "kopi"}
    count = Page.objects.count()
    response = client.post(f"/api/v3/pages/{page.pk}/actions/{action}/", body, content_type="application/json", **token)
    assert response.status_code == 403, response.content
    assert REASON in response.json()["detail"]
    assert Page.objects.count() == count


def test_scheduled_publishing_of_other_pages_goes_on(gathering):
    """A gathering that may no longer be there must not keep another page from being published."""
    network = NetworkPage.objects.get()
    soon = timezone.now() + timedelta(minutes=5)
    late = GatheringPage(title="For sen", live=False, go_live_at=soon)
    factories.gathering_index(network).add_child(instance=late)
    late.occurrences = [late.occurrences.model(start_date=date(2026, 12, 10))]
    late.save_revision().publish()
    other = PlainPage(title="En annen side", live=False, go_live_at=soon)
    network.add_child(instance=other)
    other.save_revision().publish()
    NetworkPage.objects.filter(pk=network.pk).update(closed_from=date(2026, 11, 1))
    with time_machine.travel(soon + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled")
    other.refresh_from_db()
    assert other.live


def test_what_a_draft_would_show_counts_as_well(gathering, ending_index):
    past = factories.gathering(NetworkPage.objects.first(), "Julesamling", [{"start_date": date(2018, 2, 15)}])
    past.occurrences = [past.occurrences.model(start_date=date(2026, 12, 10))]
    past.save_revision()
    with pytest.raises(PlacementRefused, match=REASON):
        past.move(ending_index, pos="last-child")


@needs_v3
def test_the_reason_is_for_those_only_who_may_move_it(client, django_user_model, gathering, ending_index):
    from wagtail.models import APIToken

    user = django_user_model.objects.create_user("fremmed", "fremmed@example.org", "secret", is_staff=True)
    _token, key = APIToken.create_token(user=user, name="test")
    body = {"destination_id": ending_index.pk, "position": "last-child"}
    url = f"/api/v3/pages/{gathering.pk}/actions/move/"
    response = client.post(url, body, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}")
    assert response.status_code in (403, 404)
    assert REASON not in response.content.decode()
