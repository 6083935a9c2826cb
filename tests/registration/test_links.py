"""Where links to a registration lead: to pages of the site, or to a page of its external frontend."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from tests.languages import translated
from tests.registration.conftest import occurrence_of
from wagtail_prosjektnett.models import Frontend
from wagtail_prosjektnett.pages.registration_links import form_url, occurrence_form_url, registration_url

pytestmark = pytest.mark.django_db

TOKEN = "a" * 43


def test_a_link_leads_to_the_site_of_the_gathering(gathering):
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "fylket.example.org", 443
    site.save()
    assert registration_url(TOKEN, gathering) == f"https://fylket.example.org/registration/link/{TOKEN}/"


def test_where_a_frontend_has_a_page_for_it_the_token_stands_where_no_server_sees_it(gathering):
    site = Site.objects.get(is_default_site=True)
    frontend = Frontend.objects.create(site=site, address="https://nettverk.example.org")
    assert registration_url(TOKEN, gathering).endswith(f"/registration/link/{TOKEN}/")
    frontend.registration_address = "https://nettverk.example.org/pamelding"
    frontend.save()
    assert registration_url(TOKEN, gathering) == f"https://nettverk.example.org/pamelding#{TOKEN}"


def test_a_site_without_the_pages_has_no_links_to_them(gathering, settings, client):
    settings.ROOT_URLCONF = "tests.without_registration_urls"
    assert form_url(gathering) is None
    assert occurrence_form_url(occurrence_of(gathering)) is None
    assert registration_url(TOKEN, gathering) is None
    assert 'class="button"' not in client.get(gathering.url).content.decode()


def test_a_gathering_that_no_site_shows_has_no_link(gathering):
    Site.objects.all().delete()
    assert registration_url(TOKEN, gathering) is None


def test_each_language_has_a_form_of_its_own(gathering, nynorsk, two_languages):
    assert form_url(translated(gathering, nynorsk)) != form_url(gathering)


def test_an_editor_sees_the_button_in_a_preview_of_a_page_that_was_never_saved(gathering, admin):
    draft = gathering.specific.with_content_json(gathering.serializable_data())
    draft.pk = draft.id = None
    answer = draft.make_preview_request(preview_mode="")
    assert answer.status_code == 200


def test_an_administrator_says_where_the_page_of_a_frontend_is(admin):
    html = admin.get(reverse("prosjektnett_frontends:add")).content.decode()
    assert 'name="registration_address"' in html
