"""Organisations: their numbers and their names in several languages."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.domain.numbers import is_municipality_number, is_organisation_number
from wagtail_prosjektnett.models import Organisation, OrganisationName
from wagtail_prosjektnett.pages.models import NetworkMember


@pytest.mark.parametrize("number", ["974760673", "991825827", "942110464"])
def test_numbers_of_public_bodies_are_valid(number):
    assert is_organisation_number(number)


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_found(place, step):
    number = "974760673"
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not is_organisation_number(wrong)


@pytest.mark.parametrize("number", ["", "97476067", "9747606731", "97476067٣", "abcdefghi", "000000001"])
def test_what_is_not_a_number_is_refused(number):
    assert not is_organisation_number(number)


@pytest.mark.parametrize("number, valid", [("5601", True), ("0301", True), ("56", False), ("0001", False)])
def test_municipality_numbers(number, valid):
    assert is_municipality_number(number) is valid


@pytest.mark.parametrize(
    "field, rule",
    [
        ("organisation_number", Rule.ORGANISATION_NUMBER_INVALID),
        ("municipality_number", Rule.MUNICIPALITY_NUMBER_INVALID),
    ],
)
def test_a_wrong_number_is_refused(field, rule):
    with pytest.raises(ValidationError) as caught:
        Organisation(name="x", **{field: "12"}).clean_fields()
    assert caught.value.error_dict[field][0].code == rule.value


def test_a_municipality_number_has_a_first_and_a_last_day():
    organisation = Organisation(valid_from=date(2020, 1, 1), valid_to=date(2023, 12, 31))
    assert [organisation.is_valid(date(year, 6, 1)) for year in (2019, 2020, 2023, 2024)] == [False, True, True, False]
    assert Organisation().is_valid(date(2024, 1, 1))


@pytest.mark.django_db
def test_each_name_is_marked_with_its_language(client):
    porsanger = factories.municipality("Porsanger – Porsáŋgu – Porsanki")
    names = [("Porsanger", "nb"), ("Porsáŋgu", "se"), ("Porsanki", "fkv")]
    porsanger.parallel_names = [OrganisationName(name=name, language=language) for name, language in names]
    porsanger.save()
    network = factories.network()
    network.members = [NetworkMember(organisation=porsanger)]
    network.save_revision().publish()
    member = BeautifulSoup(client.get(network.url).content, "html.parser").select_one(".member-name")
    assert member.get_text(strip=True) == "Porsanger–Porsáŋgu–Porsanki"
    assert [(part.get_text(), part["lang"]) for part in member.select("[lang]")] == names
