"""Signing up as a person does it: on a phone, by the keyboard, and without scripts."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests import factories
from wagtail_prosjektnett import traps
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.pages.models import NetworkContact, NetworkMember, Question
from wagtail_prosjektnett.records.tokens import token_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def gathering(settings):
    """A gathering in two weeks: few seats in the east, none left in the west."""
    settings.PROSJEKTNETT_THROTTLE_RATES = {"registration": None}
    network = factories.network("Prosjektnettverk for fylket")
    network.contacts = [NetworkContact(person=factories.person(email="leder@example.org"), role="leader")]
    owner = factories.municipality("Vadsø")
    network.members = [NetworkMember(organisation=owner, role="owner")]
    network.save_revision().publish()
    day = timezone.localdate() + timedelta(days=14)
    rows = [
        {"name": "Øst", "place": "Rådhuset", "municipality": owner, "capacity": 6},
        {"name": "Vest", "place": "Kulturhuset", "capacity": 1},
        {"name": "Nord", "decision": "cancelled"},
    ]
    return factories.gathering(
        network,
        "Høstsamling",
        [{"start_date": day.isoformat(), **row} for row in rows],
        registration_method="built_in",
        registration_deadline=day - timedelta(days=3),
        registration_needs=True,
        questions=[
            Question(label="Hvilket verksted vil du på?", kind="choice", options="Gevinster\nRisiko", required=True),
            Question(label="Kommer du til middagen?", kind="yes_no", help_text="Middagen er kl. 19."),
        ],
    )


@pytest.fixture
def phone(chromium, live_server):
    """A tab on a phone, without scripts."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="nb-NO", java_script_enabled=False, base_url=live_server.url
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def look(tab, name):
    """Keep a picture, where somebody has said where to."""
    if folder := os.environ.get("SCREENSHOTS"):
        tab.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def fits(tab):
    """Whether nothing is wider than the phone; asked of the boxes, as there are no scripts."""
    boxes = [each.bounding_box() for each in tab.locator("main *:visible").all()]
    return all(box is None or box["x"] + box["width"] <= 391 for box in boxes)


def sign_up(tab, gathering, place="Øst", name="Prosjektleder", email="prosjektleder@example.org"):
    tab.goto(gathering.url)
    tab.get_by_role("link", name=re.compile("^(Meld deg på|Set)")).first.click()
    tab.get_by_role("radio", name=re.compile(place)).check()
    tab.get_by_label("Navn").fill(name)
    tab.get_by_label("E-post").fill(email)
    tab.get_by_role("radio", name="Risiko").check()
    press(tab, "Meld deg på")


def press(tab, name):
    """Press the button that is seen."""
    tab.locator(f"button:visible:not([tabindex='-1']):has-text('{name}')").last.click()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(traps, "FASTEST", timedelta(0))


def test_a_person_signs_up_on_a_phone_without_scripts(phone, gathering):
    phone.goto(gathering.url)
    look(phone, "gathering")
    phone.get_by_role("link", name="Meld deg på – Øst").click()
    look(phone, "form")
    assert fits(phone)
    assert phone.get_by_role("radio", name=re.compile("Øst")).is_checked()
    assert phone.get_by_role("radio", name=re.compile("Nord")).is_disabled()
    sign_up(phone, gathering)
    phone.get_by_role("heading", name="Takk, vi har fått påmeldingen").wait_for()
    look(phone, "done")
    assert "prosjektleder" not in phone.url
    assert Registration.objects.get().state == "seated"


def test_mistakes_are_told_at_the_top_which_has_the_focus_and_leads_to_the_fields(
    phone, chromium, gathering, live_server
):
    phone.goto(gathering.url)
    phone.get_by_role("link", name="Meld deg på – Øst").click()
    phone.get_by_label("Rolle").fill("Rådgiver")
    press(phone, "Meld deg på")
    assert phone.locator(".form-problems:focus").count() == 1
    look(phone, "problems")
    assert fits(phone)
    phone.get_by_role("link", name=re.compile("^Navn:")).click()
    phone.keyboard.type("Prosjektleder")
    assert phone.get_by_label("Navn").input_value() == "Prosjektleder"
    phone.get_by_role("link", name=re.compile("^Hvilket verksted")).click()
    phone.keyboard.press("Space")
    assert phone.get_by_role("radio", name="Gevinster").is_checked()
    phone.get_by_label("E-post").fill("a@example.org")
    assert phone.get_by_label("Rolle").input_value() == "Rådgiver"
    phone.keyboard.press("Enter")
    phone.get_by_role("heading", name="Takk, vi har fått påmeldingen").wait_for()


