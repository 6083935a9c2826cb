"""A participant's own page in several tabs, and left open for long: each form is about the registration it shows."""

from datetime import timedelta

import pytest
import time_machine

from tests.languages import translated
from tests.registration.browsing import MINE, link, named_on, press, send, soup_of, text_of
from tests.registration.conftest import NOW, make_gathering, participant, sign_up
from wagtail_prosjektnett.domain.registration import Needs
from wagtail_prosjektnett.models import Registration, RegistrationMail
from wagtail_prosjektnett.pages.models import Question

pytestmark = pytest.mark.django_db

PATHS = ["", "confirm/", "cancel/", "erase/"]


@pytest.fixture
def tabs(client, open_page):
    """The registrations of two people who must confirm, and the pages of both, opened in this order."""
    page = make_gathering(registration_confirmation=True, registration_needs=True)
    page.questions = [Question(label="Hvilket verksted?", kind="choice", options="Gevinster\nRisiko")]
    page.save_revision().publish()
    for name in ("Anne", "Bjørn"):
        sign_up(page, participant(name=name, needs=Needs("Uten nøtter", "")))
    people = list(Registration.objects.order_by("number"))
    return people, [soup_of(open_page(each)) for each in people]


def everything():
    """All that is known of those who have signed up, and of mail to them."""
    return list(Registration.objects.order_by("pk").values()), RegistrationMail.objects.count()


def test_all_forms_say_which_registration_they_were_shown_for(tabs):
    _people, pages = tabs
    for page in pages:
        forms = page.select("main form[method=post]")
        assert [form["action"] for form in forms] == [f"{MINE}{path}" for path in ("confirm/", "", "cancel/", "erase/")]
        assert all(form.select_one("[name=registration]")["value"] == named_on(page)["registration"] for form in forms)
    assert named_on(pages[0]) != named_on(pages[1])


@pytest.mark.parametrize("path", PATHS)
def test_a_form_does_nothing_to_the_registration_that_was_opened_after_it(client, tabs, path):
    _people, (first, second) = tabs
    before = everything()
    answer = send(client, first, path, name="Anne Berit")
    assert answer.status_code == 409
    assert "Ingenting ble endret" in text_of(answer)
    assert "En annen påmelding er åpnet" in text_of(answer)
    assert everything() == before
    assert send(client, second, path, name="Bjørn Are").status_code == 302
    assert everything() != before


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("named", [{}, {"registration": ""}, {"registration": "x"}, {"registration": "a" * 32}])
def test_a_form_that_does_not_say_what_it_is_about_does_nothing(client, tabs, path, named):
    before = everything()
    assert client.post(MINE + path, {"name": "Anne", **named}).status_code == 409
    assert everything() == before


def test_after_the_link_was_opened_again_the_form_is_taken(client, tabs):
    people, (first, _second) = tabs
    client.get(link(people[0]))
    assert send(client, first, "cancel/").status_code == 302
    assert list(Registration.objects.order_by("number").values_list("state", flat=True)) == ["cancelled", "seated"]


def shown_again(answer):
    """What stands in the fields that are shown to be copied."""
    soup = soup_of(answer)
    assert not soup.select("main button, main form")
    values = {field["name"]: field.get("value", "") for field in soup.select("main input[type=text]")}
    values |= {field["name"]: field.get_text().strip() for field in soup.select("main textarea")}
    return values | {field["name"]: field["value"] for field in soup.select("main input[type=radio][checked]")}


def typed_on(page):
    """What a participant types in the form of a page."""
    question = page.select_one("[name^=question_]")["name"]
    return {
        "name": "Anne Berit", "organisation_name": "", "role": "Rådgiver", "comment": "Kommer <sent>",
        "dietary": "", "access": "Teleslynge", question: page.select_one(f"[name={question}]")["value"],
    }  # fmt: skip


