"""An editor sees a page as readers will, also before it is saved for the first time."""

import pytest
from django.urls import reverse

from tests import factories
from tests.forms import announcement_data, article_data, gathering_data, network_data
from wagtail_prosjektnett.pages.models import AnnouncementPage, ExperiencePage, GatheringPage, NetworkPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "model, make, data",
    [
        (GatheringPage, factories.gathering, gathering_data([{"start_date": "2018-02-15"}], slug="ny")),
        (AnnouncementPage, factories.announcement, announcement_data()),
        (ExperiencePage, factories.article, article_data()),
    ],
)
def test_a_new_page_is_previewed_with_the_banner(admin, model, make, data):
    index = make(factories.network(wind_down_from="2019-02-15")).get_parent()
    factories.announcement(index.get_parent().specific, "Handler ikke om noen samling")
    place = ["prosjektnett_pages", model._meta.model_name, index.pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=place)
    assert admin.post(url, data).json()["is_valid"]
    html = admin.get(url).content.decode()
    assert f"<h1>{data['title']}</h1>" in html
    assert html.count('data-network-banner="notice"') == 1
    assert "Handler ikke om noen samling" not in html


def test_a_new_network_is_previewed_with_its_own_banner(admin):
    place = ["prosjektnett_pages", NetworkPage._meta.model_name, factories.site_root().pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=place)
    assert admin.post(url, network_data(wind_down_from="2019-02-15")).json()["is_valid"]
    assert admin.get(url).content.decode().count('data-network-banner="notice"') == 1
