"""The endpoints by which a participant sees, confirms, changes, cancels and erases a registration, by its token.

They work in a closed network too, and while the page of the gathering is not published: nobody is kept.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Query, Router

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.api.answers import read, refuse_others
from wagtail_prosjektnett.api.bodies import ChangeBody
from wagtail_prosjektnett.api.details import occurrence_data
from wagtail_prosjektnett.api.idempotency import Answer, Repeatable
from wagtail_prosjektnett.api.items import Items
from wagtail_prosjektnett.api.parameters import Parameters
from wagtail_prosjektnett.api.participant_token import ParticipantToken
from wagtail_prosjektnett.api.problems import RegistrationEnded
from wagtail_prosjektnett.api.registration import state_data
from wagtail_prosjektnett.api.registration_schemas import KeptStateData, RegistrationData
from wagtail_prosjektnett.api.said import change_of
from wagtail_prosjektnett.api.schemas import OccurrenceData
from wagtail_prosjektnett.api.writing import IDEMPOTENCY_KEY, write
from wagtail_prosjektnett.domain.registration import Refusal, RegistrationRefused, TryLater
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.pages.occurrences import occurrence_of
from wagtail_prosjektnett.references import PageData, organisation_data
from wagtail_prosjektnett.registration import changes, retention

MINE = "registrations/mine/"


def add_to(router: Router) -> None:
    """Add the endpoints to our router."""
    token = ParticipantToken()
    write(router, "PATCH", MINE, RegistrationData, "changeRegistration", refusals=[409], token=token)(change)
    write(router, "DELETE", MINE, KeptStateData, "cancelRegistration", token=token)(cancel)
    writes = ("PATCH", "DELETE")
    read(router, MINE, RegistrationData, "getRegistration", Parameters, item=True, token=token, writes=writes)(get)
    for name, schema, function in (("confirm", KeptStateData, confirm), ("erase", None, erase)):
        path = f"{MINE}{name}/"
        status, refusals = (200, [409]) if schema else (204, [])
        operation = f"{name}Registration"
        write(router, "POST", path, schema, operation, status=status, refusals=refusals, token=token)(function)
        refuse_others(router, path, ("POST",))


def get(request: HttpRequest, parameters: Query[Parameters]) -> Any:
    """Get a registration.

    It is that of the token, with all that its owner has said.
    """
    return _tell(_mine(request), request, timezone.now())


def change(request: HttpRequest, body: Body[ChangeBody], parameters: Query[Parameters]) -> Any:
    """Change a registration.

    What is left out stays as it is. The address stays: another one is another registration.
    """
    registration, at = _mine(request), timezone.now()
    if not registration.is_active:
        raise RegistrationEnded
    occurrence = occurrence_of(registration.pool.uid, registration.language)
    if occurrence is None:
        raise RegistrationRefused(Refusal.NOT_OFFERED)
    participant = change_of(occurrence.page, registration, body, at)
    found = _done(partial(changes.change, registration, participant, at))
    return _tell(_still_active(found), request, at)


def cancel(request: HttpRequest, parameters: Query[Parameters]) -> Any:
    """Cancel a registration.

    Whoever has waited longest gets the seat. One that has ended stays as it is.
    """
    found = _done(partial(changes.cancel, _mine(request), timezone.now()))
    return {"state": state_data(found.state)}


def confirm(request: HttpRequest, parameters: Query[Parameters], idempotency_key: str | None = IDEMPOTENCY_KEY) -> Any:
    """Confirm the address of a registration.

    The seat, or the place in the queue, is kept for good from then on.
    """
    registration = _mine(request)
    repeatable = Repeatable("confirmRegistration", registration.uid.hex, idempotency_key, "")

    def keep() -> Answer:
        return {"state": _still_active(changes.confirm(registration, timezone.now())).state}

    answer = repeatable.answer_before() or _done(partial(repeatable.answer_once, keep), is_own=True)
    return {"state": state_data(answer["state"])}


def erase(request: HttpRequest, parameters: Query[Parameters], idempotency_key: str | None = IDEMPOTENCY_KEY) -> None:
    """Erase a registration.

    It is cancelled, and all that is personal is deleted; no mail is sent. The token opens nothing from then on: the
    same request again is answered with 404.
    """
    _done(partial(retention.erase_registration, _mine(request), timezone.now()))


def _mine(request: HttpRequest) -> Registration:
    registration: Registration = request.auth  # type: ignore[attr-defined]  # what the token stands for
    return registration


def _done(change: Callable[[], Any], *, is_own: bool = False) -> Any:
    """Make a change, in a transaction of its own unless it sees to that, and return what it does."""
    try:
        return change() if is_own else in_own_transaction(change)
    except Registration.DoesNotExist as error:  # an editor has just moved it elsewhere
        raise TryLater from error


def _still_active(registration: Registration) -> Registration:
    if not registration.is_active:
        raise RegistrationEnded
    return registration


def _tell(registration: Registration, request: HttpRequest, at: datetime) -> RegistrationData:
    occurrence = occurrence_of(registration.pool.uid, registration.language)
    needs = getattr(registration, "needs", None)
    zone = occurrence.facts.tz if occurrence is not None else ZoneInfo(conf.default_time_zone())
    confirm_by = registration.confirm_by
    gathering, told = _where(occurrence, request, at)
    return {
        "state": state_data(registration.state),
        "place_in_queue": registration.place_in_queue,
        "confirm_by": confirm_by.astimezone(zone) if confirm_by else None,
        "gathering": gathering,
        "occurrence": told,
        "online_address": occurrence.online_address if occurrence is not None and registration.has_seat else "",
        "name": registration.name,
        "email": registration.email,
        "municipality": organisation_data(registration.organisation),
        "organisation_name": registration.organisation_name,
        "role": registration.role,
        "comment": registration.comment,
        "answers": registration.answers,
        "needs": {"dietary": needs.dietary, "access": needs.access} if needs else None,
        "signed_up_by": registration.contact_name,
    }


def _where(occurrence: Any, request: HttpRequest, at: datetime) -> tuple[PageData | None, OccurrenceData | None]:
    """Return a gathering and its time and place, or None of each where nothing is published of them."""
    if occurrence is None:
        return None, None
    page = occurrence.page
    found = Items([page], request, at).found
    reference: PageData = {"id": page.pk, "title": page.title, "url": page.get_full_url(request)}
    return reference, occurrence_data(occurrence, at, found)
