"""The form of a gathering as data: what a frontend shows, and a JSON Schema of what it is to send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wagtail_prosjektnett.api.bodies import MOST_PARTICIPANTS
from wagtail_prosjektnett.api.details import occurrence_data
from wagtail_prosjektnett.api.items import Items
from wagtail_prosjektnett.api.registration_schemas import QuestionData, RegistrationFormData
from wagtail_prosjektnett.domain.registration import QuestionKind
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.occurrence import registration_status_data
from wagtail_prosjektnett.pages.question import AskedQuestion, asked_by
from wagtail_prosjektnett.reader_forms.fields import NameField, municipalities_on
from wagtail_prosjektnett.reader_forms.words import LINK
from wagtail_prosjektnett.registration.forms import QUESTION, ParticipantForm
from wagtail_prosjektnett.registration.privacy import privacy_of

if TYPE_CHECKING:
    from django.http import HttpRequest

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: A template that a site may have one of its own for; the pages have it too.
PRIVACY = "wagtail_prosjektnett/registration/privacy.html"


def tell_form(page: Any, request: HttpRequest, at: datetime) -> RegistrationFormData:
    """Return the form of a gathering at an aware instant."""
    items, questions = Items([page], request, at), asked_by(page)
    day = at.astimezone(page.lifecycle.tz).date()
    municipalities = _municipalities(day)
    form = ParticipantForm(page, day=day, questions=questions)
    rows = page.in_order
    open_rows = [row for row in rows if row.facts.registration_status(at).is_open]
    return {
        "gathering": {"id": page.pk, "title": page.title, "url": page.get_full_url(request)},
        "language": language_tag(page.locale.language_code),
        **items.of_network(page),
        "registration_status": registration_status_data(page.registration_status(at)),
        "registration_opens": page.registration_opens,
        "registration_deadline": page.registration_deadline,
        "has_waiting_list": page.registration_waiting_list,
        "asks_for_confirmation": page.registration_confirmation,
        "asks_for_needs": page.registration_needs,
        "most_participants": MOST_PARTICIPANTS,
        "occurrences": [occurrence_data(row, at, items.found) for row in rows],
        "questions": [_question(question) for question in questions],
        "municipalities": [{"number": number, "name": name} for number, name in municipalities.items()],
        "privacy_notice": render_to_string(PRIVACY, {"page": page, "privacy": privacy_of(page)}, request),
        "schema": _schema(form, questions, open_rows or rows, municipalities),
    }


def _question(question: AskedQuestion) -> QuestionData:
    return {
        "uid": question.uid,
        "kind": question.kind,
        "label": question.label,
        "help_text": question.help_text,
        "required": question.required,
        "options": _options(question),
    }


def _options(question: AskedQuestion) -> list[Any]:
    if question.kind is not QuestionKind.CHOICE:
        return []
    return [{"value": value, "label": words} for value, words in question.options]


def _municipalities(day: date) -> dict[str, str]:
    found = municipalities_on(day).exclude(municipality_number="")
    return dict(found.values_list("municipality_number", "name"))


def _schema(
    form: ParticipantForm, questions: Sequence[AskedQuestion], rows: list[Any], municipalities: dict[str, str]
) -> dict[str, Any]:
    """Return what can be sent, if one can sign up for any of some occurrences."""
    participant = _participant(form, questions, municipalities)
    return {
        "$schema": DIALECT,
        **_object(
            {
                "occurrence": {
                    "title": _("Time and place"),
                    "oneOf": [{"const": str(row.uid), "title": str(row)} for row in rows],
                },
                "participants": {
                    "title": _("Participants"),
                    "type": "array",
                    "items": participant,
                    "minItems": 1,
                    "maxItems": MOST_PARTICIPANTS,
                },
                "contact": {
                    "title": _("Who signs up others"),
                    "description": _("Gets the mail for those who have no address of their own."),
                    **_object({"name": _text(form, "name"), "email": _text(form, "email")}, ["name", "email"]),
                },
            },
            ["occurrence", "participants"],
        ),
        # Who is signed up by nobody else has an address.
        "if": {"not": {"required": ["contact"]}},
        "then": {"properties": {"participants": {"items": {"required": ["email"]}}}},
    }


def _participant(form: ParticipantForm, questions: Sequence[AskedQuestion], municipalities: dict[str, str]) -> Any:
    properties = {name: _text(form, name) for name in ("name", "email", "organisation_name", "role", "comment")}
    if municipalities:
        choices = [{"const": number, "title": name} for number, name in municipalities.items()]
        properties["municipality"] = {"title": str(form.fields["organisation"].label), "oneOf": choices}
    required = ["name"]
    if questions:
        asked = {str(question.uid): _answer(form, question) for question in questions}
        must = [str(question.uid) for question in questions if question.required]
        properties["answers"] = _object(asked, must)
        required += ["answers"] if must else []
    needs = {name: _text(form, name) for name in form.needs_fields if name in form.fields}
    if needs:
        properties["needs"] = _object(needs, [])
    return _object(properties, required)


def _answer(form: ParticipantForm, question: AskedQuestion) -> dict[str, Any]:
    words = {"title": question.label, **({"description": question.help_text} if question.help_text else {})}
    if question.kind is QuestionKind.YES_NO:
        return {**words, "type": "boolean"}
    if question.kind is QuestionKind.CHOICE:
        return {**words, "oneOf": [{"const": each["value"], "title": each["label"]} for each in _options(question)]}
    return {**_text(form, f"{QUESTION}{question.uid}"), **words}


def _text(form: ParticipantForm, name: str) -> dict[str, Any]:
    """Return the schema of a text of the form."""
    field: Any = form.fields[name]
    said = {"title": str(field.label), "type": "string", "maxLength": field.max_length}
    if name == "email":
        said["format"] = "email"
    if isinstance(field, NameField):
        said["not"] = {"pattern": LINK}
    return {**said, "minLength": 1} if field.required else said


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
