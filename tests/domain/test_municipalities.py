"""The names of municipalities, in parts and put together, and the periods of their numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_prosjektnett.domain.municipalities import (
    NAME_LANGUAGES,
    Period,
    official_name,
    overlapping,
    split_names,
    with_languages,
)
from wagtail_prosjektnett.records.organisations import NameLanguage

words = st.text(st.characters(categories=["L"]), min_size=1, max_size=10)
days = st.none() | st.dates(date(2019, 12, 30), date(2020, 1, 5))


@pytest.mark.parametrize(
    "name, parts",
    [
        ("Alta", ["Alta"]),
        ("Sør-Varanger", ["Sør-Varanger"]),
        ("Deatnu - Tana", ["Deatnu", "Tana"]),
        ("Porsanger – Porsáŋgu – Porsanki", ["Porsanger", "Porsáŋgu", "Porsanki"]),
        ("Nord-Aurdal  -  Noe", ["Nord-Aurdal", "Noe"]),
    ],
)
def test_a_name_is_split_where_parallel_names_meet(name, parts):
    assert split_names(name) == parts


@given(st.lists(words, min_size=1, max_size=4), st.sampled_from([" - ", " – "]))
def test_names_that_are_joined_are_split_into_the_same_names(parts, separator):
    assert split_names(separator.join(parts)) == parts


@given(st.text(st.sampled_from("aá-– "), max_size=15))
def test_an_official_name_stays_as_it_is(text):
    name = official_name(text)
    assert official_name(name) == name
    assert split_names(name) == split_names(text)


def test_every_language_is_one_that_names_can_have():
    assert set(NAME_LANGUAGES.values()) <= set(NameLanguage.values)


def test_no_name_is_given_a_language_unless_all_are():
    assert with_languages(["Deatnu", "Tana"]) == [("Deatnu", "se"), ("Tana", "nb")]
    assert with_languages(["Deatnu", "Tana", "Teno"]) == []
    assert with_languages(["Karasjok"]) == []


@given(days, days, days, days)
def test_periods_overlap_when_some_day_is_in_both(first, last, other_first, other_last):
    every_day = [date(2019, 12, day) for day in range(28, 32)] + [date(2020, 1, day) for day in range(1, 8)]

    def has(start, end, day):
        return (start is None or start <= day) and (end is None or day <= end)

    if (first and last and last < first) or (other_first and other_last and other_last < other_first):
        return
    expected = any(has(first, last, day) and has(other_first, other_last, day) for day in every_day)
    assert Period(first, last).overlaps(Period(other_first, other_last)) is expected
    assert overlapping([Period(first, last), Period(other_first, other_last)]) is expected
