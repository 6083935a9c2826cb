"""The example of an external frontend, built and opened on an origin of its own against the running example site."""

import json
import re

import pytest

from tests.browser.conftest import API, FRONTEND, change_answer, open_page, run

pytestmark = pytest.mark.browser

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


def test_the_types_are_made_of_the_document_that_the_site_has(built, site):
    agreed = (FRONTEND / DOCUMENT).read_text(encoding="utf-8")
    run(["npm", "run", "types", "--", f"{site.address}{API}{DOCUMENT}"], built, site)
    now = (built / DOCUMENT).read_text(encoding="utf-8")
    assert json.loads(now) == json.loads(agreed), "to renew it, see docs/how-to/write-a-frontend.md"


def test_the_lock_file_names_versions_and_leaves_their_address_to_npm():
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all(package["integrity"] for package in packages.values())
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_a_network_tells_of_its_end_and_shows_all_that_it_has(reader, frontend):
    open_page(reader, f"{frontend}/finnmark/")
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
    open_page(reader, f"{frontend}/digitale-tjenester/samlinger/")
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
    open_page(reader, f"{frontend}/digitale-tjenester/samlinger/?{query}")
    assert reader.locator("h2").all_text_contents() == titles
    assert reader.problems == []


def test_a_gathering_is_opened_with_the_keyboard_and_takes_the_focus(reader, frontend):
    open_page(reader, f"{frontend}/digitale-tjenester/samlinger/")
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


def test_an_article_shows_each_of_its_blocks_and_its_documents_are_there(reader, frontend, site):
    open_page(reader, f"{frontend}/finnmark/erfaringsbase/avslutning-og-overlevering/")
    article = reader.locator("article")
    assert article.locator("aside.box h3").text_content() == "Når et prosjekt bør stoppes"
    assert article.locator("div.box .person-name").text_content() == "Nettverksleder"
    assert article.locator(".card dt").first.text_content() == "Situasjonen"
    assert article.locator(".body p").count() > 3
    document = article.get_by_role("link", name="PDF").first.get_attribute("href")
    assert document.startswith(f"{site.address}/documents/")
    assert reader.request.get(document).status == 200
    assert reader.problems == []


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
    open_page(reader, frontend + path)
    links = reader.locator("a[type='text/calendar']")
    assert links.all_text_contents() == names
    for link in links.all():
        answer = reader.request.get(link.get_attribute("href"))
        assert answer.headers["content-type"].startswith("text/calendar")
        assert answer.text().startswith("BEGIN:VCALENDAR")
    assert reader.problems == []


def test_what_is_not_html_is_never_shown_as_html_and_a_new_block_does_no_harm(reader, frontend):
    def change(data):
        data["body"] = [
            {"type": "heading", "value": "<b>3 < 4</b>", "id": "1"},
            {"type": "poll", "value": {"question": "?"}, "id": "2"},
            {"type": "paragraph", "value": "<p>Etter</p>", "id": "3"},
        ]
        data["lessons"] = [{"type": "poll", "value": None, "id": "4"}]

    change_answer(reader, "experiences/*/", change)
    open_page(reader, f"{frontend}/finnmark/erfaringsbase/interkommunalt-samarbeid/")
    assert reader.locator(".body h2").text_content() == "<b>3 < 4</b>"
    assert reader.get_by_text("Denne delen av siden kan ikke vises her.").count() == 2
    assert reader.get_by_text("Etter", exact=True).count() == 1
    assert reader.problems == []


def test_a_reader_chooses_a_language_and_a_page_in_another_is_marked(reader, frontend):
    translation = {"id": 1, "title": "A form", "url": f"{frontend}/sok/", "language": "en", "name": "English"}
    change_answer(reader, "gatherings/*/", lambda data: data.update(translations=[translation]))
    open_page(reader, f"{frontend}/digitale-tjenester/samlinger/skjema-som-folk-forstar/")
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
    open_page(reader, f"{frontend}/sok/")
    reader.get_by_label("Ord å søke etter").fill("gevinst")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/sok/?q=gevinst")
    reader.get_by_role("link", name="Gevinster som er små nok til å måles").click()
    reader.wait_for_url("**/gevinster-i-sma-kommuner/")
    open_page(reader, f"{frontend}/sok/?q=finnesikke")
    assert reader.get_by_role("status").text_content() == "Ingen sider passer. Prøv færre eller andre ord."
    assert reader.problems == []


def test_a_redirect_of_the_site_is_followed(reader, frontend, site):
    answer = {"page": None, "redirect": {"url": f"{site.address}/finnmark/aktuelt/", "is_permanent": True}}
    allowed = {"access-control-allow-origin": frontend}
    reader.route("**/pages/?html_path=%2Fgammel%2F", lambda route: route.fulfill(json=answer, headers=allowed))
    open_page(reader, f"{frontend}/gammel/")
    reader.wait_for_url("**/finnmark/aktuelt/")
    assert reader.locator("h1").text_content() == "Aktuelt"


def test_a_page_of_a_type_that_only_the_site_has_is_led_to(reader, frontend, site):
    open_page(reader, f"{frontend}/finnmark/prosjektskjonnstilskudd/")
    link = reader.get_by_role("link", name="Les den på nettstedet").get_attribute("href")
    assert link == f"{site.address}/finnmark/prosjektskjonnstilskudd/"
    assert reader.locator(".banner").count() == 1


def test_a_refusal_is_told_in_words_that_help(reader, frontend):
    open_page(reader, f"{frontend}/digitale-tjenester/samlinger/?municipality=x")
    refusal = reader.get_by_role("alert")
    assert refusal.locator("h2").text_content() == "Ugyldige parametere"
    assert refusal.locator("li strong").first.text_content() == "municipality"
    assert reader.locator("h1").text_content() == "Samlinger"
    open_page(reader, f"{frontend}/finnes/ikke/")
    assert reader.locator("h1").text_content() == "Ikke funnet"
    reader.get_by_role("link", name="Gå til forsiden").click()
    reader.get_by_text(re.compile(r"\d nettverk")).wait_for()


def test_a_site_that_does_not_answer_leaves_nobody_stuck(reader, frontend):
    reader.route(f"**{API}**", lambda route: route.abort())
    open_page(reader, f"{frontend}/finnmark/")
    assert reader.locator("h1").text_content() == "Nettstedet svarer ikke"
    assert reader.get_by_role("link", name="Eksempelfylket").is_visible()
    reader.unroute(f"**{API}**")
    reader.get_by_role("button", name="Prøv igjen").click()
    reader.get_by_role("heading", name="Prosjektnettverk for Finnmark", level=1).wait_for()


def test_every_view_fits_a_phone_and_can_be_followed_by_a_screen_reader(reader, frontend):
    reader.set_viewport_size({"width": 360, "height": 740})
    for path in PATHS:
        open_page(reader, frontend + path)
        assert reader.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert reader.locator("h1").count() == 1, path
        assert reader.locator("main").count() == 1, path
        assert reader.title() == f"{reader.locator('h1').text_content()} – Eksempelfylket", path
        assert reader.locator("img:not([alt])").count() == 0, path
        ids = reader.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
        assert len(ids) == len(set(ids)), path
    assert reader.problems == []
