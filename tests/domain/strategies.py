"""Hypothesis strategies for the facts that domain rules work on."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from wagtail_prosjektnett.domain.dates import Precision, When
from wagtail_prosjektnett.domain.lifecycle import Guidance, GuidanceKind, Lifecycle
from wagtail_prosjektnett.domain.occurrences import (
    Availability,
    Decision,
    OccurrenceFacts,
    RegistrationMethod,
    RegistrationTerms,
)

OSLO = ZoneInfo("Europe/Oslo")

# Near a change of clocks, a leap day and a turn of the year, so that examples meet them often.
days = st.one_of(
    st.dates(date(2026, 10, 20), date(2026, 10, 30)),
    st.dates(date(2027, 3, 24), date(2027, 3, 31)),
    st.dates(date(2028, 2, 26), date(2028, 3, 2)),
    st.dates(date(2027, 12, 28), date(2028, 1, 4)),
    st.dates(date(2016, 1, 1), date(2030, 12, 31)),
)
instants = st.datetimes(datetime(2015, 1, 1), datetime(2031, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
precisions = st.sampled_from([Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR])


@st.composite
def whens(draw: st.DrawFn) -> When:
    first = draw(days)
    last = draw(st.none() | st.integers(0, 40).map(lambda count: first + timedelta(days=count)))
    precision = draw(precisions)
    start = draw(st.none() | st.times()) if precision is Precision.DAY else None
    end = draw(st.none() | st.times()) if start is not None else None
    return When(first, last, start, end, precision)


@st.composite
def lifecycles(draw: st.DrawFn) -> Lifecycle:
    dates = [draw(st.none() | days) for _ in range(4)]
    return Lifecycle(OSLO, *dates)


guidances = st.builds(Guidance, tz=st.just(OSLO), kind=st.sampled_from(GuidanceKind), until=st.none() | days)
terms = st.builds(
    RegistrationTerms,
    method=st.sampled_from(RegistrationMethod),
    opens=st.none() | days,
    deadline=st.none() | days,
    availability=st.sampled_from(Availability),
)
facts = st.builds(
    OccurrenceFacts,
    when=whens(),
    lifecycle=lifecycles(),
    decision=st.sampled_from(Decision),
    terms=terms,
)
