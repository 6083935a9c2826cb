"""The facts of each page type but gatherings, and where a fact refers to something that is translated itself."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from tests import factories
from tests.conftest import API_DOORS
from tests.languages import again, translated
from wagtail_prosjektnett.models import Topic
from wagtail_prosjektnett.pages.models import (
    AnnouncementPage,
    ExperiencePage,
    GatheringPage,
    NetworkMember,
    NetworkPage,
    Occurrence,
)
from wagtail_prosjektnett.pages.translations import Translations

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.multilingual_urls"),
    pytest.mark.usefixtures("two_languages"),
]


def html(client, page):
    response = client.get(again(page).url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("model", [NetworkPage, GatheringPage, AnnouncementPage, ExperiencePage])
def test_each_type_names_its_facts(model):
    assert isinstance(model.facts, tuple)
    for name in model.facts:
        model._meta.get_field(name)


@pytest.mark.parametrize("door", API_DOORS)
def test_the_life_of_a_network_is_the_same_in_each_language(client, read, door, nynorsk):
    source = factories.network()
    translation = translated(source, nynorsk)
    source.wind_down_from, source.guidance_kind = date(2026, 11, 1), "open_ended"
    source.members = [NetworkMember(organisation=factories.municipality("Vadsø"), role="owner")]
    source.save_revision().publish()
    data = read(door, translation)
    assert data["lifecycle"] == {**read(door, source)["lifecycle"], "label": data["lifecycle"]["label"]}
    assert data["network_banner"]["since"] == "2026-11-01"
    assert [member["organisation"]["name"] for member in data["members"]] == ["Vadsø"]
    page = html(client, translation)
    assert "under avvikling" in page.lower()
    assert "Vadsø" in page


def test_a_new_time_zone_renews_the_instants_in_each_language(nynorsk):
    network = factories.network()
    gathering = translated(factories.gathering(network), nynorsk)
    network = again(network)
    network.time_zone = "Europe/London"
    network.save_revision().publish()
    row = Occurrence.objects.get(page=gathering.pk)
    assert row.starts_at.isoformat() == "2018-02-15T00:00:00+00:00"


@pytest.mark.parametrize("door", API_DOORS)
def test_an_announcement_refers_to_the_gathering_in_its_own_language(client, read, door, nynorsk):
    network = factories.network()
    first, second = factories.gathering(network, "Først"), factories.gathering(network, "Så")
    source = factories.announcement(network, related_gathering=first)
    translation = translated(source, nynorsk)
    source = again(source)
    source.related_gathering = second
    source.save_revision().publish()
    assert read(door, translation)["related_gathering"]["id"] == second.pk
    gathering = translated(second, nynorsk)
    assert read(door, translation)["related_gathering"]["id"] == gathering.pk
    assert gathering.url in html(client, translation)
    assert again(translation).url in html(client, gathering)


@pytest.mark.parametrize("door", API_DOORS)
def test_an_article_is_sorted_the_same_in_each_language(client, read, door, nynorsk):
    network = factories.network()
    source = factories.article(network)
    translation = translated(source, nynorsk)
    gathering = factories.gathering(network)
    shown = translated(gathering, nynorsk)
    source = again(source)
    source.kind, source.next_review = "guide", date(2027, 5, 1)
    source.municipality, source.source_gathering = factories.municipality("Vardø"), gathering
    source.topics = [Topic.objects.create(name="Styring")]
    source.save_revision().publish()
    data = read(door, translation)
    assert (data["kind"], data["next_review"]) == ("guide", "2027-05-01")
    assert data["municipality"]["name"] == "Vardø"
    assert data["source_gathering"]["id"] == shown.pk
    assert [topic["name"] for topic in data["topics"]] == ["Styring"]
    page = html(client, translation)
    assert "1. mai 2027" in page
    assert "Vardø" in page
    assert shown.url in page


@pytest.mark.parametrize("door", API_DOORS)
def test_a_successor_is_shown_in_the_language_of_the_page(read, door, nynorsk):
    successor = factories.network("Nytt nettverk")
    source = factories.network(wind_down_from="2026-11-01", successor_page=successor)
    translation, shown = translated(source, nynorsk), translated(successor, nynorsk)
    assert read(door, translation)["network_banner"]["successor"]["url"] == shown.full_url


def test_references_cost_one_query_however_many_there_are(nynorsk, django_assert_num_queries):
    network = factories.network()
    gatherings = [factories.gathering(network, f"Samling {number}") for number in range(3)]
    pages = [translated(factories.article(network, source_gathering=page), nynorsk) for page in gatherings]
    for page in gatherings:
        translated(page, nynorsk)
    shared = Translations(pages)
    sources = [page.source_gathering for page in pages]
    with django_assert_num_queries(1):
        found = [shared.of(page, nynorsk.pk) for page in sources]
    assert {page.locale_id for page in found} == {nynorsk.pk}


@given(st.data())
@settings(
    max_examples=8,
    deadline=None,
    # To shrink a failure takes minutes: each step saves pages.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whoever_edits_what_in_whatever_order_the_facts_are_the_source_s(db, data):
    with transaction.atomic():
        pages = _gathering_in_three_languages()
        steps = st.tuples(
            st.integers(0, 2), st.sampled_from(["draft", "publish", "publish_old", "save", "unpublish"]), _changes()
        )
        for number, how, changes in data.draw(st.lists(steps, min_size=1, max_size=6)):
            _edit(again(pages[number]), how, *changes)
            expected = _facts(again(pages[0]))
            for page in pages[1:]:
                assert _facts(again(page)) == expected
                assert _facts(again(page).get_latest_revision_as_object()) == expected
        transaction.set_rollback(True)


def _changes():
    days = st.dates(date(2026, 12, 1), date(2026, 12, 31))
    row = st.tuples(st.integers(0, 3), days, st.sampled_from(["", "Øst"]))
    rows = st.lists(row, max_size=3, unique_by=lambda row: row[0])
    return st.tuples(st.sampled_from(["", "spring", "autumn"]), st.one_of(st.none(), days), rows)


def _gathering_in_three_languages():
    source = factories.gathering(factories.network(), registration_method="link")
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in ("nn", "en")]
    return [source, *(translated(source, locale) for locale in locales)]


def _edit(page, how, season, deadline, rows):
    if how == "unpublish":
        page.unpublish()
        return
    if how == "publish_old":
        page.revisions.order_by("pk").first().publish()
        return
    uids = [row.uid for row in page.occurrences.all()]
    page.season, page.registration_deadline = season, deadline
    page.occurrences = [
        Occurrence(sort_order=n, start_date=day, name=name, **({"uid": uids[which]} if which < len(uids) else {}))
        for n, (which, day, name) in enumerate(rows)
    ]
    if how == "save":
        page.save()
    else:
        revision = page.save_revision()
        if how == "publish":
            revision.publish()


def _facts(page):
    rows = [(row.uid, row.start_date, row.place, row.sort_order) for row in page.occurrences.all()]
    return page.season, page.registration_deadline, rows
