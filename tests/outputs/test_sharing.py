"""What is shown of a page where somebody shares a link to it."""

from datetime import date

import pytest
from django.core.cache import cache
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Site

from tests import factories
from tests.host.models import PlainPage
from tests.languages import translated
from tests.outputs.told import soup_of
from wagtail_prosjektnett.models import Frontend

pytestmark = pytest.mark.django_db


def shared(client, page):
    """What a page says of itself, by the names of Open Graph."""
    return {meta["property"]: meta["content"] for meta in soup_of(client, page).select("head meta[property]")}


def test_a_page_says_what_it_is(client):
    Site.objects.update(site_name="Fylket")
    page = factories.network("Nettverket", lead="Først dette.\nSå det.")
    assert shared(client, page) == {
        "og:type": "website",
        "og:title": "Nettverket",
        "og:description": "Først dette. Så det.",
        "og:url": page.full_url,
        "og:site_name": "Fylket",
        "og:locale": "nb_NO",
    }


def test_what_an_editor_wrote_for_search_engines_comes_first(client):
    page = factories.network(
        "Nettverket", lead="Ingressen.", seo_title="Om nettverket", search_description="I korthet."
    )
    found = shared(client, page)
    assert (found["og:title"], found["og:description"]) == ("Om nettverket", "I korthet.")
    [description] = soup_of(client, page).select("meta[name=description]")
    assert description["content"] == "I korthet."


def test_a_long_lead_is_cut(client):
    page = factories.network(lead="ord " * 5000)
    [description] = soup_of(client, page).select("meta[name=description]")
    assert description["content"] == shared(client, page)["og:description"]
    assert len(description["content"]) == 300


def test_what_is_read_has_its_dates(client):
    dates = {"published_on": date(2019, 2, 15), "changed_on": date(2019, 3, 1)}
    page = factories.announcement(factories.network(), category="grants", **dates)
    found = shared(client, page)
    assert found["og:type"] == "article"
    assert (found["article:published_time"], found["article:modified_time"]) == ("2019-02-15", "2019-03-01")
    assert found["article:section"] == "Tilskudd"


def test_the_image_is_one_that_the_page_shows(client):
    image = get_image_model().objects.create(title="Vidda", file=get_test_image_file(size=(3000, 2000)))
    page = factories.network(image=image)
    found = shared(client, page)
    made = image.renditions.get(filter_spec="width-1600")
    assert found["og:image"] == f"http://localhost{made.url}"
    assert (found["og:image:width"], found["og:image:height"]) == ("1600", str(made.height))
    assert found["og:image:alt"] == "Vidda"
    assert image.renditions.count() == 3


def test_an_image_without_its_file_is_left_out(client):
    image = get_image_model().objects.create(title="Vidda", file=get_test_image_file())
    image.file.storage.delete(image.file.name)
    cache.clear()
    found = shared(client, factories.network(image=image))
    assert "og:image" not in found


def test_languages_are_told(client, two_languages, settings):
    page = factories.network()
    translation = translated(page, Locale.objects.create(language_code="nn"))
    settings.ROOT_URLCONF = "tests.multilingual_urls"
    assert shared(client, page)["og:locale:alternate"] == "nn_NO"
    assert shared(client, translation)["og:locale"] == "nn_NO"


def test_a_page_in_a_frontend_is_shared_there(client):
    Frontend.objects.create(site=Site.objects.get(is_default_site=True), address="https://example.org/nettverk")
    network = factories.network(slug="nett")
    assert shared(client, network)["og:url"] == "https://example.org/nettverk/nett/"


def test_the_tag_serves_pages_of_the_sites_own(client, site_templates_of_plain_page):
    page = factories.publish(PlainPage(title="Side", search_description="Om siden."), factories.site_root())
    found = shared(client, page)
    assert (found["og:title"], found["og:description"], found["og:url"]) == ("Side", "Om siden.", page.full_url)


@pytest.fixture
def site_templates_of_plain_page(settings, tmp_path):
    """The site's own page type in our base template."""
    folder = tmp_path / "templates" / "host"
    folder.mkdir(parents=True)
    (folder / "plain_page.html").write_text('{% extends "wagtail_prosjektnett/base.html" %}')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder.parent]}]
