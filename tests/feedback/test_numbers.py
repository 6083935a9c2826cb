"""What is counted is what is shown: whatever is said, and whatever an editor has decided about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import factories
from tests.feedback.conftest import shown, soup_of
from wagtail_prosjektnett.domain.feedback import FeedbackState, Said
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback import ONE_USE, comments_on, feedback_key, numbers_of, with_usage
from wagtail_prosjektnett.pages.models import ExperiencePage

rows = st.fixed_dictionaries(
    {
        "article": st.integers(0, 2),
        "state": st.sampled_from([state.value for state in FeedbackState]),
        "helpful": st.sampled_from([True, False, None]),
        "used": st.booleans(),
        "place": st.sampled_from([None, 0, 1]),
        "comment": st.sampled_from(["", "Ord"]),
        "reply": st.sampled_from(["", "Svar"]),
    }
)


class NumbersOfEachPage(TestCase):
    """Each article has the numbers of what is shown of it, and an alias those of its page."""

    @given(st.lists(rows, max_size=15))
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    def test_numbers_equal_what_is_shown(self, said):
        network = factories.network()
        articles = [factories.article(network, f"Artikkel {number}") for number in range(3)]
        places = [factories.municipality(name) for name in ("Alta", "Vadsø")]
        for row in said:
            place = None if row["place"] is None else places[row["place"]]
            fields = {name: row[name] for name in ("state", "helpful", "used", "comment", "reply")}
            shown(articles[row["article"]], municipality=place, **fields)
        alias = articles[0].create_alias(parent=articles[0].get_parent(), update_slug="alias")
        again = alias.create_alias(update_slug="again").create_alias(update_slug="and-again")
        for pages, cost in ((articles, 1), ([alias], 2), ([*articles, alias], 1), ([again], 4)):
            with CaptureQueriesContext(connection) as queries:
                numbers_of(pages)
            assert len(queries) == cost
        found = numbers_of(ExperiencePage.objects.all())
        assert found[again.pk] == found[alias.pk] == found[articles[0].pk]
        for number, article in enumerate(articles):
            public = [row for row in said if row["article"] == number and row["state"] == "shown"]
            numbers = found[article.pk]
            assert numbers.helpful_yes == sum(row["helpful"] is True for row in public)
            assert numbers.helpful_no == sum(row["helpful"] is False for row in public)
            assert numbers.used == sum(row["used"] for row in public)
            used_in = {places[row["place"]].pk for row in public if row["used"] and row["place"] is not None}
            assert {pk for pk, _number, _name in numbers.municipalities} == used_in
            written = [row for row in public if row["comment"] or row["reply"]]
            assert numbers.comments == comments_on(feedback_key(article)).count() == len(written)
        for page in with_usage(ExperiencePage.objects.all()):
            assert divmod(page.usage, ONE_USE) == (found[page.pk].used, found[page.pk].helpful_yes)


@pytest.mark.django_db
def test_the_page_shows_the_numbers_and_the_municipalities(client, article):
    places = [factories.municipality(name) for name in ("Vadsø", "Alta")]
    for place in (*places, places[0], None):
        shown(article, used=True, municipality=place)
    shown(article, helpful=False)
    found = [
        " ".join(item.get_text().split()) for item in soup_of(client.get(article.url)).select(".feedback-numbers li")
    ]
    assert found == ["4 av 5 lesere som svarte, hadde nytte av det", "4 har brukt det (Alta, Vadsø)"]


@pytest.mark.django_db
def test_nothing_is_shown_before_an_editor_has_decided_so(client, article):
    for state in ("waiting", "hidden"):
        shown(article, state=state, comment="Uleste ord", reply="Uvist svar", used=True)
    text = client.get(article.url).content.decode()
    assert "Uleste ord" not in text
    assert "Uvist svar" not in text
    assert not soup_of(client.get(article.url)).select(".feedback-numbers")


PARTS = {
    "": "54",
    "?comments=2": "32",
    "?comments=3": "1",
    "?comments=99": "1",
    "?comments=x": "54",
    "?comments=-1": "1",
    f"?comments={'9' * 40}": "1",
    "?comments=%00": "54",
}


@pytest.mark.django_db
@pytest.mark.parametrize("part, expected", PARTS.items())
def test_comments_come_newest_first_and_some_at_a_time(client, article, settings, part, expected):
    settings.PROSJEKTNETT_PAGE_SIZE = 2
    for number in range(1, 6):
        shown(article, comment=str(number), reply="Svar" if number == 5 else "")
    soup = soup_of(client.get(article.url + part))
    found = [comment.select_one("[lang]").get_text(strip=True) for comment in soup.select(".feedback-comment")]
    assert "".join(found) == expected
    assert len(soup.select(".feedback-reply")) == ("5" in expected)
    assert soup.select_one("#feedback .pagination a")["href"].endswith("#feedback")


@pytest.mark.django_db
def test_an_article_costs_the_same_however_much_is_said(client, article):
    def cost():
        client.get(article.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(article.url)
        return len(queries)

    shown(article, used=True, municipality=factories.municipality())
    few = cost()
    for number in range(10):
        shown(article, used=True, municipality=factories.municipality(f"Kommune {number}"))
    assert cost() == few


@pytest.mark.django_db
def test_who_gave_it_is_shown_to_nobody(client, article):
    shown(article, name="Hemmelig Leser", email="hemmelig@example.org", address="hemmelig@example.org")
    assert "emmelig" not in client.get(article.url).content.decode()


@pytest.mark.parametrize(
    "said, is_empty",
    [
        (Said(), True), (Said(name="A", email="a@example.org", comment=" \n"), True), (Said(helpful=False), False),
        (Said(used=True), False), (Said(comment="a"), False),
    ],
)  # fmt: skip
def test_who_somebody_is_says_nothing(said, is_empty):
    assert said.is_empty is is_empty
    assert not Feedback().told
