"""The example of an external frontend, built and opened on an origin of its own against the running example site."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, answers

pytestmark = pytest.mark.browser

SOURCE = ROOT / "example_site" / "frontend"
API = "/api/prosjektnett/"
DOCUMENT = "openapi.json"
#: One page with each view, and the longest titles.
PATHS = [
    "/",
    "/finnmark/",
    "/velferdsteknologi/",
    "/digitale-tjenester/samlinger/",
    "/digitale-tjenester/samlinger/skjema-som-folk-forstar/",
    "/finnmark/samlinger/hostsamling-2018/",
    "/finnmark/aktuelt/",
    "/finnmark/aktuelt/nettverket-avvikles/",
    "/finnmark/erfaringsbase/",
    "/finnmark/erfaringsbase/interkommunalt-samarbeid/",
    "/finnmark/prosjektskjonnstilskudd/",
    "/sok/?q=gevinst",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory, site) -> Path:
    """A copy of the frontend, installed and built for the running site: types made, checked strictly, bundled."""
    if not shutil.which("npm"):
        pytest.fail("npm is not installed: apt-get install nodejs npm (Node.js 20.19 or later).")
    folder = tmp_path_factory.mktemp("frontend") / "frontend"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("node_modules", "dist", "schema.ts"))
    _run(["npm", "ci"], folder, site)
    _run(["npm", "run", "build"], folder, site)
    return folder


@pytest.fixture(scope="module")
def frontend(built, site):
    """The address that what was built is served at."""
    port = site.frontend.rpartition(":")[2]
    command = ["npx", "vite", "preview", "--port", port]
    process = subprocess.Popen(command, cwd=built, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        for _try in range(300):
            if answers(site.frontend):
                break
            assert process.poll() is None, "vite preview has ended"
            time.sleep(0.1)
        yield site.frontend
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture
def reader(tab, frontend):
    """A tab that tells of what goes wrong in it, in ``problems``."""
    tab.problems = []
    tab.on("console", lambda message: tab.problems.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: tab.problems.append(str(error)))
    return tab


def _run(command, folder, site):
    environment = {**os.environ, "VITE_SITE": site.address}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def _open(tab, address):
    tab.goto(address)
    tab.wait_for_selector("h1")
    tab.wait_for_load_state("networkidle")


def _change(tab, path, change):
    """Let answers of the API at a path be changed on their way."""

    def answer(route):
        response = route.fetch()
        data = response.json()
        change(data)
        route.fulfill(response=response, body=json.dumps(data))

    tab.route(f"**{API}{path}", answer)


def test_the_types_are_made_of_the_document_that_the_site_has(built, site):
    agreed = (SOURCE / DOCUMENT).read_text(encoding="utf-8")
    _run(["npm", "run", "types", "--", f"{site.address}{API}{DOCUMENT}"], built, site)
    now = (built / DOCUMENT).read_text(encoding="utf-8")
    assert json.loads(now) == json.loads(agreed), "to renew it, see docs/how-to/write-a-frontend.md"


def test_the_lock_file_names_versions_and_leaves_their_address_to_npm():
    lock = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all(package["integrity"] for package in packages.values())
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_a_network_tells_of_its_end_and_shows_all_that_it_has(reader, frontend):
    _open(reader, f"{frontend}/finnmark/")
    banner = reader.locator(".banner")
    assert banner.locator("h2").text_content() == "Prosjektnettverk for Finnmark avvikles"
    assert "15. februar 2019" in banner.text_content()
    banner.get_by_role("link", name="erfaringsbasen").click()
    reader.wait_for_url("**/finnmark/erfaringsbase/")
    assert reader.locator("h1").text_content() == "Erfaringsbase"
    assert reader.locator(".banner").count() == 1
    reader.go_back()
    reader.get_by_role("heading", name="Nettverket i korte trekk").wait_for()  # a block of the site's own
    sections = reader.get_by_role("navigation", name="Deler av nettverket").get_by_role("link")
    assert sections.all_text_contents()[:3] == ["Samlinger", "Aktuelt", "Erfaringsbase"]
    assert reader.problems == []


def test_gatherings_are_filtered_by_the_address_and_back_goes_back(reader, frontend):
    _open(reader, f"{frontend}/digitale-tjenester/samlinger/")
    count, show = reader.get_by_role("status"), reader.get_by_role("button", name="Vis")
    assert count.text_content() == "3 samlinger"
    reader.get_by_label("Sted").select_option("Alta")
    show.click()
    reader.get_by_text("1 samling", exact=True).wait_for()
    assert reader.url.endswith("/digitale-tjenester/samlinger/?region=Alta")
    assert reader.locator("h2").all_text_contents() == ["Skjema som folk forstår"]
    assert show.evaluate("button => button === document.activeElement")
    reader.get_by_label("Når").select_option("Gjennomførte")
    show.click()
    reader.get_by_text("Ingen samlinger passer. Prøv færre filtre.").wait_for()
    reader.go_back()
    reader.get_by_text("1 samling", exact=True).wait_for()
    assert reader.get_by_label("Når").input_value() == ""
    reader.go_back()
    reader.get_by_text("3 samlinger").wait_for()
    assert reader.get_by_label("Sted").input_value() == ""
    assert reader.problems == []


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("when=upcoming", ["Skjema som folk forstår", "Data som deles mellom kommuner"]),
        ("when=held", ["Digital post i praksis"]),
        ("municipality=5605", ["Skjema som folk forstår"]),
        ("registration=open&region=Kirkenes", ["Skjema som folk forstår"]),
    ],
)
def test_a_filter_can_be_linked_to(reader, frontend, query, titles):
    _open(reader, f"{frontend}/digitale-tjenester/samlinger/?{query}")
    assert reader.locator("h2").all_text_contents() == titles
    assert reader.problems == []


def test_a_gathering_is_opened_with_the_keyboard_and_takes_the_focus(reader, frontend):
    _open(reader, f"{frontend}/digitale-tjenester/samlinger/")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.textContent") == "Gå til innholdet"
    reader.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "main"
    reader.get_by_role("link", name="Skjema som folk forstår").focus()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/skjema-som-folk-forstar/")
    heading = reader.get_by_role("heading", name="Skjema som folk forstår", level=1)
    heading.wait_for()
    assert heading.evaluate("heading => heading === document.activeElement")
    assert reader.title() == "Skjema som folk forstår – Eksempelfylket"
    assert reader.locator("article h3").all_text_contents()[:2] == ["Alta", "Kirkenes"]
    links = [link.get_attribute("href") for link in reader.locator("a.button").all()]
    assert len(links) == 2
    assert all(link.startswith("?signup=") for link in links)
    assert reader.problems == []


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
    _open(reader, frontend + signing_up)
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
    _open(reader, f"{frontend}/pamelding/#{site.run(TOKEN)}")
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
    _open(reader, frontend + signing_up)
    reader.get_by_text("1 ledig plass", exact=True).first.wait_for()
    assert reader.problems == []


def test_a_registration_without_a_token_is_asked_for_in_words_and_a_wrong_one_is_not_found(reader, frontend):
    _open(reader, f"{frontend}/pamelding/")
    reader.get_by_text("Åpne lenken i e-posten du fikk.").wait_for()
    _open(reader, f"{frontend}/#")
    _open(reader, f"{frontend}/pamelding/#feil")
    assert reader.locator("h1").text_content() == "Ikke funnet"


def test_an_article_shows_each_of_its_blocks_and_its_documents_are_there(reader, frontend, site):
    _open(reader, f"{frontend}/finnmark/erfaringsbase/avslutning-og-overlevering/")
    article = reader.locator("article")
    assert article.locator("aside.box h3").text_content() == "Når et prosjekt bør stoppes"
    assert article.locator("div.box .person-name").text_content() == "Nettverksleder"
    assert article.locator(".card dt").first.text_content() == "Situasjonen"
    assert article.locator(".body p").count() > 3
    document = article.get_by_role("link", name="PDF").first.get_attribute("href")
    assert document.startswith(f"{site.address}/documents/")
    assert reader.request.get(document).status == 200
    assert reader.problems == []


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
    _open(reader, frontend + path)
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
    _change(reader, "experiences/*/", lambda data: None)  # the browser may keep what it has for a while
    _open(reader, frontend + path)
    numbers = reader.locator(".feedback-numbers li").all_text_contents()
    assert numbers == ["Til nytte for 1 av 1", "1 har brukt det"]
    assert reader.get_by_text("<b>Andre</b> linje").count() == 1
    assert reader.get_by_text("Takk!", exact=True).count() == 1
    assert reader.problems == []


def test_a_closed_network_asks_for_no_feedback(reader, frontend):
    def close(data):
        data["lifecycle"]["state"] = "closed"

    _change(reader, "experiences/*/", close)
    _open(reader, f"{frontend}/finnmark/erfaringsbase/interkommunalt-samarbeid/")
    assert reader.get_by_role("button", name="Send tilbakemeldingen").count() == 0


@pytest.mark.parametrize(
    "path, names",
    [
        ("/digitale-tjenester/", ["Kalenderen til nettverket (iCalendar)"]),
        (
            "/digitale-tjenester/samlinger/skjema-som-folk-forstar/",
            ["Legg i kalenderen – Alta", "Legg i kalenderen – Kirkenes", "Legg alle tidene i kalenderen"],
        ),
    ],
)
def test_calendars_are_linked_to_and_are_there(reader, frontend, site, path, names):
    _open(reader, frontend + path)
    links = reader.locator("a[type='text/calendar']")
    assert links.all_text_contents() == names
    for link in links.all():
        answer = reader.request.get(link.get_attribute("href"))
        assert answer.headers["content-type"].startswith("text/calendar")
        assert answer.text().startswith("BEGIN:VCALENDAR")
    assert reader.problems == []


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
    _open(reader, address)
    assert reader.locator("h1").text_content() == "Et utkast"
    assert reader.get_by_text("Utkast, ikke publisert").count() == 1
    assert reader.problems == []
    _open(reader, address + "x")
    assert reader.locator("h1").text_content() == "Ikke funnet"


def test_what_is_not_html_is_never_shown_as_html_and_a_new_block_does_no_harm(reader, frontend):
    def change(data):
        data["body"] = [
            {"type": "heading", "value": "<b>3 < 4</b>", "id": "1"},
            {"type": "poll", "value": {"question": "?"}, "id": "2"},
            {"type": "paragraph", "value": "<p>Etter</p>", "id": "3"},
        ]
        data["lessons"] = [{"type": "poll", "value": None, "id": "4"}]

    _change(reader, "experiences/*/", change)
    _open(reader, f"{frontend}/finnmark/erfaringsbase/interkommunalt-samarbeid/")
    assert reader.locator(".body h2").text_content() == "<b>3 < 4</b>"
    assert reader.get_by_text("Denne delen av siden kan ikke vises her.").count() == 2
    assert reader.get_by_text("Etter", exact=True).count() == 1
    assert reader.problems == []


def test_a_reader_chooses_a_language_and_a_page_in_another_is_marked(reader, frontend):
    translation = {"id": 1, "title": "A form", "url": f"{frontend}/sok/", "language": "en", "name": "English"}
    _change(reader, "gatherings/*/", lambda data: data.update(translations=[translation]))
    _open(reader, f"{frontend}/digitale-tjenester/samlinger/skjema-som-folk-forstar/")
    assert reader.locator("html").get_attribute("lang") == "nb"
    reader.get_by_role("button", name="Nynorsk").click()
    reader.get_by_role("heading", name="Tid og stad").wait_for()
    reader.get_by_text("Open for påmelding").first.wait_for()  # a label of the API's
    assert reader.locator("html").get_attribute("lang") == "nn"
    assert reader.locator("article").get_attribute("lang") == "nb"
    reader.locator(".translations a").click()
    reader.get_by_role("heading", name="Search").wait_for()
    assert reader.locator("html").get_attribute("lang") == "en"
    reader.reload()
    reader.get_by_role("heading", name="Search").wait_for()
    assert reader.problems == []


def test_a_search_finds_pages_of_all_networks(reader, frontend):
    _open(reader, f"{frontend}/sok/")
    reader.get_by_label("Ord å søke etter").fill("gevinst")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/sok/?q=gevinst")
    reader.get_by_role("link", name="Gevinster som er små nok til å måles").click()
    reader.wait_for_url("**/gevinster-i-sma-kommuner/")
    _open(reader, f"{frontend}/sok/?q=finnesikke")
    assert reader.get_by_role("status").text_content() == "Ingen sider passer. Prøv færre eller andre ord."
    assert reader.problems == []


def test_a_redirect_of_the_site_is_followed(reader, frontend, site):
    answer = {"page": None, "redirect": {"url": f"{site.address}/finnmark/aktuelt/", "is_permanent": True}}
    allowed = {"access-control-allow-origin": frontend}
    reader.route("**/pages/?html_path=%2Fgammel%2F", lambda route: route.fulfill(json=answer, headers=allowed))
    _open(reader, f"{frontend}/gammel/")
    reader.wait_for_url("**/finnmark/aktuelt/")
    assert reader.locator("h1").text_content() == "Aktuelt"


def test_a_page_of_a_type_that_only_the_site_has_is_led_to(reader, frontend, site):
    _open(reader, f"{frontend}/finnmark/prosjektskjonnstilskudd/")
    link = reader.get_by_role("link", name="Les den på nettstedet").get_attribute("href")
    assert link == f"{site.address}/finnmark/prosjektskjonnstilskudd/"
    assert reader.locator(".banner").count() == 1


def test_a_refusal_is_told_in_words_that_help(reader, frontend):
    _open(reader, f"{frontend}/digitale-tjenester/samlinger/?municipality=x")
    refusal = reader.get_by_role("alert")
    assert refusal.locator("h2").text_content() == "Ugyldige parametere"
    assert refusal.locator("li strong").first.text_content() == "municipality"
    assert reader.locator("h1").text_content() == "Samlinger"
    _open(reader, f"{frontend}/finnes/ikke/")
    assert reader.locator("h1").text_content() == "Ikke funnet"
    reader.get_by_role("link", name="Gå til forsiden").click()
    reader.get_by_text(re.compile(r"\d nettverk")).wait_for()


def test_a_site_that_does_not_answer_leaves_nobody_stuck(reader, frontend):
    reader.route(f"**{API}**", lambda route: route.abort())
    _open(reader, f"{frontend}/finnmark/")
    assert reader.locator("h1").text_content() == "Nettstedet svarer ikke"
    assert reader.get_by_role("link", name="Eksempelfylket").is_visible()
    reader.unroute(f"**{API}**")
    reader.get_by_role("button", name="Prøv igjen").click()
    reader.get_by_role("heading", name="Prosjektnettverk for Finnmark", level=1).wait_for()


def test_every_view_fits_a_phone_and_can_be_followed_by_a_screen_reader(reader, frontend):
    reader.set_viewport_size({"width": 360, "height": 740})
    for path in PATHS:
        _open(reader, frontend + path)
        assert reader.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert reader.locator("h1").count() == 1, path
        assert reader.locator("main").count() == 1, path
        assert reader.title() == f"{reader.locator('h1').text_content()} – Eksempelfylket", path
        assert reader.locator("img:not([alt])").count() == 0, path
        ids = reader.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
        assert len(ids) == len(set(ids)), path
    assert reader.problems == []
