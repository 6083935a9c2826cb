"""A page tells readers and search engines where it is in other languages."""

import pytest
from bs4 import BeautifulSoup
from django.conf.urls.i18n import i18n_patterns
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.models import Locale, PageViewRestriction, Site

from tests import factories
from tests import urls as our_urls
from tests.conftest import API_DOORS
from wagtail_prosjektnett.pages.languages import language_tag, own_name

pytestmark = pytest.mark.django_db

urlpatterns = [*our_urls.urlpatterns[:-1], *i18n_patterns(path("", include(wagtail_urls)))]


@pytest.fixture(autouse=True)
def _languages(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.pages.test_locales"
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        ("nb", "Bokmål"),
        ("en", "English"),
        ("nn", "Nynorsk"),
        ("pt-br", "Brazilian"),
    ]
    Site.clear_site_root_paths_cache()


def translate(page, code, publish=True):
    """Translate a page as an editor would; above it come stand-ins for pages that are not translated."""
    locale, _new = Locale.objects.get_or_create(language_code=code)
    translation = page.copy_for_translation(locale, copy_parents=True)
    if publish:
        translation.save_revision().publish()
        translation.refresh_from_db()
    return translation


def page_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def alternates(soup):
    return [(link["hreflang"], link["href"]) for link in soup.select("head link[rel=alternate][hreflang]")]


def choices(soup):
    return [(link["hreflang"], link["lang"], link.get_text()) for link in soup.select("nav.locale-switcher a")]


def test_each_language_names_all_of_them_and_itself(client):
    page = factories.network("Nettverk")
    others = [translate(page, code) for code in ("nn", "en")]
    expected = [(found.locale.language_code, found.full_url) for found in (page, others[1], others[0])]
    for shown in (page, *others):
        soup = page_of(client, shown.url)
        assert alternates(soup) == expected
        assert all(address.startswith("http://localhost/") for _code, address in expected)
        assert choices(soup) == [
            ("nb", "nb", "Norsk (bokmål)"),
            ("en", "en", "English"),
            ("nn", "nn", "Norsk (nynorsk)"),
        ]
        (current,) = soup.select("nav.locale-switcher [aria-current=page]")
        assert current["hreflang"] == shown.locale.language_code == soup.html["lang"]


def test_a_page_in_one_language_says_nothing_of_languages(client):
    soup = page_of(client, factories.network().url)
    assert alternates(soup) == choices(soup) == []
    assert not soup.select("nav.locale-switcher")


@pytest.mark.parametrize("hide", ["draft", "unpublish", "restrict", "restrict above"])
def test_a_translation_that_the_reader_may_not_see_is_not_told(client, hide):
    page = factories.gathering(factories.network())
    translation = translate(page, "nn", publish=hide != "draft")
    if hide == "unpublish":
        translation.unpublish()
    elif hide != "draft":
        top = translation if hide == "restrict" else translation.get_parent().get_parent()
        PageViewRestriction.objects.create(page=top, restriction_type="login")
    soup = page_of(client, page.url)
    assert alternates(soup) == choices(soup) == []


def test_a_reader_who_may_see_a_translation_can_choose_it(admin):
    page = factories.network()
    PageViewRestriction.objects.create(page=translate(page, "nn"), restriction_type="login")
    assert [code for code, _lang, _name in choices(page_of(admin, page.url))] == ["nb", "nn"]


def test_a_stand_in_with_the_text_of_another_language_is_no_translation(client):
    page = factories.network()
    translate(page, "nn")
    english = Locale.objects.create(language_code="en")
    stand_in = page.copy_for_translation(english, copy_parents=True, alias=True)
    assert stand_in.live
    assert [code for code, _url in alternates(page_of(client, page.url))] == ["nb", "nn"]
    soup = page_of(client, stand_in.url)
    assert [code for code, _lang, _name in choices(soup)] == ["nb", "nn"]
    assert not soup.select("nav.locale-switcher [aria-current]")


def test_the_number_of_queries_does_not_follow_the_number_of_languages(client):
    page = factories.network()

    def cost():
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    alone = cost()
    translate(page, "nn")
    two = cost()
    translate(page, "en")
    translate(page, "pt-br")
    assert alone == two == cost()
    assert len(choices(page_of(client, page.url))) == 4


def test_a_site_that_is_not_translated_spends_nothing_on_languages(client, settings):
    settings.WAGTAIL_I18N_ENABLED = False
    settings.ROOT_URLCONF = "tests.urls"
    page = factories.network()
    nynorsk = Locale.objects.create(language_code="nn")
    page.copy(update_attrs={"slug": "nynorsk", "locale": nynorsk}, reset_translation_key=False)
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as queries:
        html = page_of(client, page.url)
    assert alternates(html) == []
    assert not [query for query in queries if 'translation_key" =' in query["sql"]]


@pytest.mark.parametrize("door", API_DOORS)
def test_the_apis_find_the_translations_of_a_page(client, door):
    page = factories.network()
    translation = translate(page, "nn")
    answer = client.get(f"/api/{door}/pages/?translation_of={page.pk}").json()
    assert [item["id"] for item in answer["items"]] == [translation.pk]
    assert answer["items"][0]["meta"]["locale"] == "nn"


@pytest.mark.parametrize("code, tag", [("nb", "nb"), ("pt-br", "pt-BR"), ("zh-hans", "zh-Hans"), ("se", "se")])
def test_codes_are_written_as_bcp_47_does(code, tag):
    assert language_tag(code) == tag


def test_a_language_that_django_does_not_know_has_the_name_that_the_site_gives_it(settings):
    settings.LANGUAGES = [("fkv", "kvääni")]
    assert (own_name("fkv"), own_name("sma"), own_name("en")) == ("Kvääni", "Sma", "English")
