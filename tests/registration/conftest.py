"""A gathering that one signs up for here, and somebody who does."""

import itertools

import pytest
import time_machine
from django.utils import timezone

from tests import factories
from tests.registration.people import log_in
from wagtail_prosjektnett.domain.registration import Contact, Participant
from wagtail_prosjektnett.models import Registration, SeatPool
from wagtail_prosjektnett.records.tokens import token_of
from wagtail_prosjektnett.registration.register import Signup, register

NOW = "2026-11-23T12:00+01:00"


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def gathering(db):
    """A published gathering in the east with two seats, and in the west with as many as anybody wants."""
    return make_gathering()


def make_gathering(network=None, title="Samling", occurrences=None, **fields):
    """Publish a gathering with registration; its deadline is the last day of November."""
    fields = {"registration_method": "built_in", "registration_deadline": "2026-11-30", **fields}
    fields["registration_deadline"] = timezone.datetime.fromisoformat(fields["registration_deadline"]).date()
    east = {"name": "Øst", "start_date": "2026-12-10", "place": "Kirkenes", "capacity": 2}
    west = {"name": "Vest", "start_date": "2026-12-12", "place": "Alta"}
    return factories.gathering(network or factories.network(), title, occurrences or [east, west], **fields)


def occurrence_of(gathering, name="Øst"):
    """The occurrence with a name, as it is now."""
    return gathering.occurrences.model.objects.get(page=gathering, name=name)


def pool_of(gathering, name="Øst"):
    """The seats of the occurrence with a name, as they are now."""
    return SeatPool.objects.get(uid=occurrence_of(gathering, name).uid)


numbers = itertools.count(1)


def participant(**fields):
    """Somebody with a role and an address of their own."""
    number = next(numbers)
    return Participant(**{"name": f"Deltaker {number}", "email": f"deltaker{number}@example.org", **fields})


def sign_up(gathering, *participants, name="Øst", contact=None):
    """Sign up some people, or somebody new, and return the outcome."""
    people = participants or (participant(),)
    return register(signup_for(gathering, *people, name=name, contact=contact), timezone.now)


def signup_for(gathering, *people, name="Øst", contact=None):
    """What some people ask for."""
    return Signup(occurrence_of(gathering, name), people, contact or Contact())


@pytest.fixture
def editor(client, django_user_model, gathering):
    """A client that is logged in as an editor who may edit pages of the gathering's network alone."""
    network = gathering.get_parent().get_parent()
    client.user = log_in(client, django_user_model.objects, "editor", network, network)
    return client


@pytest.fixture
def open_page(client):
    """Open the link of a registration, or of the last one, and return the page behind it."""

    def follow(registration=None):
        registration = registration or Registration.objects.latest("pk")
        answer = client.get(f"/registration/link/{token_of(registration)}/")
        return client.get(answer["Location"])

    return follow
