"""An editor's walk: create a network with its sections, plan a gathering in two places, make every mistake, publish."""

import re
from datetime import date
from typing import NamedTuple

import pytest
from django.utils.translation import override

from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.wording.rules import MESSAGES

pytestmark = pytest.mark.browser

YEAR = date.today().year + 1
FIRST, SECOND = "occurrences-0-", "occurrences-1-"


class Mistake(NamedTuple):
    """What is filled in wrongly, the field at which the rule's message stands, and what puts it right."""

    rule: Rule
    field: str
    wrong: dict[str, str]
    right: dict[str, str]


NETWORK_MISTAKES = [
    Mistake(Rule.YEAR_OUT_OF_RANGE, "active_from", {"active_from": "1019-01-01"}, {"active_from": ""}),
    Mistake(
        Rule.ACTIVE_AFTER_WIND_DOWN,
        "wind_down_from",
        {"active_from": f"{YEAR + 2}-01-01", "wind_down_from": f"{YEAR + 1}-01-01"},
        {"active_from": "", "wind_down_from": ""},
    ),
    Mistake(
        Rule.WIND_DOWN_AFTER_CLOSED,
        "closed_from",
        {"wind_down_from": f"{YEAR + 2}-01-01", "closed_from": f"{YEAR + 1}-01-01"},
        {"wind_down_from": "", "closed_from": ""},
    ),
    Mistake(
        Rule.ACTIVE_AFTER_CLOSED,
        "closed_from",
        {"active_from": f"{YEAR + 2}-01-01", "closed_from": f"{YEAR + 1}-01-01"},
        {"active_from": "", "closed_from": ""},
    ),
    Mistake(Rule.GUIDANCE_DATE_MISSING, "guidance_until", {"guidance_kind": "until"}, {"guidance_kind": "none"}),
    Mistake(Rule.LINK_WITHOUT_SCHEME, "successor_link", {"successor_link": "example.org"}, {"successor_link": ""}),
]

# The clocks of Europe/Oslo in 2027: set forward on 28 March. In 2026: set back on 25 October.
GATHERING_MISTAKES = [
    Mistake(Rule.YEAR_OUT_OF_RANGE, FIRST + "start_date", {FIRST + "start_date": "1018-02-15"}, {}),
    Mistake(Rule.END_BEFORE_START, FIRST + "end_date", {FIRST + "end_date": "2020-01-01"}, {FIRST + "end_date": ""}),
    Mistake(Rule.START_TIME_MISSING, FIRST + "start_time", {FIRST + "start_time": ""}, {}),
    Mistake(Rule.TIME_NEEDS_A_DATE, FIRST + "start_time", {FIRST + "precision": "month"}, {FIRST + "precision": "day"}),
    Mistake(
        Rule.TIME_DOES_NOT_EXIST,
        FIRST + "start_time",
        {FIRST + "start_date": "2027-03-28", FIRST + "start_time": "02:30"},
        {},
    ),
    Mistake(
        Rule.TIME_EXISTS_TWICE,
        FIRST + "start_time",
        {FIRST + "start_date": "2026-10-25", FIRST + "start_time": "02:30"},
        {},
    ),
    Mistake(
        Rule.OCCURRENCE_TWICE,
        SECOND + "start_date",
        {
            SECOND + "place": "Rådhuset i Kirkenes",
            SECOND + "start_date": f"{YEAR}-02-15",
            SECOND + "start_time": "10:00",
        },
        {SECOND + "place": "Alta museum", SECOND + "start_date": f"{YEAR}-02-22", SECOND + "start_time": ""},
    ),
    Mistake(
        Rule.REGISTRATION_WITHOUT_LINK,
        "registration_link",
        {"registration_link": ""},
        {"registration_link": "https://example.org/pamelding"},
    ),
    Mistake(
        Rule.LINK_WITHOUT_SCHEME,
        "registration_link",
        {"registration_link": "www.example.org"},
        {"registration_link": "https://example.org/pamelding"},
    ),
    Mistake(
        Rule.REGISTRATION_WITHOUT_EMAIL,
        "registration_email",
        {"registration_method": "email"},
        {"registration_method": "link"},
    ),
    Mistake(
        Rule.REGISTRATION_WITHOUT_DEADLINE,
        "registration_deadline",
        {"registration_deadline": ""},
        {"registration_deadline": f"{YEAR}-01-31"},
    ),
    Mistake(
        Rule.DEADLINE_AFTER_START,
        "registration_deadline",
        {"registration_deadline": f"{YEAR}-02-16"},
        {"registration_deadline": f"{YEAR}-01-31"},
    ),
    Mistake(
        Rule.OPENING_AFTER_DEADLINE,
        "registration_deadline",
        {"registration_opens": f"{YEAR}-02-01"},
        {"registration_opens": ""},
    ),
    Mistake(
        Rule.LIFECYCLE_FORBIDS_START,
        FIRST + "start_date",
        {FIRST + "start_date": f"{YEAR + 2}-06-01"},
        {},
    ),
    Mistake(
        Rule.PRESENTATION_WITHOUT_CONTENT,
        "presentations-0-document",
        {"presentations-0-link": ""},
        {"presentations-0-link": "https://example.org/lysark"},
    ),
]

