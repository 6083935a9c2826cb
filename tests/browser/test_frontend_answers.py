"""The example of an external frontend, where somebody answers: signs up, says something, or previews a draft."""

import re

import pytest

from tests.browser.conftest import API, change_answer, open_page

pytestmark = pytest.mark.browser


OPEN = """
from wagtail_prosjektnett.pages.models import GatheringPage, Question
page = GatheringPage.objects.get(title="Data som deles mellom kommuner")
page.registration_method, page.registration_needs, page.registration_deadline = "built_in", True, None
page.registration_opens = None
page.questions = [Question(label="Blir du med på middag?", kind="yes_no", required=True)]
rows = list(page.occurrences.all())
for row in rows:
    row.capacity, row.registration_deadline = 1, None
page.occurrences = rows
page.save_revision().publish()
print(page.url)
"""
TOKEN = """
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.records.tokens import token_of
print(token_of(Registration.objects.latest("pk")))
"""


@pytest.fixture(scope="module")
def signing_up(site):
    """The path of a gathering that one signs up for here."""
    return site.run(OPEN).removeprefix(site.address)


def test_somebody_signs_up_on_a_phone_sees_it_and_cancels(reader, frontend, site, signing_up):
    reader.set_viewport_size({"width": 360, "height": 740})
    open_page(reader, frontend + signing_up)
    reader.get_by_text("1 ledig plass", exact=True).first.wait_for()
    reader.get_by_role("link", name="Meld deg på").first.click()
    reader.get_by_label("Navn").fill("Rådgiver")
    reader.get_by_role("button", name="Send påmeldingen").click()
    summary = reader.get_by_role("alert")
    summary.wait_for()
    assert summary.evaluate("box => box === document.activeElement")
    assert summary.get_by_role("link").all_text_contents() == ["E-post", "Blir du med på middag?"]
    summary.get_by_role("link", name="E-post").click()
    assert reader.evaluate("document.activeElement.id") == "/participants/0/email"
    reader.keyboard.type("radgiver@example.org")
    reader.get_by_label("Ja", exact=True).check()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 360
    reader.get_by_role("button", name="Send påmeldingen").click()
    reader.get_by_text("Du får en e-post med en lenke.").wait_for()
    # The browser tells of the refusal in its console.
    assert [each for each in reader.problems if "422" not in each] == []
    reader.problems.clear()
    open_page(reader, f"{frontend}/pamelding/#{site.run(TOKEN)}")
    assert reader.url == f"{frontend}/pamelding/"
    reader.get_by_role("link", name="Data som deles mellom kommuner").wait_for()
    reader.route(f"**{API}registrations/mine/", lambda route: route.abort())
    reader.get_by_role("button", name="Meld deg av").click()
    reader.get_by_role("heading", name="Nettstedet svarer ikke").wait_for()
    reader.unroute(f"**{API}registrations/mine/")
    reader.problems.clear()
    reader.get_by_role("button", name="Meld deg av").click()
    reader.get_by_text("Du er meldt av.").wait_for()
    reader.get_by_role("button", name="Meld deg av").wait_for(state="detached")
    open_page(reader, frontend + signing_up)
    reader.get_by_text("1 ledig plass", exact=True).first.wait_for()
    assert reader.problems == []


def test_a_registration_without_a_token_is_asked_for_in_words_and_a_wrong_one_is_not_found(reader, frontend):
    open_page(reader, f"{frontend}/pamelding/")
    reader.get_by_text("Åpne lenken i e-posten du fikk.").wait_for()
    open_page(reader, f"{frontend}/#")
    open_page(reader, f"{frontend}/pamelding/#feil")
    assert reader.locator("h1").text_content() == "Ikke funnet"


