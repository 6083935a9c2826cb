"""A gathering that participants get mail about, and what is sent to them."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.utils import timezone

from tests.registration.conftest import NOW, make_gathering, participant, sign_up
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail
from wagtail_prosjektnett.records.mail import write_mails

TITLE = "Høstsamling"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.DEFAULT_FROM_EMAIL = "Nettverket <ikke-svar@example.org>"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def gathering():
    """A gathering with two seats in the east, where one can take part online."""
    return published()


def published(**fields):
    """Publish such a gathering, with fields of its own."""
    east = {"name": "Øst", "start_date": "2026-12-10", "start_time": "10:00", "end_time": "15:00", "place": "Kirkenes",
            "address": "Rådhusplassen 1", "capacity": 2, "online_address": "https://video.example.org/rom"}  # fmt: skip
    return make_gathering(title=TITLE, occurrences=[east], **fields)


def sent():
    """Send what is due, and return the mails, oldest first."""
    mail.outbox.clear()
    outbox.send_due()
    return list(mail.outbox)


def write(kind, registration, **facts):
    """Write a mail into the outbox."""
    write_mails([registration], kind, timezone.now(), facts)


def signed_up(gathering, **fields):
    """Somebody who is signed up, and whose first mail is gone."""
    sign_up(gathering, participant(**fields))
    RegistrationMail.objects.all().delete()
    OutboxItem.objects.all().delete()
    return Registration.objects.latest("pk")


def html_of(message):
    """The HTML of a mail."""
    return BeautifulSoup(message.alternatives[0][0], "html.parser")


def state(kind=None):
    """What became of the only mail, or of the only one of a kind."""
    mails = RegistrationMail.objects.filter(kind=kind) if kind else RegistrationMail.objects.all()
    return mails.get().item.state
