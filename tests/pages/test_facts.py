"""Facts have one source: a translation shows what its source says, whoever changes what, when and how."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from tests import factories
from tests.conftest import API_DOORS
from tests.languages import again, translated
from wagtail_prosjektnett.pages.models import GatheringPage, Occurrence

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.multilingual_urls"),
    pytest.mark.usefixtures("two_languages"),
]


@pytest.fixture
def source():
    return factories.gathering(
        factories.network(),
        "Samling i Vadsø",
        occurrences=[{"name": "Øst", "start_date": "2026-12-10", "place": "Rådhuset"}],
        registration_method="link",
        registration_link="https://example.org/skjema",
        registration_deadline=date(2026, 12, 1),
    )


def change(source):
    """Publish a source with another day, place and deadline."""
    source = again(source)
    (row,) = source.occurrences.all()
    row.start_date, row.place = date(2026, 12, 17), "Kulturhuset"
    source.occurrences = [row]
    source.registration_deadline = date(2026, 12, 8)
    source.save_revision().publish()


def write(translation, **fields):
    """Publish a translation with texts of its own."""
    translation = again(translation)
    (row,) = translation.occurrences.all()
    row.name = "Aust"
    translation.occurrences = [row]
    translation.title = "Samling i Vadsø på nynorsk"
    return translation.save_revision()


def test_html_tells_what_the_source_says(client, source, nynorsk):
    translation = translated(source, nynorsk)
    write(translation).publish()
    change(source)
    html = client.get(again(translation).url).content.decode()
    assert '<html lang="nn"' in html
    assert "17. desember 2026" in html
    assert "10. desember 2026" not in html
    assert "Kulturhuset" in html
    assert "8. desember 2026" in html
    assert "Aust" in html
    assert "Samling i Vadsø på nynorsk" in html


@pytest.mark.parametrize("door", API_DOORS)
def test_the_apis_tell_what_the_source_says(read, door, source, nynorsk):
    translation = translated(source, nynorsk)
    write(translation).publish()
    change(source)
    data = read(door, translation)
    (occurrence,) = data["occurrences"]
    assert occurrence["name"] == "Aust"
    assert occurrence["uid"] == read(door, source)["occurrences"][0]["uid"]
    assert occurrence["when"]["starts_at"] == "2026-12-17T00:00:00+01:00"
    assert occurrence["location"]["place"] == "Kulturhuset"
    assert data["registration_deadline"] == "2026-12-08"
    assert data["title"] == "Samling i Vadsø på nynorsk"


def test_the_database_filters_translations_by_the_facts_of_the_source(source, nynorsk):
    translation = translated(source, nynorsk)
    change(source)
    (row,) = Occurrence.objects.filter(page=translation.pk)
    assert row.starts_at.date() == date(2026, 12, 16)


def test_a_translation_changes_no_facts(source, nynorsk):
    translation = translated(source, nynorsk)
    translation.season = "spring"
    translation.registration_deadline = None
    translation.occurrences = [factories.typed(Occurrence, start_date="2027-01-01")]
    translation.save_revision().publish()
    translation.save()
    translation = again(translation)
    assert translation.season == ""
    assert translation.registration_deadline == date(2026, 12, 1)
    assert translation.occurrences.get().start_date == date(2026, 12, 10)


def test_an_old_draft_of_a_translation_brings_no_old_facts_back(source, nynorsk):
    translation = translated(source, nynorsk)
    draft = write(translation)
    change(source)
    assert again(translation).get_latest_revision_as_object().in_order[0].place == "Kulturhuset"
    draft.refresh_from_db()
    draft.publish()
    row = again(translation).occurrences.get()
    assert (row.name, row.place, row.start_date) == ("Aust", "Kulturhuset", date(2026, 12, 17))


def test_occurrences_that_come_and_go_do_so_in_the_translation(source, nynorsk):
    translation = translated(source, nynorsk)
    write(translation).publish()
    saved = again(translation).occurrences.get()
    source = again(source)
    source.occurrences = [*source.occurrences.all(), factories.typed(Occurrence, name="Vest", start_date="2026-12-03")]
    source.save_revision().publish()
    east, west = again(translation).occurrences.order_by("-start_date")
    assert (east.pk, east.name, west.name) == (saved.pk, "Aust", "Vest")
    source = again(source)
    source.occurrences = [row for row in source.occurrences.all() if row.name == "Vest"]
    source.save_revision().publish()
    assert again(translation).occurrences.get().uid == west.uid


def test_a_draft_of_the_source_is_no_fact_yet(source, nynorsk):
    translation = translated(source, nynorsk)
    source = again(source)
    source.registration_deadline = date(2026, 12, 8)
    source.save_revision()
    write(translation).publish()
    assert again(translation).registration_deadline == date(2026, 12, 1)


def test_the_draft_of_a_source_that_was_never_published_is(source, nynorsk):
    page = GatheringPage(title="Ny", occurrences=[factories.typed(Occurrence, start_date="2027-01-01")])
    source.get_parent().add_child(instance=page)
    page.registration_deadline = date(2026, 12, 24)
    page.save_revision()
    translation = again(page).copy_for_translation(nynorsk, copy_parents=True)
    assert again(translation).registration_deadline == date(2026, 12, 24)
    page.registration_deadline = date(2026, 12, 23)
    page.save_revision()
    assert again(translation).registration_deadline == date(2026, 12, 23)


def test_where_the_source_is_deleted_the_next_oldest_is_the_source(source, nynorsk):
    english = Locale.objects.create(language_code="en")
    second, third = translated(source, nynorsk), translated(source, english)
    source.delete()
    change(second)
    assert again(third).registration_deadline == date(2026, 12, 8)
    assert again(third).occurrences.get().place == "Kulturhuset"
    assert again(second).facts_source is None


def test_a_scheduled_translation_goes_live_with_the_facts_of_that_day(source, nynorsk):
    translation = source.copy_for_translation(nynorsk, copy_parents=True)
    translation.go_live_at = timezone.now() + timezone.timedelta(days=1)
    translation.save_revision().publish()
    assert not again(translation).live
    change(source)
    with time_machine.travel("2026-11-25T12:00+01:00", tick=False):
        call_command("publish_scheduled")
    assert again(translation).live
    assert again(translation).occurrences.get().place == "Kulturhuset"


def test_an_alias_of_a_translation_follows(source, nynorsk):
    translation = translated(source, nynorsk)
    alias = translation.create_alias(update_slug="alias")
    change(source)
    assert again(alias).occurrences.get().place == "Kulturhuset"


def test_a_copy_of_a_translation_is_its_own_source(source, nynorsk):
    copy = translated(source, nynorsk).copy(update_attrs={"slug": "kopi"})
    change(source)
    assert again(copy).facts_source is None
    assert again(copy).occurrences.get().place == "Rådhuset"
