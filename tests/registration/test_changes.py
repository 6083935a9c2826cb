"""What becomes of seats afterwards, by the clock and by what editors do to the network."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from tests.languages import again
from tests.registration.conftest import make_gathering, participant, pool_of, sign_up
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.models import Registration, RegistrationMail, SeatPool
from wagtail_prosjektnett.records.mail import write_mails
from wagtail_prosjektnett.registration import changes


def cancel_first():
    """Cancel the registration that came first."""
    changes.cancel(Registration.objects.active().order_by("number").first(), timezone.now())


def test_who_cancels_lets_the_next_one_move_up(gathering):
    people = [participant() for _ in range(4)]
    for who in people:
        sign_up(gathering, who)
    cancel_first()
    seated = Registration.objects.seated().order_by("number").values_list("name", flat=True)
    assert list(seated) == [people[1].name, people[2].name]
    assert RegistrationMail.objects.filter(kind="moved_up").count() == 1


def test_nobody_moves_up_in_a_closed_network_until_it_is_open_again(gathering):
    for _ in range(3):
        sign_up(gathering)
    network = gathering.network
    network.closed_from = date(2026, 11, 1)
    network.save()
    cancel_first()
    call_command("publish_due_changes")
    assert (pool_of(gathering).seated, pool_of(gathering).waiting) == (1, 1)
    network.closed_from = None
    network.save()
    call_command("publish_due_changes")
    assert (pool_of(gathering).seated, pool_of(gathering).waiting) == (2, 0)


def test_where_nothing_is_to_be_filled_nothing_is_written(gathering):
    for _ in range(3):
        sign_up(gathering)
    before = list(SeatPool.objects.order_by("pk").values_list("version", flat=True))
    assert changes.fill_freed(timezone.now()) == 0
    assert list(SeatPool.objects.order_by("pk").values_list("version", flat=True)) == before


def test_a_seat_that_nobody_confirms_goes_to_the_next_one_after_a_day(db):
    gathering = make_gathering(registration_confirmation=True)
    for _ in range(3):
        sign_up(gathering)
    confirmed = Registration.objects.order_by("number")[2]
    changes.confirm(confirmed, timezone.now())
    with time_machine.travel("2026-11-24T11:59:59+01:00", tick=False):
        assert changes.expire_unconfirmed(timezone.now()) == 0
    with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False):
        assert changes.expire_unconfirmed(timezone.now()) == 2
    assert [each.pk for each in Registration.objects.seated()] == [confirmed.pk]


def test_who_is_signed_up_is_told_also_when_registration_ends_with_the_same_publication(gathering):
    sign_up(gathering)
    page = again(gathering)
    page.occurrences = rows = list(page.occurrences.all())
    for row in rows:
        row.decision, row.start_date = "cancelled", date(2026, 12, 15)
    page.registration_method = "none"
    page.save_revision().publish()
    assert RegistrationMail.objects.latest("pk").kind == MailKind.OCCURRENCE_CANCELLED
    assert pool_of(gathering).ends_at == datetime.fromisoformat("2026-12-16T00:00+01:00")


def decide(gathering, decision):
    """Publish a gathering whose occurrences are all decided on so."""
    page = again(gathering)
    page.occurrences = rows = list(page.occurrences.all())
    for row in rows:
        row.decision = decision
    page.save_revision().publish()


#: When the date is over that the gathering was planned for at first.
LONG_AFTER = "2027-01-10T12:00+01:00"


def test_who_waited_for_a_new_date_is_told_that_it_is_cancelled_also_when_the_old_one_is_over(gathering, mailoutbox):
    sign_up(gathering)
    decide(gathering, "postponed")
    outbox.send_due()
    with time_machine.travel(LONG_AFTER, tick=False):
        decide(gathering, "cancelled")
        outbox.send_due()
    assert mailoutbox[-1].subject == "Samling avlyst: Samling – Øst"


def test_nobody_is_told_that_what_is_over_was_cancelled(gathering):
    sign_up(gathering)
    with time_machine.travel(LONG_AFTER, tick=False):
        decide(gathering, "cancelled")
    assert not RegistrationMail.objects.filter(kind=MailKind.OCCURRENCE_CANCELLED).exists()


@pytest.mark.parametrize("kind", [MailKind.RECEIVED, MailKind.CHANGED])
def test_what_is_postponed_is_not_over_with_its_old_date(gathering, mailoutbox, kind):
    sign_up(gathering)
    decide(gathering, "postponed")
    outbox.send_due()
    with time_machine.travel(LONG_AFTER, tick=False):
        write_mails(Registration.objects.all(), kind, timezone.now())
        outbox.send_due()
    assert len(mailoutbox) == 3


def test_a_gathering_that_takes_no_registrations_gets_no_seats(db):
    gathering = make_gathering(registration_method="none")
    again(gathering).save_revision().publish()
    assert not SeatPool.objects.exists()
