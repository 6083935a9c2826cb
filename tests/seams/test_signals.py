"""A site hears of each translation that has taken over new facts, in the transaction that changed the source."""

from datetime import date

import pytest
from django.db import transaction
from django.dispatch import Signal
from wagtail.models import Locale

from tests import factories
from tests.languages import again, translated
from wagtail_prosjektnett import signals

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.multilingual_urls")]


@pytest.fixture
def heard():
    """What a receiver of the site's own is told."""
    told = []

    def receiver(sender, instance, source, **kwargs):
        told.append((sender, instance, source, transaction.get_connection().in_atomic_block))

    signals.facts_taken_over.connect(receiver)
    yield told
    signals.facts_taken_over.disconnect(receiver)


def test_facts_taken_over_tells_of_a_translation_and_its_source(heard, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    source = factories.network()
    translation = translated(source, Locale.objects.create(language_code="nn"))
    heard.clear()

    source = again(source)
    source.lead = "Bare en tekst"
    source.save_revision().publish()
    assert heard == []

    source.wind_down_from = date(2019, 2, 15)
    source.save_revision().publish()
    assert heard == [(type(source), translation, source, True)]
    assert heard[0][1].wind_down_from == date(2019, 2, 15)


def test_content_changed_tells_what_happened_to_which_page():
    told = []

    def receiver(sender, change, page, **kwargs):
        told.append((change.kind, page and page.pk, transaction.get_connection().in_atomic_block))

    network = factories.network()
    signals.content_changed.connect(receiver)
    try:
        network.unpublish()
    finally:
        signals.content_changed.disconnect(receiver)
    assert ("unpublished", network.pk, True) in told


def test_a_new_signal_needs_a_test_here():
    found = {name for name, value in vars(signals).items() if isinstance(value, Signal)}
    tests = [name for name in globals() if name.startswith("test_")]
    assert found
    for name in found:
        assert any(test.startswith(f"test_{name}_") for test in tests), name
