"""Reminders before a gathering, and news of the presentations after it: each once, to those whom it concerns."""

from datetime import time

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from tests.registration.conftest import make_gathering, occurrence_of, participant, pool_of, sign_up
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.models import Registration, RegistrationMail
from wagtail_prosjektnett.pages.models import Presentation
from wagtail_prosjektnett.registration import changes, desk, reminders
from wagtail_prosjektnett.registration.reminders import remind

pytestmark = pytest.mark.django_db

#: Three days before the gathering in the east, at eight in the morning there.
DUE = "2026-12-07T08:00+01:00"


def at(moment):
    return time_machine.travel(moment, tick=False)


def told(kind):
    """The names of those for whom there is a mail of a kind."""
    mails = RegistrationMail.objects.filter(kind=kind).order_by("registration__number")
    return list(mails.values_list("registration__name", flat=True))


def reminded(moment=DUE):
    with at(moment):
        return remind(timezone.now())


def test_those_with_a_seat_are_reminded_three_days_before_and_once(gathering):
    for name in ("A", "B", "C"):
        sign_up(gathering, participant(name=name))
    sign_up(gathering, participant(name="i vest"), name="Vest")
    assert reminded("2026-12-07T07:59:59+01:00") == 0
    assert reminded() == 2
    assert reminded("2026-12-07T08:05+01:00") == 0
    assert told(MailKind.REMINDER) == ["A", "B"]


def test_the_job_of_every_minute_reminds(gathering, mailoutbox):
    sign_up(gathering)
    with at(DUE):
        call_command("publish_due_changes", verbosity=0)
    assert "Påminnelse: Samling – Øst" in [message.subject for message in mailoutbox]


@pytest.mark.parametrize(
    "changed", [{"state": "waiting"}, {"state": "cancelled"}, {"confirm_by": "2026-12-08T12:00Z"}, {"email": ""}]
)
def test_who_has_no_seat_or_no_address_is_not_reminded(gathering, changed):
    sign_up(gathering)
    Registration.objects.update(**changed)
    reminded()
    assert told(MailKind.REMINDER) == []


def test_who_signed_up_or_moved_up_after_reminders_went_out_gets_none(gathering):
    type(gathering).objects.update(registration_deadline=None)
    for name in ("A", "B", "venter"):
        sign_up(gathering, participant(name=name))
    reminded()
    with at("2026-12-07T09:00+01:00"):
        changes.cancel(Registration.objects.get(name="A"), timezone.now())
        changes.cancel(Registration.objects.get(name="B"), timezone.now())
        sign_up(gathering, participant(name="sent ute"))
    assert reminded("2026-12-08T08:00+01:00") == 0
    assert told(MailKind.REMINDER) == ["A", "B"]


@pytest.mark.parametrize(
    "fields",
    [{"decision": "postponed"}, {"decision": "cancelled"}, {"precision": "month"}, {"start_date": "2026-12-07"}],
    ids=["postponed", "cancelled", "a month", "begun"],
)
def test_what_is_not_held_or_has_begun_is_not_reminded_of(gathering, fields):
    sign_up(gathering)
    type(occurrence_of(gathering)).objects.filter(name="Øst").update(**fields)
    assert reminded() == 0


def test_an_unpublished_gathering_is_not_reminded_of(gathering):
    sign_up(gathering)
    gathering.unpublish()
    assert reminded() == 0


def test_of_a_new_date_one_is_reminded_anew(gathering):
    sign_up(gathering, participant(name="A"))
    reminded()
    with at("2026-12-08T12:00+01:00"):
        row = occurrence_of(gathering)
        row.start_date = row._meta.get_field("start_date").to_python("2027-02-10")
        gathering.occurrences.add(row)
        gathering.save_revision().publish()
    assert reminded("2027-02-07T08:00+01:00") == 1


def test_it_costs_little_when_nobody_is_to_be_reminded(gathering, django_assert_max_num_queries):
    sign_up(gathering)
    with django_assert_max_num_queries(2):
        reminded("2026-11-24T12:00+01:00")


