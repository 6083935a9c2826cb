"""On a base page of the site's own, each page type is made, published, read and found as on Wagtail's."""

from typing import Any, NamedTuple

import pytest
from django.urls import reverse
from wagtail.models import Site

from tests.forms import announcement_data, article_data, gathering_data, network_data, section_data
from wagtail_prosjektnett.pages.types import PageRole, page_model

pytestmark = pytest.mark.django_db

UNIT = "Seksjon for nettverk"


class Sort(NamedTuple):
    """A page type: the roles of the pages above it, the topmost first, and the form of a new one."""

    role: PageRole
    above: tuple[PageRole, ...]
    data: dict[str, Any]


SORTS = [
    Sort(PageRole.NETWORK, (), network_data()),
    Sort(PageRole.GATHERING_INDEX, (PageRole.NETWORK,), section_data()),
    Sort(PageRole.ANNOUNCEMENT_INDEX, (PageRole.NETWORK,), section_data()),
    Sort(PageRole.EXPERIENCE_INDEX, (PageRole.NETWORK,), section_data()),
    Sort(PageRole.GATHERING, (PageRole.NETWORK, PageRole.GATHERING_INDEX), gathering_data([{"place": "Vadsø"}])),
    Sort(PageRole.ANNOUNCEMENT, (PageRole.NETWORK, PageRole.ANNOUNCEMENT_INDEX), announcement_data()),
    Sort(PageRole.EXPERIENCE, (PageRole.NETWORK, PageRole.EXPERIENCE_INDEX), article_data()),
]


def test_every_type_is_among_them():
    assert {sort.role for sort in SORTS} == set(PageRole)


@pytest.fixture(params=SORTS, ids=lambda sort: sort.role.value)
def published(request, admin):
    """A page of each type, made and published in the admin by the form."""
    parent = Site.objects.get(is_default_site=True).root_page
    for role in request.param.above:
        page = page_model(role)(title=f"Over: {role.value}")
        parent.add_child(instance=page)
        page.save_revision().publish()
        parent = page
    model = page_model(request.param.role)
    url = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
    assert admin.get(url).status_code == 200
    response = admin.post(url, {**request.param.data, "unit": UNIT, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    admin.logout()
    page = model.objects.get(slug=request.param.data["slug"])
    assert page.live
    return page


def test_it_is_published_and_read_at_every_door(published, read, client, settings):
    assert published.base_page_model._meta.label == settings.WAGTAIL_PAGE_MODEL
    type(published.network).objects.update(wind_down_from="2019-02-15")

    html = client.get(published.url).content.decode()
    assert f"<h1>{published.title}</h1>" in html
    assert f"Ansvarlig enhet: {UNIT}" in html, "the site's own frame, with what its base page knows"
    assert html.count('data-network-banner="notice"') == 1

    for door in ("v2", "v3"):
        data = read(door, published)
        assert data["meta"]["type"] == published._meta.label
        assert (data["title"], data["unit"]) == (published.title, UNIT)
        assert data["network_banner"]["network"]["id"] == published.network.pk
        listed = client.get(f"/api/{door}/pages/", {"type": published._meta.label}).json()["items"]
        assert [item["id"] for item in listed] == [published.pk]


def test_an_editor_opens_it_again(published, admin):
    admin.force_login(admin.user)
    for view in ("edit", "history", "copy", "usage"):
        assert admin.get(reverse(f"wagtailadmin_pages:{view}", args=[published.pk])).status_code == 200