def test_a_contact_signs_up_three_without_scripts(phone, gathering):
    phone.goto(gathering.url)
    phone.get_by_role("link", name="Meld deg på – Øst").click()
    phone.get_by_label("Navn").fill("Sekretær")
    phone.get_by_label("E-post").fill("sekretaer@example.org")
    phone.get_by_role("button", name="Meld på flere").click()
    phone.locator("[name=contact_name]:focus").wait_for()
    assert phone.get_by_label("E-posten din").input_value() == "sekretaer@example.org"
    for number in (2, 3):
        phone.get_by_role("button", name="Legg til en person").click()
        phone.locator(f"[name=person-{number - 1}-name]:focus").wait_for()
        phone.keyboard.type(f"Kollega {number}")
    phone.get_by_role("button", name="Legg til en person").click()
    phone.get_by_role("button", name="Fjern person 4").click()
    phone.locator("[name=person-2-name]:focus").wait_for()
    for group in phone.get_by_role("group", name=re.compile("^Person")).all():
        group.get_by_role("radio", name="Gevinster").check()
    look(phone, "several")
    assert fits(phone)
    press(phone, "Meld deg på")
    assert "3 personer har plass" in phone.locator("main").inner_text()
    assert sorted(Registration.objects.values_list("name", flat=True)) == ["Kollega 2", "Kollega 3", "Sekretær"]


def test_a_participant_finds_changes_and_cancels_a_registration(phone, gathering, live_server):
    sign_up(phone, gathering)
    seen = []
    phone.on("request", lambda request: seen.append((request.url, request.headers.get("referer", ""))))
    token = token_of(Registration.objects.get())
    phone.goto(f"/registration/link/{token}/")
    assert phone.url == f"{live_server.url}/registration/mine/"
    look(phone, "mine")
    assert fits(phone)
    phone.get_by_label("Rolle").fill("Rådgiver")
    press(phone, "Lagre")
    phone.get_by_role("status").wait_for()
    assert phone.get_by_label("Rolle").input_value() == "Rådgiver"
    look(phone, "changed")
    phone.locator("summary", has_text="Meld meg av").click()
    phone.get_by_role("button", name="Meld meg av").click()
    assert "Du er ikke påmeldt lenger." in phone.get_by_role("status").inner_text()
    look(phone, "cancelled")
    phone.locator("summary", has_text="Slett alt om meg").click()
    phone.get_by_role("button", name="Slett alt om meg").click()
    phone.get_by_role("heading", name="Alt om deg i påmeldingen er slettet").wait_for()
    look(phone, "erased")
    assert not [referer for _url, referer in seen if token in referer]
    assert len([url for url, _referer in seen if token in url]) == 1
    assert Registration.objects.get().anonymised_at


def test_the_form_works_by_the_keyboard_alone(tab, gathering, live_server):
    tab.goto(f"{live_server.url}/registration/{gathering.pk}/")
    order = []
    for _ in range(40):
        tab.keyboard.press("Tab")
        order.append(tab.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        if order[-1] == "Meld deg på":
            break
    assert order.index("occurrence") < order.index("person-0-name") < order.index("person-0-email")
    assert order[-1] == "Meld deg på"
    assert traps.HONEYPOT not in order
    look(tab, "desk")


def test_it_works_under_a_strict_content_security_policy(tab, gathering, live_server):
    problems = []
    tab.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"

    def add_policy(route):
        response = route.fetch(max_redirects=0)
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    tab.route("**/*", add_policy)
    sign_up_at = f"{live_server.url}/registration/{gathering.pk}/"
    tab.goto(sign_up_at)
    press(tab, "Meld deg på")
    tab.locator(".form-problems:focus").wait_for()
    tab.unroute_all(behavior="wait")
    assert [each for each in problems if "favicon" not in each and "422" not in each] == []