def test_nothing_that_was_typed_is_lost_nor_anything_else_told(client, tabs):
    _people, (first, _second) = tabs
    answer = send(client, first, **typed_on(first))
    assert shown_again(answer) == typed_on(first)
    assert "Det du skrev, står fortsatt her" in text_of(answer)
    assert "Hvilket verksted?" in text_of(answer)
    html = answer.content.decode()
    assert "Uten nøtter" not in html
    assert "Bjørn" not in html
    assert "Det du skrev" not in text_of(send(client, first, "cancel/"))


def test_it_is_told_in_the_language_of_the_form(client, open_page, gathering, nynorsk, two_languages):
    sign_up(translated(gathering, nynorsk))
    sign_up(gathering)
    first, second = Registration.objects.order_by("pk")
    page = soup_of(open_page(first))
    open_page(second)
    answer = send(client, page, "cancel/")
    assert (soup_of(answer).html["lang"], answer["Content-Language"]) == ("nn", "nn")
    assert "Ingenting vart endra" in text_of(answer)


@pytest.mark.parametrize("path", PATHS)
def test_after_an_hour_one_is_asked_to_open_the_link_again(client, tabs, path):
    _people, (_first, second) = tabs
    before = everything()
    with time_machine.travel(NOW, tick=False) as clock:
        clock.shift(timedelta(minutes=61))
        answer = send(client, second, path, **({} if path else typed_on(second)))
    assert answer.status_code == 409
    assert "Det kan ha gått mer enn en time" in text_of(answer)
    assert "En annen påmelding" not in text_of(answer)
    assert everything() == before
    if not path:
        assert shown_again(answer) == typed_on(second)
    assert "Uten nøtter" not in answer.content.decode()


def test_without_the_cookie_the_language_is_that_of_the_form(client, open_page, gathering, nynorsk, two_languages):
    sign_up(translated(gathering, nynorsk))
    page = soup_of(open_page())
    client.cookies.clear()
    answer = send(client, page, "cancel/")
    assert (soup_of(answer).html["lang"], answer["Content-Language"]) == ("nn", "nn")


@pytest.mark.parametrize("path", PATHS)
def test_without_the_cookie_a_form_about_nothing_that_is_known_finds_nothing(client, tabs, path):
    client.cookies.clear()
    for named in ("", "x", "a" * 32, "\ufb01"):
        answer = client.post(MINE + path, {"registration": named, "name": "Anne"})
        assert answer.status_code == 404
        assert "Vi finner ikke påmeldingen" in text_of(answer)


@pytest.fixture
def in_nynorsk(open_page, gathering, nynorsk, two_languages):
    """The page of somebody who has signed up in Nynorsk, on a site in Bokmål."""
    sign_up(translated(gathering, nynorsk))
    return soup_of(open_page())


def test_that_all_is_deleted_is_told_in_the_language_of_the_registration(client, in_nynorsk):
    answer = press(client, "erase/", follow=True)
    assert (soup_of(answer).html["lang"], answer["Content-Language"]) == ("nn", "nn")
    assert "Alt om deg i påmeldinga er sletta" in text_of(answer)


def test_a_page_that_is_loaded_again_after_an_hour_is_in_its_language(client, in_nynorsk):
    addresses = [client.get(link(Registration.objects.get()))["Location"]]
    addresses += [press(client, path, name="Anne")["Location"] for path in ("", "confirm/", "cancel/")]
    client.cookies.clear()
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 404
        assert (soup_of(answer).html["lang"], answer["Content-Language"]) == ("nn", "nn"), address


@pytest.mark.parametrize("language", ["", "x", "se", "../../nn", "nn-no"])
def test_a_language_that_the_site_does_not_have_is_none(client, db, two_languages, language):
    for path in (MINE, "/registration/erased/"):
        answer = client.get(path, {"language": language})
        assert (soup_of(answer).html["lang"], answer["Content-Language"]) == ("nb", "nb")
