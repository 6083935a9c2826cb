"""The doors of a race beside our API: one cancels, an editor publishes another number of seats, and all is told."""

from __future__ import annotations

import uuid
from functools import partial

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from tests import factories
from wagtail_prosjektnett.domain.registration import NOBODY, Participant, TryLater, holder
from wagtail_prosjektnett.models import Registration, SeatPool
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.pages.models import Occurrence
from wagtail_prosjektnett.pages.occurrences import occurrence_of
from wagtail_prosjektnett.registration import changes

FAR_AHEAD = {"registration_deadline": "2098-11-30", "start_date": "2098-12-10"}


@csrf_exempt
def begin(request: HttpRequest) -> HttpResponse:
    """Publish a gathering with some seats, and tell its id and the key of its time and place."""
    row = {"place": "Alta", "start_date": FAR_AHEAD["start_date"], "capacity": int(request.POST["seats"])}
    deadline = Occurrence._meta.get_field("start_date").to_python(FAR_AHEAD["registration_deadline"])
    network = factories.network(f"Nettverk {uuid.uuid4()}")
    page = factories.gathering(
        network, "Samling", [row], registration_method="built_in", registration_deadline=deadline
    )
    return JsonResponse({"id": page.pk, "uid": page.occurrences.get().uid}, status=201)


@csrf_exempt
@transaction.non_atomic_requests
def cancel(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Cancel what somebody has; by the address, as nobody here reads the mail with the link."""
    key = holder(Participant("", request.POST["email"]), NOBODY)
    registration = Registration.objects.select_related("pool").get(pool__uid=uid, holder=key)
    try:
        ended = in_own_transaction(partial(changes.cancel, registration, timezone.now()))
    except TryLater:
        return _later()
    return JsonResponse({"state": ended.state}, status=201)


@csrf_exempt
def publish_capacity(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Publish the gathering with another number of seats, as an editor does."""
    page = occurrence_of(uid).page.specific
    for row in page.occurrences.all():
        row.capacity = int(request.POST["seats"])
        page.occurrences.add(row)
    try:
        page.save_revision().publish()
    except OperationalError:
        # On SQLite as it comes, Wagtail's transactions read before they write, and are refused while others write.
        return _later()
    return JsonResponse({"state": request.POST["seats"]}, status=201)


def told(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Tell what the database says of the seats and of everybody who has signed up."""
    pool = SeatPool.objects.get(uid=uid)
    registrations = Registration.objects.filter(pool=pool).order_by("number").prefetch_related("mails")
    people = [
        {"email": row.email, "state": row.state, "number": row.number, "mails": [mail.kind for mail in row.mails.all()]}
        for row in registrations
    ]
    counts = {name: getattr(pool, name) for name in ("capacity", "seated", "waiting", "last_number")}
    return JsonResponse(counts | {"people": people})


def _later() -> HttpResponse:
    return JsonResponse({}, status=503, headers={"Retry-After": "1"})
