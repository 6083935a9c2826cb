"""Dates and statuses in words."""

import re
from datetime import date, time
from enum import StrEnum

import pytest
from django.utils.translation import override

from wagtail_prosjektnett.domain.dates import Precision, When
from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.models import Organisation
from wagtail_prosjektnett.wording import dates
from wagtail_prosjektnett.wording.labels import LABELS, choice_label, label
from wagtail_prosjektnett.wording.rules import MESSAGES, rule_message

FEBRUARY = date(2018, 2, 15)


@pytest.mark.parametrize(
    "when, words",
    [
        (When(FEBRUARY), "15. februar 2018"),
        (When(FEBRUARY, start_time=time(10)), "15. februar 2018 kl. 10:00"),
        (When(FEBRUARY, start_time=time(10), end_time=time(15, 30)), "15. februar 2018 kl. 10:00–15:30"),
        (When(FEBRUARY, date(2018, 2, 16)), "15.–16. februar 2018"),
        (When(FEBRUARY, date(2018, 3, 1)), "15. februar 2018 – 1. mars 2018"),
        (
            When(FEBRUARY, date(2018, 2, 16), time(12), time(13)),
            "15. februar 2018 kl. 12:00 til 16. februar 2018 kl. 13:00",
        ),
        (When(FEBRUARY, precision=Precision.MONTH), "februar 2018"),
        (When(FEBRUARY, date(2018, 3, 1), precision=Precision.MONTH), "februar 2018 – mars 2018"),
        (When(FEBRUARY, precision=Precision.SEASON), "våren 2018"),
        (When(date(2018, 9, 1), precision=Precision.SEASON), "høsten 2018"),
        (When(FEBRUARY, date(2018, 9, 1), precision=Precision.SEASON), "våren 2018 – høsten 2018"),
        (When(FEBRUARY, precision=Precision.YEAR), "2018"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(when, words):
    with override("nb"):
        assert dates.when(when) == words


def test_nynorsk_has_its_own_words():
    with override("nn"):
        assert dates.when(When(date(2018, 9, 1), precision=Precision.SEASON)) == "hausten 2018"


def test_a_date_in_figures_is_norwegian():
    with override("nb"):
        assert dates.day(date(2019, 2, 15)) == "15.02.2019"


@pytest.mark.parametrize("enum", list(LABELS))
def test_every_choice_has_words(enum: type[StrEnum]):
    for member in enum:
        assert label(member)


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_has_a_message(rule: Rule):
    wanted = re.findall(r"%\((\w+)\)s", str(MESSAGES[rule]))
    assert rule_message(Broken(rule, "", dict.fromkeys(wanted, "x")))


def test_the_words_of_a_choice_follow_the_language_and_the_value():
    for language, words in (("nb", "Kommune"), ("en", "Municipality"), ("nb", "Kommune")):
        with override(language):
            organisation = Organisation(kind="municipality")
            assert choice_label(organisation, "kind") == organisation.get_kind_display() == words
    organisation.kind = "county_governor"
    with override("nn"):
        assert choice_label(organisation, "kind") == organisation.get_kind_display() == "Statsforvaltar"
    organisation.kind = "of another time"
    assert choice_label(organisation, "kind") == "of another time"
