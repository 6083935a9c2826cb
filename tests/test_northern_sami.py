"""Northern Sámi, which Django does not know: words with a source, dates, and Bokmål where no word is known."""

from datetime import date, time

import babel
import pytest
from bs4 import BeautifulSoup
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils import dates as django_dates
from django.utils.formats import number_format, reset_format_cache
from django.utils.translation import get_language_info, gettext, override
from wagtail import urls as wagtail_urls
from wagtail.models import Locale, Site

from tests import factories
from tests import urls as our_urls
from tests.test_translations import PLACEHOLDER, catalog, texts
from wagtail_prosjektnett.domain.dates import Precision, When
from wagtail_prosjektnett.wording import dates

urlpatterns = [*our_urls.urlpatterns[:-1], *i18n_patterns(path("", include(wagtail_urls)))]

FEBRUARY = date(2018, 2, 15)


@pytest.fixture(autouse=True)
def _sami_site(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.test_northern_sami"
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("nb", "Bokmål"), ("se", "Davvisámegiella")]
    settings.FORMAT_MODULE_PATH = ["wagtail_prosjektnett.formats"]
    reset_format_cache()
    Site.clear_site_root_paths_cache()
    yield
    reset_format_cache()


@pytest.mark.django_db
def test_a_gathering_is_shown_in_sami_with_its_date_and_in_bokmal_where_no_word_is_known(client):
    page = factories.gathering(
        factories.network(),
        occurrences=[{"start_date": "2018-02-15", "start_time": "10:00", "place": "Deatnu"}],
        changed_on=date(2019, 2, 15),
        published_on=date(2018, 1, 2),
    )
    sami = page.copy_for_translation(Locale.objects.create(language_code="se"), copy_parents=True)
    sami.save_revision().publish()
    soup = BeautifulSoup(client.get(sami.url).content, "html.parser")
    assert soup.html["lang"] == "se"
    assert soup.select_one(".occurrence-when time").get_text() == "guovvamánu 15. b. 2018 diibmu 10:00"
    assert "Maŋemus rievdaduvvon 15.02.2019" in soup.get_text()
    assert soup.select_one("nav.locale-switcher [aria-current]").get_text() == "Davvisámegiella"
    assert soup.select_one("nav.locale-switcher")["aria-label"] == "Gielat"
    assert "Gjennomført" in soup.get_text()


@pytest.mark.parametrize(
    "when, words",
    [
        (When(FEBRUARY), "guovvamánu 15. b. 2018"),
        (When(FEBRUARY, date(2018, 2, 16)), "guovvamánu 15.–guovvamánu 16. b. 2018"),
        (When(FEBRUARY, start_time=time(9), end_time=time(15)), "guovvamánu 15. b. 2018 diibmu 09:00–15:00"),
        (When(FEBRUARY, precision=Precision.MONTH), "guovvamánnu 2018"),
        (When(date(2018, 9, 1), precision=Precision.SEASON), "čakčat 2018"),
    ],
)
def test_dates_are_written_as_in_sami(when, words):
    with override("se"):
        assert dates.when(when) == words


def test_figures_are_written_as_in_norway():
    with override("se"):
        assert dates.day(FEBRUARY) == "15.02.2018"
        assert number_format(1234.5, force_grouping=True) == "1\xa0234,5"


def test_the_names_of_months_and_days_are_those_of_the_unicode_consortium():
    months, days = babel.Locale.parse("se").months["format"], babel.Locale.parse("se").days["format"]
    with override("se"):
        assert {number: str(name) for number, name in django_dates.MONTHS.items()} == dict(months["wide"].items())
        assert {number: str(name) for number, name in django_dates.MONTHS_3.items()} == dict(
            months["abbreviated"].items()
        )
        assert {number: str(name) for number, name in django_dates.WEEKDAYS.items()} == dict(days["wide"].items())
        assert [str(name).endswith("mánu") for name in django_dates.MONTHS_ALT.values()] == [True] * 12


def test_django_is_told_of_the_language():
    info = get_language_info("se")
    assert (info["name_local"], info["bidi"]) == ("davvisámegiella", False)


def test_words_without_a_source_stand_in_the_language_of_the_site(settings):
    with override("se"):
        assert gettext("Time and place") == "Tid og sted"


def test_every_message_names_its_source_and_keeps_its_placeholders():
    for key, message in catalog("se").items():
        assert any(comment.startswith("Source: ") for comment in message.user_comments), key
        for source, text in zip(texts(message.id), texts(message.string), strict=True):
            assert text, key
            assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text)), key


def test_every_message_is_one_of_ours_or_the_name_of_a_month_or_a_day():
    with override(None):
        names = {str(name) for name in [*django_dates.WEEKDAYS.values(), *django_dates.WEEKDAYS_ABBR.values()]}
        for months in (django_dates.MONTHS, django_dates.MONTHS_3, django_dates.MONTHS_AP, django_dates.MONTHS_ALT):
            names |= {str(name) for name in months.values()}
    for key in catalog("se").keys() - catalog("nb").keys():
        assert key[1] in names, key