GATHERING = {
    "title": "Vintersamling",
    FIRST + "name": "Øst",
    FIRST + "start_date": f"{YEAR}-02-15",
    FIRST + "start_time": "10:00",
    FIRST + "end_time": "15:00",
    FIRST + "place": "Rådhuset i Kirkenes",
    SECOND + "name": "Vest",
    SECOND + "start_date": f"{YEAR}-02-22",
    SECOND + "place": "Alta museum",
    "registration_method": "link",
    "registration_link": "https://example.org/pamelding",
    "registration_deadline": f"{YEAR}-01-31",
    "presentations-0-title": "Lysark",
    "presentations-0-link": "https://example.org/lysark",
}


PASTE = """(field, value) => {
  field.value = value;
  for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, {bubbles: true}));
}"""


class Editor:
    """A person at the edit form: fills in fields in whichever tab they are, publishes, reads messages."""

    def __init__(self, tab, site):
        self.tab = tab
        self.site = site
        tab.on("dialog", lambda dialog: dialog.accept())

    def log_in(self):
        self.tab.goto(f"{self.site.address}/admin/login/")
        self.tab.fill("#id_username", self.site.user)
        self.tab.fill("#id_password", self.site.password)
        self.tab.click("button[type=submit]")
        self.tab.wait_for_url("**/admin/")

    def fill(self, values):
        for name, value in values.items():
            field = self.tab.locator(f"#id_{name}")
            self._open_tab_of(field)
            # Set as a pasted value is: typing opens calendars that cover what comes next.
            field.evaluate(PASTE, value)

    def add_row(self, relation):
        button = self.tab.locator(f"#id_{relation}-ADD")
        self._open_tab_of(button)
        button.click()

    def publish(self):
        # Wagtail saves on its own half a second after a change; a person is slower than that.
        self.tab.wait_for_timeout(700)
        self.tab.wait_for_load_state("networkidle")
        button = self.tab.locator("button[name=action-publish]")
        if not button.is_visible():
            self.tab.locator("footer [data-w-dropdown-target=toggle]").last.click()
        with self.tab.expect_navigation():
            button.click()

    def message_at(self, name):
        return self.tab.locator(f"[data-field]:has(#id_{name}) .error-message").first.text_content()

    def _open_tab_of(self, field):
        panel = field.evaluate("element => element.closest('[role=tabpanel]')?.id || ''")
        tab = self.tab.locator(f"[role=tab][href='#{panel}']")
        if panel and tab.get_attribute("aria-selected") != "true":
            tab.click()


@pytest.fixture
def editor(tab, site):
    """An editor who is logged in."""
    person = Editor(tab, site)
    person.log_in()
    return person


def make_and_mend(editor, mistakes, sound):
    for mistake in mistakes:
        editor.fill(mistake.wrong)
        editor.publish()
        with override("nb"):
            pattern = re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(str(MESSAGES[mistake.rule])))
        assert re.search(pattern, editor.message_at(mistake.field)), mistake
        before = {name: sound[name] for name in mistake.wrong if name in sound}
        editor.fill({**before, **mistake.right})


def test_an_editor_creates_a_network_and_a_gathering_and_makes_every_mistake(editor, site):
    tab = editor.tab
    tab.goto(f"{site.address}/admin/pages/")
    tab.click("text=Faglige nettverk i Eksempelfylket")
    tab.goto(re.sub(r"/pages/(\d+)/.*", r"/pages/add/prosjektnett_pages/networkpage/\1/", tab.url))

    editor.fill({"title": "Nettverk fra nettleseren", "slug": "nettverk-fra-nettleseren"})
    assert tab.locator("#id_create_sections").is_checked()
    make_and_mend(editor, NETWORK_MISTAKES, {})
    editor.fill({"wind_down_from": f"{YEAR + 1}-01-01", "closed_from": f"{YEAR + 2}-01-01"})
    editor.publish()
    assert "publisert" in tab.locator(".messages").text_content()

    tab.goto(f"{site.address}/nettverk-fra-nettleseren/")
    assert tab.locator(".network-navigation a").all_text_contents() == ["Samlinger", "Aktuelt", "Erfaringsbase"]
    assert tab.locator("[data-network-banner]").count() == 0

    tab.goto(f"{site.address}/admin/pages/")
    tab.goto(f"{site.address}/admin/pages/add/prosjektnett_pages/gatheringpage/{index_of(tab, site)}/")
    editor.add_row("occurrences")
    editor.add_row("presentations")
    editor.fill({**GATHERING, "slug": "vintersamling"})
    make_and_mend(editor, GATHERING_MISTAKES, GATHERING)
    editor.publish()
    assert "publisert" in tab.locator(".messages").text_content()

    tab.goto(f"{site.address}/nettverk-fra-nettleseren/samlinger/vintersamling/")
    assert tab.locator("h1").text_content() == "Vintersamling"
    assert tab.locator(".occurrence h3").all_text_contents() == ["Øst", "Vest"]
    assert f"15. februar {YEAR} kl. 10:00–15:00" in tab.locator(".occurrence").first.text_content()
    assert tab.locator("a.button").first.get_attribute("href") == "https://example.org/pamelding"


def index_of(tab, site):
    """The id of the gatherings of the network that was just made."""
    listing = tab.request.get(
        f"{site.address}/api/v2/pages/?type=prosjektnett_pages.GatheringIndexPage&fields=_,id,html_url&limit=20"
    ).json()
    found = [item for item in listing["items"] if "/nettverk-fra-nettleseren/" in item["meta"]["html_url"]]
    return found[0]["id"]
