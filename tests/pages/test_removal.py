"""``delete_networks``: every network goes, nothing of the site's own goes with it, and somebody has said yes."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, Site

from tests import factories
from tests.host.models import PlainPage
from wagtail_prosjektnett.pages import removal

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    """A network with a page of several kinds, and a draft of another beside it."""
    network = factories.network("Nettverket")
    factories.gathering(network)
    factories.article(network)
    draft = factories.network("Utkastet")
    draft.unpublish()
    return network


def delete(*arguments, **options):
    out = StringIO()
    call_command("delete_networks", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def answer(monkeypatch):
    """Answer the question with a word, or not at all."""

    def give(word):
        def ask(question):
            if word is None:
                raise EOFError
            return word

        monkeypatch.setattr("builtins.input", ask)

    return give


def refused(*arguments):
    before = Page.objects.count()
    with pytest.raises(CommandError) as error:
        delete(*arguments)
    assert Page.objects.count() == before
    return str(error.value)


def test_every_network_goes_with_its_drafts_and_its_revisions(network):
    before = Page.objects.exclude(pk__in=removal.plan_removal().keys).count()
    assert "6 sider" in delete("--noinput")
    assert Page.objects.count() == before
    assert not Revision.page_revisions.exists()
    assert not removal.plan_removal().pages
    assert not any(Page.find_problems())


def test_what_goes_is_told_before_the_question(network, answer):
    answer("yes")
    told = delete()
    assert "«Nettverket», med 5 sider" in told
    assert "«Utkastet», med 1 side\n" in told


@pytest.mark.parametrize("word", ["", "no", "ja", None])
def test_nothing_goes_unless_somebody_says_yes(network, answer, word):
    answer(word)
    assert "Ingenting ble slettet" in refused()


def test_a_page_of_the_sites_own_is_not_lost_with_a_network(network):
    own = network.add_child(instance=PlainPage(title="Vår egen"))
    message = refused("--noinput")
    assert f"«Vår egen» (plain page, id {own.pk})" in message
    assert "Flytt" in message


def test_a_site_is_not_lost_with_its_front_page(network):
    Site.objects.update(root_page=network)
    assert "«Nettverket» er forsiden" in refused("--noinput")


def test_what_refers_to_a_network_is_told(network):
    redirect = Redirect.objects.create(old_path="/gammel", redirect_page=network)
    ReferenceIndex.create_or_update_for_object(redirect)
    assert "«/gammel» viser til «Nettverket»" in delete("--noinput")


def test_references_between_pages_that_go_are_not_told(network, django_capture_on_commit_callbacks):
    network.successor_page = Page.objects.get(title="Utkastet")
    with django_capture_on_commit_callbacks(execute=True):
        network.save_revision().publish()
    assert ReferenceIndex.get_references_to(network.successor_page).exists()
    assert "viser til" not in delete("--noinput")


def test_what_needs_a_page_of_a_network_stops_it(network, monkeypatch):
    def need(page, *args, **kwargs):
        raise removal.ProtectedError("", {page.get_parent()})

    monkeypatch.setattr(type(network), "delete", need)
    assert "trenger en side" in refused("--noinput")


def test_images_and_the_log_stay(network):
    image = get_image_model().objects.create(title="Vidda", file=get_test_image_file())
    network.image = image
    network.save_revision().publish()
    delete("--noinput")
    assert get_image_model().objects.filter(pk=image.pk).exists()
    deleted = PageLogEntry.objects.filter(action="wagtail.delete", deleted=True)
    assert {"Nettverket", "Utkastet"} <= set(deleted.values_list("label", flat=True))


def test_a_site_without_networks_is_told_so():
    assert "ikke noe nettverk" in delete()
