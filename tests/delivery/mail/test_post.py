"""Mail is given to a real mail server: what it refuses, what it refuses for now, and what it takes later."""

import socket

import pytest
import time_machine
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from icalendar import Calendar

from tests import mailers
from tests.delivery.conftest import at_once, together
from tests.registration.conftest import NOW, make_gathering, participant, sign_up
from wagtail_prosjektnett.delivery import outbox, post
from wagtail_prosjektnett.domain.outbox import PAUSES
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail
from wagtail_prosjektnett.own_transaction import in_own_transaction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture
def gathering(db):
    return make_gathering(title="Høstsamling")


def signed_up(gathering, count):
    """The addresses of some who have signed up in the west."""
    people = [participant() for _number in range(count)]
    for person in people:
        sign_up(gathering, person, name="Vest")
    return [person.email for person in people]


def item_of(address):
    return OutboxItem.objects.get(mail__registration__email=address)


def recipients(mailbox):
    return [message["To"] for message in mailbox.received]


def test_mail_arrives_once_with_all_its_parts_by_one_connection(gathering, smtp):
    addresses = signed_up(gathering, 5)
    assert vars(outbox.send_due()) == {"delivered": 5, "failed": 0}
    outbox.send_due()
    assert recipients(smtp) == addresses
    assert smtp.connections == 1
    message = smtp.received[0]
    assert message["Subject"] == "Påmeldt, med plass: Høstsamling – Vest"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    calendar = list(message.walk())[-1]
    assert calendar.get_param("method") == "PUBLISH"
    [event] = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
    assert event["SUMMARY"] == "Høstsamling – Vest"
    assert "Høstsamling – Vest" in message.get_body(("plain",)).get_content()


def test_a_server_that_is_down_delays_the_mail_and_nothing_else(gathering, smtp, clock):
    smtp.stop()
    addresses = signed_up(gathering, 3)
    assert vars(outbox.send_due()) == {"delivered": 0, "failed": 1}, "the others wait with the first"
    assert "ConnectionRefusedError" in OutboxItem.objects.get(tries=1).last_error
    smtp.start()
    clock.shift(PAUSES[0])
    assert vars(outbox.send_due()) == {"delivered": 3, "failed": 0}
    assert sorted(recipients(smtp)) == sorted(addresses)
    assert set(smtp.ids) == {f"<{mail.message_id}@localhost>" for mail in RegistrationMail.objects.all()}


def test_a_recipient_who_does_not_exist_is_given_up_at_once_and_holds_up_nobody(gathering, smtp):
    first, unknown, last = signed_up(gathering, 3)
    smtp.to_recipient = lambda address: f"550 5.1.1 <{address}>: User unknown" if address == unknown else None
    assert vars(outbox.send_due()) == {"delivered": 2, "failed": 1}
    assert recipients(smtp) == [first, last]
    assert (item_of(unknown).state, item_of(unknown).tries) == ("parked", 1)
    assert item_of(unknown).last_error == "The recipient was refused: 550 5.1.1 <…>: User unknown"


@pytest.mark.parametrize(
    "answer", ["451 4.7.1 {}: Greylisted", "452 Mailbox of {} is full", "554 5.7.1 {}: Relay denied"]
)
def test_a_recipient_who_is_refused_for_now_or_by_the_servers_own_rules_gets_it_later(gathering, smtp, clock, answer):
    first, other = signed_up(gathering, 2)
    smtp.to_recipient = lambda address: answer.format(address) if address == first else None
    assert vars(outbox.send_due()) == {"delivered": 1, "failed": 1}
    assert (item_of(first).state, recipients(smtp)) == ("waiting", [other])
    assert "@" not in item_of(first).last_error
    smtp.to_recipient = lambda address: None
    clock.shift(PAUSES[0])
    assert outbox.send_due().delivered == 1
    assert recipients(smtp) == [other, first]


def test_a_mail_that_is_refused_is_tried_again_under_the_same_id_and_holds_up_no_other(gathering, smtp, clock):
    first, other = signed_up(gathering, 2)
    tried = []

    def refuse(message):
        if message["To"] == first and not tried:
            tried.append(message["Message-ID"])
            return "554 Looks like spam"
        return None

    smtp.to_mail = refuse
    outbox.send_due()
    assert recipients(smtp) == [other]
    clock.shift(PAUSES[0])
    outbox.send_due()
    assert recipients(smtp) == [other, first]
    assert smtp.ids[-1] == tried[0]


