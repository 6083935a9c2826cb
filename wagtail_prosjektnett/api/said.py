"""What a body says of people, checked by the form of the gathering: every door takes and refuses the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from wagtail_prosjektnett.api.bodies import ChangeBody, ContactBody, ParticipantBody, SignupBody
from wagtail_prosjektnett.api.problem_types import ParameterErrorData
from wagtail_prosjektnett.api.problems import InvalidBody, body_error
from wagtail_prosjektnett.domain.registration import NOBODY, Contact, Participant, QuestionKind, repeated
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.pages.question import AskedQuestion, asked_by
from wagtail_prosjektnett.reader_forms.fields import AddressField, NameField, municipality_keys
from wagtail_prosjektnett.registration.change_form import ChangeForm
from wagtail_prosjektnett.registration.forms import QUESTION, ParticipantForm
from wagtail_prosjektnett.registration.register import Signup

Path = tuple[str | int, ...]
#: Where in a body something stands that has another place in the form.
_PLACES: dict[str, Path] = {
    "organisation": ("municipality",),
    "dietary": ("needs", "dietary"),
    "access": ("needs", "access"),
}
_SAME = ("name", "email", "organisation_name", "role", "comment")
#: What stands for a municipality that there is not: the key of no row.
_NONE_SUCH = 0


class _ContactForm(forms.Form):
    """Who signs up others."""

    name = NameField(max_length=200)
    email = AddressField(max_length=254)


def signup_of(page: Any, body: SignupBody, at: datetime) -> Signup:
    """Return who wants to come where, at an aware instant. Raises ``InvalidBody``."""
    occurrence = page.occurrences.model.objects.filter(page=page, uid=body.occurrence).first()
    errors: list[ParameterErrorData] = []
    if occurrence is None:
        errors.append(body_error(["occurrence"], "unknown", _("The gathering has no such time and place.")))
    contact = _contact(body.contact, errors)
    people = _people(page, body, at, errors)
    for place in repeated(people, contact) if not errors else ():
        name = "email" if people[place].email else "name"
        errors.append(body_error(["participants", place, name], "repeated", _("This person is in the list already.")))
    if errors:
        raise InvalidBody(errors)
    return Signup(occurrence, people, contact)


def change_of(page: Any, registration: Registration, body: ChangeBody, at: datetime) -> Participant:
    """Return what somebody says who has signed up already; what the body leaves out stays. Raises ``InvalidBody``."""
    day, questions = _day(page, at), asked_by(page)
    known = ChangeForm(page, registration, day=day, questions=questions).initial
    known["organisation"] = registration.organisation_id
    data = {**known, **_typed(body, municipality_keys([body.municipality], day))}
    form = ChangeForm(page, registration, data, day=day, questions=questions)
    for question in questions:
        if question.uid not in (body.answers or {}):  # it stays, whatever is asked by now
            del form.fields[f"{QUESTION}{question.uid}"]
    if errors := _all_errors(_unasked(body, page, questions, ()), _errors(form, ())):
        raise InvalidBody(errors)
    return form.participant


def _contact(body: ContactBody | None, errors: list[ParameterErrorData]) -> Contact:
    if body is None:
        return NOBODY
    form = _ContactForm(body.model_dump())
    errors += _errors(form, ("contact",))
    return Contact(**form.cleaned_data) if form.is_valid() else NOBODY


def _people(page: Any, body: SignupBody, at: datetime, errors: list[ParameterErrorData]) -> list[Participant]:
    day, questions = _day(page, at), asked_by(page)
    municipalities = municipality_keys((each.municipality for each in body.participants), day)
    people = []
    for place, said in enumerate(body.participants):
        path: Path = ("participants", place)
        data = _typed(said, municipalities)
        form = ParticipantForm(page, data, day=day, own_address=body.contact is None, questions=questions)
        found = _all_errors(_unasked(said, page, questions, path), _errors(form, path))
        errors += found
        if not found:
            people.append(form.participant)
    return people


def _day(page: Any, at: datetime) -> date:
    return at.astimezone(page.lifecycle.tz).date()


def _typed(said: ParticipantBody | ChangeBody, municipalities: Mapping[str, int]) -> dict[str, Any]:
    """Return what was said as somebody would have typed it into the form; what was left out is left out."""
    given = said.model_fields_set
    data: dict[str, Any] = {name: getattr(said, name) or "" for name in _SAME if name in given}
    if "municipality" in given:
        data["organisation"] = municipalities.get(said.municipality, _NONE_SUCH) if said.municipality else ""
    if "needs" in given:
        told = said.needs.model_dump() if said.needs else {}
        data.update({name: told.get(name, "") for name in ParticipantForm.needs_fields})
    for uid, answer in (said.answers or {}).items():
        data[f"{QUESTION}{uid}"] = _YES_NO.get(answer, answer) if isinstance(answer, bool) else answer or ""
    return data


_YES_NO: dict[Any, str] = {True: "yes", False: "no"}


def _unasked(
    said: ParticipantBody | ChangeBody, page: Any, questions: Sequence[AskedQuestion], path: Path
) -> Iterator[ParameterErrorData]:
    """Yield what is said that the gathering does not ask, and answers of another sort than the question's."""
    if said.needs and not page.registration_needs:
        yield body_error((*path, "needs"), "unknown", _("The gathering does not ask for this."))
    kinds = {question.uid: question.kind for question in questions}
    for uid, answer in (said.answers or {}).items():
        where = (*path, "answers", str(uid))
        if uid not in kinds:
            yield body_error(where, "unknown", _("The gathering does not ask for this."))
        elif answer not in (None, "") and isinstance(answer, bool) != (kinds[uid] is QuestionKind.YES_NO):
            yield body_error(where, "type", _("A yes or no is true or false, any other answer is text."))


def _all_errors(*found: Iterable[ParameterErrorData]) -> list[ParameterErrorData]:
    """Return the first thing that is wrong with each part."""
    by_pointer: dict[str, ParameterErrorData] = {}
    for error in chain(*found):
        by_pointer.setdefault(error["pointer"], error)
    return list(by_pointer.values())


def _errors(form: forms.Form, path: Path) -> Iterator[ParameterErrorData]:
    """Yield what a form finds wrong."""
    for name, errors in form.errors.as_data().items():
        is_answer = name.startswith(QUESTION)
        place = ("answers", name.removeprefix(QUESTION)) if is_answer else _PLACES.get(name, (name,))
        for error in errors:
            yield body_error((*path, *place), error.code or "invalid", " ".join(error.messages))
