"""wagtail-localize, where a site has it, translates texts and leaves the facts alone.

These tests need settings of their own, in which they are run by the last one of them.
"""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.apps import apps

from tests import factories
from tests.languages import again
from wagtail_prosjektnett.models import ContactPerson

needs_localize = pytest.mark.skipif(not apps.is_installed("wagtail_localize"), reason="not the settings for it")


def translate(page, locale, texts):
    """Translate a page as a translator does: each text that is known, the others as they are."""
    from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

    source, _created = TranslationSource.update_or_create_from_instance(page)
    for segment in StringSegment.objects.filter(source=source):
        if segment.string.data in texts:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": texts[segment.string.data]},
            )
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    translation.source.create_or_update_translation(locale, copy_parent_pages=True, fallback=True)
    return page.get_translation(locale)


@needs_localize
def test_texts_blocks_and_snippets_are_translated_and_facts_are_not(nynorsk):
    person = factories.person("Rådgiver")
    person.copy_for_translation(nynorsk).save()
    ContactPerson.objects.filter(locale=nynorsk).update(name="Rådgjevar")
    page = factories.article(
        factories.network(),
        "Erfaringer",
        lead="Hva vi lærte",
        kind="guide",
        municipality=factories.municipality("Vadsø"),
        responsible=person,
        body=[("heading", "Bakgrunn"), ("contact", person)],
    )
    texts = {"Erfaringer": "Røynsler", "Hva vi lærte": "Kva vi lærte", "Bakgrunn": "Bakgrunnen"}
    translation = translate(page, nynorsk, texts)
    assert (translation.title, translation.lead) == ("Røynsler", "Kva vi lærte")
    assert [str(block.value) for block in translation.body] == ["Bakgrunnen", "Rådgjevar"]
    assert translation.responsible.name == "Rådgjevar"
    assert (translation.kind, translation.municipality) == ("guide", page.municipality)


@needs_localize
def test_facts_are_neither_offered_nor_brought_back(nynorsk):
    from wagtail_localize.models import OverridableSegment, StringSegment

    page = factories.gathering(
        factories.network(),
        occurrences=[{"name": "Øst", "start_date": "2026-12-10"}],
        registration_method="email",
        registration_email="pamelding@example.org",
    )
    translation = translate(page, nynorsk, {"Samling": "Samling på nynorsk"})
    paths = {segment.context.path for segment in [*StringSegment.objects.all(), *OverridableSegment.objects.all()]}
    assert "registration_email" not in paths
    (row,) = translation.occurrences.all()
    row.name = "Aust"
    translation.occurrences = [row]
    translation.save_revision().publish()
    page = again(page)
    (row,) = page.occurrences.all()
    row.start_date = date(2026, 12, 17)
    page.occurrences = [row]
    page.save_revision().publish()
    row = again(translation).occurrences.get()
    assert (row.name, row.start_date) == ("Aust", date(2026, 12, 17))
    translation = translate(again(page), nynorsk, {"Samling": "Samling att"})
    row = again(translation).occurrences.get()
    assert (again(translation).title, row.name, row.start_date) == ("Samling att", "Aust", date(2026, 12, 17))


@pytest.mark.skipif(apps.is_installed("wagtail_localize"), reason="these are the settings for it")
def test_with_the_settings_for_it():
    environment = {**os.environ, "DATABASE_URL": "sqlite://:memory:"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds=tests.localize_settings", __file__]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "2 passed" in ran.stdout, ran.stdout