def test_a_server_that_hangs_up_in_the_middle_gets_the_rest_by_another_connection(gathering, smtp, clock):
    addresses = signed_up(gathering, 5)
    answers = iter([None, None, "421 Too many mails on this connection"])
    smtp.to_recipient = lambda address: next(answers, None)
    outbox.send_due()
    clock.shift(PAUSES[0])
    outbox.send_due()
    assert sorted(recipients(smtp)) == sorted(addresses)


def test_a_password_that_is_not_taken_is_told_and_everything_waits(gathering, smtp, settings):
    mailers.choose(settings, mailers.smtp(smtp.port, username="nettverk@example.org", password="feil"))
    signed_up(gathering, 2)
    assert vars(outbox.send_due()) == {"delivered": 0, "failed": 1}
    item = OutboxItem.objects.get(tries=1)
    assert item.state == "waiting"
    assert "SMTPNotSupportedError" in item.last_error


def test_a_server_that_says_nothing_is_not_waited_for_longer_than_a_mail_is_ones_own(gathering, settings, monkeypatch):
    monkeypatch.setattr(post, "TIMEOUT", 0.2)
    signed_up(gathering, 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailers.choose(settings, mailers.smtp(silent.getsockname()[1]))
        assert vars(outbox.send_due()) == {"delivered": 0, "failed": 1}
    assert "timed out" in OutboxItem.objects.get().last_error


def test_the_site_says_how_long_to_wait_for_a_server(settings, smtp):
    mailers.choose(settings, mailers.smtp(smtp.port, timeout=7))
    with post.one_connection():
        backend = post._kept.get()._connected()
        assert backend.timeout == 7


class TakesNothing(BaseEmailBackend):
    """Says that it has sent nothing."""

    def send_messages(self, messages):
        return 0


def test_a_backend_that_took_nothing_is_asked_again(gathering, settings):
    mailers.choose(settings, mailers.mailer(f"{__name__}.TakesNothing"))
    signed_up(gathering, 2)
    assert vars(outbox.send_due()) == {"delivered": 0, "failed": 2}
    assert set(OutboxItem.objects.values_list("state", "last_error")) == {("waiting", "The mail backend took nothing")}


def test_nothing_personal_stands_in_the_outbox(gathering, smtp):
    smtp.to_recipient = lambda address: f"550 {address} {Registration.objects.count()}"
    [address] = signed_up(gathering, 1)
    outbox.send_due()
    row = str(OutboxItem.objects.values().get()) + str(RegistrationMail.objects.values().get())
    assert address not in row
    assert Registration.objects.get().name not in row


@pytest.mark.parametrize(
    ("address", "answer", "kept"),
    [
        ("kari.nordmann@example.org", "550 5.1.1 User kari.nordmann unknown", "550 5.1.1 User … unknown"),
        ("kari@example.org", "550 No such user: KARI.", "550 No such user: …."),
        ("kari+samling@example.org", "550 mailbox kari is full", "550 mailbox … is full"),
        ("ola@example.org", "550 No mailbox for (ola), olav or kola", "550 No mailbox for (…), olav or kola"),
        ("5@example.org", "550 5.1.1 No such user", "550 5.1.1 No such user"),
    ],
)
def test_a_server_that_names_the_mailbox_alone_names_it_nowhere_else(gathering, smtp, address, answer, kept):
    smtp.to_recipient = lambda recipient: answer
    sign_up(gathering, participant(email=address), name="Vest")
    outbox.send_due()
    assert OutboxItem.objects.get().last_error == f"The recipient was refused: {kept}"


def test_a_server_that_refuses_a_mail_names_nobody_either(gathering, smtp):
    smtp.to_mail = lambda message: "554 Quota of kari.nordmann exceeded"
    sign_up(gathering, participant(email="kari.nordmann@example.org"), name="Vest")
    outbox.send_due()
    assert "554 Quota of … exceeded" in OutboxItem.objects.get().last_error


@together
def test_several_workers_send_each_mail_once(smtp):
    gathering = make_gathering()
    for _number in range(20):
        in_own_transaction(lambda: sign_up(gathering, participant(), name="Vest"))
    counts = at_once(lambda: outbox.send_due().delivered, 4)
    assert sum(counts) == len(smtp.ids) == len(set(smtp.ids)) == 20
    assert set(OutboxItem.objects.values_list("tries", flat=True)) == {1}


def test_a_registration_that_was_rolled_back_sends_nothing(gathering, smtp):
    with transaction.atomic():
        sign_up(gathering)
        transaction.set_rollback(True)
    assert vars(outbox.send_due()) == {"delivered": 0, "failed": 0}
    assert smtp.received == []
