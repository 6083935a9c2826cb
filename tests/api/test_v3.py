"""Wagtail's API v3 as we guard it: requests that it must survive, and what it must not find."""

import pytest
from wagtail.models import PageViewRestriction

from tests import factories
from tests.conftest import needs_v3

pytestmark = [pytest.mark.django_db, needs_v3]


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_an_offset_that_no_database_can_count_to_is_refused(client, kind):
    response = client.get(f"/api/v3/{kind}/?offset=1" + "0" * 25)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert "offset" in response.json()["detail"]


@pytest.mark.parametrize("kind", ["", "&type=prosjektnett_pages.GatheringPage"])
@pytest.mark.parametrize("search", ["%00", "a%00b"])
def test_a_search_with_nul_is_refused(client, kind, search):
    response = client.get(f"/api/v3/pages/?search={search}{kind}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["search"]


def test_a_page_that_is_hidden_finds_nothing_that_refers_to_it(client):
    network, gathering = factories.network(), factories.gathering(factories.network("Et annet"), "Samlingen")
    factories.article(network, source_gathering=gathering)
    factories.announcement(network, related_gathering=gathering)

    def count(kind, name, pk=gathering.pk):
        answer = client.get("/api/v3/pages/", {"type": f"prosjektnett_pages.{kind}", name: pk})
        assert answer.status_code == (200 if isinstance(pk, int) else 422), answer.content
        return answer.json().get("count")

    filters = (("ExperiencePage", "source_gathering"), ("AnnouncementPage", "related_gathering"))
    assert [count(*each) for each in filters] == [1, 1]
    assert [count(*each, 10**6) for each in filters] == [0, 0]
    assert [count(*each, 10**30) for each in filters] == [0, 0]
    assert [count(*each, "x") for each in filters] == [None, None]
    PageViewRestriction.objects.create(page=gathering.get_parent(), restriction_type="login")
    assert [count(*each) for each in filters] == [0, 0]
