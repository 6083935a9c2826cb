"""What a participant's own page says of the seat: nothing that is not so any more."""

import pytest
from django.utils import timezone

from tests.registration.browsing import soup_of, text_of
from tests.registration.conftest import sign_up
from wagtail_prosjektnett.models import Registration

pytestmark = pytest.mark.django_db

#: What stands beside the button by which one gives the seat back.
GIVEN_AWAY, ANEW = "Noen andre får plassen din", "Du kan melde deg på igjen"


def test_who_can_still_come_is_told_what_becomes_of_the_seat(open_page, gathering):
    sign_up(gathering)
    text = text_of(open_page())
    for words in ("Har plass", GIVEN_AWAY, ANEW):
        assert words in text


#: What has become of a gathering, whether the seat still is one, and whether somebody else gets it.
CHANGES = {
    "cancelled": ({"decision": "cancelled"}, {}, False, False),
    "postponed": ({"decision": "postponed"}, {}, True, False),
    "over": (
        {"start_date": "2026-11-01"},
        {"registration_deadline": timezone.datetime(2026, 10, 30).date()},
        False,
        False,
    ),
    "deadline": ({}, {"registration_deadline": "2026-11-20"}, True, True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_said_of_seats_that_nobody_gets(open_page, gathering, change):
    for _ in range(3):
        sign_up(gathering)
    row, fields, is_seat, is_given_away = CHANGES[change]
    gathering.occurrences.model.objects.filter(page=gathering).update(**row)
    type(gathering).objects.filter(pk=gathering.pk).update(**fields)
    first, waiting = Registration.objects.order_by("number")[0:3:2]
    text = text_of(open_page(first))
    assert (("Har plass" in text), (GIVEN_AWAY in text), (ANEW in text)) == (is_seat, is_given_away, False)
    assert "Meld meg av" in text
    assert ("Du er nummer 1." in text_of(open_page(waiting))) == is_seat


def test_that_a_gathering_is_cancelled_is_said_in_the_place_of_the_seat(open_page, gathering):
    sign_up(gathering)
    gathering.occurrences.model.objects.filter(page=gathering).update(decision="cancelled")
    answer = open_page()
    assert "Samlingen er avlyst. Det er ikke mer å gjøre." in text_of(answer)
    assert soup_of(answer).select_one(".kicker").get_text(" ", strip=True) == "Min påmelding"


def test_in_a_closed_network_nobody_has_a_seat(open_page, gathering):
    sign_up(gathering)
    network = gathering.network
    network.closed_from = timezone.datetime(2026, 11, 1).date()
    network.save_revision().publish()
    assert_silent(open_page())


def test_nobody_has_a_seat_at_what_is_not_published_any_more(open_page, gathering):
    sign_up(gathering)
    gathering.unpublish()
    assert_silent(open_page())


def assert_silent(answer):
    """Nothing is said of a seat, but one can still give it back."""
    text = text_of(answer)
    for words in ("Har plass", GIVEN_AWAY, ANEW):
        assert words not in text
    assert "Meld meg av" in text
