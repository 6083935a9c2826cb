"""A frontend that keeps a copy learns of every item whose answer is new, whatever else it is that has changed."""

import pytest
import time_machine
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from tests import factories
from tests.api.conftest import blocks, document
from tests.feedback.conftest import shown
from tests.languages import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    """A network, and nothing below it."""
    return factories.network()


@pytest.fixture
def is_told_as_new(get):
    """Do something that an article tells of, and return whether the article is new to a copy; it must be."""

    def after(article, do):
        with time_machine.travel("2026-11-23T15:00+01:00", tick=False) as clock:
            before, since = get(f"experiences/{article.pk}/"), get("experiences/")["as_of"]
            clock.shift(3600)
            with TestCase.captureOnCommitCallbacks(execute=True):
                do()
            clock.shift(600)
            assert get(f"experiences/{article.pk}/") != before
            return article.pk in [item["id"] for item in get("experiences/", changed_since=since)["items"]]

    return after


def restrict(page):
    """Let nobody but who is logged in read a page."""
    return PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")


def linking_to(network, page):
    """An article that has a link to a page."""
    return factories.article(
        network, "Kilde", body=blocks(("paragraph", f'<p><a linktype="page" id="{page.pk}">x</a></p>'))
    )


def offering(network, collection):
    """An article that offers a document which is in a collection."""
    found = {"title": "Les", "document": document(collection=collection).pk, "link": "", "accessible": True}
    return factories.article(network, body=blocks(("document", found)))


def test_a_page_that_it_links_to_is_closed_or_opened_with_all_that_is_around_it(network, is_told_as_new):
    target = factories.article(factories.network("Et annet"), "Mål")
    article = linking_to(network, target)
    assert is_told_as_new(article, lambda: restrict(target.get_parent()))
    assert is_told_as_new(article, PageViewRestriction.objects.get().delete)


def test_one_of_its_translations_is_closed(network, nynorsk, settings, is_told_as_new):
    settings.WAGTAIL_I18N_ENABLED = True
    article = factories.article(network)
    translation = translated(article, nynorsk)
    assert is_told_as_new(article, lambda: restrict(translation))


def test_the_collection_of_its_document_is_closed_or_opened(network, is_told_as_new):
    outer = Collection.get_first_root_node().add_child(name="Internt")
    article = offering(network, outer.add_child(name="Maler"))
    outer.refresh_from_db()
    assert is_told_as_new(
        article, lambda: CollectionViewRestriction.objects.create(collection=outer, restriction_type="login")
    )
    assert is_told_as_new(article, CollectionViewRestriction.objects.get().delete)


def test_the_collection_of_its_document_is_moved_into_one_that_is_closed(network, admin, is_told_as_new):
    root = Collection.get_first_root_node()
    closed, moved = root.add_child(name="Internt"), Collection.get_first_root_node().add_child(name="Maler")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    article = offering(network, moved)
    address = reverse("wagtailadmin_collections:edit", args=[moved.pk])
    fields = {"name": "Maler", "parent": closed.pk}
    assert is_told_as_new(article, lambda: admin.post(address, fields))


#: What an article tells of besides itself, and how to get hold of it.
REFERRED = {
    "topic": lambda full: full.topic,
    "phase": lambda full: full.phase,
    "municipality": lambda full: full.alta,
    "responsible": lambda full: full.leader,
    "organisation of who is responsible": lambda full: full.leader.organisation,
    "contact in a block": lambda full: full.adviser,
    "document in a resource": lambda full: full.paper,
    "document in a block": lambda full: full.other_paper,
    "related page": lambda full: full.successor,
}


@pytest.mark.parametrize("what", REFERRED)
def test_whatever_it_refers_to_has_another_name_or_is_deleted(full, is_told_as_new, what):
    article, item = full.article(), REFERRED[what](full)
    setattr(item, "name" if hasattr(item, "name") else "title", "Et annet navn")
    assert is_told_as_new(article, item.save_revision().publish if isinstance(item, Page) else item.save)
    assert is_told_as_new(article, item.delete)


def test_a_topic_has_another_name_in_its_language(full, nynorsk, settings, is_told_as_new):
    settings.WAGTAIL_I18N_ENABLED = True
    translation = translated(full.article(), nynorsk)
    topic = full.topic.copy_for_translation(nynorsk)
    topic.save()
    topic.name = "Forankring på nynorsk"
    assert is_told_as_new(translation, topic.save)


@pytest.mark.parametrize("what", ["save", "delete"])
def test_a_municipality_that_readers_name_has_another_name_or_is_deleted(network, is_told_as_new, what):
    article, place = factories.article(network), factories.municipality("Alta", municipality_number="5601")
    alias = article.create_alias(update_slug="alias")
    shown(article, used=True, municipality=place)
    shown(factories.article(network, "En annen"), used=True, state="waiting", municipality=place)
    place.name = "Álttá"
    assert is_told_as_new(article, getattr(place, what))
    place.name = "Alta"
    if what == "save":
        assert is_told_as_new(alias, place.save)
