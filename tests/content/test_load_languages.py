"""A content file in several languages, and with pages of types of the site's own."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from wagtail_prosjektnett.models import Topic
from wagtail_prosjektnett.pages.models import AnnouncementPage, ExperiencePage, GatheringPage, NetworkPage

pytestmark = pytest.mark.django_db


def translate(bundle):
    bundle.change(
        "  - {key: forankring, name: Forankring}",
        "  - {key: forankring, name: Forankring, translations: [{language: nn, name: Forankring på nynorsk}]}",
    )
    bundle.change(
        "email: leder@example.org}\n",
        "email: leder@example.org, translations: [{language: nn, name: Nettverksleiar}]}\n",
    )
    bundle.change(
        "  title: Testnettverket\n",
        "  title: Testnettverket\n  translations:\n"
        "    - {key: testnett, language: nn, slug: nettverket-nn, title: Nettverket på nynorsk}\n",
    )
    bundle.change(
        "  title: Erfaringsbase\n",
        "  title: Erfaringsbase\n  translations:\n    - {key: erfaringer, language: nn, title: Erfaringar}\n",
    )
    bundle.change(
        "      title: Skriv mandatet sammen\n",
        "      title: Skriv mandatet sammen\n      translations:\n        - key: mandat\n          language: nn\n"
        "          title: Skriv mandatet saman\n          responsible: leader\n          related_pages: [takk]\n",
    )


def test_translations_stand_below_those_of_their_parents(bundle, nynorsk):
    translate(bundle)
    network = bundle.load().network
    other = network.get_translation(nynorsk)
    article = ExperiencePage.objects.get(locale=nynorsk)
    assert article.title == "Skriv mandatet saman"
    assert article.get_parent().specific.title == "Erfaringar"
    assert article.is_descendant_of(other)
    assert article.responsible.name == "Nettverksleiar"
    assert article.related_pages.get().related_id == AnnouncementPage.objects.get().pk
    original = ExperiencePage.objects.get(locale=network.locale)
    assert original.translation_key == article.translation_key
    assert original.responsible.name == "Nettverksleder"
    assert bundle.load().changed == 0
    bundle.change("title: Skriv mandatet saman", "title: Skriv det saman")
    assert bundle.load().changed == 1


def test_facts_of_a_translation_are_those_of_its_source(bundle, nynorsk):
    translate(bundle)
    bundle.load()
    original, article = ExperiencePage.objects.order_by("pk")
    assert list(article.topics.all()) == list(original.topics.all())
    assert article.municipality == original.municipality
    bundle.change("      municipality: karasjok\n      source", "      source")
    bundle.load()
    assert not ExperiencePage.objects.filter(municipality__isnull=False).exists()
    assert bundle.load().changed == 0


def test_a_reference_may_ask_for_a_language(bundle, nynorsk):
    translate(bundle)
    bundle.change("          responsible: leader\n", "          responsible: leader@nb\n")
    bundle.load()
    assert ExperiencePage.objects.get(locale=nynorsk).responsible.name == "Nettverksleder"
    assert Topic.objects.count() == 2
    bundle.change("leader@nb", "leader@en")
    with pytest.raises(CommandError, match="leader"):
        call_command("load_network", str(bundle.file))


def test_a_language_that_the_site_lacks(bundle):
    translate(bundle)
    with pytest.raises(CommandError, match=r"people\[0\].translations\[0\].language: .*nn"):
        call_command("load_network", str(bundle.file))
    assert not NetworkPage.objects.exists()


def test_an_alias_follows_its_source(bundle, nynorsk):
    bundle.change(
        "  title: Samlinger\n",
        "  title: Samlinger\n  translations:\n"
        "    - {key: samlinger, language: nn, title: Samlinger, alias: true, slug: samlingar}\n",
    )
    bundle.load()
    alias = Page.objects.get(slug="samlingar")
    assert alias.alias_of.title == "Samlinger"
    assert alias.locale == nynorsk
    assert alias.live
    assert bundle.load().changed == 0


def test_a_stable_key_from_another_site_is_kept(bundle):
    bundle.change("    - key: samling\n", "    - key: samling\n      uid: 11111111-2222-4333-8444-555555555555\n")
    bundle.change("{key: vest,", "{key: vest, uid: 99999999-2222-4333-8444-555555555555,")
    bundle.load()
    gathering = GatheringPage.objects.get()
    assert str(gathering.translation_key) == "11111111-2222-4333-8444-555555555555"
    assert str(gathering.presentations.get().occurrence_uid) == "99999999-2222-4333-8444-555555555555"


def test_pages_of_the_sites_own(client, bundle):
    about = "    - {key: om, title: Om oss, type: wagtailcore.page}\n"
    bundle.change("  title: Testnettverket\n", "  title: Testnettverket\n  pages:\n" + about)
    bundle.load()
    page = Page.objects.get(slug="om-oss")
    assert page.get_parent().title == "Testnettverket"
    assert page.live
    bundle.change("type: wagtailcore.page", "type: finnes.ikke")
    with pytest.raises(CommandError, match=r"network.pages\[0\].type"):
        call_command("load_network", str(bundle.file))


def test_a_page_of_a_type_that_does_not_belong_there(bundle):
    about = "    - {key: om, title: Om oss, type: wagtailcore.page}\n"
    bundle.change("  title: Samlinger\n", "  title: Samlinger\n  pages:\n" + about)
    with pytest.raises(CommandError, match=r"gatherings.pages\[0\]: .*samlinger"):
        call_command("load_network", str(bundle.file))
    assert not NetworkPage.objects.exists()
