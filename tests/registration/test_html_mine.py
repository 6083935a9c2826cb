"""A participant's own page: what it shows, and what can be done there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.languages import translated
from tests.registration.browsing import MINE, last, link, press, soup_of, state, text_of
from tests.registration.conftest import make_gathering, occurrence_of, participant, pool_of, sign_up
from wagtail_prosjektnett.domain.registration import Contact, Needs
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail, RegistrationNeeds
from wagtail_prosjektnett.pages.models import Question
from wagtail_prosjektnett.registration.changes import expire_unconfirmed

pytestmark = pytest.mark.django_db


def test_it_shows_what_is_known(open_page, gathering):
    who = participant(name="Prosjektleder", email="leder@example.org", role="Leder", comment="Kommer sent")
    sign_up(gathering, who)
    answer = open_page()
    assert answer.status_code == 200
    text = text_of(answer)
    for words in ("Samling", "Prosjektleder", "leder@example.org", "Kirkenes", "10. desember 2026", "Har plass"):
        assert words in text
    soup = soup_of(answer)
    assert soup.select_one("[name=role]")["value"] == "Leder"
    assert soup.select_one("[name=comment]").get_text(strip=True) == "Kommer sent"
    assert not soup.select("[name=email]")
    assert len(soup.select("h1")) == 1


def test_only_who_has_a_seat_is_told_the_online_address(client, open_page):
    online = {"name": "Øst", "start_date": "2026-12-10", "capacity": 1, "online_address": "https://video.example.org/1"}
    page = make_gathering(occurrences=[online], registration_confirmation=True)
    sign_up(page)
    assert "video.example.org" not in text_of(open_page())
    press(client, "confirm/")
    assert "video.example.org" in text_of(client.get(MINE))
    sign_up(page)
    text = text_of(open_page())
    assert "video.example.org" not in text
    assert "Du er nummer 1." in text


def test_the_place_in_the_queue_follows_those_who_leave_it(client, open_page, gathering):
    for _ in range(4):
        sign_up(gathering)
    third, fourth = Registration.objects.order_by("number")[2:]
    assert "Du er nummer 2." in text_of(open_page(fourth))
    open_page(third)
    press(client, "cancel/")
    assert "Du er nummer 1." in text_of(open_page(fourth))


def test_an_address_is_confirmed(client, open_page):
    page = make_gathering(registration_confirmation=True)
    sign_up(page)
    assert soup_of(open_page()).select("form[action$='confirm/']")
    answer = press(client, "confirm/", follow=True)
    assert "adressen din er bekreftet" in text_of(answer)
    assert last().confirm_by is None
    assert not soup_of(answer).select("form[action$='confirm/']")


def test_until_when_to_confirm_is_told_by_the_networks_clock_in_the_words_of_the_mail(open_page, settings):
    settings.TIME_ZONE = "UTC"
    page = make_gathering(factories.network(time_zone="Asia/Tokyo"), registration_confirmation=True)
    sign_up(page)
    with timezone.override("America/New_York"):
        assert "Bekreft påmeldingen innen 24. november 2026 kl. 20:00. Ellers faller den bort." in text_of(open_page())


def test_who_confirms_too_late_is_told_so(client, open_page):
    page = make_gathering(registration_confirmation=True)
    sign_up(page)
    open_page()
    expire_unconfirmed(timezone.now() + timedelta(days=2))
    answer = press(client, "confirm/", follow=True)
    assert "Ikke bekreftet i tide" in text_of(answer)
    assert "er bekreftet" not in text_of(answer)


def test_what_was_said_is_changed_but_not_the_address(client, open_page):
    page = make_gathering(registration_needs=True)
    kinds = [("text", ""), ("choice", "A\nB"), ("yes_no", "")]
    questions = [Question(label=kind, kind=kind, options=options) for kind, options in kinds]
    page.questions = questions
    page.save_revision().publish()
    text, choice, yes_no = (str(each.uid) for each in questions)
    said = participant(answers={text: "Før", choice: "B", yes_no: False}, needs=Needs("Uten nøtter", ""))
    sign_up(page, said)
    soup = soup_of(open_page())
    checked = {field["name"]: field["value"] for field in soup.select("[checked]")}
    assert checked == {f"question_{choice}": "B", f"question_{yes_no}": "no"}
    assert soup.select_one("[name=dietary]").get_text(strip=True) == "Uten nøtter"
    data = {
        "name": "Et annet",
        "email": "en.annen@example.org",
        f"question_{text}": "Etter",
        f"question_{yes_no}": "yes",
    }
    answer = press(client, **data)
    assert answer["Location"] == f"{MINE}?done=changed"
    told = soup_of(client.get(answer["Location"])).select_one(".form-done")
    assert told.has_attr("autofocus"), "a screen reader says nothing of what stands there when the page is opened"
    assert told["tabindex"] == "-1"
    assert "Endringene er lagret." in text_of(client.get(answer["Location"]))
    assert (last().name, last().email) == ("Et annet", said.email)
    assert last().answers == {text: "Etter", choice: "", yes_no: True}
    assert not RegistrationNeeds.objects.exists()
    assert RegistrationMail.objects.latest("pk").kind == "changed"


def test_a_mistake_in_a_change_is_named_and_nothing_is_changed(client, open_page, gathering):
    who = participant(name="Før")
    sign_up(gathering, who)
    open_page()
    answer = press(client, name="", role="Ny rolle")
    assert answer.status_code == 422
    soup = soup_of(answer)
    assert soup.select_one(".form-problems a")["href"] == "#id_name"
    assert soup.select_one("[name=role]")["value"] == "Ny rolle"
    assert last().name == "Før"


def test_a_municipality_that_is_no_more_stays(client, open_page, gathering):
    gone = factories.municipality("Kvalsund", valid_to=timezone.datetime(2019, 12, 31).date())
    sign_up(gathering, participant(organisation=gone.pk))
    assert soup_of(open_page()).select_one("[name=organisation] [selected]").get_text(strip=True) == "Kvalsund"
    press(client, name="A", organisation=str(gone.pk))
    assert last().organisation == gone


def test_who_cancels_gives_the_seat_to_the_next_one(client, open_page, gathering):
    for _ in range(3):
        sign_up(gathering)
    first, _second, third = Registration.objects.order_by("number")
    open_page(first)
    answer = press(client, "cancel/", follow=True)
    assert "Du er ikke påmeldt lenger." in text_of(answer)
    assert not soup_of(answer).select("form[action$='cancel/'], form.registration-form")
    third.refresh_from_db()
    assert third.state == "seated"
    assert "Du er ikke påmeldt lenger." in text_of(press(client, "cancel/", follow=True))
    assert pool_of(gathering).seated == 2


def test_all_is_deleted_at_once(client, open_page):
    page = make_gathering(registration_needs=True)
    place = factories.municipality("Vadsø")
    who = participant(name="Navnet", email="adressen@example.org", role="Rollen", comment="Kommentaren",
                      organisation=place.pk, organisation_name="Etaten", needs=Needs("Maten", "Tilgangen"))  # fmt: skip
    sign_up(page, who)
    registration = last()
    address = link(registration)
    open_page(registration)
    answer = press(client, "erase/", follow=True)
    assert answer.redirect_chain == [("/registration/erased/", 302)]
    assert "slettet" in text_of(answer)
    assert client.get(MINE).status_code == client.get(address).status_code == 404
    kept = Registration.objects.get()
    assert (kept.state, kept.organisation) == ("cancelled", place)
    everything = repr([*Registration.objects.values(), *RegistrationNeeds.objects.values()])
    for words in ("Navnet", "adressen", "Rollen", "Kommentaren", "Etaten", "Maten", "Tilgangen"):
        assert words not in everything
    assert not RegistrationMail.objects.exists()
    assert not OutboxItem.objects.exists()
    assert pool_of(page).seated == 0


def test_erasing_a_seat_lets_the_next_one_move_up(client, open_page, gathering):
    for _ in range(3):
        sign_up(gathering)
    first, _second, third = Registration.objects.order_by("number")
    open_page(first)
    press(client, "erase/")
    third.refresh_from_db()
    assert third.state == "seated"
    assert RegistrationMail.objects.filter(registration=third, kind="moved_up").count() == 1


def test_in_a_closed_network_one_can_still_cancel_and_be_forgotten(client, open_page, gathering):
    sign_up(gathering)
    sign_up(gathering)
    network = gathering.network
    network.closed_from = timezone.datetime(2026, 11, 1).date()
    network.save_revision().publish()
    first, second = Registration.objects.order_by("number")
    assert open_page(first).status_code == 200
    press(client, "cancel/")
    open_page(second)
    press(client, "erase/")
    assert set(Registration.objects.values_list("state", flat=True)) == {"cancelled"}
    assert pool_of(gathering).seated == 0


def test_after_the_gathering_was_unpublished_one_can_still_cancel_and_be_forgotten(client, open_page, gathering):
    sign_up(gathering)
    sign_up(gathering)
    gathering.unpublish()
    first, second = Registration.objects.order_by("number")
    text = text_of(open_page(first))
    assert "Samlingen er ikke publisert lenger" in text
    assert "10. desember 2026, Kirkenes" in text
    assert press(client, name="A").status_code == 200
    assert Registration.objects.get(pk=first.pk).name != "A"
    press(client, "cancel/")
    open_page(second)
    press(client, "erase/")
    assert set(Registration.objects.values_list("state", flat=True)) == {"cancelled"}


def test_it_works_after_the_gathering_was_moved(client, open_page, gathering):
    sign_up(gathering)
    elsewhere = factories.gathering_index(factories.network("Et annet nettverk"))
    gathering.move(elsewhere, pos="last-child")
    assert "Kirkenes" in text_of(open_page())
    assert press(client, "cancel/").status_code == 302
    assert state() == "cancelled"


def test_it_is_in_the_language_that_one_signed_up_in(client, open_page, gathering, nynorsk, two_languages):
    translation = translated(gathering, nynorsk)
    sign_up(translation)
    answer = open_page()
    assert (soup_of(answer).html["lang"], answer["Content-Language"]) == ("nn", "nn")
    assert "Mi påmelding" in text_of(answer)
    translation.unpublish()
    assert "Min påmelding" not in text_of(client.get(MINE))
    assert "Kirkenes" in text_of(client.get(MINE))
    press(client, "cancel/")
    assert state() == "cancelled"


def test_only_the_registration_of_the_link_is_shown(open_page, gathering):
    who = participant(email="leder@example.org")
    sign_up(gathering, who)
    sign_up(gathering, who, name="Vest")
    text = text_of(open_page(Registration.objects.get(pool=pool_of(gathering))))
    assert "Kirkenes" in text
    assert "Alta" not in text


def test_who_was_signed_up_by_a_contact_has_a_page_too(client, open_page, gathering):
    sign_up(gathering, participant(email="", name="Kollega"), contact=Contact("Sekretær", "sekretaer@example.org"))
    text = text_of(open_page())
    assert "Kollega" in text
    assert "sekretaer@example.org" not in text
    assert press(client, name="En annen kollega").status_code == 302
    assert (last().name, last().email) == ("En annen kollega", "")


def test_a_page_that_only_some_may_read_is_not_linked_to(open_page, gathering):
    sign_up(gathering)
    gathering.view_restrictions.create(restriction_type="password", password="hemmelig")
    assert not soup_of(open_page()).select(f".registration-back a[href*='{gathering.slug}']")


def test_the_answer_of_a_cancelled_one_can_be_signed_up_for_again(client, open_page, gathering):
    who = participant()
    sign_up(gathering, who)
    open_page()
    press(client, "cancel/")
    sign_up(gathering, who)
    assert Registration.objects.filter(pool__uid=occurrence_of(gathering).uid).count() == 2