ARTICLE = """
from django.utils import timezone
from wagtail_prosjektnett.pages.models import ExperiencePage
articles = ExperiencePage.objects.live().order_by("path")
print(next(page for page in articles if page.network.lifecycle.state(timezone.now()).value == "active").url)
"""
SHOW = """
from wagtail_prosjektnett.models import Feedback
said = Feedback.objects.get(comment__contains="<b>Andre</b>")
said.state, said.reply = "shown", "Takk!"
said.save()
"""


def test_a_reader_says_something_of_an_article_once_and_an_editor_shows_it(reader, frontend, site):
    path = site.run(ARTICLE).removeprefix(site.address)
    open_page(reader, frontend + path)
    assert reader.locator(".feedback-numbers").count() == 0
    send = reader.get_by_role("button", name="Send tilbakemeldingen")
    send.click()
    summary = reader.get_by_role("alert")
    summary.wait_for()
    assert summary.evaluate("box => box === document.activeElement")
    assert summary.get_by_role("listitem").count() == 1
    assert summary.get_by_role("link").count() == 0, "it is about no field"
    reader.get_by_label("Ja", exact=True).check()
    reader.get_by_label("Vi har brukt det").check()
    reader.get_by_label("Kommentar").fill("Første linje\n<b>Andre</b> linje")
    keys = []

    def lose_the_answer(route):
        keys.append(route.request.headers["idempotency-key"])
        route.fetch()
        route.abort()

    posts = re.compile(f"{API}experiences/[0-9]+/feedback/")
    reader.route(posts, lose_the_answer)
    send.click()
    reader.get_by_role("heading", name="Nettstedet svarer ikke").wait_for()
    reader.unroute(posts)
    with reader.expect_request(posts) as sent:
        send.click()
    thanks = reader.get_by_role("heading", name="Takk for tilbakemeldingen!")
    thanks.wait_for()
    assert keys == [sent.value.headers["idempotency-key"]]
    site.run(SHOW)  # which fails where it was said twice
    reader.problems.clear()  # the browser tells of the refusal and of the lost answer
    change_answer(reader, "experiences/*/", lambda data: None)  # the browser may keep what it has for a while
    open_page(reader, frontend + path)
    numbers = reader.locator(".feedback-numbers li").all_text_contents()
    assert numbers == ["Til nytte for 1 av 1", "1 har brukt det"]
    assert reader.get_by_text("<b>Andre</b> linje").count() == 1
    assert reader.get_by_text("Takk!", exact=True).count() == 1
    assert reader.problems == []


def test_a_closed_network_asks_for_no_feedback(reader, frontend):
    def close(data):
        data["lifecycle"]["state"] = "closed"

    change_answer(reader, "experiences/*/", close)
    open_page(reader, f"{frontend}/finnmark/erfaringsbase/interkommunalt-samarbeid/")
    assert reader.get_by_role("button", name="Send tilbakemeldingen").count() == 0


PREVIEW = """
import html, re
from wagtail.models import Site
from wagtail_prosjektnett.models import Frontend
from wagtail_prosjektnett.pages import models
frontend = Frontend.objects.get(site=Site.objects.get(is_default_site=True))
frontend.address = {address!r}
frontend.save()
page = models.{model}.objects.live().first()
page.title = "Et utkast"
shown = page.make_preview_request(preview_mode="frontend").content.decode()
frontend.address = ""
frontend.save()
print(html.unescape(re.search('src="([^"]+)"', shown)[1]))
"""


@pytest.mark.parametrize("model", ["NetworkPage", "GatheringPage", "AnnouncementPage", "ExperiencePage"])
def test_an_editor_sees_a_draft_as_readers_will(reader, frontend, site, model):
    address = site.run(PREVIEW.format(address=frontend, model=model))
    assert address.startswith(f"{frontend}/?")
    open_page(reader, address)
    assert reader.locator("h1").text_content() == "Et utkast"
    assert reader.get_by_text("Utkast, ikke publisert").count() == 1
    assert reader.problems == []
    open_page(reader, address + "x")
    assert reader.locator("h1").text_content() == "Ikke funnet"
