"""What the database finds by the day of review is what the rule says, whatever the dates."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.domain.strategies import days
from tests.languages import again, translated
from wagtail_prosjektnett.domain.review import MOST_MONTHS, ReviewState
from wagtail_prosjektnett.pages.models import ExperiencePage, NetworkPage
from wagtail_prosjektnett.pages.review_filters import articles_once, is_read, most_urgent_first, with_state

pytestmark = pytest.mark.django_db

AT = datetime(2027, 1, 31, 12, tzinfo=UTC)
often = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(lambda each: each.replace(tzinfo=UTC))
intervals = st.none() | st.sampled_from([0, 1, 6, 12, MOST_MONTHS])


@pytest.fixture
def articles():
    networks = [factories.network("Åpent"), factories.network("Annet")]
    networks.append(factories.network("Inni", networks[1]))
    return [factories.article(network, f"Artikkel {number}") for network in networks for number in range(2)]


@often
@given(data=st.data())
def test_the_database_knows_the_day_of_review(articles, data, settings):
    settings.PROSJEKTNETT_REVIEW_MONTHS = data.draw(st.sampled_from([0, 1, 12]))
    for network in NetworkPage.objects.all():
        closed = data.draw(st.none() | days)
        zone = data.draw(st.sampled_from(["Europe/Oslo", "Pacific/Auckland"]))
        NetworkPage.objects.filter(pk=network.pk).update(closed_from=closed, time_zone=zone)
    for page in articles:
        shown = {name: data.draw(st.none() | days) for name in ("next_review", "last_reviewed", "published_on")}
        ExperiencePage.objects.filter(pk=page.pk).update(
            **shown, review_months=data.draw(intervals), first_published_at=data.draw(moments)
        )
    at, today = data.draw(moments), data.draw(days)
    due = {page.pk: page.review(at).due for page in ExperiencePage.objects.all()}
    assert dict(articles_once(at).values_list("pk", "due")) == due
    for state in ReviewState:
        found = with_state(articles_once(at), [state], today)
        assert set(found.values_list("pk", flat=True)) == {
            pk for pk, day in due.items() if ReviewState.of(day, today) is state
        }
    in_order = [due[page.pk] for page in most_urgent_first(articles_once(at))]
    assert in_order == sorted(due.values(), key=lambda day: (day is None, day))


def test_an_interval_ends_with_the_month():
    page = factories.article(factories.network(), last_reviewed=date(2026, 8, 31), review_months=6)
    assert articles_once(AT).get().due == page.review(AT).due == date(2027, 2, 28)


def test_only_what_readers_see_is_reviewed():
    network = factories.network()
    factories.article(network, "Trukket tilbake").unpublish()
    seen = factories.article(network, "Publisert")
    seen.create_alias(parent=seen.get_parent(), update_slug="alias")
    assert [page.title for page in articles_once(AT)] == ["Publisert"]


@pytest.mark.urls("tests.multilingual_urls")
@pytest.mark.usefixtures("two_languages")
def test_an_article_is_reviewed_once_for_all_its_languages(nynorsk):
    page = factories.article(factories.network(), last_reviewed=date(2026, 3, 1), review_months=6)
    there = translated(page, nynorsk)
    assert there.review_months == 6
    assert articles_once(AT).get() == page


@pytest.mark.urls("tests.multilingual_urls")
@pytest.mark.usefixtures("two_languages")
def test_an_article_is_reviewed_for_as_long_as_one_language_of_it_is_read(nynorsk):
    page = factories.article(factories.network(), last_reviewed=date(2026, 3, 1), review_months=6)
    there = translated(page, nynorsk)
    page.unpublish()
    assert (articles_once(AT).get(), articles_once(AT).get().due) == (page, date(2026, 9, 1))
    there.unpublish()
    assert not articles_once(AT).exists()


def state_of(page, state):
    """Bring a page into a state: never published, published, or taken down again."""
    if state == "never":
        ExperiencePage.objects.filter(pk=page.pk).update(live=False, first_published_at=None)
    elif state == "taken down":
        page.unpublish()


@pytest.mark.urls("tests.multilingual_urls")
@pytest.mark.usefixtures("two_languages")
@pytest.mark.parametrize("there", ["published", "taken down", "never"])
@pytest.mark.parametrize("here", ["published", "taken down", "never"])
def test_an_article_is_reviewed_whatever_language_it_is_read_in(nynorsk, here, there):
    source = factories.article(factories.network(), last_reviewed=date(2026, 3, 1), review_months=6)
    translation = translated(source, nynorsk)
    translation.create_alias(parent=translation.get_parent(), update_slug="alias")
    state_of(source, here)
    state_of(translation, there)
    listed = translation if here == "never" else source
    found = [(listed, date(2026, 9, 1))] if "published" in (here, there) else []
    assert [(page, page.due) for page in articles_once(AT)] == found
    assert [is_read(again(page)) for page in (source, translation)] == [bool(found)] * 2


def test_a_closed_network_has_no_reviews_from_the_first_second_on():
    network = factories.network(closed_from="2027-03-01")
    factories.article(network, next_review=date(2026, 1, 1))
    closes = datetime(2027, 3, 1, tzinfo=ZoneInfo("Europe/Oslo"))
    assert articles_once(closes - timedelta(seconds=1)).get().due == date(2026, 1, 1)
    assert articles_once(closes).get().due is None


def test_what_the_list_costs_does_not_depend_on_its_length(articles, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(most_urgent_first(articles_once(AT))) == len(articles)
