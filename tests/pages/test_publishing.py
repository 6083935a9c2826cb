"""What is published without a form obeys the same rules; what was scheduled is never in the way of other pages."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.conftest import needs_v3
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkContact, NetworkPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


@pytest.fixture(params=["lifecycle", "registration"])
def draft(request):
    """A draft that the edit form would not publish any more, with what it would say."""
    network = factories.network()
    page = factories.gathering(network, "Julesamling", [{"start_date": "2018-02-15"}])
    if request.param == "lifecycle":
        page.occurrences = [page.occurrences.model(start_date=date(2026, 12, 10))]
        NetworkPage.objects.filter(pk=network.pk).update(closed_from=date(2026, 12, 1))
    else:
        page.registration_method = "link"
    page.save_revision()
    return page


def is_unchanged(draft):
    live = GatheringPage.objects.get(pk=draft.pk)
    return live.has_unpublished_changes and live.registration_method == "none" and live.occurrences.get().uid


@needs_v3
def test_api_v3_says_why(client, admin, draft):
    from wagtail.models import APIToken

    _token, key = APIToken.create_token(user=admin.user, name="test")
    url = f"/api/v3/pages/{draft.pk}/actions/publish/"
    response = client.post(url, {}, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}")
    assert response.status_code == 403, response.content
    assert "Julesamling" in response.json()["detail"]
    assert is_unchanged(draft)


@pytest.mark.parametrize("what", ["page", "branch"])
def test_publishing_in_bulk_says_why(admin, draft, what):
    chosen = draft
    if what == "branch":
        chosen = draft.get_parent()
        GatheringPage.objects.filter(pk=draft.pk).update(live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{url}?id={chosen.pk}", {"include_descendants": what == "branch"}, follow=True)
    assert "Julesamling" in " ".join(str(message) for message in response.context["messages"])
    assert is_unchanged(draft)


def test_sound_pages_are_published_in_bulk(admin):
    page = factories.gathering(factories.network(), "Samling")
    page.title = "Ny tittel"
    page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{url}?id={page.pk}", {"include_descendants": False})
    assert GatheringPage.objects.get().title == "Ny tittel"


def test_a_network_is_not_closed_in_bulk_before_its_gathering(admin):
    network = factories.network()
    network.closed_from = date(2026, 12, 1)
    network.save_revision()
    factories.gathering(network, "Julesamling", [{"start_date": "2026-12-10"}])
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{url}?id={network.pk}", {"include_descendants": False})
    assert NetworkPage.objects.get().closed_from is None


def test_a_person_who_is_deleted_spoils_no_draft_and_no_schedule(admin):
    network, other = factories.network(), factories.network("Et annet")
    leader = factories.person()
    for page in (network, other):
        page.go_live_at = timezone.now() + timedelta(hours=1)
    network.contacts = [NetworkContact(person=leader)]
    other.title = "Nytt navn"
    network.save_revision().publish()
    other.save_revision().publish()
    leader.delete()
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[network.pk])).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        call_command("publish_scheduled")
    assert NetworkPage.objects.filter(title="Nytt navn").exists()
    assert not NetworkContact.objects.exists()
