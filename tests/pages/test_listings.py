"""A part of a list is what it is of the whole list, whatever has been left out to find it."""

from collections import Counter

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from tests import factories
from tests.feedback.conftest import shown
from tests.pages.test_day_filters import moments, near, often
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages import listings
from wagtail_prosjektnett.pages.models import ExperiencePage
from wagtail_prosjektnett.visibility import _outermost, read_as_anybody

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_anybody():
    request = RequestFactory().get("/")
    read_as_anybody(request)
    return request


@pytest.fixture
def articles():
    network = factories.network()
    return [factories.article(network, f"Artikkel {number}") for number in range(6)]


@pytest.fixture
def aliases(articles):
    """An alias of the first article, and one of that alias."""
    alias = articles[0].create_alias(parent=articles[0].get_parent(), update_slug="alias")
    return [alias, alias.create_alias(update_slug="again")]


def part_of(request, which, offset, limit):
    return listings.part_of(listings.articles(request, which), offset, limit)


def draw_days(data, articles):
    """Let articles say when they are from, or have been published here, or both."""
    for page in articles:
        dates = {"published_on": data.draw(st.none() | st.none() | near), "first_published_at": data.draw(moments)}
        ExperiencePage.objects.filter(pk=page.pk).update(**dates)


def days(page):
    """What articles are sorted by where the newest come first."""
    return page.published_day, page.first_published_at


@often
@given(data=st.data(), offset=st.integers(0, 7), limit=st.none() | st.integers(1, 7))
def test_each_part_of_the_newest_articles_is_as_in_the_whole_list(request_of_anybody, articles, data, offset, limit):
    draw_days(data, articles)
    pages = sorted(ExperiencePage.objects.all(), key=days, reverse=True)
    found, count = part_of(request_of_anybody, listings.WhichArticles(), offset, limit)
    end = None if limit is None else offset + limit
    assert [days(page) for page in found] == [days(page) for page in pages[offset:end]]
    assert count == (6 if found or offset else 0)


@often
@given(data=st.data(), offset=st.integers(0, 3), limit=st.integers(1, 3))
def test_each_part_of_the_most_used_articles_is_as_in_the_whole_list(
    request_of_anybody, articles, aliases, data, offset, limit
):
    draw_days(data, [*articles, *aliases])
    Feedback.objects.all().delete()
    said = st.tuples(st.sampled_from(articles), st.booleans(), st.sampled_from((True, False, None)), st.booleans())
    use = Counter()
    for page, used, helpful, is_shown in data.draw(st.lists(said, max_size=8)):
        shown(page, used=used, helpful=helpful, state="shown" if is_shown else "waiting")
        use[page.pk] += is_shown * (100 * used + (helpful is True))
    use.update(dict.fromkeys([alias.pk for alias in aliases], use[articles[0].pk]))

    def order(page):
        return use[page.pk], *days(page)

    pages = sorted(ExperiencePage.objects.all(), key=order, reverse=True)
    found, count = part_of(request_of_anybody, listings.WhichArticles(most_used_first=True), offset, limit)
    assert [order(page) for page in found] == [order(page) for page in pages[offset : offset + limit]]
    assert count == (8 if found or offset else 0)


def test_what_is_about_a_gathering_is_about_its_aliases(request_of_anybody):
    network = factories.network()
    gathering = factories.gathering(network)
    alias = gathering.create_alias(update_slug="alias")
    pages = [factories.article(network, f"Om {each.slug}", source_gathering_id=each.pk) for each in (gathering, alias)]
    news = factories.announcement(network, related_gathering=gathering)
    found = [
        set(listings.articles(request_of_anybody, listings.WhichArticles(source_gathering=each.pk)))
        for each in (gathering, alias)
    ]
    assert found == [{pages[0]}, set(pages)]
    assert list(listings.announcements(request_of_anybody, listings.WhichAnnouncements(gathering=alias.pk))) == [news]


def test_many_restrictions_of_the_same_pages_are_one_condition(client):
    network = factories.network()
    article = factories.article(network, "Skjult artikkel")
    factories.article(network, "Åpen artikkel")
    for page in (article.get_parent(), article):
        PageViewRestriction.objects.bulk_create(
            [PageViewRestriction(page=page, restriction_type="login") for _ in range(600)]
        )
    answer = client.get(network.url)
    assert answer.status_code == 200
    assert "artikkel" not in answer.content.decode()
    PageViewRestriction.objects.filter(page=article.get_parent()).delete()
    text = client.get(network.url).content.decode()
    assert "Åpen artikkel" in text
    assert "Skjult artikkel" not in text


@given(st.lists(st.text("01", max_size=6).map(lambda text: text[: len(text) // 2 * 2]), max_size=8))
def test_the_outermost_paths_hide_what_all_of_them_do(paths):
    found = _outermost(paths)
    assert len(set(found)) == len(found) <= len(set(paths))
    for path in paths:
        assert path.startswith(found)
    assert set(found) <= set(paths)
