"""What is told beside each choice is how many articles one gets by choosing it: for any content, hidden or not."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, PageViewRestriction

from tests import factories
from wagtail_prosjektnett.models import ProjectPhase, Topic
from wagtail_prosjektnett.pages import listings
from wagtail_prosjektnett.pages.article_facets import FACETS, facets
from wagtail_prosjektnett.pages.experience import ExperienceKind
from wagtail_prosjektnett.pages.listings import WhichArticles
from wagtail_prosjektnett.visibility import read_as_anybody

pytestmark = pytest.mark.django_db

few = st.lists(st.integers(0, 3), max_size=3, unique=True)
maybe = st.none() | st.integers(0, 3)
articles = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(ExperienceKind.values[:3]),
            "topics": few,
            "phases": few,
            "municipality": maybe,
            "source_gathering": maybe,
            "year": st.integers(2017, 2019),
            "hidden": st.sampled_from(["", "", "", "draft", "login"]),
        }
    ),
    max_size=6,
)
wanted = st.dictionaries(st.sampled_from(list(FACETS)), st.integers(0, 3), max_size=3)


@pytest.fixture
def world(nynorsk, two_languages):
    return World(nynorsk)


class World:
    """What articles can be about: topics and phases in two languages, places with one number, hidden gatherings."""

    def __init__(self, nynorsk):
        self.network = factories.network()
        first, second = (Topic.objects.create(name=name) for name in ("Forankring", "Gevinster"))
        self.topics = [first, second, first.copy_for_translation(nynorsk), Topic.objects.create(name="Risiko")]
        self.topics[2].save()
        self.phases = list(ProjectPhase.objects.filter(locale=Locale.get_default())[:4])
        numbers = {"Tana": "5628", "Deatnu – Tana": "5628", "Alta": "5601", "Uten nummer": ""}
        self.places = [factories.municipality(name, municipality_number=number) for name, number in numbers.items()]
        self.gatherings = [factories.gathering(self.network, f"Samling {number}") for number in range(4)]
        self.gatherings[2].unpublish()
        PageViewRestriction.objects.create(page=self.gatherings[3], restriction_type="login")
        self.made = []

    def fill(self, rows):
        """Put other articles into the base than those that were there."""
        for page in self.made:
            page.delete()
        self.made = [self._article(row) for row in rows]

    def _article(self, row):
        page = factories.article(
            self.network,
            kind=row["kind"],
            municipality=None if row["municipality"] is None else self.places[row["municipality"]],
            source_gathering=None if row["source_gathering"] is None else self.gatherings[row["source_gathering"]],
            published_on=date(row["year"], 1, 1),
        )
        page.topics = [self.topics[number] for number in row["topics"]]
        page.phases = [self.phases[number] for number in row["phases"]]
        page.save_revision().publish()
        if row["hidden"] == "draft":
            page.unpublish()
        elif row["hidden"]:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        return page

    def chosen(self, wanted):
        """The question that asks for some of all this, by its numbers."""
        things = {
            "kind": ExperienceKind.values,
            "topic": [topic.pk for topic in self.topics],
            "phase": [phase.pk for phase in self.phases],
            "municipality": ["5628", "5601", "5607", "5603"],
            "year": [2017, 2018, 2019, 2020],
            "source_gathering": [page.pk for page in self.gatherings],
        }
        return WhichArticles(network=self.network, **{name: things[name][number] for name, number in wanted.items()})


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=articles, wanted=wanted, as_anybody=st.booleans())
def test_a_count_is_the_number_of_results_that_its_choice_gives(world, admin, rows, wanted, as_anybody):
    world.fill(rows)
    request = RequestFactory().get("/")
    request.user = admin.user
    if as_anybody:
        read_as_anybody(request)
    which = world.chosen(wanted)
    for name, counted in facets(request, which).items():
        assert len({facet["value"] for facet in counted}) == len(counted)
        for facet in counted:
            chosen = replace(which, **{name: FACETS[name].parse(facet["value"])})
            assert listings.articles(request, chosen).count() == facet["count"] > 0, (name, facet)
        # Nothing that an article has is left out.
        others = listings.articles(request, replace(which, **{name: None}))
        if name in ("kind", "year"):
            assert sum(facet["count"] for facet in counted) == others.count()
