"""What a browser without scripts sends to the pages on which people sign up, and what it is shown."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.utils import timezone

from tests.registration.conftest import occurrence_of
from wagtail_prosjektnett import traps
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.records.tokens import token_of

PERSON = {"name": "Prosjektleder", "email": "leder@example.org"}


def url(page):
    """The address of the form of a gathering."""
    return f"/registration/{page.pk}/"


def soup_of(answer):
    """What is shown."""
    return BeautifulSoup(answer.content, "html.parser")


def typed(page, *people, occurrence="Øst", waited=timedelta(minutes=1), **fields):
    """What a browser sends, for one person or for several."""
    people = people or (PERSON,)
    named = {f"person-{place}-{name}": value for place, person in enumerate(people) for name, value in person.items()}
    stamp = traps.new_stamp(page.pk, timezone.now() - waited)
    chosen = {"occurrence": str(occurrence_of(page, occurrence).uid)} if occurrence else {}
    return {**chosen, **named, "people": str(len(people)), traps.STAMP: stamp, traps.HONEYPOT: "", **fields}


def errors_of(answer):
    """What the summary says is wrong, by the name of the field that it leads to."""
    soup = soup_of(answer)
    summary = soup.select_one(".form-problems")
    assert summary.has_attr("autofocus")
    assert summary["tabindex"] == "-1"
    found = {}
    for item in summary.select("li"):
        link = item.find("a")
        name = soup.select_one(link["href"])["name"] if link else ""
        found[name] = item.get_text(strip=True)
    return found


def kept(answer):
    """What stands in the form that is shown."""
    soup = soup_of(answer)
    values = {field["name"]: field.get("value", "") for field in soup.select("form.registration-form input[name]")
              if field.get("type") != "radio"}  # fmt: skip
    values |= {field["name"]: field.get_text().strip() for field in soup.select("textarea[name]")}
    return values | {field["name"]: field["value"] for field in soup.select("input[type=radio][checked]")}


def several(page, *people, **fields):
    """What the browser of a contact sends who signs up several."""
    contact = {"several": "1", "contact_name": "Sekretær", "contact_email": "sekretaer@example.org"}
    return typed(page, *people, **{**contact, **fields})


#: The fields of a place with two seats.
EAST = {"name": "Øst", "start_date": "2026-12-10", "capacity": 2}


#: The address of a participant's own page.
MINE = "/registration/mine/"


def link(registration):
    """The address in a mail about a registration."""
    return f"/registration/link/{token_of(registration)}/"


def press(client, path="", follow=False, **typed):
    """Press a button on a participant's own page as it is now, and return the answer."""
    return send(client, soup_of(client.get(MINE)), path, follow, **typed)


def send(client, page, path="", follow=False, **typed):
    """Send a form of a participant's own page, perhaps one that was opened a while ago, and return the answer."""
    return client.post(MINE + path, {**named_on(page), **typed}, follow=follow)


def named_on(page):
    """What the forms of a participant's own page say of which registration they were shown for."""
    return {"registration": page.select_one("form [name=registration]")["value"]}


def text_of(answer):
    """The words that are shown."""
    return soup_of(answer).main.get_text(" ", strip=True)


def last():
    """The registration that was made last."""
    return Registration.objects.latest("pk")


def state():
    """What it has got."""
    return Registration.objects.latest("pk").state
