"""A frontend that keeps a copy of a list learns of everything that changes in it, and of everything that goes."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import TestCase
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction
from wagtail.models import Site as WagtailSite

from tests import factories
from tests.api.conftest import API
from tests.host.models import PlainPage
from tests.languages import translated
from wagtail_prosjektnett.models import ContactPerson, ContentChange
from wagtail_prosjektnett.pages.models import GatheringContact, GatheringPage, NetworkPage
from wagtail_prosjektnett.pages.placement import PlacementRefused
from wagtail_prosjektnett.records.content_changes import long_transaction, prune

pytestmark = pytest.mark.django_db

DAY = [{"start_date": "2026-12-10", "name": "Vest"}]


class Frontend:
    """A frontend that keeps a copy of one list."""

    def __init__(self, client, **parameters):
        self.client, self.parameters = client, parameters
        self.copy, self.as_of = {}, None
        self.read()

    def ask(self, **parameters):
        response = self.client.get(f"{API}/gatherings/", {**self.parameters, **parameters})
        assert response.status_code == 200, response.content
        return response.json()

    def read(self):
        """Read what is new, or everything the first time."""
        answer = self.ask(**({"changed_since": self.as_of} if self.as_of else {}))
        self.copy |= {item["id"]: item for item in answer["items"]}
        for gone in answer["removed"] or ():
            self.copy.pop(gone["id"], None)
        self.as_of = answer["as_of"]

    def has_everything(self):
        """Whether the copy is what the list is now."""
        return self.copy == {item["id"]: item for item in self.ask()["items"]}


class Site:
    """Two networks, and what editors may do to them."""

    def __init__(self):
        self.networks = [factories.network("Nord"), factories.network("Sør")]
        self.person = factories.person()
        self.made = 0
        for network in self.networks:
            self.publish(network.title == "Nord")

    def pages(self):
        return list(GatheringPage.objects.order_by("pk"))

    def page(self, number):
        pages = self.pages()
        return pages[number % len(pages)] if pages else None

    def publish(self, number):
        self.made += 1
        network = self.networks[int(number) % 2]
        page = factories.gathering(NetworkPage.objects.get(pk=network.pk), f"Samling {self.made}", DAY)
        page.contacts = [GatheringContact(person=self.person)]
        page.save_revision().publish()

    def edit(self, number):
        if page := self.page(number):
            page.title += "!"
            page.save_revision().publish()

    def unpublish(self, number):
        if page := self.page(number):
            page.unpublish()

    def delete(self, number):
        if page := self.page(number):
            page.delete()

    def move(self, number):
        if page := self.page(number):
            others = [network for network in self.networks if not page.path.startswith(again(network).path)]
            with suppress(PlacementRefused):  # as an editor is, where the network is being wound down
                for network in others[:1]:
                    page.move(again(network).get_children().first(), pos="last-child")

    def restrict(self, number):
        if page := self.page(number):
            PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")

    def restrict_section(self, number):
        section = again(self.networks[number % 2]).get_children().first()
        PageViewRestriction.objects.create(page=section, restriction_type="login")

    def open(self, number):
        PageViewRestriction.objects.all().delete()

    def rename(self, number):
        section = again(self.networks[number % 2]).get_children().first().specific
        section.slug += "-ny"
        section.save_revision().publish()

    def rename_person(self, number):
        person = ContactPerson.objects.get()
        person.name += " II"
        person.save()

    def wind_down(self, number):
        network = again(self.networks[number % 2])
        network.wind_down_from = date(2026, 1, 1 + number)
        network.save_revision().publish()

    def delete_network(self, number):
        if len({network.pk for network in self.networks}) == 2:
            again(self.networks.pop()).delete()
            self.networks *= 2


def again(page):
    """The page as it is now."""
    return NetworkPage.objects.get(pk=page.pk)


OPERATIONS = [
    name for name, value in vars(Site).items() if callable(value) and name not in ("__init__", "pages", "page")
]


def follow(client, steps):
    """Let editors do some things, and frontends with copies ask after each of them."""
    cache.clear()
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False) as clock:
        site = Site()
        every, one = Frontend(client), Frontend(client, network=site.networks[0].pk)
        for name, number in steps:
            clock.shift(600)
            every.read(), one.read()
            clock.shift(600)
            with TestCase.captureOnCommitCallbacks(execute=True):
                getattr(site, name)(number)
            clock.shift(600)
            for frontend in (every, one):
                frontend.read()
                assert frontend.has_everything(), (name, frontend.parameters)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_copy_learns_of(client, name):
    follow(client, [(name, 0), ("open", 0)])


@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 5)), min_size=2, max_size=6))
def test_a_copy_stays_in_step_whatever_editors_do(client, steps):
    with transaction.atomic():
        follow(client, steps)
        transaction.set_rollback(True)


def gone(client, since, **parameters):
    """What a list tells is gone since an instant."""
    answer = client.get(f"{API}/gatherings/", {"changed_since": since, **parameters}).json()
    return [item["id"] for item in answer["removed"]]


def test_what_nobody_could_read_is_not_told_to_be_gone(client):
    since = "2026-11-23T10:00:00Z"
    site = Site()
    hidden, deleted, open_to_all = (factories.gathering(site.networks[0], name, DAY) for name in "ABC")
    PageViewRestriction.objects.create(page=Page.objects.get(pk=hidden.pk), restriction_type="login")
    draft = GatheringPage(title="Utkast", live=False, published_on=None)
    hidden.get_parent().add_child(instance=draft)
    draft.title = "Et annet utkast"
    draft.save_revision()
    ContentChange.objects.all().delete()

    hidden.save_revision().publish()
    draft.delete(), deleted.delete(), hidden.delete(), open_to_all.unpublish()
    assert sorted(gone(client, since)) == sorted([deleted.pk, open_to_all.pk])


def test_what_is_gone_from_another_site_is_not_told(client):
    site = Site()
    page = site.page(0)
    other_root = factories.publish(PlainPage(title="Forside"), Page.get_first_root_node())
    other = WagtailSite.objects.create(hostname="annet.example.org", root_page=other_root)
    page.delete()
    assert gone(client, "2026-11-23T10:00:00Z") == [page.pk]
    response = client.get(f"{API}/gatherings/", {"changed_since": "2026-11-23T10:00:00Z"}, HTTP_HOST=other.hostname)
    assert response.json()["removed"] == []


def test_a_gathering_that_is_no_longer_what_was_asked_for_is_gone(client):
    site = Site()
    frontend = Frontend(client, region="Vest")
    page = site.page(0)
    occurrence = page.occurrences.get()
    occurrence.name = "Øst"
    page.occurrences = [occurrence]
    page.save_revision().publish()
    frontend.read()
    assert page.pk not in frontend.copy
    assert frontend.has_everything()


def test_a_network_that_is_gone_takes_its_gatherings_along(client):
    site = Site()
    frontend = Frontend(client, network=site.networks[0].pk)
    assert frontend.copy
    site.networks[0].delete()
    frontend.read()
    assert frontend.copy == {}


def test_who_was_away_for_too_long_is_told_to_begin_again(client):
    Site()
    prune(timezone.now() + timedelta(seconds=1))
    response = client.get(f"{API}/gatherings/", {"changed_since": "2026-11-20T10:00:00Z"})
    assert response.status_code == 410
    assert response.json()["type"] == "urn:prosjektnett:problem:changes-forgotten"
    assert client.get(f"{API}/gatherings/", {"changed_since": "2026-11-23T12:00:00Z"}).status_code == 200


def test_an_instant_may_have_any_offset(get, full):
    assert get("announcements/", changed_since="2099-04-02T11:54:34+22:15")["items"] == []


@pytest.mark.parametrize("value", ["yesterday", "2026-11-23", "2026-11-23T10:00:00", "0001-01-01T00:00:00Z", ""])
def test_an_instant_that_is_none_is_refused(client, value):
    response = client.get(f"{API}/gatherings/", {"changed_since": value})
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "changed_since"


def test_what_is_told_of_a_translation_is_told_to_be_new(client, settings, nynorsk):
    settings.WAGTAIL_I18N_ENABLED = True
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False) as clock:
        site = Site()
        page = site.page(0)
        copy = translated(page, nynorsk)
        leader = site.person.copy_for_translation(nynorsk)
        leader.name = "Leiar"
        leader.save()
        frontend = Frontend(client)
        people = {item["language"]: item["contacts"][0]["person"]["name"] for item in frontend.copy.values()}
        assert people["nn"] == "Leiar"
        clock.shift(600)
        frontend.read()
        clock.shift(600)
        leader.name = "Leiar II"
        leader.save()
        clock.shift(600)
        frontend.read()
        assert frontend.copy[copy.pk]["contacts"][0]["person"]["name"] == "Leiar II"
        copy = GatheringPage.objects.get(pk=copy.pk)
        copy.title = "Samling på nynorsk"
        copy.save_revision().publish()
        clock.shift(600)
        frontend.read()
        assert [each["title"] for each in frontend.copy[page.pk]["translations"]] == ["Samling på nynorsk"]
        copy.unpublish()
        clock.shift(600)
        frontend.read()
        assert frontend.has_everything()


def test_a_branch_that_is_deleted_is_told_to_be_nothing_else(client):
    site = Site()
    network = again(site.networks[0])
    target = factories.article(network, "Mål")
    text = [{"type": "paragraph", "value": f'<p><a linktype="page" id="{target.pk}">lenke</a></p>'}]
    page = factories.article(network, "Kilde", body=text)
    ContentChange.objects.all().delete()
    network.delete()
    kinds = list(ContentChange.objects.filter(page_id=page.pk).order_by("pk").values_list("kind", flat=True))
    assert "affected" not in kinds[kinds.index("deleted") :]


def test_a_transaction_that_takes_long_is_told_when_it_has_ended(client):
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False) as clock:
        site = Site()
        frontend = Frontend(client)
        with long_transaction():
            site.edit(0)
            clock.shift(3600)  # and nobody sees it in the meantime
            frontend.as_of = timezone.now().isoformat().replace("+00:00", "Z")
        frontend.read()
        assert frontend.has_everything()
