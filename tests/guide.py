"""Does what a page of the documentation says, with the code and the commands that stand in it.

A page shows where its code belongs in the way a reader understands it too: a list or an element with an ellipsis
for what was there before, an import, or a setting. What is to be taken out stands as lines with a minus.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REST_OF_LIST = "# ... what was there before"


@dataclass(frozen=True)
class Code:
    """A piece of code on a page: its language, its text, and the last text in backticks before it."""

    language: str
    text: str
    about: str


def code_of(page: str) -> Iterator[Code]:
    """Yield the fenced code of a page below ``docs``, in order, without the indentation of lists."""
    text = (DOCS / page).read_text(encoding="utf-8")
    end = 0
    for found in re.finditer(r"^( *)```(\w+)\n(.*?)^ *```$", text, flags=re.MULTILINE | re.DOTALL):
        mentioned = re.findall(r"`([^`]+)`", text[end : found.start()])
        yield Code(found[2], dedent(found[3]), mentioned[-1] if mentioned else "")
        end = found.end()


@dataclass
class HostSite:
    """A Wagtail site that follows a guide: its folder, its Python, and where it keeps what guides change."""

    folder: Path
    python: Path
    settings: str
    urls: str
    base_template: str
    #: What ``pip install wagtail_prosjektnett`` installs; nothing, where the package is there already.
    package: str = ""
    variables: dict[str, str] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """Run one of the site's commands, and return what it says."""
        return self.run([str(self.python), "manage.py", *arguments])

    def run(self, command: list[str]) -> str:
        """Run a command in the site's folder, and fail with all that it says if it does."""
        return run(command, self.folder, self.variables)

    def follow(self, page: str) -> None:
        """Do what a page says, from its first piece of code to its last."""
        for code in code_of(page):
            if code.language == "sh":
                for line in code.text.splitlines():
                    self.follow_command(line)
            elif code.language == "html":
                self.change(self.base_template, merge_html, code.text)
            elif code.language == "diff":
                self.take_out(code.text)
            elif code.language == "python":
                self.change(self.urls if "urlpatterns" in code.text else self.settings, merge_python, code.text)

    def follow_command(self, line: str) -> str:
        """Do what one line of a shell says, in the site's environment."""
        program, *arguments = line.split()
        if program == "pip" and not self.package:
            assert arguments in (["install", "wagtail_prosjektnett"], ["uninstall", "-y", "wagtail_prosjektnett"]), line
            return ""
        if arguments == ["install", "wagtail_prosjektnett"]:
            arguments[1] = self.package
        start = {"pip": [str(self.python), "-m", "pip"], "python": [str(self.python)]}
        return self.run([*start[program], *arguments])

    def take_out(self, diff: str) -> None:
        """Take lines, or tags within lines, out of the one of the site's files that has them."""
        for line in diff.splitlines():
            assert line.startswith("-"), line
            taken = line[1:].strip()
            having = [name for name in (self.settings, self.urls, self.base_template) if taken in self.read(name)]
            assert len(having) == 1, (line, having)
            self.change(having[0], take_out, taken)

    def complaints(self) -> set[str]:
        """What ``check`` finds wrong, each thing once: Wagtail's own may come once for each page type."""
        said = self.manage("check", "--database", "default").splitlines()
        return {line for line in said if line and not line.startswith("System check identified")}

    def read(self, name: str) -> str:
        """Return the text of one of the site's files."""
        return (self.folder / name).read_text(encoding="utf-8")

    def change(self, name: str, merge: Callable[[str, str], str], code: str) -> None:
        """Put code into one of the site's files."""
        (self.folder / name).write_text(merge(self.read(name), code), encoding="utf-8")


def merge_python(text: str, code: str) -> str:
    """Return a Python file with what a guide shows: in its lists, its imports and its settings."""
    for opening, added in re.findall(
        rf"^(\w+ = \[\n)(.*?)^ *{REST_OF_LIST}\n\]\n", code, flags=re.MULTILINE | re.DOTALL
    ):
        assert text.count(opening) == 1, opening
        text = text.replace(opening, opening + added)
    for line in code.splitlines():
        if re.match(r"from |import ", line):
            text = re.sub(r"^(?=from |import )", line + "\n", text, count=1, flags=re.MULTILINE)
        elif setting := re.match(r"(\w+ = )[^\[]+$", line):
            rest = re.sub(rf"^{setting[1]}.*\n", "", text, flags=re.MULTILINE)
            text = f"{rest.rstrip()}\n{line}\n"
    return text


def merge_html(text: str, code: str) -> str:
    """Return a template with what a guide shows: tags at its start, or first or last in an element."""
    for line in code.splitlines():
        if line.startswith("{% load"):
            text = re.sub(r"(?={% load)|\A(?!.*{% load)", line, text, count=1, flags=re.DOTALL)
        elif last := re.fullmatch(r"<(\w+)>… (.+)</\1>", line):
            text = _once(text, rf"</{last[1]}>", lambda end, tags=last[2]: tags + end)
        elif first := re.fullmatch(r"<(\w+)>(.+) …</\1>", line):
            text = _once(text, rf"<{first[1]}\b[^>]*>", lambda start, tags=first[2]: start + tags)
        else:
            raise AssertionError(f"A guide's reader cannot know where this belongs: {line}")
    return text


def take_out(text: str, taken: str) -> str:
    """Return a file without a piece of it, and without the line if nothing else stood there."""
    whole_line = rf"^ *{re.escape(taken)}\n"
    pattern = whole_line if re.search(whole_line, text, flags=re.MULTILINE) else re.escape(taken)
    return re.sub(pattern, "", text, count=1, flags=re.MULTILINE)


def _once(text: str, place: str, change: Callable[[str], str]) -> str:
    assert len(re.findall(place, text)) == 1, place
    return re.sub(place, lambda found: change(found[0]), text)


def run(command: list[str], folder: Path, variables: dict[str, str] | None = None) -> str:
    """Run a command away from the checkout's own settings, and fail with all that it says if it does.

    Whatever it asks is answered with yes.
    """
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "DJANGO_SETTINGS_MODULE"}}
    environment = {**kept, **(variables or {})}
    done = subprocess.run(command, cwd=folder, env=environment, input="yes\n" * 9, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr
