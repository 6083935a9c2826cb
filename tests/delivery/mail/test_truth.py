"""What is not so any more is not sent, and what cannot be sent holds up nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.template import engines
from django.utils import timezone

from tests.delivery.mail.conftest import sent, signed_up, state, write
from tests.registration.conftest import make_gathering, participant, pool_of, sign_up
from wagtail_prosjektnett.delivery import mail_parts
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.registration import Contact, RegistrationState
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail, SeatPool
from wagtail_prosjektnett.records.tokens import token_of
from wagtail_prosjektnett.registration import changes, desk, retention

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind is not MailKind.CANCELLED])
def test_who_cancelled_in_the_meantime_is_told_of_nothing_else(gathering, kind):
    registration = signed_up(gathering)
    write(kind, registration, subject="Hei", body="Velkommen")
    changes.cancel(registration, timezone.now())
    assert [message.subject for message in sent()] == ["Avmeldt: Høstsamling – Øst"]
    assert state(kind) == "not_needed"


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (MailKind.MOVED_UP, {"state": RegistrationState.WAITING}),
        (MailKind.REMINDER, {"state": RegistrationState.WAITING}),
        (MailKind.RECEIVED, {"anonymised_at": "2026-11-23T12:00Z"}),
        (MailKind.RECEIVED, {"email": "", "contact_email": ""}),
        (MailKind.CANCELLED, {}),
        (MailKind.OCCURRENCE_CANCELLED, {}),
        (MailKind.OCCURRENCE_POSTPONED, {}),
    ],
)
def test_what_is_not_so_any_more_is_not_sent(gathering, kind, changed):
    registration = signed_up(gathering)
    write(kind, registration)
    Registration.objects.update(**changed)
    assert sent() == []
    assert state() == "not_needed"


def test_a_mail_whose_registration_was_deleted_is_not_sent(gathering):
    registration = signed_up(gathering)
    write(MailKind.CHANGED, registration)
    RegistrationMail.objects.all().delete()
    assert sent() == []
    assert OutboxItem.objects.get().state == "not_needed"


@pytest.mark.parametrize(("kind", "ends"), [(MailKind.REMINDER, "10:00"), (MailKind.MOVED_UP, "15:00")])
def test_what_comes_too_late_is_not_sent(gathering, kind, ends):
    registration = signed_up(gathering)
    write(kind, registration)
    with time_machine.travel(f"2026-12-10T{ends}+01:00", tick=False):
        assert sent() == []
    assert state() == "not_needed"


def test_who_moved_up_before_the_first_mail_was_sent_is_told_of_a_seat_both_times(gathering):
    for _ in range(3):
        sign_up(gathering)
    changes.cancel(Registration.objects.earliest("pk"), timezone.now(), tell=False)
    subjects = [message.subject for message in sent()]
    assert subjects == [
        f"{words}: Høstsamling – Øst" for words in ("Påmeldt, med plass",) * 2 + ("Rykket opp fra ventelisten",)
    ]


def test_while_a_gathering_is_unpublished_its_mail_waits_and_others_go(gathering):
    other = make_gathering(title="En annen")
    gathering.unpublish()
    write(MailKind.CHANGED, signed_up(other))
    registration = Registration.objects.get()
    hidden = Registration.objects.create(
        pool=_pool(gathering), number=1, state="seated", name="Skjult", email="skjult@example.org", language="nb",
        token_hash="x",
    )  # fmt: skip
    write(MailKind.CHANGED, hidden)
    write(MailKind.CHANGED, registration)
    assert len(sent()) == 2
    waiting = RegistrationMail.objects.get(registration=hidden).item
    assert (waiting.state, waiting.last_error) == ("waiting", "The gathering is not published")


def _pool(gathering):
    return SeatPool.objects.get(gathering_key=gathering.translation_key)


@pytest.mark.parametrize("address", ["a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "a b@x.no",
                                     '"a,b"@example.org', "<a@example.org>"])  # fmt: skip
def test_an_address_that_would_be_several_is_given_up_and_named_nowhere(gathering, address):
    registration = signed_up(gathering)
    Registration.objects.update(email=address)
    write(MailKind.CHANGED, registration)
    assert sent() == []
    assert state() == "parked"
    assert "example" not in OutboxItem.objects.get().last_error


def test_a_mistake_in_a_template_holds_up_no_other_mail_and_tells_nothing_of_the_participant(
    gathering, monkeypatch, caplog
):
    broken, other = signed_up(gathering, name="Hemmelig"), signed_up(gathering)
    mistake = engines["django"].from_string("{{ mail.kind|add:nope }}")
    real = mail_parts.render_to_string

    def render(names, context):
        if context["mail"].people[0].name == "Hemmelig":
            return mistake.render(context)
        return real(names, context)

    monkeypatch.setattr(mail_parts, "render_to_string", render)
    write(MailKind.CHANGED, broken)
    write(MailKind.CHANGED, other)
    assert [message.to for message in sent()] == [[other.email]]
    assert OutboxItem.objects.get(mail__registration=broken).last_error == (
        "It could not be written: VariableDoesNotExist"
    )
    assert "VariableDoesNotExist" in caplog.text
    assert "Hemmelig" not in caplog.text
    assert token_of(broken) not in caplog.text


def test_a_mail_that_is_limited_waits_for_its_day(gathering):
    who = participant()
    for _ in range(4):
        sign_up(gathering, who)
    assert len(sent()) == 3
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert len(sent()) == 1


def test_who_is_moved_before_the_mail_is_sent_is_told_of_apart_from_the_others():
    gathering = make_gathering()
    contact = Contact("Sekretær", "sekretaer@example.org")
    sign_up(gathering, participant(name="Anne", email=""), participant(name="Bård", email=""), contact=contact)
    moved, stays = Registration.objects.order_by("number")
    desk.move(moved, pool_of(gathering, "Vest"), timezone.now())
    about_stays, about_moved = sent()
    assert "Samling – Øst" in about_stays.subject
    assert token_of(stays) in about_stays.body
    assert "Anne" not in about_stays.body
    assert "Samling – Vest" in about_moved.subject
    assert token_of(moved) in about_moved.body
    assert "Bård" not in about_moved.body


CONTACT = Contact("Sekretær", "sekretaer@example.org")


@pytest.fixture
def colleagues(gathering):
    """Two whom one contact has signed up together, and who have been told."""
    sign_up(gathering, participant(name="Anne", email=""), participant(name="Bård", email=""), contact=CONTACT)
    sent()
    return list(Registration.objects.order_by("number"))


def write_to_all(gathering, *states):
    message = {"subject": "Oppmøte", "body": "Møt opp ved kaia", "key": "1"}
    desk.write_to(pool_of(gathering), states or [RegistrationState.SEATED], message, timezone.now())


def cancelled(registration, gathering):
    changes.cancel(registration, timezone.now(), tell=False)


def erased(registration, gathering):
    retention.erase_registration(registration, timezone.now())


def moved(registration, gathering):
    desk.move(registration, pool_of(gathering, "Vest"), timezone.now())
    RegistrationMail.objects.filter(kind=MailKind.CHANGED).delete()


@pytest.mark.parametrize("leaves", [cancelled, erased, moved])
def test_a_message_to_all_reaches_those_under_one_address_who_are_left(leaves):
    gathering = make_gathering()
    sign_up(gathering, participant(name="Anne", email=""), participant(name="Bård", email=""), contact=CONTACT)
    sent()
    write_to_all(gathering)
    leaves(Registration.objects.earliest("number"), gathering)
    [message] = sent()
    assert (message.to, message.subject) == ([CONTACT.email], "Oppmøte")
    assert "Samling – Øst" in message.body


@pytest.mark.parametrize("leaves", [cancelled, erased])
def test_the_first_mail_to_a_group_outlives_the_first_of_them(gathering, leaves):
    sign_up(gathering, participant(name="Anne", email=""), participant(name="Bård", email=""), contact=CONTACT)
    first, other = Registration.objects.order_by("number")
    leaves(first, gathering)
    [message] = sent()
    assert token_of(other) in message.body
    assert "Anne" not in message.body


def test_a_message_to_those_with_a_seat_goes_to_nobody_who_waits(gathering, colleagues):
    anne, _bard = colleagues
    Registration.objects.filter(name="Bård").update(state=RegistrationState.WAITING)
    write_to_all(gathering)
    changes.cancel(anne, timezone.now(), tell=False)
    assert sent() == []


def test_who_is_moved_gets_no_message_to_those_who_come_to_where_they_were():
    gathering = make_gathering()
    sign_up(gathering, participant(name="Anne"))
    sent()
    write_to_all(gathering)
    moved(Registration.objects.get(), gathering)
    assert sent() == []
    assert state(MailKind.MESSAGE) == "not_needed"
