"""What a content file says of a page besides what readers see: drafts, plans, dates and restrictions."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction, Revision

from wagtail_prosjektnett.pages.models import AnnouncementPage, GatheringPage, NetworkPage

pytestmark = pytest.mark.django_db

THANKS = "    - key: takk\n      title: Takk for nå\n"


def refused(bundle):
    with pytest.raises(CommandError) as caught:
        call_command("load_network", str(bundle.file))
    return str(caught.value)


def test_a_page_that_is_not_public_is_loaded_as_a_draft(client, bundle):
    bundle.change(THANKS, THANKS + "      live: false\n")
    bundle.load()
    page = AnnouncementPage.objects.get()
    assert not page.live
    assert page.has_unpublished_changes
    assert client.get(page.get_url()).status_code == 404
    assert page.get_latest_revision_as_object().title == "Takk for nå"
    assert bundle.load().changed == 0
    bundle.change("      live: false\n", "")
    assert bundle.load().changed == 1
    assert AnnouncementPage.objects.get().live


def test_a_file_takes_a_page_from_its_readers(bundle):
    bundle.load()
    bundle.change(THANKS, THANKS + "      live: false\n")
    assert bundle.load().changed == 1
    assert not AnnouncementPage.objects.get().live
    assert bundle.load().changed == 0
    bundle.change("      live: false\n", "")
    bundle.load()
    assert AnnouncementPage.objects.get().live


def test_a_draft_is_not_shown_and_may_lack_what_is_needed(client, bundle):
    bundle.change(
        "      category: network\n      published_on",
        "      draft: {key: takk, title: Takk for oss, body: [{links: {links: [{}]}}]}\n"
        "      category: network\n      published_on",
    )
    bundle.load()
    page = AnnouncementPage.objects.get()
    assert page.title == "Takk for nå"
    assert page.has_unpublished_changes
    assert b"Takk for oss" not in client.get(page.url).content
    assert page.get_latest_revision_as_object().title == "Takk for oss"
    revisions = Revision.objects.count()
    assert bundle.load().changed == 0
    assert Revision.objects.count() == revisions
    bundle.change("title: Takk for oss", "title: Takk for alt")
    assert bundle.load().changed == 1
    assert AnnouncementPage.objects.get().get_latest_revision_as_object().title == "Takk for alt"


def test_a_planned_version_is_published_in_its_time(bundle):
    bundle.change(
        THANKS, THANKS + "      scheduled: {key: takk, title: Velkommen igjen, go_live_at: 2030-01-01T08:00:00Z}\n"
    )
    bundle.load()
    page = AnnouncementPage.objects.get()
    assert page.title == "Takk for nå"
    assert page.scheduled_revision.as_object().title == "Velkommen igjen"
    assert bundle.load().changed == 0
    with time_machine.travel("2030-01-01T09:00:00Z", tick=False):
        call_command("publish_scheduled")
    assert AnnouncementPage.objects.get().title == "Velkommen igjen"


def test_a_page_that_waits_for_its_time_has_not_been_public(bundle):
    later = "go_live_at: 2030-01-01T08:00:00Z"
    bundle.change(
        THANKS,
        THANKS + f"      live: false\n      {later}\n      scheduled: {{key: takk, title: Takk for nå, {later}}}\n",
    )
    bundle.load()
    page = AnnouncementPage.objects.get()
    assert not page.live
    assert page.first_published_at is None
    assert page.scheduled_revision is not None
    assert bundle.load().changed == 0


def test_when_a_page_was_published_is_kept(bundle):
    bundle.change(
        THANKS,
        THANKS + "      first_published_at: 2019-02-15T10:00:00Z\n      last_published_at: 2019-03-01T10:00:00Z\n",
    )
    bundle.load()
    page = AnnouncementPage.objects.get()
    assert page.first_published_at == datetime(2019, 2, 15, 10, tzinfo=UTC)
    assert page.last_published_at == datetime(2019, 3, 1, 10, tzinfo=UTC)
    assert bundle.load().changed == 0


def test_a_moment_needs_its_time_zone(bundle):
    bundle.change(THANKS, THANKS + "      first_published_at: 2019-02-15T10:00:00\n")
    message = refused(bundle)
    assert "announcements.items[0].first_published_at" in message
    assert "tidssone" in message


def test_restrictions_are_loaded_and_changed(client, bundle):
    Group.objects.create(name="Deltakere")
    bundle.change(THANKS, THANKS + "      privacy: [{kind: groups, groups: [Deltakere]}]\n")
    bundle.load()
    page = AnnouncementPage.objects.get()
    assert [group.name for group in page.view_restrictions.get().groups.all()] == ["Deltakere"]
    assert client.get(page.url).status_code == 302
    assert bundle.load().changed == 0
    bundle.change("{kind: groups, groups: [Deltakere]}", "{kind: password, password: hemmelig}")
    assert bundle.load().changed == 1
    assert PageViewRestriction.objects.get().password == "hemmelig"


def test_a_group_that_the_site_lacks(bundle):
    bundle.change(THANKS, THANKS + "      privacy: [{kind: groups, groups: [Ukjent]}]\n")
    message = refused(bundle)
    assert "announcements.items[0].privacy" in message
    assert "Ukjent" in message
    assert not NetworkPage.objects.exists()


def test_a_restricted_document_is_not_given_to_everyone(client, bundle):
    bundle.change("title: Lysark}", "title: Lysark, privacy: [{kind: login}]}")
    bundle.load()
    document, image = get_document_model().objects.get(), get_image_model().objects.get()
    assert client.get(document.url).status_code == 302
    assert document.collection.is_descendant_of(image.collection)
    assert bundle.load().changed == 0
    bundle.change(", privacy: [{kind: login}]", "")
    assert bundle.load().changed == 1
    document.refresh_from_db()
    assert document.collection == image.collection


def test_tags_and_focal_points(bundle):
    bundle.change(
        "alt: Snødekt vidde}", "alt: Snødekt vidde, tags: [vidde], focal_point: {x: 5, y: 6, width: 3, height: 4}}"
    )
    bundle.load()
    image = get_image_model().objects.get()
    assert list(image.tags.names()) == ["vidde"]
    assert image.get_focal_point().centroid == (5, 6)
    assert bundle.load().changed == 0


def test_old_addresses_lead_to_the_pages(client, bundle):
    bundle.file.write_text(
        bundle.file.read_text(encoding="utf-8")
        + "redirects:\n  - {old_path: ./gammel, page: samling}\n  - {old_path: /kort, page: takk, permanent: false}\n",
        encoding="utf-8",
    )
    network = bundle.load().network
    gathering = GatheringPage.objects.get()
    assert Redirect.objects.get(redirect_page=gathering).old_path == f"{network.url}gammel"
    assert not Redirect.objects.get(old_path="/kort").is_permanent
    assert bundle.load().changed == 0
    Redirect.objects.filter(old_path="/kort").update(redirect_page=gathering)
    assert "/kort" in refused(bundle)
