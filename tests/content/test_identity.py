"""A content file changes what is the network's own, and nothing else on the site."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests import factories
from tests.content.moving import image, network_file, written
from tests.host.models import PlainPage
from wagtail_prosjektnett.content.load import load_network
from wagtail_prosjektnett.models import Organisation, Topic
from wagtail_prosjektnett.pages.models import AnnouncementPage, ExperiencePage, GatheringPage, NetworkPage

pytestmark = pytest.mark.django_db

THANKS = "    - key: takk\n"


def command(bundle, **options):
    out = StringIO()
    call_command("load_network", str(bundle.file), stdout=out, **options)
    return out.getvalue()


def refused(bundle):
    with pytest.raises(CommandError) as caught:
        command(bundle)
    return str(caught.value)


def test_the_front_page_of_the_site_is_not_taken(bundle):
    front = factories.site_root()
    page = f"    - {{key: om, title: Kapret, type: wagtailcore.page, uid: {front.translation_key}}}\n"
    bundle.change("  title: Testnettverket\n", "  title: Testnettverket\n  pages:\n" + page)
    assert "network.pages[0].uid: " in refused(bundle)
    assert factories.site_root().title == front.title


def test_a_page_of_another_network_is_not_taken(bundle):
    other = factories.announcement(factories.network("Et annet nettverk"), "Deres nyhet")
    bundle.change(THANKS, f"{THANKS}      uid: {other.translation_key}\n")
    assert "Deres nyhet" in refused(bundle)
    assert not NetworkPage.objects.filter(title="Testnettverket").exists()


def test_a_page_of_another_type_is_not_taken(bundle):
    about = "  pages:\n    - {key: om, title: Om oss, type: wagtailcore.page}\n"
    bundle.change("  title: Testnettverket\n", "  title: Testnettverket\n" + about)
    bundle.load()
    bundle.change("type: wagtailcore.page", "type: host.plainpage")
    assert "network.pages[0].key: " in refused(bundle)
    assert not PlainPage.objects.exists()


UID = "uid: 11111111-2222-4333-8444-555555555555"


@pytest.mark.parametrize(
    "old, new, place",
    [
        (THANKS, f"    - {{key: a, title: A, {UID}}}\n{THANKS}      {UID}\n", "announcements.items[1].uid"),
        ("topics:\n", f"topics:\n  - {{key: a, name: A, {UID}}}\n  - {{key: b, name: B, {UID}}}\n", "topics[1].uid"),
        ("{key: vest,", "{key: ost,", "gatherings.items[0].occurrences[1].key"),
    ],
)
def test_two_things_of_one_key_are_told(bundle, old, new, place):
    bundle.change(old, new)
    assert f"{place}: " in refused(bundle)


def test_an_old_address_that_leads_to_no_page(bundle):
    with bundle.file.open("a", encoding="utf-8") as file:
        file.write(
            "redirects:\n  - {old_path: ./gammel, page: leader}\n  - {old_path: ./ny, page: takk, language: nn}\n"
        )
    message = refused(bundle)
    assert "redirects[0].page: " in message
    assert "redirects[1].page: " in message


def test_a_topic_that_another_network_uses_is_not_removed(bundle):
    bundle.load()
    article = factories.article(factories.network("Et annet nettverk"), "Deres")
    article.topics = [Topic.objects.get()]
    article.save_revision().publish()
    bundle.change("topics:\n  - {key: forankring, name: Forankring}\n", "")
    bundle.change("      topics: [forankring]\n", "")
    assert "Forankring" in command(bundle, remove=True)
    assert ExperiencePage.objects.get(title="Deres").topics.get().name == "Forankring"


def test_what_the_site_had_before_is_not_removed(bundle, tmp_path):
    karasjok = factories.municipality("Vår egen", municipality_number="5610")
    picture = image("Vårt eget")
    network = bundle.load().network
    page = AnnouncementPage.objects.get()
    page.image = picture
    page.save_revision().publish()
    Redirect.objects.create(old_path="/kort", redirect_page=page)
    bundle.file = written(network, tmp_path / "dump") / "network.yaml"
    load_network(bundle.file, factories.site_root())
    data = network_file(bundle.file.parent)
    data["images"] = [item for item in data["images"] if item["title"] != "Vårt eget"]
    del data["redirects"], data["announcements"]["items"][0]["image"]
    bundle.file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    result = load_network(bundle.file, factories.site_root(), remove=True)
    assert not [change for change in result.changes if change.effect.value in ("removed", "left")]
    assert Organisation.objects.get(pk=karasjok.pk).name == "Vår egen"
    picture.refresh_from_db()
    assert Redirect.objects.get().old_path == "/kort"


def test_a_page_moves_to_where_the_file_has_it(bundle):
    first, second = (f"{{key: {key}, title: {key.upper()}, type: wagtailcore.page" for key in "ab")
    before = f"  pages:\n    - {first}}}\n    - {second}}}\n"
    bundle.change("  title: Testnettverket\n", "  title: Testnettverket\n" + before)
    network = bundle.load().network
    bundle.change(before, f"  pages:\n    - {second}, pages: [{first}}}]}}\n")
    assert "Endret: side «A»" in command(bundle, dry_run=True)
    assert bundle.load().changed == 1
    assert Page.objects.get(title="A").get_parent().title == "B"
    assert Page.objects.get(title="A").url == f"{network.url}b/a/"
    assert Page.find_problems() == ([], [], [], [], [])
    assert bundle.load().changed == 0


def test_pages_come_to_stand_in_the_order_of_the_file(bundle):
    first, second, new = (f"    - {{key: {key}, title: {key.upper()}}}\n" for key in "abc")
    bundle.change(THANKS, first + second + THANKS)
    bundle.load()
    bundle.change(first + second, second + new + first)
    bundle.load()
    index = AnnouncementPage.objects.first().get_parent()
    assert [page.title for page in index.get_children()] == ["B", "C", "A", "Takk for nå"]
    assert Page.find_problems() == ([], [], [], [], [])
    assert bundle.load().changed == 0


def test_an_alias_becomes_a_translation_and_stays_one(bundle, nynorsk):
    alias = "    - {key: samlinger, language: nn, title: Samlinger, alias: true, slug: samlingar}\n"
    bundle.change("  title: Samlinger\n", "  title: Samlinger\n  translations:\n" + alias)
    bundle.load()
    bundle.change("title: Samlinger, alias: true,", "title: Samlingar,")
    assert bundle.load().changed == 1
    page = Page.objects.get(slug="samlingar")
    assert page.title == "Samlingar"
    assert page.alias_of is None
    assert bundle.load().changed == 0
    bundle.change("title: Samlingar,", "title: Samlinger, alias: true,")
    assert "gatherings.translations[0].alias: " in refused(bundle)


def test_a_shared_record_that_is_changed_is_told(bundle):
    bundle.load()
    Organisation.objects.update(name="Endret på nettstedet")
    assert "Endret: organisasjon «Kárášjohka – Karasjok»" in command(bundle)


def test_a_file_that_is_refused_late_is_not_heard_of(bundle, django_capture_on_commit_callbacks):
    from wagtail.signals import page_published

    heard = []
    page_published.connect(lambda instance, **kwargs: heard.append(instance), weak=False, dispatch_uid="test")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            command(bundle, dry_run=True)
        assert heard == []
        with django_capture_on_commit_callbacks(execute=True):
            command(bundle)
        assert {type(page) for page in heard} >= {NetworkPage, GatheringPage, AnnouncementPage, ExperiencePage}
    finally:
        page_published.disconnect(dispatch_uid="test")


def test_the_site_stays_where_it_is(bundle):
    before = Site.objects.get().root_page
    bundle.load()
    assert Site.objects.get().root_page == before
