"""An editor translates pages with Wagtail's simple_translation: one page, a tree, and aliases that become pages."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories
from tests.languages import again
from wagtail_prosjektnett.models import Topic
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.multilingual_urls"),
    pytest.mark.usefixtures("two_languages"),
]


@pytest.fixture
def gathering():
    return factories.gathering(factories.network(), occurrences=[{"name": "Øst", "start_date": "2026-12-10"}])


def submit(admin, page, locale, **choices):
    parent = page.get_parent().specific
    if not parent.has_translation(locale):
        parent.copy_for_translation(locale, copy_parents=True, alias=True)
    url = reverse("simple_translation:submit_page_translation", args=[page.pk])
    response = admin.post(url, {"locales": [locale.pk], **choices})
    assert response.status_code == 302, response.context["form"].errors
    return page.get_translation(locale)


def postpone(gathering):
    gathering = again(gathering)
    (row,) = gathering.occurrences.all()
    row.start_date = date(2026, 12, 17)
    gathering.occurrences = [row]
    gathering.save_revision().publish()


def test_one_page_with_those_above_it_as_aliases(admin, gathering, nynorsk):
    translation = submit(admin, gathering, nynorsk)
    assert not translation.live
    assert translation.get_parent().specific.alias_of_id == gathering.get_parent().pk
    postpone(gathering)
    assert again(translation).occurrences.get().start_date == date(2026, 12, 17)
    assert again(translation).occurrences.get().uid == again(gathering).occurrences.get().uid


def test_a_whole_network(admin, gathering, nynorsk):
    network = gathering.network
    article = factories.article(network, source_gathering=gathering)
    translation = submit(admin, network, nynorsk, include_subtree="on")
    assert translation.get_descendants().count() == network.get_descendants().count()
    postpone(gathering)
    network = again(network)
    network.wind_down_from = date(2026, 12, 31)
    network.save_revision().publish()
    assert again(translation).wind_down_from == date(2026, 12, 31)
    shown = gathering.get_translation(nynorsk)
    assert shown.occurrences.get().start_date == date(2026, 12, 17)
    assert shown.network == again(translation)
    shown.save_revision().publish()
    read = article.get_translation(nynorsk)
    assert read.in_language(read.source_gathering).pk == shown.pk


def test_an_alias_that_becomes_a_page_takes_its_facts_from_its_source(admin, gathering, nynorsk):
    alias = gathering.copy_for_translation(nynorsk, copy_parents=True, alias=True)
    postpone(gathering)
    assert again(alias).occurrences.get().start_date == date(2026, 12, 17)
    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    source = again(gathering)
    source.registration_deadline = date(2026, 12, 1)
    source.save_revision().publish()
    page = again(alias)
    assert page.alias_of_id is None
    assert page.registration_deadline == date(2026, 12, 1)
    assert page.occurrences.get().uid == source.occurrences.get().uid


def test_a_translation_is_moved_and_compared_like_any_page(admin, gathering, nynorsk):
    translation = submit(admin, gathering, nynorsk)
    translation.title = "Første"
    first = translation.save_revision()
    postpone(gathering)
    translation = again(translation)
    translation.title = "Andre"
    second = translation.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[translation.pk, first.pk, second.pk])
    html = admin.get(url).content.decode()
    assert "Andre" in html
    assert "2026-12-10" not in html
    network = submit(admin, factories.network("Annet"), nynorsk)
    other = factories.gathering_index(network)
    again(translation).move(other, pos="last-child")
    postpone(gathering)
    assert again(translation).facts_source == gathering


def test_snippets(admin, nynorsk):
    topic = Topic.objects.create(name="Erfaring")
    url = reverse("simple_translation:submit_snippet_translation", args=["wagtail_prosjektnett", "topic", topic.pk])
    response = admin.post(url, {"locales": [nynorsk.pk]})
    assert response.status_code == 302
    assert Topic.objects.get(locale=nynorsk).translation_key == topic.translation_key


def test_every_page_of_a_translated_network_is_found_by_its_own_type(admin, gathering, nynorsk):
    submit(admin, gathering, nynorsk)
    assert NetworkPage.objects.filter(locale=nynorsk).count() == 1
    assert GatheringPage.objects.filter(locale=nynorsk).count() == 1
