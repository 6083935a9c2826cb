"""Pages that are written together come out as those that Wagtail saves one by one."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.signals import page_published, published

from benchmarks.make_network import make_network
from tests import factories
from wagtail_prosjektnett.content.load import load_network
from wagtail_prosjektnett.content.together import Together, is_saved_as_usual
from wagtail_prosjektnett.pages.models import AnnouncementPage, ExperiencePage, GatheringPage

pytestmark = pytest.mark.django_db

#: What is told of the moment, or of the rows that came before.
MOMENTARY = {
    "pk", "page", "latest_revision", "live_revision", "latest_revision_created_at", "first_published_at",
    "last_published_at", "live", "has_unpublished_changes", "wagtail_admin_comments", "content_type", "owner",
}  # fmt: skip
#: What a row computes when it is saved: of no use in a revision.
DERIVED = {"starts_at", "ends_at"}


def without(data, names):
    if isinstance(data, dict):
        return {name: without(value, names) for name, value in data.items() if name not in names}
    return [without(part, names) for part in data] if isinstance(data, list) else data


def with_slugs(data, names):
    """Content as text, with the slugs of pages in the place of their primary keys in links."""
    text = json.dumps(data, default=str, sort_keys=True)
    return re.sub(r"linktype=[^=]*page[^=]*id=\D*(\d+)", lambda found: names[int(found[1])], text)


def slugs():
    return dict(Page.objects.values_list("pk", "slug"))


def told(root):
    """All that the site knows of the pages below a page, with slugs in the place of primary keys."""
    names = slugs()
    pages = [page for page in root.get_descendants().specific() if type(page) in (GatheringPage, ExperiencePage)]
    keys = [str(page.pk) for page in pages]
    return {
        "tree": [(page.path, page.depth, page.numchild, page.slug, page.url_path) for page in root.get_descendants()],
        "content": {
            page.slug: with_slugs(without(page.serializable_data(), MOMENTARY | {"source_gathering"}), names)
            for page in pages
        },
        "sources": {
            page.slug: names[page.source_gathering_id] for page in pages if getattr(page, "source_gathering_id", None)
        },
        "state": [
            (page.live, page.has_unpublished_changes, page.draft_title, page.content_type_id, page.locale_id)
            for page in pages
        ],
        "dates": [bool(page.first_published_at and page.last_published_at) for page in pages],
        "revisions": [
            (page.latest_revision_id == page.live_revision_id, page.latest_revision.object_str, page.revisions.count())
            for page in pages
        ],
        "drafts": [
            with_slugs(without(page.latest_revision.content, MOMENTARY | DERIVED | {"source_gathering"}), names)
            for page in pages
        ],
        "published": PageLogEntry.objects.filter(page_id__in=keys, action="wagtail.publish").count(),
        "refers to": sorted(
            (names[int(pk)], model_path, re.sub(r"\.\d+\.", ".row.", content_path), target)
            for pk, model_path, content_path, target in ReferenceIndex.objects.filter(object_id__in=keys).values_list(
                "object_id", "model_path", "content_path", "to_content_type__model"
            )
        ),
        "found": [
            sorted(page.slug for page in model.objects.search(word))
            for model, word in ((GatheringPage, "lysarkene"), (ExperiencePage, "uklart"), (Page, "samling"))
        ],
        "instants": [
            (row.starts_at, row.ends_at) for page in pages for row in getattr(page, "occurrences", Rows()).all()
        ],
    }


class Rows:
    def all(self):
        return ()


def loaded(file, capture):
    """What the site knows after a load, and who was told of it; the network is deleted again."""
    heard = []

    def hear(instance, revision, **kwargs):
        heard.append((instance.slug, revision.pk is not None, instance.pk is not None))

    for signal in (page_published, published):
        signal.connect(hear)
    try:
        with capture(execute=True):
            network = load_network(file, factories.site_root()).network
    finally:
        for signal in (page_published, published):
            signal.disconnect(hear)
    found = {**told(factories.site_root()), "heard": sorted(heard)}
    network.delete()
    return found


def test_what_comes_out_is_what_wagtail_would_have_written(tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    file = make_network(tmp_path, 3)
    together = loaded(file, django_capture_on_commit_callbacks)
    monkeypatch.setattr(Together, "takes", lambda *args: False)
    one_by_one = loaded(file, django_capture_on_commit_callbacks)
    assert together.keys() == one_by_one.keys()
    for name in together:
        assert together[name] == one_by_one[name], name


def test_more_pages_cost_few_queries_each(tmp_path):
    def cost(count):
        file = make_network(tmp_path / str(count), count)
        with CaptureQueriesContext(connection) as queries:
            load_network(file, factories.site_root())
        return len(queries)

    few = cost(5)
    factories.site_root().get_children().get(slug="testnettverket").delete()
    # Two pages for each, of which one links to a document and to a page: Wagtail looks those up one by one.
    assert (cost(25) - few) / 40 < 9


def test_a_page_type_with_a_way_of_its_own_is_left_to_wagtail(monkeypatch):
    assert is_saved_as_usual(AnnouncementPage)
    monkeypatch.setattr(AnnouncementPage, "clean", lambda self: None)
    assert not is_saved_as_usual(AnnouncementPage)


def test_slugs_are_made_and_told_apart(bundle):
    thanks = "    - {key: %s, title: Takk for nå}\n"
    bundle.change("    - key: takk\n", thanks % "a" + thanks % "b" + "    - key: takk\n")
    bundle.load()
    assert sorted(AnnouncementPage.objects.values_list("slug", flat=True)) == [
        "takk-for-nå",
        "takk-for-nå-2",
        "takk-for-nå-3",
    ]
    assert bundle.load().changed == 0


def test_a_slug_that_is_taken_is_told_with_its_place(bundle):
    bundle.change("    - key: takk\n", "    - {key: a, title: Først, slug: takk}\n    - key: takk\n      slug: takk\n")
    with pytest.raises(Exception, match=r"announcements.items\[1\]: .*takk"):
        bundle.load()
    assert not AnnouncementPage.objects.exists()


def test_pages_that_stand_between_others_keep_their_place(bundle):
    bundle.change(
        "    - key: takk\n",
        "    - {key: a, title: A}\n    - {key: b, title: B, live: false}\n    - {key: c, title: C}\n    - key: takk\n",
    )
    network = bundle.load().network
    index = network.get_children().get(slug="aktuelt")
    assert [page.title for page in index.get_children()] == ["A", "B", "C", "Takk for nå"]
    assert index.numchild == 4
    assert not Page.find_problems()[0]
