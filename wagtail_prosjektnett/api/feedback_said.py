"""What a body says of an article, checked by the form of our pages: every door takes and refuses the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from typing_extensions import TypedDict

from wagtail_prosjektnett.api.bodies import BaseFeedbackBody, FeedbackBody
from wagtail_prosjektnett.api.problems import InvalidBody, body_error
from wagtail_prosjektnett.domain.feedback import FeedbackState, Said
from wagtail_prosjektnett.pages.feedback import ABOUT, today
from wagtail_prosjektnett.pages.feedback_form import FeedbackForm
from wagtail_prosjektnett.reader_forms.fields import municipality_keys
from wagtail_prosjektnett.wording.labels import label

#: What stands for a municipality that there is not: the key of no row.
_NONE_SUCH = 0
_HELPFUL = {True: "yes", False: "no", None: ""}


class FeedbackStateData(TypedDict):
    """What has become of what was said: a value that never changes, and the reader's words for it."""

    value: FeedbackState
    label: str


class ReceivedData(TypedDict):
    """What was received, and what has become of it: nothing is shown before an editor has read it."""

    state: FeedbackStateData
    helpful: bool | None
    used: bool
    municipality: str | None
    comment: str


def said_of(page: Any, body: BaseFeedbackBody, at: datetime) -> Said:
    """Return what a reader says of a page at an aware instant. Raises ``InvalidBody``."""
    day = today(page, at)
    data = {"helpful": _HELPFUL[body.helpful], "comment": body.comment, "name": body.name, "email": body.email}
    if isinstance(body, FeedbackBody):
        keys = municipality_keys([body.municipality], day)
        place = keys.get(body.municipality, _NONE_SUCH) if body.municipality else ""
        data |= {"used": "on" if body.used else "", "municipality": str(place)}
    form = FeedbackForm(ABOUT[page.role], day, data)
    if not form.is_valid():
        raise InvalidBody(
            body_error([] if name == NON_FIELD_ERRORS else [name], error.code or "invalid", message)
            for name, errors in form.errors.as_data().items()
            for error in errors
            for message in [" ".join(error.messages)]
        )
    return form.said


def received(body: BaseFeedbackBody, state: str) -> ReceivedData:
    """Return what a reader is answered who has sent a body; name and address are not told again."""
    place = body.municipality if isinstance(body, FeedbackBody) else None
    return {
        "state": {"value": FeedbackState(state), "label": label(FeedbackState(state))},
        "helpful": body.helpful,
        "used": isinstance(body, FeedbackBody) and (body.used or place is not None),
        "municipality": place,
        "comment": body.comment,
    }
