"""What is told beside each choice of news and of gatherings is how many one gets: for any content, hidden or not."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from tests import factories
from tests.languages import translated
from wagtail_prosjektnett.domain.dates import Season
from wagtail_prosjektnett.pages import announcement_facets, gathering_facets
from wagtail_prosjektnett.pages.announcement_finder import find_announcements
from wagtail_prosjektnett.pages.gathering_finder import find_gatherings
from wagtail_prosjektnett.pages.models import AnnouncementPage, GatheringPage
from wagtail_prosjektnett.pages.questions import Question, read_question
from wagtail_prosjektnett.visibility import read_as_anybody

pytestmark = pytest.mark.django_db

often = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
AT = datetime(2018, 6, 1, tzinfo=UTC)
#: The last hour of the year in UTC is the first of the next one in Norway.
MOMENTS = [datetime(year, 12, 31, hour, 30, tzinfo=UTC) for year in (2017, 2018) for hour in (22, 23)]
NAMES = ["", "Øst", "Vest", "øst"]
NUMBERS = [None, "5601", "5607", "5601"]

hidden = st.sampled_from(["", "", "", "draft", "login", "elsewhere", "translation"])
news = st.lists(
    st.fixed_dictionaries(
        {
            "category": st.sampled_from(["", "news", "grants", "no longer used"]),
            "published_on": st.none() | st.dates(date(2017, 12, 30), date(2018, 1, 2)),
            "first_published_at": st.sampled_from(MOMENTS),
            "hidden": hidden,
        }
    ),
    max_size=6,
)
occurrences = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "place": st.integers(0, 3),
        "start_date": st.dates(date(2017, 12, 1), date(2018, 9, 1)),
        "decision": st.sampled_from(["as_planned", "as_planned", "postponed", "cancelled"]),
    }
)
gatherings = st.lists(
    st.fixed_dictionaries(
        {
            "season": st.sampled_from(["", "spring", "autumn"]),
            "occurrences": st.lists(occurrences, min_size=1, max_size=3),
            "hidden": hidden,
        }
    ),
    max_size=5,
)
YEARS = st.integers(2016, 2019)
asked_of_news = st.fixed_dictionaries(
    {}, optional={"year": YEARS, "category": st.sampled_from(["news", "grants", "gathering"])}
)
asked_of_gatherings = st.fixed_dictionaries(
    {},
    optional={
        "year": YEARS,
        "season": st.sampled_from(Season),
        "region": st.sampled_from(NAMES[1:]),
        "municipality": st.sampled_from(["5601", "5607", "5628"]),
    },
)


class World:
    """A network in two languages beside another one, and places of which two have the same number."""

    def __init__(self, nynorsk):
        self.networks = [factories.network(), factories.network("Et annet")]
        for network in self.networks:
            factories.gathering(network)
            factories.announcement(network)
        self.nynorsk = translated(self.networks[0], nynorsk)
        self.places = [None] + [
            factories.municipality(f"Sted {number}", municipality_number=number) for number in NUMBERS[1:]
        ]
        self.parents = {
            model: [model.objects.descendant_of(network).get().get_parent().specific for network in self.networks]
            for model in (AnnouncementPage, GatheringPage)
        }

    def fill(self, model, rows):
        """Put other pages into the sections than those that were there, and return the section that is read."""
        for page in model.objects.order_by("-path"):
            page.delete()
        here, elsewhere = self.parents[model]
        for row in rows:
            hide = row["hidden"]
            page = self._page(model, row)
            factories.publish(page, type(here).objects.get(pk=(elsewhere if hide == "elsewhere" else here).pk))
            if hide == "draft":
                page.unpublish()
            elif hide == "login":
                PageViewRestriction.objects.create(page=page, restriction_type="login")
            elif hide == "translation":
                self._translate(page)
            if model is AnnouncementPage:  # an editor can choose neither the moment, nor a category that is gone
                said = {name: row[name] for name in ("category", "first_published_at")}
                model.objects.filter(pk=page.pk).update(**said)
        return here

    def _translate(self, page):
        """Have it in the other language as well, where it counts for that section only."""
        page.copy_for_translation(self.nynorsk.locale, copy_parents=True).save_revision().publish()

    def _page(self, model, row):
        if model is AnnouncementPage:
            return model(title="Nyhet", published_on=row["published_on"])
        page = model(title="Samling", season=row["season"])
        page.occurrences = [
            factories.typed(
                model.occurrences.rel.related_model,
                name=each["name"],
                municipality=self.places[each["place"]],
                start_date=each["start_date"].isoformat(),
                decision=each["decision"],
                sort_order=number,
            )
            for number, each in enumerate(row["occurrences"])
        ]
        return page


@pytest.fixture
def world(nynorsk, two_languages):
    return World(nynorsk)


def request_of(user, as_anybody):
    request = RequestFactory().get("/")
    request.user = user
    if as_anybody:
        read_as_anybody(request)
    return request


def seen(rows, as_anybody):
    """The rows of pages that the reader finds in the section."""
    shown = {"", "translation"} if as_anybody else {"", "translation", "login"}
    return [row for row in rows if row["hidden"] in shown]


def check(find, facets, values, expected):
    """The list has what is expected, and what is said beside each choice is how many its address gives."""
    shown = find(Question(facets, values))
    assert shown.problems or shown.count == expected
    for each in shown.filters:
        assert len({choice.label for choice in each.choices}) == len(each.choices)
        for choice in each.choices:
            if choice.is_chosen:
                assert choice.count == shown.count
            else:
                asked = read_question(QueryDict(choice.address[1:]), facets)
                assert find(asked).count == choice.count > 0, (each.name, choice)


@often
@given(rows=news, values=asked_of_news, as_anybody=st.booleans())
def test_the_counts_of_news_are_the_numbers_of_results(world, admin, rows, values, as_anybody):
    index = world.fill(AnnouncementPage, rows)
    request = request_of(admin.user, as_anybody)

    def has_all(row):
        day = row["published_on"] or timezone.localdate(row["first_published_at"])
        told = {"year": day.year, "category": row["category"]}
        return all(told[name] == value for name, value in values.items())

    expected = sum(map(has_all, seen(rows, as_anybody)))
    check(partial(find_announcements, request, index), announcement_facets.FACETS, values, expected)


@often
@given(rows=gatherings, values=asked_of_gatherings, as_anybody=st.booleans())
def test_the_counts_of_gatherings_are_the_numbers_of_results(world, admin, rows, values, as_anybody):
    index = world.fill(GatheringPage, rows)
    request = request_of(admin.user, as_anybody)

    def has_all(row):
        first = min(row["occurrences"], key=lambda each: each["start_date"])["start_date"]
        told = {"year": first.year, "season": row["season"] or Season.of(first)}
        place = {name: values[name] for name in ("region", "municipality") if name in values}
        return all(values.get(name, value) == value for name, value in told.items()) and any(
            place.items() <= {"region": each["name"], "municipality": NUMBERS[each["place"]]}.items()
            for each in row["occurrences"]
        )

    expected = sum(map(has_all, seen(rows, as_anybody)))
    check(partial(find_gatherings, request, index, at=AT), gathering_facets.FACETS, values, expected)