@pytest.mark.parametrize("signed_up_at", ["2026-12-06T15:00+01:00", "2026-12-07T09:00+01:00"])
def test_who_confirms_when_others_have_been_reminded_is_reminded_then(signed_up_at):
    gathering = make_gathering(registration_confirmation=True, registration_deadline="2026-12-09")
    with at(signed_up_at):
        sign_up(gathering, participant(name="sen"))
    assert reminded("2026-12-07T09:05+01:00") == 0
    with at("2026-12-07T10:00+01:00"):
        changes.confirm(Registration.objects.get(), timezone.now())
    assert reminded("2026-12-07T10:01+01:00") == 1
    assert reminded("2026-12-07T10:02+01:00") == 0
    assert told(MailKind.REMINDER) == ["sen"]


def test_while_nobody_has_confirmed_nothing_is_locked_every_minute():
    sign_up(make_gathering(registration_confirmation=True))
    reminded()
    with at("2026-12-07T08:01+01:00"):
        assert list(reminders._due(3, timezone.now())) == []


def test_who_is_moved_is_reminded_of_the_new_place():
    days = [{"name": "Øst", "start_date": "2026-12-10"}, {"name": "Vest", "start_date": "2026-12-17"}]
    gathering = make_gathering(occurrences=days)
    sign_up(gathering, participant(name="A"))
    reminded()
    with at("2026-12-08T12:00+01:00"):
        desk.move(Registration.objects.get(), pool_of(gathering, "Vest"), timezone.now())
        assert remind(timezone.now()) == 0
    assert reminded("2026-12-14T08:00+01:00") == 1


def test_another_hour_of_the_same_day_is_told_once(gathering):
    sign_up(gathering)
    reminded()
    with at("2026-12-08T12:00+01:00"):
        row = occurrence_of(gathering)
        row.start_time = time(10)
        gathering.occurrences.add(row)
        gathering.save_revision().publish()
    assert reminded("2026-12-08T12:01+01:00") == 0
    assert RegistrationMail.objects.filter(kind=MailKind.OCCURRENCE_CHANGED).count() == 1


def published_with(gathering, *held_at, moment="2026-12-11T12:00+01:00"):
    """Publish a gathering with presentations that were held at occurrences, or at all of them for None."""
    with at(moment):
        gathering.presentations = [Presentation(title="Foredrag", link="https://example.org/", occurrence_uid=uid)
                                   for uid in held_at]  # fmt: skip
        gathering.save_revision().publish()


def test_those_who_were_there_are_told_of_presentations_once(gathering):
    for name in ("A", "B", "C"):
        sign_up(gathering, participant(name=name))
    sign_up(gathering, participant(name="i vest"), name="Vest")
    published_with(gathering, occurrence_of(gathering).uid)
    published_with(gathering, occurrence_of(gathering).uid, None)
    assert told(MailKind.PRESENTATIONS) == ["A", "B"]


def test_presentations_of_all_places_are_told_of_when_each_is_over(gathering):
    sign_up(gathering, participant(name="A"))
    sign_up(gathering, participant(name="i vest"), name="Vest")
    published_with(gathering, None)
    assert told(MailKind.PRESENTATIONS) == ["A"]
    published_with(gathering, None, moment="2026-12-13T12:00+01:00")
    assert sorted(told(MailKind.PRESENTATIONS)) == ["A", "i vest"]


def test_nobody_is_told_of_presentations_before_it_is_over_or_without_any(gathering):
    sign_up(gathering)
    published_with(gathering, None, moment="2026-12-10T12:00+01:00")
    published_with(gathering)
    published_with(gathering, occurrence_of(gathering, "Vest").uid)
    assert told(MailKind.PRESENTATIONS) == []


def test_a_translation_tells_nobody_again(gathering, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    sign_up(gathering)
    published_with(gathering, None)
    translation = gathering.copy_for_translation(nynorsk, copy_parents=True)
    with at("2026-12-12T12:00+01:00"):
        translation.save_revision().publish()
    assert len(told(MailKind.PRESENTATIONS)) == 1


def test_a_gathering_without_registration_tells_nobody(db):
    published_with(make_gathering(registration_method="none"), None)
    assert not RegistrationMail.objects.exists()
