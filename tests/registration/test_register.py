"""Signing up: who gets a seat, who waits, and what strangers learn."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import factories
from tests.languages import again
from tests.registration.conftest import make_gathering, participant, pool_of, sign_up, signup_for
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.registration import (
    Contact,
    Needs,
    Refusal,
    RegistrationRefused,
    RegistrationState,
)
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail, RegistrationNeeds, SeatPool
from wagtail_prosjektnett.registration.register import register

SEATED, WAITING = RegistrationState.SEATED, RegistrationState.WAITING
#: What it may cost to sign somebody up; those who have told what they need cost one more.
MOST_QUERIES = 8


def test_those_who_come_first_get_the_seats_and_the_others_wait_in_order(gathering):
    states = [sign_up(gathering).states[0] for _ in range(4)]
    assert states == [SEATED, SEATED, WAITING, WAITING]
    assert list(Registration.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3, 4]
    pool = pool_of(gathering)
    assert (pool.seated, pool.waiting, pool.last_number) == (2, 2, 4)


def test_each_gets_one_mail(gathering):
    for _ in range(3):
        sign_up(gathering)
    kinds = RegistrationMail.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [MailKind.RECEIVED, MailKind.RECEIVED, MailKind.WAITING]


def test_a_place_without_a_limit_seats_everybody(gathering):
    assert [sign_up(gathering, name="Vest").states[0] for _ in range(5)] == [SEATED] * 5


def test_a_known_address_is_answered_as_a_new_one_and_takes_nothing(gathering):
    first = participant(email="Leder@Example.org")
    assert sign_up(gathering, first).states == (SEATED,)
    assert sign_up(gathering, participant(email="leder@example.org ")).states == (SEATED,)
    pool = pool_of(gathering)
    assert (pool.seated, pool.waiting, pool.last_number) == (1, 0, 1)
    assert list(RegistrationMail.objects.order_by("pk").values_list("kind", flat=True)) == ["received", "again"]
    assert Registration.objects.get().name == first.name


@pytest.mark.parametrize("needs", [Needs(), Needs("Vegetar")], ids=["without needs", "with needs"])
@pytest.mark.parametrize("before", [0, 2], ids=["with seats", "with a queue"])
def test_a_known_address_costs_as_many_queries_as_a_new_one(gathering, before, needs, django_assert_num_queries):
    known = participant(needs=needs)
    sign_up(gathering, known)
    for _ in range(before):
        sign_up(gathering)
    costs = []
    for who in (participant(needs=needs), known):
        signup = signup_for(gathering, who)
        with django_assert_num_queries(MOST_QUERIES + bool(needs), exact=False) as asked:
            register(signup, timezone.now)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_that_much_mail_was_asked_for_does_not_tell_who_is_known(db, django_assert_num_queries):
    network, who, costs = factories.network(), participant(), []
    *known, new = [make_gathering(network, f"Samling {number}") for number in range(4)]
    for page in known:
        sign_up(page, who)
    for page in (known[0], new):
        signup = signup_for(page, who)
        with django_assert_num_queries(MOST_QUERIES, exact=False) as asked:
            register(signup, timezone.now)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_same_address_can_come_to_both_places(gathering):
    who = participant()
    sign_up(gathering, who)
    sign_up(gathering, who, name="Vest")
    assert Registration.objects.count() == 2


def test_a_contact_signs_up_colleagues_who_get_the_seats_that_are_left(gathering):
    sign_up(gathering)
    contact = Contact("Sekretær", "sekretaer@example.org")
    colleagues = [participant(email=""), participant(email=""), participant()]
    assert sign_up(gathering, *colleagues, contact=contact).states == (SEATED, WAITING, WAITING)
    assert RegistrationMail.objects.count() == 1 + 2
    assert len(set(Registration.objects.exclude(group=None).values_list("group", flat=True))) == 1


def test_needs_are_kept_apart(gathering):
    sign_up(gathering, participant(needs=Needs("Vegetar")), participant())
    assert RegistrationNeeds.objects.get().dietary == "Vegetar"


@pytest.mark.parametrize(
    ("when", "refusal"),
    [
        ("2026-11-30T23:59:59+01:00", None),
        ("2026-12-01T00:00:00+01:00", Refusal.CLOSED),
        ("2026-12-10T12:00:00+01:00", Refusal.OVER),
    ],
)
def test_the_deadline_is_the_end_of_its_day_in_the_time_zone_of_the_network(gathering, when, refusal):
    with time_machine.travel(when, tick=False):
        if refusal is None:
            assert sign_up(gathering).states == (SEATED,)
            return
        with pytest.raises(RegistrationRefused) as refused:
            sign_up(gathering)
    assert refused.value.reason is refusal


def test_the_clock_is_read_when_others_have_to_wait(gathering, django_assert_num_queries):
    signup = signup_for(gathering, participant())
    with django_assert_num_queries(1) as asked:

        def clock():
            assert asked.captured_queries[0]["sql"].startswith("UPDATE")
            raise InterruptedError

        with pytest.raises(InterruptedError):
            register(signup, clock)


def test_without_a_waiting_list_it_is_full(db):
    gathering = make_gathering(registration_waiting_list=False)
    sign_up(gathering), sign_up(gathering)
    with pytest.raises(RegistrationRefused) as refused:
        sign_up(gathering)
    assert refused.value.reason is Refusal.FULL


def test_one_address_gets_three_mails_a_day_that_anybody_can_ask_for(gathering):
    who = participant()
    for _ in range(4):
        sign_up(gathering, who)
    waits = [mail.item.next_try_at > timezone.now() for mail in RegistrationMail.objects.order_by("pk")]
    assert waits == [False, False, False, True]


def test_mails_that_have_been_sent_count_as_those_that_wait(gathering):
    who = participant()
    for _ in range(4):
        sign_up(gathering, who)
        due = OutboxItem.objects.filter(next_try_at__lte=timezone.now())
        due.update(state="delivered", finished_at=timezone.now(), next_try_at=None)
    assert OutboxItem.objects.filter(finished_at=None).count() == 1


def test_one_mail_at_most_waits_to_tell_that_one_is_signed_up_already(gathering):
    who = participant()
    for _ in range(12):
        sign_up(gathering, who)
    assert list(RegistrationMail.objects.order_by("pk").values_list("kind", flat=True)) == ["received", *["again"] * 3]


def test_whatever_strangers_ask_for_an_address_gets_three_mails_a_day(db):
    network, who = factories.network(), participant()
    for number in range(14):
        with time_machine.travel(timezone.now() + timedelta(hours=7) * (number // 2), tick=False):
            sign_up(make_gathering(network, f"Samling {number}"), who)
    due = list(OutboxItem.objects.order_by("next_try_at").values_list("next_try_at", flat=True))
    assert len(due) == 14
    for first, fourth in zip(due, due[3:], strict=False):
        assert fourth - first >= timedelta(days=1)


def test_there_is_a_day_to_confirm_from_when_the_mail_is_sent(db):
    network, who = factories.network(), participant()
    for number in range(4):
        sign_up(make_gathering(network, f"Samling {number}", registration_confirmation=True), who)
    for mail in RegistrationMail.objects.select_related("item", "registration"):
        assert mail.registration.confirm_by == mail.item.next_try_at + timedelta(days=1)
    last = Registration.objects.latest("pk")
    assert last.confirm_by == timezone.now() + timedelta(days=2)


def test_an_occurrence_that_never_was_published_as_wagtail_does_gets_its_seats_from_whom_comes_first(gathering):
    SeatPool.objects.all().delete()
    assert [sign_up(gathering).states[0] for _ in range(3)] == [SEATED, SEATED, WAITING]


def test_a_translation_shares_the_seats_of_its_source(gathering, nynorsk):
    translation = gathering.copy_for_translation(nynorsk, copy_parents=True)
    translation.save_revision().publish()
    SeatPool.objects.all().delete()
    assert [sign_up(page).states[0] for page in (translation, gathering, translation)] == [SEATED, SEATED, WAITING]
    assert list(Registration.objects.order_by("number").values_list("language", flat=True)) == ["nn", "nb", "nn"]


def test_who_waits_while_the_page_is_deleted_is_refused(gathering):
    signup = signup_for(gathering, participant())
    again(gathering).delete()
    with pytest.raises(RegistrationRefused) as refused:
        register(signup, timezone.now)
    assert refused.value.reason is Refusal.NOT_OFFERED


def test_nobody_signs_up_where_people_sign_up_elsewhere(db):
    gathering = make_gathering(registration_method="email", registration_email="post@example.org")
    with pytest.raises(RegistrationRefused) as refused:
        sign_up(gathering)
    assert refused.value.reason is Refusal.NOT_OFFERED


def test_an_alias_in_another_network_signs_up_by_the_rules_of_its_source(gathering):
    other = factories.gathering_index(factories.network("Et annet nettverk"))
    alias = gathering.create_alias(parent=other, update_slug="alias").specific
    again = alias.create_alias(parent=other, update_slug="again").specific
    assert [sign_up(page).states[0] for page in (again, alias, gathering, again)] == [SEATED, SEATED, WAITING, WAITING]
    network = gathering.network
    network.closed_from = date(2026, 11, 1)
    network.save()
    for page in (gathering, alias, again):
        with pytest.raises(RegistrationRefused) as refused:
            sign_up(page)
        assert refused.value.reason is Refusal.NETWORK_CLOSED
