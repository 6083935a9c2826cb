"""The tutorial, done in a browser as its text says: what it presses, fills in, expects to see and asks the API."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.browser.test_editor import PASTE, Editor

pytestmark = pytest.mark.browser

TUTORIAL = Path(__file__).parent.parent.parent / "docs" / "tutorial" / "first-network.md"
ADDRESS = "http://localhost:8000"

#: What a step may look like: a piece of code, a page to open, a field to fill in, a thing to press, a text to see.
STEP = re.compile(
    r"^```(?P<language>\w+)\n(?P<code>.*?)^```$"
    rf"|<(?P<page>{ADDRESS}/[^>]*)>"
    r"|(?P<both>both places, )?\*\*(?P<field>[^*]+)\*\*: `(?P<value>[^`]+)`"
    r"|(?P<row>the\s+row\s+of\s+)?\*\*(?P<press>[^*]+)\*\*"
    r"|\*(?P<see>[^*\n]+)\*",
    flags=re.MULTILINE | re.DOTALL,
)


class Newcomer(Editor):
    """A person with the tutorial in hand: one tab for the admin, another for the site."""

    def __init__(self, tab, site):
        super().__init__(tab, site)
        self.reader = tab.context.new_page()
        self.shown = tab
        self.answer = {}

    def follow(self, text):
        for found in STEP.finditer(text):
            step = found.groupdict()
            if step["page"] or step["press"]:
                self.shown = self.reader if step["page"] else self.tab
            if step["code"]:
                self.run(step["language"], step["code"])
            elif step["page"]:
                self.shown.goto(step["page"].replace(ADDRESS, self.site.address))
            elif step["field"]:
                self.fill_in(step["field"], step["value"], every=bool(step["both"]))
            elif step["row"]:
                self.open_row(step["press"])
            elif step["press"]:
                self.press(step["press"])
            else:
                self.see(step["see"])

    def run(self, language, code):
        if language == "json":
            assert_holds(self.answer, json.loads(code))
        elif code != "make demo\n":
            command = shlex.split(code.replace(ADDRESS, self.site.address))
            assert command[0] == "curl"
            self.answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)

    def fill_in(self, label, value, *, every):
        labels = self.tab.locator("label:visible").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))
        names = [name for name in labels.evaluate_all("found => found.map(label => label.htmlFor)") if name]
        fields = [field for name in names if (field := self.tab.locator(f"[id='{name}']")).is_visible()]
        assert fields, label
        for field in fields if every else fields[-1:]:
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            elif label == "Tittel":
                field.press_sequentially(value)  # the address of the page follows what is typed
                field.blur()
            else:
                field.evaluate(PASTE, value)

    def open_row(self, title):
        row = self.tab.locator("main tr").filter(has=self.tab.get_by_role("link", name=title, exact=True))
        row.locator("a").last.click()
        self.tab.wait_for_load_state("networkidle")

    def press(self, name):
        if name == "Publiser":
            # Wagtail saves on its own half a second after a change; a person is slower than that.
            self.tab.wait_for_timeout(700)
        self.tab.wait_for_load_state("networkidle")
        self.thing(name).click()
        self.tab.wait_for_load_state("networkidle")
        if name == "Publiser":
            assert "publisert" in self.tab.locator(".messages").text_content()

    def thing(self, name):
        """What a person would press: in the page before the menu, a tab before a button before a link."""
        whole = re.compile(rf"^\s*{re.escape(name)}\s*(\.|$)")  # a page type's name is followed by what it is
        for _attempt in range(40):
            for place in ("main", "body"):
                for role in ("tab", "button", "link"):
                    for found in self.tab.locator(place).get_by_role(role, name=whole).all():
                        if found.is_visible():
                            return found
            self.tab.wait_for_timeout(250)
        raise AssertionError(f"There is no {name} to press at {self.tab.url}.")

    def see(self, text):
        shown = (
            self.reader if self.reader.url != "about:blank" and text not in self.tab.inner_text("body") else self.tab
        )
        words = " ".join(shown.inner_text("body").split())
        assert text.lower() in words.lower(), (text, words)


def assert_holds(answer, expected):
    """Assert that an answer of the API has all that is expected, at least."""
    for name, value in expected.items():
        if isinstance(value, dict):
            assert_holds(answer[name], value)
        else:
            assert answer[name] == value, name


def test_a_newcomer_follows_the_tutorial_word_by_word(tab, site):
    newcomer = Newcomer(tab, site)
    newcomer.log_in()
    introduction, *parts = TUTORIAL.read_text(encoding="utf-8").split("\n## ")
    assert "**Bold**" in introduction
    for part in parts:
        newcomer.follow(part)
    assert newcomer.answer
