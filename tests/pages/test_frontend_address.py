"""Links that leave the site lead to the external frontend, where a site has one."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction, Site

from tests import factories
from tests.host.models import PlainPage
from wagtail_prosjektnett.models import Frontend
from wagtail_prosjektnett.pages.addresses import public_url

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/nettverk"


@pytest.fixture
def frontend():
    return Frontend.objects.create(site=Site.objects.get(is_default_site=True), address=ADDRESS)


def head(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").head


def canonical(client, page):
    return [link["href"] for link in head(client, page).select("link[rel=canonical]")]


def test_without_a_frontend_a_page_has_its_own_address(client):
    page = factories.gathering(factories.network(slug="nett"), slug="samling")
    assert public_url(page) == page.full_url
    assert canonical(client, page) == [page.full_url]


def test_with_a_frontend_a_page_has_its_place_there(client, frontend):
    page = factories.gathering(factories.network(slug="nett"), slug="samling")
    place = f"{ADDRESS}/nett/samlinger/samling/"
    assert public_url(page) == public_url(page, RequestFactory().get("/")) == place
    assert canonical(client, page) == [place]
    assert page.full_url.startswith("http://localhost/")


def test_a_frontend_without_an_address_changes_nothing(client, frontend):
    frontend.address = ""
    frontend.save()
    page = factories.network()
    assert public_url(page) == page.full_url
    assert canonical(client, page) == [page.full_url]


def test_a_page_that_no_site_shows_has_no_address(frontend):
    assert public_url(factories.network(parent=Page.objects.get(depth=1))) is None


def test_each_site_has_a_frontend_of_its_own(frontend):
    front = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
    other = Site.objects.create(hostname="other.example.org", root_page=front)
    page = factories.network(parent=front, slug="nett")
    assert public_url(page) == "http://other.example.org/nett/"
    Frontend.objects.create(site=other, address="https://annen.example.org")
    assert public_url(page, RequestFactory().get("/")) == "https://annen.example.org/nett/"


def test_languages_are_told_where_the_frontend_has_them(client, frontend, two_languages, nynorsk):
    page = factories.network(slug="nett")
    translation = page.copy_for_translation(nynorsk, copy_parents=True)
    translation.save_revision().publish()
    links = {link["hreflang"]: link["href"] for link in head(client, page).select("link[hreflang]")}
    assert links == {"nb": public_url(page), "nn": public_url(translation)}
    assert all(link.startswith(f"{ADDRESS}/") for link in links.values())


def test_all_links_of_a_page_cost_one_query(frontend, django_assert_num_queries):
    pages = [factories.network(f"Nettverk {number}") for number in range(3)]
    request = RequestFactory().get("/")
    Site.find_for_request(request), [page.full_url for page in pages]
    with django_assert_num_queries(1):
        assert all(public_url(page, request) for page in pages)


class TestLeading:
    """An administrator may lead readers of the pages here to the frontend."""

    @pytest.fixture(autouse=True)
    def _leads(self, frontend):
        frontend.leads_readers = True
        frontend.save()

    def test_readers_are_led(self, client):
        page = factories.gathering(factories.network(slug="nett"), slug="samling")
        response = client.get(page.url)
        assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}/nett/samlinger/samling/")

    def test_pages_of_other_types_stay(self, client):
        page = factories.publish(PlainPage(title="Side"), factories.network())
        assert client.get(page.url).status_code == 200

    def test_a_page_that_only_some_may_read_stays(self, client, django_user_model):
        page = factories.network()
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        client.force_login(django_user_model.objects.create_user("leser"))
        assert client.get(page.url).status_code == 200

    def test_nobody_is_led_in_a_circle(self, client, frontend):
        frontend.address = "http://localhost"
        frontend.save()
        page = factories.network()
        assert client.get(page.url, headers={"host": "localhost"}).status_code == 200

    def test_an_editor_previews_here(self, admin):
        page = factories.network(slug="nett")
        response = admin.get(f"/admin/pages/{page.pk}/view_draft/")
        assert response.status_code == 200
