"""What the questions of a form must be like: answerable, told apart, and alike in all languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.domain.registration import QuestionKind

QUESTIONS = "questions"
#: How many questions a form may have besides those that are always there.
MOST_QUESTIONS = 30
FEWEST_CHOICES = 2


@dataclass(frozen=True)
class QuestionPlan:
    """A question as someone wants it; ``index`` is its row.

    ``source_choices`` are those of the same question in the first language, in a translation.
    """

    index: int
    label: str
    kind: QuestionKind = QuestionKind.TEXT
    choices: Sequence[str] = ()
    source_choices: Sequence[str] | None = None

    def broken(self, *, complete: bool) -> Iterator[Broken]:
        """Yield the rules that the choices break; what is missing only when they must be ``complete``."""
        if self.kind is not QuestionKind.CHOICE:
            return
        if twice := next((each for each in self.choices if self.choices.count(each) > 1), None):
            yield self._in_row(Rule.CHOICE_TWICE, choice=twice)
        elif complete and self.source_choices is not None and len(self.choices) != len(self.source_choices):
            words = ", ".join(self.source_choices)
            yield self._in_row(Rule.CHOICES_DO_NOT_CORRESPOND, count=len(self.source_choices), choices=words)
        elif complete and len(self.choices) < FEWEST_CHOICES:
            yield self._in_row(Rule.QUESTION_WITHOUT_CHOICES)

    def _in_row(self, rule: Rule, **values: object) -> Broken:
        return Broken(rule, "options", values, QUESTIONS, self.index)


def listed_choices(text: str) -> list[str]:
    """Return the choices that are written one on each line, without empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def broken_questions(questions: Sequence[QuestionPlan], *, complete: bool) -> Iterator[Broken]:
    """Yield the rules that the questions of a form break; what is missing only when they must be ``complete``."""
    if len(questions) > MOST_QUESTIONS:
        values = {"count": len(questions), "most": MOST_QUESTIONS}
        yield Broken(Rule.QUESTIONS_TOO_MANY, "label", values, QUESTIONS, questions[MOST_QUESTIONS].index)
    asked: set[str] = set()
    for question in questions:
        yield from question.broken(complete=complete)
        text = " ".join(question.label.casefold().split())
        if text in asked:
            yield Broken(Rule.QUESTION_TWICE, "label", {}, QUESTIONS, question.index)
        asked.add(text)
