"""A site in several languages is set up as the guide says, and may have words of its own in any of them."""

import re

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from django.apps import AppConfig
from django.core.checks import run_checks
from django.urls import include, path
from django.utils import formats
from django.utils.translation import override
from wagtail.models import Locale, Site

from tests import factories, urls
from tests.guide import code_of
from tests.languages import translated
from wagtail_prosjektnett.wording import dates

GUIDE = "how-to/languages.md"
SETTINGS, URLS = (code.text for code in code_of(GUIDE) if code.language == "python")


def run(code, **names):
    """What is set once a piece of the guide's code has run after what a site had before."""
    exec(code, names)  # noqa: S102 - our own documentation
    return names


urlpatterns = run(URLS, urlpatterns=urls.urlpatterns[:-1], path=path, include=include)["urlpatterns"]


@pytest.fixture
def followed(settings):
    """The settings of a site that has followed the guide."""
    chosen = run(SETTINGS, INSTALLED_APPS=[])
    for app in chosen.pop("INSTALLED_APPS"):  # apps cannot be added to a site that runs
        AppConfig.create(app)
    for name in filter(str.isupper, chosen):
        setattr(settings, name, chosen[name])
    settings.ROOT_URLCONF = __name__
    Site.clear_site_root_paths_cache()
    formats.reset_format_cache()
    yield settings
    formats.reset_format_cache()


@pytest.mark.django_db
def test_who_follows_the_guide_has_a_network_in_three_languages(client, followed):
    assert [message for message in run_checks() if "prosjektnett" in message.id] == []
    network = factories.network(published_on="2019-02-15")
    pages = {code: translated(network, Locale.objects.create(language_code=code)) for code in ("nn", "se")}
    html = client.get(network.url).content.decode()
    links = dict(re.findall(r'hreflang="(\w+)" href="(\S+?)"', html.partition("</head>")[0]))
    assert links == {"nb": network.full_url, **{code: page.full_url for code, page in pages.items()}}
    assert all(client.get(page.url).status_code == 200 for page in pages.values())
    assert pages["se"].url.startswith("/se/")
    with override("se"):
        assert dates.day(network.published_day) == "15.02.2019"


@pytest.mark.django_db
def test_a_catalogue_of_the_sites_own_goes_before_ours(client, settings, tmp_path):
    page = factories.gathering(factories.network())
    assert "Gjennomført" in client.get(page.url).content.decode()
    catalogue = Catalog(locale="nb")
    catalogue.add("Held", "Vel overstått", context="gathering")
    folder = tmp_path / "nb" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
    assert "Vel overstått" in client.get(page.url).content.decode()
