"""The pages on which people sign up, as a browser without scripts meets them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.registration.browsing import EAST, PERSON, errors_of, kept, several, soup_of, typed, url
from tests.registration.conftest import make_gathering, occurrence_of, participant, pool_of, sign_up
from wagtail_prosjektnett import traps
from wagtail_prosjektnett.models import Registration, RegistrationMail, RegistrationNeeds
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkContact, Question

pytestmark = pytest.mark.django_db


def test_who_sends_the_form_gets_a_seat_and_is_led_to_a_page_that_says_so(client, gathering):
    answer = client.post(url(gathering), typed(gathering))
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{url(gathering)}done/?seated=1&waiting=0&occurrence=")
    registration = Registration.objects.get()
    assert (registration.name, registration.email, registration.state) == (*PERSON.values(), "seated")
    assert pool_of(gathering).seated == 1
    done = client.get(answer["Location"])
    assert "Du har plass på Samling – Øst." in done.content.decode()
    assert "leder@example.org" not in done.content.decode() + answer["Location"]


def test_who_comes_when_all_is_full_waits_and_is_told(client, gathering):
    sign_up(gathering, participant(), participant())
    answer = client.post(url(gathering), typed(gathering))
    assert "?seated=0&waiting=1" in answer["Location"]
    assert "Du står på venteliste" in client.get(answer["Location"]).content.decode()


def test_a_known_address_is_answered_as_a_new_one(client, gathering):
    answers = [client.post(url(gathering), typed(gathering)) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Registration.objects.count() == 1
    assert set(RegistrationMail.objects.values_list("kind", flat=True)) == {"received", "again"}


@pytest.mark.parametrize("said", ["", "?seated=-1&waiting=x", f"?seated={10**25}", "?seated=%00", "?occurrence=%00"])
def test_the_page_afterwards_takes_any_nonsense(client, gathering, said):
    assert client.get(f"{url(gathering)}done/{said}").status_code == 200


def test_all_that_a_gathering_asks_is_kept(client):
    page = make_gathering(registration_needs=True)
    questions = [
        Question(page=page, label="Hva vil du lære?", kind="text", required=True),
        Question(page=page, label="Workshop", kind="choice", options="A\nB"),
        Question(page=page, label="Blir du til kvelden?", kind="yes_no"),
    ]
    page.questions = questions
    page.save_revision().publish()
    place = factories.municipality("Vadsø")
    keys = [f"question_{each.uid}" for each in questions]
    said = {**PERSON, "organisation": str(place.pk), "role": "Leder", "comment": "Hei 👋", "dietary": "Uten nøtter",
            keys[0]: "Alt", keys[1]: "B", keys[2]: "no"}  # fmt: skip
    assert client.post(url(page), typed(page, said)).status_code == 302
    found = Registration.objects.get()
    assert (found.organisation, found.role, found.comment) == (place, "Leder", "Hei 👋")
    assert [found.answers[str(each.uid)] for each in questions] == ["Alt", "B", False]
    assert RegistrationNeeds.objects.get().dietary == "Uten nøtter"
    missing = client.post(url(page), typed(page, {**said, keys[0]: ""}))
    assert errors_of(missing).keys() == {f"person-0-{keys[0]}"}


BAD = {
    "no name": ({"name": ""}, "name"),
    "10,000 characters": ({"name": "a" * 10_000}, "name"),
    "another header": ({"name": "Leder\r\nBcc: alle@example.org"}, "name"),
    "another line": ({"name": "Leder\u2028Bcc: alle@example.org"}, "name"),
    "NUL": ({"name": "Leder\0"}, "name"),
    "a name turned around": ({"name": "Leder\u202egro.elpmaxe"}, "name"),
    "no address": ({"email": ""}, "email"),
    "two addresses": ({"email": "a@example.org, b@example.org"}, "email"),
    "a line in an address": ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
    "no such municipality": ({"organisation": "999999"}, "organisation"),
    "no number": ({"organisation": "1 OR 1=1"}, "organisation"),
    "a long comment": ({"comment": "a" * 2001}, "comment"),
}


@pytest.mark.parametrize("said, field", BAD.values(), ids=BAD)
def test_a_mistake_is_named_and_all_that_was_typed_is_kept(client, gathering, said, field):
    person = {**PERSON, "role": "Rådgiver", **said}
    answer = client.post(url(gathering), typed(gathering, person))
    assert answer.status_code == 422
    assert errors_of(answer).keys() == {f"person-0-{field}"}
    assert kept(answer)["person-0-role"] == "Rådgiver"
    assert kept(answer)["occurrence"] == str(occurrence_of(gathering).uid)
    wrong = soup_of(answer).select_one(f"[name=person-0-{field}]")
    assert wrong["aria-invalid"] == "true"
    assert soup_of(answer).select_one(f"#{wrong['aria-describedby'].split()[-1]}").get_text(strip=True)
    assert not Registration.objects.exists()


@pytest.mark.parametrize("name", ["Ánde Ravdna", "李", "O'Brien-Ødegård", "👩‍🏫 Lærer", 'Kari "Ka" <b>'])
def test_any_name_is_taken_and_never_markup(client, gathering, name):
    assert client.post(url(gathering), typed(gathering, {**PERSON, "name": name})).status_code == 302
    assert Registration.objects.get().name == name
    again = client.post(url(gathering), typed(gathering, {"name": name, "email": ""}))
    assert kept(again)["person-0-name"] == name


@pytest.mark.parametrize("name", ["Vinn! https://reklame.example/", "Se WWW.reklame.example"])
def test_a_name_is_no_address_that_a_mail_would_lead_to(client, gathering, name):
    answer = client.post(url(gathering), typed(gathering, {**PERSON, "name": name}))
    assert errors_of(answer)["person-0-name"].endswith("Skriv et navn her, ikke en nettadresse.")
    answer = client.post(url(gathering), several(gathering, {"name": "Anne"}, contact_name=name))
    assert errors_of(answer).keys() == {"contact_name"}
    assert not Registration.objects.exists()


@pytest.mark.parametrize("chosen", ["", "x", "00000000-0000-0000-0000-000000000000", "another's"])
def test_a_time_and_place_is_one_of_the_gatherings(client, gathering, chosen):
    other = make_gathering(title="En annen")
    chosen = str(occurrence_of(other).uid) if chosen == "another's" else chosen
    answer = client.post(url(gathering), {**typed(gathering, occurrence=None), "occurrence": chosen})
    assert (answer.status_code, errors_of(answer).keys()) == (422, {"occurrence"})
    assert not Registration.objects.exists()


def test_a_place_that_is_closed_is_shown_with_the_reason_but_cannot_be_chosen(client):
    east = {**EAST, "capacity": 8, "decision": "cancelled"}
    west = {"name": "Vest", "start_date": "2026-12-12", "capacity": 1}
    page = make_gathering(occurrences=[east, west])
    first, second = soup_of(client.get(url(page))).select(".place")
    assert first.input.has_attr("disabled")
    assert "avlyst" in first.get_text()
    assert not second.input.has_attr("disabled")
    assert "1 ledig plass" in second.get_text()
    sign_up(page, name="Vest")
    assert "venteliste" in soup_of(client.get(url(page))).select(".place")[1].get_text()


def test_the_link_on_the_gatherings_page_has_the_place_chosen(client, gathering):
    sign_up(gathering, participant(), participant())
    soup = soup_of(client.get(gathering.url))
    east, west = soup.select(".occurrence")
    assert "venteliste" in east.select_one("a.button").get_text().lower()
    assert client.get(west.select_one("a.button")["href"]).status_code == 200
    chosen = soup_of(client.get(west.select_one("a.button")["href"])).select_one("input[type=radio][checked]")
    assert chosen["value"] == str(occurrence_of(gathering, "Vest").uid)


def test_readers_are_told_how_many_seats_are_left_never_that_there_are_too_few(client):
    page = make_gathering(
        occurrences=[{**EAST, "capacity": 7}, {"name": "Vest", "start_date": "2026-12-12", "capacity": 1}]
    )
    sign_up(page)
    for address in (page.url, page.get_parent().url):
        text = soup_of(client.get(address)).main.get_text()
        assert "6 ledige plasser" in text
        assert "1 ledig plass" in text
    row = page.occurrences.get(name="Vest")
    sign_up(page, name="Vest")
    sign_up(page, name="Vest")
    pool = pool_of(page, "Vest")
    pool.seated, pool.waiting, pool.capacity = 3, 0, row.capacity
    pool.save()
    for address in (page.url, page.get_parent().url, url(page)):
        text = soup_of(client.get(address)).main.get_text()
        assert "Fullt – du kan stå på venteliste" in text
        assert "-2" not in text


def test_the_form_can_be_read_by_a_screen_reader(client):
    page = make_gathering(registration_needs=True)
    page.questions = [Question(label="Workshop", kind="choice", options="A\nB", help_text="Velg en")]
    page.save_revision().publish()
    soup = soup_of(client.get(url(page)))
    assert soup.html["lang"] == "nb"
    assert len(soup.select("h1")) == 1
    for field in soup.select("form input:not([type=hidden]), form select, form textarea"):
        assert soup.select(f"label[for='{field['id']}']"), field
        for each in field.get("aria-describedby", "").split():
            assert soup.select_one(f"#{each}"), each
    assert all(fieldset.find("legend", recursive=False) for fieldset in soup.select("fieldset"))
    assert soup.select_one("[name=person-0-name]")["autocomplete"] == "name"
    assert soup.select_one("[name=person-0-email]")["autocomplete"] == "email"
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert not soup.select("[style], script, [onclick]")
    group = soup.select_one("input[type=radio][name*=question]").find_parent("fieldset")
    assert soup.select_one(f"#{group['aria-describedby']}").get_text() == "Velg en"


def test_the_first_button_of_the_form_signs_up(client, gathering):
    assert not soup_of(client.get(url(gathering))).select_one("form.registration-form button").get("name")


def test_what_becomes_of_the_data_is_told_before(client, settings):
    network = factories.network()
    page = make_gathering(network, registration_needs=True)
    text = soup_of(client.get(url(page))).select_one(".registration-privacy").get_text(" ", strip=True)
    assert "365 dager" in text
    assert "14 dager" in text
    settings.PROSJEKTNETT_REGISTRATIONS_KEPT_DAYS, settings.PROSJEKTNETT_NEEDS_KEPT_DAYS = 100, 1
    text = soup_of(client.get(url(page))).select_one(".registration-privacy").get_text(" ", strip=True)
    assert "100 dager" in text
    assert "1 dag." in text
    page.registration_kept_days = 30
    page.save_revision().publish()
    text = soup_of(client.get(url(page))).select_one(".registration-privacy").get_text(" ", strip=True)
    assert "30 dager" in text


def test_who_answers_for_articles_is_asked_only_where_nobody_else_is_there(client):
    network = factories.network()
    network.contacts = [
        NetworkContact(person=factories.person("Leder"), role="leader"),
        NetworkContact(person=factories.person("Redaktør"), role="feedback"),
    ]
    network.save_revision().publish()
    page = make_gathering(network)
    text = soup_of(client.get(url(page))).select_one(".registration-privacy").get_text(" ", strip=True)
    assert "Leder" in text
    assert "Redaktør" not in text
    network.contacts = [NetworkContact(person=factories.person("Redaktør"), role="feedback")]
    network.save_revision().publish()
    text = soup_of(client.get(url(page))).select_one(".registration-privacy").get_text(" ", strip=True)
    assert "Redaktør" in text


def test_only_what_a_reader_may_see_has_a_form(client, gathering):
    assert client.get(url(gathering)).status_code == 200
    gathering.unpublish()
    data = typed(gathering)
    assert client.get(url(gathering)).status_code == client.post(url(gathering), data).status_code == 404
    assert client.get("/registration/999999/").status_code == client.get(f"/registration/{10**30}/").status_code == 404
    assert client.get(url(gathering.get_parent())).status_code == 404
    assert not Registration.objects.exists()


def test_a_gathering_behind_a_password_has_no_form_for_others(client, gathering):
    gathering.view_restrictions.create(restriction_type="password", password="hemmelig")
    data = typed(gathering)
    assert client.get(url(gathering)).status_code == client.post(url(gathering), data).status_code == 404


def test_a_form_on_another_site_has_nothing_of_this_one(client, gathering, settings):
    from wagtail.models import Page, Site

    other = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
    Site.objects.create(hostname="annet.example.org", root_page=other)
    assert client.get(url(gathering), headers={"host": "annet.example.org"}).status_code == 404


def test_the_form_is_in_the_language_of_the_gathering(client, two_languages, nynorsk, gathering):
    from tests.languages import translated

    page = GatheringPage.objects.get(pk=translated(gathering, nynorsk).pk)
    answer = client.get(url(page))
    assert (soup_of(answer).html["lang"], answer["Content-Language"]) == ("nn", "nn")
    assert "Meld deg på" in answer.content.decode()
    data = {**typed(gathering), traps.STAMP: traps.new_stamp(page.pk, timezone.now() - timedelta(minutes=1))}
    assert client.post(url(page), data).status_code == 302
    assert Registration.objects.get().language == "nn"
    assert pool_of(gathering).seated == 1


def test_the_page_afterwards_names_the_place_where_all_seats_are_taken(client, gathering):
    east = occurrence_of(gathering)
    answer = client.get(f"{url(gathering)}done/?seated=0&waiting=1&occurrence={east.uid}")
    assert "Alle plassene på Samling – Øst er opptatt." in answer.content.decode()


def test_a_seat_that_must_be_confirmed_is_only_kept(client):
    page = make_gathering(registration_confirmation=True)
    answer = client.get(f"{url(page)}done/?seated=1&waiting=0").content.decode()
    assert "er holdt av til deg i ett døgn" in answer
    assert "Du har plass" not in answer


def test_each_place_has_its_own_deadline_in_the_form(client):
    rows = [
        {"name": "Øst", "start_date": "2026-12-10"},
        {"name": "Vest", "start_date": "2026-12-12", "registration_deadline": "2026-12-05"},
    ]
    page = make_gathering(occurrences=rows, registration_deadline="2026-11-01")
    answer = client.get(url(page)).content.decode()
    assert "Frist: til og med 5. desember 2026." in answer
    assert "november" not in answer
