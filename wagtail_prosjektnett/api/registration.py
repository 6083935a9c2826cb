"""The endpoints by which one signs up for a gathering: its form, and what is sent from it."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Body, Query, Router

from wagtail_prosjektnett.api.answers import read, refuse_others, tell_network
from wagtail_prosjektnett.api.bodies import SignupBody
from wagtail_prosjektnett.api.idempotency import Answer, Repeatable
from wagtail_prosjektnett.api.parameters import PageId, Parameters
from wagtail_prosjektnett.api.registration_form import tell_form
from wagtail_prosjektnett.api.registration_schemas import RegistrationFormData, SignedUpData, StateData
from wagtail_prosjektnett.api.said import signup_of
from wagtail_prosjektnett.api.throttling import Throttle
from wagtail_prosjektnett.api.writing import IDEMPOTENCY_KEY, write
from wagtail_prosjektnett.conf import ThrottleScope
from wagtail_prosjektnett.domain.registration import RegistrationState
from wagtail_prosjektnett.pages import listings
from wagtail_prosjektnett.pages.seats import pools_of
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.registration.register import register
from wagtail_prosjektnett.wording.labels import label

FORM = "gatherings/{id}/registration-form/"
REGISTRATIONS = "gatherings/{id}/registrations/"


def add_to(router: Router) -> None:
    """Add the endpoints to our router."""
    read(router, FORM, RegistrationFormData, "getRegistrationForm", Parameters, item=True, seats=pools_of)(
        get_registration_form
    )
    write(
        router,
        "POST",
        REGISTRATIONS,
        SignedUpData,
        "createRegistration",
        status=201,
        refusals=(404, 409),
        throttle=Throttle(ThrottleScope.REGISTRATION),
    )(create_registration)
    refuse_others(router, REGISTRATIONS, ("POST",))


def get_registration_form(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get the form of a gathering.

    It tells all that a frontend needs to show one: where one can come, what is asked, and what becomes of the answers.
    A gathering for which one does not sign up here has none.
    """
    page = _find(request, id)
    if not page.takes_registrations:
        raise Http404
    form = tell_form(page, request, timezone.now())
    tell_network(request, page)
    return form


def create_registration(
    request: HttpRequest,
    id: PageId,
    body: Body[SignupBody],
    parameters: Query[Parameters],
    idempotency_key: str | None = IDEMPOTENCY_KEY,
) -> Any:
    """Sign up for a gathering.

    Seats are given in the order in which people come; the others wait. Each address gets a mail with a link by which
    its owner sees, changes and cancels the registration; the link is told nowhere else.
    """
    repeatable = Repeatable("createRegistration", str(id), idempotency_key, body.model_dump_json())
    answer = repeatable.answer_before()
    if answer is None:
        signup = signup_of(_find(request, id), body, timezone.now())

        def sign_up() -> Answer:
            outcome = register(signup, timezone.now)
            return {"states": [state.value for state in outcome.states], "must_confirm": outcome.must_confirm}

        answer = repeatable.answer_once(sign_up)
    return {**answer, "states": [state_data(value) for value in answer["states"]]}


def state_data(value: str) -> StateData:
    """Return what somebody has got as the API tells it."""
    state = RegistrationState(value)
    return {"value": state, "label": label(state)}


def _find(request: HttpRequest, pk: int) -> Any:
    pages = listings.pages_of(PageRole.GATHERING, request)
    page = pages.filter(pk=pk).first() if pages is not None else None
    if page is None:
        raise Http404
    return page
