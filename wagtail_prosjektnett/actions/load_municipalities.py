"""Make municipalities what Statistics Norway says they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from wagtail_prosjektnett.domain.municipalities import (
    MunicipalityCode,
    Period,
    overlapping,
    split_names,
    with_languages,
)
from wagtail_prosjektnett.models import Organisation, OrganisationName
from wagtail_prosjektnett.records.organisations import OrganisationKind


class Outcome(Enum):
    """What loading does to a municipality."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class AmbiguousMunicipalities(Exception):
    """Raised when it cannot be told which of several organisations a code means; nothing was written.

    ``numbers`` are their municipality numbers.
    """

    def __init__(self, numbers: Iterable[str]) -> None:
        self.numbers = sorted(set(numbers))
        super().__init__(", ".join(self.numbers))


@dataclass
class Step:
    """One municipality: the organisation as it will be, its parallel names if they change, and what that does."""

    organisation: Organisation
    names: list[tuple[str, str]] | None
    outcome: Outcome


@dataclass
class Loaded:
    """What was done, or would be: one step for each code, and the numbers that mean two municipalities on one day."""

    steps: list[Step]
    overlapping: list[str]

    def count(self, *outcomes: Outcome) -> int:
        """Return how many municipalities had one of some outcomes."""
        return sum(step.outcome in outcomes for step in self.steps)


class LoadMunicipalities:
    """Create and update one organisation for each municipality code, in one transaction.

    What identifies a municipality is its number together with the first day of the number: a number that comes into use
    again, or that goes on under another name, is another organisation. Two cases need more than that:

    - An organisation without a first day was entered by somebody who did not know it. It is the one that the latest
      code with its number means, and gets its days from there.
    - A code without a first day, or with one that may have been cut (``MunicipalityCode.is_cut``), is the organisation
      with its number that is in use in the same period, since a number means one municipality at a time.

    What is empty in a code changes nothing; neither do organisation numbers, websites, and parallel names of a name
    that stays. A first day that may have been cut never moves one that is known to be earlier.
    """

    def __init__(self, codes: Sequence[MunicipalityCode]) -> None:
        self.codes = codes

    def plan(self) -> Loaded:
        """Return what would be done, without writing anything. Raises ``AmbiguousMunicipalities``."""
        numbers = {code.number for code in self.codes}
        known = _municipalities(numbers)
        chosen: dict[MunicipalityCode, Organisation] = {}
        ambiguous = []
        for number in sorted(numbers):
            same_number = [code for code in self.codes if code.number == number]
            try:
                chosen.update(_choose(same_number, known[number]))
            except AmbiguousMunicipalities as refused:
                ambiguous += refused.numbers
        if ambiguous:
            raise AmbiguousMunicipalities(ambiguous)
        steps = [_step(code, chosen.get(code)) for code in self.codes]
        return Loaded(steps, list(_overlapping(steps, known)))

    @transaction.atomic
    def execute(self) -> Loaded:
        """Do it and return what was done. Each change is in Wagtail's log. Raises ``AmbiguousMunicipalities``."""
        loaded = self.plan()
        for step in loaded.steps:
            if step.outcome is Outcome.UNCHANGED:
                continue
            if step.names is not None:
                step.organisation.parallel_names = [
                    OrganisationName(name=name, language=language) for name, language in step.names
                ]
            step.organisation.save()
            log(step.organisation, "wagtail.create" if step.outcome is Outcome.NEW else "wagtail.edit")
        return loaded


def _municipalities(numbers: Iterable[str]) -> dict[str, list[Organisation]]:
    """Return the municipalities with some numbers, by their number."""
    found: dict[str, list[Organisation]] = defaultdict(list)
    wanted = set(numbers)
    rows = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).exclude(municipality_number="")
    for organisation in rows.order_by("pk"):
        if organisation.municipality_number in wanted:
            found[organisation.municipality_number].append(organisation)
    return found


def _period(organisation: Organisation) -> Period:
    return Period(organisation.valid_from, organisation.valid_to)


def _choose(
    codes: Sequence[MunicipalityCode], organisations: Sequence[Organisation]
) -> dict[MunicipalityCode, Organisation]:
    """Return which organisation each code with one number means, where there is one already."""
    chosen: dict[MunicipalityCode, Organisation] = {}
    for means in (_starts_the_same_day, _may_mean):
        latest_first = sorted(codes, key=lambda code: code.period.first or date.min, reverse=True)
        for code in (code for code in latest_first if code not in chosen):
            taken = {organisation.pk for organisation in chosen.values()}
            found = [each for each in organisations if each.pk not in taken and means(code, each)]
            if len(found) > 1:
                raise AmbiguousMunicipalities([code.number])
            if found:
                chosen[code] = found[0]
    return chosen


def _starts_the_same_day(code: MunicipalityCode, organisation: Organisation) -> bool:
    return code.period.first is not None and code.period.first == organisation.valid_from


def _may_mean(code: MunicipalityCode, organisation: Organisation) -> bool:
    """Whether a code may mean an organisation with its number, one of whose first days is not known for certain."""
    is_uncertain = code.is_cut or code.period.first is None or organisation.valid_from is None
    return is_uncertain and code.period.overlaps(_period(organisation))


def _step(code: MunicipalityCode, organisation: Organisation | None) -> Step:
    if organisation is None:
        days = {"valid_from": code.period.first, "valid_to": code.period.last}
        numbers = {"kind": OrganisationKind.MUNICIPALITY, "municipality_number": code.number}
        return Step(
            Organisation(name=code.name, **numbers, **days), with_languages(split_names(code.name)), Outcome.NEW
        )
    before = _facts(organisation)
    names = _names(code, organisation)
    organisation.name = code.name
    if code.period.first and not _is_known_better(code, organisation.valid_from):
        organisation.valid_from = code.period.first
    organisation.valid_to = code.period.last or organisation.valid_to
    is_changed = names is not None or before != _facts(organisation)
    return Step(organisation, names, Outcome.CHANGED if is_changed else Outcome.UNCHANGED)


def _facts(organisation: Organisation) -> tuple[Any, ...]:
    return organisation.name, organisation.valid_from, organisation.valid_to


def _is_known_better(code: MunicipalityCode, first: date | None) -> bool:
    """Whether the first day that is known is earlier than one that may have been cut."""
    return code.is_cut and first is not None and code.period.first is not None and first < code.period.first


def _names(code: MunicipalityCode, organisation: Organisation) -> list[tuple[str, str]] | None:
    """Return the parallel names that an organisation is to get; None where it keeps those that it has.

    An editor's names stay while they are names of the same name. Those of another name go with it.
    """
    parts = split_names(code.name)
    present = [parallel.name for parallel in organisation.parallel_names.all()]
    is_same = parts == split_names(organisation.name) or sorted(parts) == sorted(present)
    if present and is_same:
        return None
    known = with_languages(parts)
    return known if known or present else None


def _overlapping(steps: Iterable[Step], known: dict[str, list[Organisation]]) -> Iterator[str]:
    """Yield the numbers that would mean two municipalities on some day."""
    together = {number: {id(each): each for each in organisations} for number, organisations in known.items()}
    for step in steps:
        organisations = together.setdefault(step.organisation.municipality_number, {})
        organisations[id(step.organisation)] = step.organisation
    for number, organisations in sorted(together.items()):
        if overlapping(_period(organisation) for organisation in organisations.values()):
            yield number
