"""A gathering as a whole against the rules."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wagtail_prosjektnett.domain.dates import Precision, When
from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.domain.gatherings import GatheringPlan, OccurrencePlan
from wagtail_prosjektnett.domain.lifecycle import Lifecycle
from wagtail_prosjektnett.domain.occurrences import RegistrationMethod

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def broken(plan):
    return [found.rule for found in plan.broken(complete=True)]


@pytest.mark.parametrize("is_published, rules", [(False, [Rule.LIFECYCLE_FORBIDS_START]), (True, [])])
def test_what_readers_see_already_may_stay(is_published, rules):
    closed = Lifecycle(OSLO, closed_from=date(2026, 11, 1))
    occurrence = OccurrencePlan(0, When(date(2026, 11, 10)), is_published=is_published)
    assert broken(GatheringPlan(closed, "Nettverket", NOW, occurrences=[occurrence])) == rules


@pytest.mark.parametrize(
    "precision, last",
    [
        (Precision.DAY, date(2027, 2, 10)),
        (Precision.MONTH, date(2027, 2, 28)),
        (Precision.SEASON, date(2027, 6, 30)),
        (Precision.YEAR, date(2027, 12, 31)),
    ],
)
def test_the_deadline_is_no_later_than_the_last_day_on_which_it_can_begin(precision, last):
    def plan(deadline):
        when = When(date(2027, 2, 10), precision=precision)
        terms = {"method": RegistrationMethod.EMAIL, "email": "post@example.org", "deadline": deadline}
        return GatheringPlan(Lifecycle(OSLO), "Nettverket", NOW, occurrences=[OccurrencePlan(0, when)], **terms)

    assert broken(plan(last)) == []
    assert broken(plan(date.fromordinal(last.toordinal() + 1))) == [Rule.DEADLINE_AFTER_START]
