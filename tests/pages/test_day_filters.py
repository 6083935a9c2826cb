"""What the database finds by days is what the pages show, whatever the dates."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.domain.strategies import days
from wagtail_prosjektnett.pages.day_filters import Days, WhichDays, on_days
from wagtail_prosjektnett.pages.models import AnnouncementPage, GatheringPage

pytestmark = pytest.mark.django_db

often = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 9)).map(lambda each: each.replace(tzinfo=UTC))
near = st.dates(datetime(2026, 1, 1).date(), datetime(2026, 1, 9).date())


@pytest.fixture
def news():
    network = factories.network()
    return [factories.announcement(network, f"Nyhet {number}") for number in range(3)]


@often
@given(data=st.data())
def test_the_database_finds_the_pages_that_show_a_day(news, data):
    for page in news:
        shown = {name: data.draw(st.none() | near) for name in ("published_on", "changed_on")}
        moved = {name: data.draw(moments) for name in ("first_published_at", "last_published_at")}
        AnnouncementPage.objects.filter(pk=page.pk).update(**shown, **moved)
    wanted = Days(data.draw(st.none() | near | days), data.draw(st.none() | near | days))
    pages = list(AnnouncementPage.objects.order_by("pk"))
    for name in ("published", "changed"):
        found = on_days(AnnouncementPage.objects.order_by("pk"), WhichDays(**{name: wanted}))
        assert list(found) == [page for page in pages if is_within(getattr(page, f"{name}_day"), wanted)]


def is_within(day, wanted):
    if wanted == Days():
        return True
    return day is not None and (wanted.first or day) <= day <= (wanted.last or day)


def test_the_days_of_an_occurrence_are_those_it_takes_up():
    network = factories.network()
    rows = [{"start_date": "2026-12-10", "end_date": "2026-12-11"}, {"start_date": "2027-03-01", "start_time": "23:30"}]
    page = factories.gathering(network, occurrences=rows)

    def is_found(**which):
        return on_days(GatheringPage.objects.all(), WhichDays(**which)).filter(pk=page.pk).exists()

    first, last = page.in_order[0].start_date, page.in_order[0].end_date
    day = timedelta(days=1)
    assert is_found(starts=Days(first, first), ends=Days(last, last))
    assert not is_found(starts=Days(first - day, first - day))
    assert not is_found(starts=Days(last, last))
    assert not is_found(ends=Days(first, first))
    late = page.in_order[1].start_date
    assert is_found(starts=Days(late, late))
    assert not is_found(starts=Days(late, late), ends=Days(last, last)), "the days are of one and the same occurrence"
