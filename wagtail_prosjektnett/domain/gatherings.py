"""What a gathering must be like before it can be published, whoever makes it: one list of rules.

The admin form, API v3 and the content loader describe a gathering as a ``GatheringPlan`` and get back
the rules that it breaks. Contradictions are never accepted; what is only missing may wait until the
gathering is published.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from wagtail_prosjektnett.domain.dates import When
from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.domain.lifecycle import Lifecycle, LifecycleState
from wagtail_prosjektnett.domain.occurrences import (
    Availability,
    Decision,
    OccurrenceFacts,
    RegistrationMethod,
    RegistrationTerms,
)
from wagtail_prosjektnett.domain.questions import QuestionPlan, broken_questions

OCCURRENCES = "occurrences"
PRESENTATIONS = "presentations"


@dataclass(frozen=True)
class OccurrencePlan:
    """A time and place as someone wants it. ``key`` tells it from the others; ``index`` is its row.

    ``is_published`` tells that readers see it with these dates already. Correcting and translating what
    was accepted once is always allowed; dates of the lifecycle are changed on the network's own terms.
    """

    index: int
    when: When
    key: str = ""
    name: str = ""
    place: str = ""
    municipality: str = ""
    decision: Decision = Decision.AS_PLANNED
    own_deadline: date | None = None
    availability: Availability = Availability.AVAILABLE
    is_published: bool = False

    @property
    def where(self) -> tuple[str, ...]:
        """What makes two occurrences be at one place: the place itself, or the name where none is given."""
        place = (self.place.casefold().strip(), self.municipality)
        return place if any(place) else (self.name.casefold().strip(),)


@dataclass(frozen=True)
class PresentationPlan:
    """A presentation as someone wants it; ``occurrence`` is the key of one, or empty for all."""

    index: int
    has_content: bool
    occurrence: str = ""


@dataclass(frozen=True)
class SignedUp:
    """How many hold a seat or wait for one at an occurrence; ``key`` is that of the occurrence.

    ``untold`` is how many do not any more, and have not been told so yet: their mail cannot be written without it.
    """

    key: str
    occurrence: str
    people: int
    untold: int = 0


@dataclass(frozen=True)
class GatheringPlan:
    """A gathering as someone wants it. ``published`` is when it was first published, or would be.

    ``signed_up`` is who would be affected; a translation affects nobody. ``has_form`` is whether the site has pages
    on which one signs up.
    """

    lifecycle: Lifecycle
    network: str
    published: datetime
    method: RegistrationMethod = RegistrationMethod.NONE
    link: str = ""
    email: str = ""
    opens: date | None = None
    deadline: date | None = None
    occurrences: Sequence[OccurrencePlan] = ()
    presentations: Sequence[PresentationPlan] = ()
    questions: Sequence[QuestionPlan] = ()
    signed_up: Sequence[SignedUp] = ()
    has_form: bool = True

    def broken(self, *, complete: bool) -> Iterator[Broken]:
        """Yield the rules that the gathering breaks; what is missing only when it must be ``complete``."""
        sound = []
        for occurrence in self.occurrences:
            if broken := occurrence.when.broken(self.lifecycle.tz):
                yield self._in_row(broken, OCCURRENCES, occurrence.index)
            else:
                sound.append(occurrence)
        for occurrence in sound:
            if not occurrence.is_published:
                yield from self._lifecycle_broken(occurrence)
        yield from self._listed_twice(sound)
        yield from self._deadlines_broken(sound)
        yield from self._places_unknown()
        yield from broken_questions(self.questions, complete=complete)
        if complete:
            yield from self._missing()
            yield from self._in_use()

    def _lifecycle_broken(self, occurrence: OccurrencePlan) -> Iterator[Broken]:
        facts = OccurrenceFacts(occurrence.when, self.lifecycle, occurrence.decision)
        if facts.may_start(self.published):
            return
        state = self.lifecycle.state(facts.span.start)
        begins = self.lifecycle.begins(LifecycleState.WINDING_DOWN) or self.lifecycle.begins(state)
        values = {
            "network": self.network,
            "start": facts.span.start.astimezone(self.lifecycle.tz).date(),
            "from": begins.astimezone(self.lifecycle.tz).date() if begins else None,
        }
        yield Broken(Rule.LIFECYCLE_FORBIDS_START, "start_date", values, OCCURRENCES, occurrence.index)

    def _listed_twice(self, occurrences: Sequence[OccurrencePlan]) -> Iterator[Broken]:
        seen: set[tuple[datetime, tuple[str, ...]]] = set()
        for occurrence in occurrences:
            identity = (occurrence.when.span(self.lifecycle.tz).start, occurrence.where)
            if identity in seen:
                yield Broken(Rule.OCCURRENCE_TWICE, "start_date", {}, OCCURRENCES, occurrence.index)
            seen.add(identity)

    def _deadlines_broken(self, occurrences: Sequence[OccurrencePlan]) -> Iterator[Broken]:
        shared: dict[Rule, Broken] = {}
        for occurrence in occurrences:
            deadline = occurrence.own_deadline or self.deadline
            terms = RegistrationTerms(self.method, self.opens, deadline, occurrence.availability)
            for broken in terms.broken(occurrence.when):
                if occurrence.own_deadline:
                    yield self._in_row(broken, OCCURRENCES, occurrence.index)
                else:
                    shared.setdefault(broken.rule, broken)
        yield from shared.values()

    def _places_unknown(self) -> Iterator[Broken]:
        known = {occurrence.key for occurrence in self.occurrences}
        for presentation in self.presentations:
            if presentation.occurrence and presentation.occurrence not in known:
                yield Broken(Rule.PRESENTATION_PLACE_UNKNOWN, "occurrence_uid", {}, PRESENTATIONS, presentation.index)

    def _missing(self) -> Iterator[Broken]:
        for presentation in self.presentations:
            if not presentation.has_content:
                yield Broken(Rule.PRESENTATION_WITHOUT_CONTENT, "document", {}, PRESENTATIONS, presentation.index)
        if self.method is RegistrationMethod.LINK and not self.link:
            yield Broken(Rule.REGISTRATION_WITHOUT_LINK, "registration_link")
        if self.method is RegistrationMethod.EMAIL and not self.email:
            yield Broken(Rule.REGISTRATION_WITHOUT_EMAIL, "registration_email")
        if self.method is RegistrationMethod.BUILT_IN and not self.has_form:
            yield Broken(Rule.REGISTRATION_WITHOUT_PAGES, "registration_method")
        each_has_one = self.occurrences and all(plan.own_deadline for plan in self.occurrences)
        if self.method is not RegistrationMethod.NONE and not self.deadline and not each_has_one:
            yield Broken(Rule.REGISTRATION_WITHOUT_DEADLINE, "registration_deadline")

    def _in_use(self) -> Iterator[Broken]:
        """Yield what would be lost for those who have signed up; a draft loses nothing."""
        kept = {occurrence.key for occurrence in self.occurrences}
        for lost in self.signed_up:
            if lost.key not in kept:
                rule = Rule.OCCURRENCE_IN_USE if lost.people else Rule.OCCURRENCE_UNTOLD
                values = {"occurrence": lost.occurrence, "people": lost.people or lost.untold}
                yield Broken(rule, OCCURRENCES, values)
        people = sum(each.people for each in self.signed_up)
        if people and self.method is not RegistrationMethod.BUILT_IN:
            yield Broken(Rule.REGISTRATION_IN_USE, "registration_method", {"people": people})

    @staticmethod
    def _in_row(broken: Broken, relation: str, index: int) -> Broken:
        return replace(broken, relation=relation, index=index)
