"""Somebody who signs up several people at once."""

import pytest

from tests.registration.browsing import PERSON, errors_of, kept, several, soup_of, typed, url
from tests.registration.conftest import make_gathering, occurrence_of
from wagtail_prosjektnett.models import Registration

pytestmark = pytest.mark.django_db


def test_a_contact_signs_up_several_with_or_without_addresses(client, gathering):
    data = several(gathering, {"name": "Anne"}, {"name": "Bjørn"}, {"name": "Cato", "email": "c@example.org"})
    answer = client.post(url(gathering), data)
    assert "?seated=2&waiting=1" in answer["Location"]
    assert "2 personer har plass" in client.get(answer["Location"]).content.decode()
    found = Registration.objects.order_by("number")
    assert [(each.name, each.email, each.contact_email) for each in found] == [
        ("Anne", "", "sekretaer@example.org"),
        ("Bjørn", "", "sekretaer@example.org"),
        ("Cato", "c@example.org", "sekretaer@example.org"),
    ]


def test_a_contact_is_told_where_and_who_gets_the_mails(client, gathering):
    alone, two = ["Anne"], ["Bjørn", "Cato"]
    for names in (alone, two):
        people = [{"name": name, "email": f"{name[0]}@example.org"} for name in names]
        answer = client.post(url(gathering), several(gathering, *people))
        html = client.get(answer["Location"]).content.decode()
        assert "Samling – Øst: 1 person" in html
        assert "Hver av dem får en e-post" in html
        assert "Du får e-postene til dem som ikke har egen adresse" in html
        assert "Vi sender deg" not in html, "who signs up others with addresses of their own gets none"
        assert "Du har plass" not in html


def test_a_contact_whose_people_all_wait_is_told_of_them(client, gathering):
    for number in range(2):
        client.post(url(gathering), several(gathering, {"name": f"P{number}"}))
    answer = client.post(url(gathering), several(gathering, {"name": "Anne"}, {"name": "Bjørn"}))
    html = client.get(answer["Location"]).content.decode()
    assert "Alle står på venteliste" in html
    assert "2 personer står på venteliste" in html
    assert "Du står" not in html


def test_people_are_added_and_removed_without_losing_anything(client, gathering):
    answer = client.post(url(gathering), typed(gathering, {**PERSON, "role": "Leder"}, action="several"))
    assert kept(answer)["contact_email"] == "leder@example.org"
    data = {**kept(answer), "action": "add"}
    answer = client.post(url(gathering), data)
    soup = soup_of(answer)
    assert answer.status_code == 200
    assert soup.select_one("[autofocus]")["name"] == "person-1-name"
    assert not soup.select(".form-problems")
    data = {**kept(answer), "person-1-name": "Andre", "action": "remove-0"}
    answer = client.post(url(gathering), data)
    values = kept(answer)
    assert (values["people"], values["person-0-name"]) == ("1", "Andre")
    assert values["occurrence"] == str(occurrence_of(gathering).uid)
    answer = client.post(url(gathering), {**values, "action": "alone"})
    assert "contact_email" not in kept(answer)
    assert kept(answer)["person-0-name"] == "Andre"
    assert not Registration.objects.exists()


def focused(answer):
    """The name of the one field that has the focus when the form is shown."""
    [field] = soup_of(answer).select("[autofocus]")
    return field["name"]


def test_the_focus_stays_where_something_was_done(client, gathering):
    assert focused(client.post(url(gathering), typed(gathering, action="several"))) == "contact_name"
    three = several(gathering, *({"name": name} for name in "ABC"))
    for removed, nearest in ((0, 0), (1, 1), (2, 1)):
        answer = client.post(url(gathering), {**three, "action": f"remove-{removed}"})
        assert focused(answer) == f"person-{nearest}-name"
    assert focused(client.post(url(gathering), {**three, "action": "alone"})) == "person-0-name"
    assert focused(client.post(url(gathering), {**three, "action": "add"})) == "person-3-name"
    assert not soup_of(client.get(url(gathering))).select("[autofocus]")


@pytest.mark.parametrize("count", ["", "0", "-1", "x", "21", "9999999999", "²"])
def test_a_number_of_people_that_is_none_is_the_nearest_one(client, gathering, count):
    answer = client.post(url(gathering), several(gathering, {"name": "A"}, people=count, action="add"))
    assert int(kept(answer)["people"]) in (2, 20)


@pytest.mark.parametrize("place", ["", "-1", "x", "7", "²", "9" * 5000])
def test_nobody_is_removed_from_a_place_where_nobody_stands(client, gathering, place):
    sent = several(gathering, {"name": "A"}, {"name": ""}, action=f"remove-{place}")
    assert client.post(url(gathering), sent).status_code in (200, 422)
    assert not Registration.objects.exists()


def test_twenty_can_be_added_and_no_more(client, gathering):
    full = several(gathering, *({"name": f"P{number}"} for number in range(20)))
    answer = client.post(url(gathering), {**full, "action": "add"})
    assert kept(answer)["people"] == "20"
    assert not soup_of(answer).select("button[value=add]")


def test_nobody_stands_twice_in_one_form(client, gathering):
    data = several(gathering, {"name": "A", "email": "a@example.org"}, {"name": "B", "email": "A@Example.org"})
    assert errors_of(client.post(url(gathering), data)).keys() == {"person-1-email"}
    data = several(gathering, {"name": "A"}, {"name": " a "})
    answer = client.post(url(gathering), data)
    assert errors_of(answer).keys() == {"person-1-name"}
    assert errors_of(answer)["person-1-name"].startswith("Person 2: ")
    assert not Registration.objects.exists()


def test_too_few_seats_for_all_are_told_as_such(client):
    page = make_gathering(registration_waiting_list=False)
    answer = client.post(url(page), several(page, {"name": "A"}, {"name": "B"}, {"name": "C"}))
    assert answer.status_code == 409
    assert "færre ledige plasser" in errors_of(answer)["occurrence"]
    assert not Registration.objects.exists()


def test_twenty_people_cost_no_more_queries_to_show_than_two(client, gathering, django_assert_num_queries):
    def shown(count):
        data = several(gathering, *({"name": f"P{number}"} for number in range(count)), action="add")
        with django_assert_num_queries(99, exact=False) as asked:
            client.post(url(gathering), data)
        return len(asked.captured_queries)

    assert shown(19) == shown(2)
