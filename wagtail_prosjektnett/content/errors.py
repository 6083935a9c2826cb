"""What is wrong with a content file, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where in the file, and what to do about it."""

    path: Path_
    message: str


class ContentRefused(Exception):
    """Raised when a content file cannot be loaded; nothing was written.

    It holds every problem that was found, not only the first.
    """

    def __init__(self, file: Path, problems: Iterable[Problem], lines: dict[Path_, int] | None = None) -> None:
        self.file = file
        self.problems = list(problems)
        self.lines = lines or {}
        super().__init__("\n".join(self.messages()))

    def messages(self) -> list[str]:
        """Return a line for each problem: file, line, path in the file, and what is wrong."""
        return [f"{self._place(problem)}: {problem.message}" for problem in self.problems]

    def _place(self, problem: Problem) -> str:
        line = self._line(problem.path)
        place = f"{self.file}:{line}" if line else f"{self.file}"
        return f"{place}: {in_words(problem.path)}" if problem.path else place

    def _line(self, path: Path_) -> int | None:
        """Return the line of a path, or of the nearest thing around it that stands in the file."""
        ends = range(len(path), -1, -1)
        return next((self.lines[path[:end]] for end in ends if path[:end] in self.lines), None)


def in_words(path: Path_) -> str:
    """Return a path as it is usually written: gatherings.items[2].title."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else step
    return words


def unknown_key(kind: str, key: str) -> str:
    """Return the message for a reference to something that is not in the file."""
    return _("There is no %(kind)s with the key “%(key)s”.") % {"kind": kind, "key": key}
