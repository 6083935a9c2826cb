"""Personal data go when they should, the sensitive first, and what is left counts and leads to nobody."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests.registration.conftest import make_gathering, occurrence_of, participant, pool_of, sign_up
from wagtail_prosjektnett.domain.registration import Contact, Needs, RegistrationState
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail, RegistrationNeeds, SeatPool
from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.records.tokens import registration_by_token, token_of
from wagtail_prosjektnett.registration import changes, desk, retention

#: The occurrence in the east ends with the tenth of December 2026, in Oslo.
END = datetime.fromisoformat("2026-12-11T00:00:00+01:00")
SECRET = "Hemmelig"


def after(days, seconds=0):
    """So long after the end of the occurrence in the east."""
    return END + timedelta(days=days, seconds=seconds)


def secretive(**fields):
    """Somebody who says a secret in every field that there is."""
    said = {
        "name": f"{SECRET} navn",
        "organisation_name": f"{SECRET} kontor",
        "role": f"{SECRET} rolle",
        "comment": f"{SECRET} kommentar",
        "answers": {"x": f"{SECRET} svar"},
        "needs": Needs(f"{SECRET} mat", f"{SECRET} rampe"),
    }
    return participant(**{**said, **fields})


def everything():
    """All that the database holds, as text."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a table of ours
            texts += [str(row) for row in cursor.fetchall()]
    return "\n".join(texts)


def states():
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


def test_needs_go_first_then_the_rest_to_the_second(gathering):
    sign_up(gathering, secretive())
    assert retention.erase_due(after(14, -1)).everything == 0
    assert retention.erase_due(after(14)) == retention.Erased(needs=1)
    assert not RegistrationNeeds.objects.exists()
    assert Registration.objects.get().name
    assert retention.erase_due(after(365, -1)).everything == 0
    assert retention.erase_due(after(365)) == retention.Erased(registrations=1)
    assert retention.erase_due(after(366)).everything == 0
    assert SECRET not in everything()


def test_what_is_left_counts(gathering):
    alta = Organisation.objects.create(name="Alta", kind="municipality")
    for _ in range(3):
        sign_up(gathering, secretive(organisation=alta.pk))
    Registration.objects.filter(number=1).update(attended=True)
    before = SeatPool.objects.filter(uid=pool_of(gathering).uid).values("seated", "waiting", "last_number").get()
    retention.erase_due(after(365))
    left = Registration.objects.order_by("number").values_list("number", "state", "attended", "organisation")
    assert list(left) == [(1, "seated", True, alta.pk), (2, "seated", None, alta.pk), (3, "waiting", None, alta.pk)]
    assert SeatPool.objects.filter(uid=pool_of(gathering).uid).values(*before).get() == before
    assert set(Registration.objects.values_list("language", "email", "address", "holder")) == {("", "", "", None)}


def test_the_editor_decides_for_one_gathering(db):
    gathering = make_gathering(registration_kept_days=7)
    sign_up(gathering, secretive())
    assert retention.erase_due(after(7, -1)).everything == 0
    erased = retention.erase_due(after(7))
    assert (erased.needs, erased.registrations) == (1, 1)
    sign_up(make_gathering(title="Ti år", registration_kept_days=3650), secretive())
    retention.erase_due(after(3650, -1))
    assert Registration.objects.filter(anonymised_at=None).count() == 1


def test_the_site_decides_for_the_others(gathering, settings):
    settings.PROSJEKTNETT_REGISTRATIONS_KEPT_DAYS = 20
    settings.PROSJEKTNETT_NEEDS_KEPT_DAYS = 0
    sign_up(gathering, secretive())
    assert retention.erase_due(after(0)).needs == 1
    assert retention.erase_due(after(20)).registrations == 1


def test_what_was_cancelled_or_expired_goes_earlier(gathering, settings):
    sign_up(gathering, secretive())
    sign_up(gathering, participant())
    changes.cancel(Registration.objects.order_by("pk").first(), timezone.now())
    ended = timezone.now()
    assert retention.erase_due(ended).needs == 1, "nobody cooks for who does not come"
    assert retention.erase_due(ended + timedelta(days=30, seconds=-1)).everything == 0
    assert retention.erase_due(ended + timedelta(days=30)).registrations == 1
    assert Registration.objects.get(anonymised_at=None).is_active
    settings.PROSJEKTNETT_ENDED_REGISTRATIONS_KEPT_DAYS = 0
    changes.cancel(Registration.objects.get(anonymised_at=None), timezone.now())
    assert retention.erase_due(timezone.now()).registrations == 1


def test_what_is_postponed_is_kept_until_a_new_date_is_over_but_for_needs(gathering):
    sign_up(gathering, secretive())
    row = occurrence_of(gathering)
    gathering.occurrences = [row]
    row.decision = "postponed"
    gathering.save_revision().publish()
    assert retention.erase_due(after(14, -1)).everything == 0
    assert retention.erase_due(after(14)) == retention.Erased(needs=1), "a new date may never come"
    version = pool_of(gathering).version
    assert retention.erase_due(after(5000)).everything == 0
    assert pool_of(gathering).version == version, "what is kept is not touched"
    row.decision, row.start_date = "as_planned", row.start_date.replace(year=2027)
    gathering.occurrences = [row]
    gathering.save_revision().publish()
    assert retention.erase_due(after(365)).everything == 0
    assert retention.erase_due(after(365 + 365)) == retention.Erased(registrations=1)


def test_of_when_somebody_signed_up_the_day_is_left_as_it_is_where_the_site_is(gathering):
    sign_up(gathering, secretive())
    Registration.objects.update(created_at=datetime.fromisoformat("2026-07-23T00:30:00+02:00"))
    retention.erase_due(after(365))
    assert Registration.objects.get().created_at == datetime.fromisoformat("2026-07-23T00:00:00+02:00")


def test_a_link_of_who_was_anonymised_opens_nothing(gathering):
    sign_up(gathering)
    registration = Registration.objects.get()
    token = token_of(registration)
    assert registration_by_token(token)
    retention.erase_due(after(365))
    assert registration_by_token(token) is None
    registration.refresh_from_db()
    assert token_of(registration) != token, "nor can it be made again"
    with pytest.raises(Registration.DoesNotExist):
        changes.cancel(registration, timezone.now())


def test_it_goes_on_where_it_was_stopped(gathering, monkeypatch):
    for _ in range(5):
        sign_up(gathering, secretive(), name="Vest")
    monkeypatch.setattr(retention, "BATCH", 2)
    seen = []

    def stop(done, total):
        seen.append((done, total))
        if len(seen) == 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        retention.erase_due(after(400), stop)
    assert seen == [(2, 10), (4, 10), (5, 10), (7, 10)]
    assert Registration.objects.filter(anonymised_at=None).count() == 3
    assert retention.erase_due(after(400)).registrations == 3


def test_where_nothing_is_due_it_costs_two_queries(gathering, django_assert_num_queries):
    for _ in range(3):
        sign_up(gathering, secretive())
    with django_assert_num_queries(2):
        retention.erase_due(timezone.now())


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_first_and_then_does_it(gathering):
    sign_up(gathering, secretive())
    with time_machine.travel(after(365), tick=False):
        told = run("erase_registrations", "--dry-run")
        assert "1" in told
        assert Registration.objects.get().anonymised_at is None
        assert RegistrationNeeds.objects.exists()
        assert run("erase_registrations") != told
        assert SECRET not in everything()
        assert "0" in run("erase_registrations")


def test_the_scheduler_of_the_site_erases_too(gathering):
    sign_up(gathering, secretive())
    with time_machine.travel(after(365), tick=False):
        run("publish_due_changes")
    assert SECRET not in everything()


def test_one_person_goes_from_all_gatherings_and_the_next_one_moves_up(gathering):
    other = make_gathering(title="En annen")
    address = f"{SECRET}@example.org".lower()
    sign_up(gathering, secretive(email=address))
    sign_up(gathering)
    sign_up(gathering, participant(email="venter@example.org"))
    sign_up(other, secretive(email=address.upper()))
    assert retention.erase_person(f" {address.title()} ", timezone.now()) == 2
    assert SECRET.lower() not in everything().lower()
    assert states() == ["cancelled", "seated", "seated", "cancelled"]
    assert not RegistrationMail.objects.filter(registration__anonymised_at__isnull=False).exists()
    assert RegistrationMail.objects.get(kind="moved_up").registration.email == "venter@example.org"
    assert OutboxItem.objects.count() == RegistrationMail.objects.count()
    assert (pool_of(gathering).seated, pool_of(other).seated) == (2, 0)


@pytest.mark.short
def test_who_has_another_letter_in_the_address_stays(gathering):
    """MariaDB takes å for a."""
    contact = Contact("Kontakt", "post@ål.example.org")
    sign_up(gathering, participant(email="post@ål.example.org"), participant(email="post@al.example.org"))
    sign_up(gathering, participant(email="selv@example.org"), contact=contact)
    assert retention.erase_person("post@al.example.org", timezone.now()) == 1
    assert [each.email for each in Registration.objects.filter(anonymised_at=None).order_by("number")] == [
        "post@ål.example.org",
        "selv@example.org",
    ]
    assert retention.erase_person("post@ål.example.org", timezone.now()) == 2
    left = Registration.objects.get(anonymised_at=None)
    assert (left.email, left.contact_email) == ("selv@example.org", "")


def test_who_was_there_still_counts_when_they_ask_to_be_erased(gathering):
    sign_up(gathering, secretive(email="leder@example.org"))
    Registration.objects.update(attended=True)
    assert retention.erase_person("leder@example.org", after(3)) == 1
    assert Registration.objects.values_list("state", "attended", "name").get() == ("seated", True, "")


def test_who_signed_up_others_goes_and_they_stay(gathering):
    contact = Contact(f"{SECRET} kontakt", "Kontakt@example.org")
    own, without = participant(email="selv@example.org"), secretive(email="")
    sign_up(gathering, own, without, contact=contact)
    assert retention.erase_person("kontakt@example.org", timezone.now()) == 2
    kept = Registration.objects.get(anonymised_at=None)
    assert (kept.email, kept.state, kept.contact_email) == ("selv@example.org", RegistrationState.SEATED, "")
    text = everything()
    assert SECRET not in text
    assert "ontakt@example.org" not in text


def test_nobody_in_particular_erases_nobody(gathering):
    sign_up(gathering, participant(email=""), contact=Contact("Sekretær", "sekretaer@example.org"))
    Registration.objects.update(address="")
    assert retention.erase_person("  ", timezone.now()) == 0


def test_the_command_erases_one_person(gathering):
    sign_up(gathering, secretive(email="leder@example.org"))
    assert "1" in run("erase_person", "leder@example.org", "--dry-run")
    assert Registration.objects.get().is_active
    assert "1" in run("erase_person", "LEDER@example.org")
    assert SECRET not in everything()
    assert "0" in run("erase_person", "leder@example.org")
    with pytest.raises(CommandError):
        run("erase_person", "leder")


def test_nothing_of_a_registration_is_anywhere_else(gathering):
    """Only the tables that are erased hold what somebody has said, from the first moment on."""
    sign_up(gathering, secretive(email=f"{SECRET}@example.org"), contact=Contact(SECRET, f"{SECRET}@example.org"))
    changes.change(Registration.objects.get(), secretive(), timezone.now())
    desk.move(Registration.objects.get(), pool_of(gathering, "Vest"), timezone.now())
    desk.mark_attended(Registration.objects.all(), True)
    gathering.save_revision().publish()
    changes.cancel(Registration.objects.get(), timezone.now())
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if any(SECRET.lower() in str(row).lower() for row in model._base_manager.values_list())
    }
    assert tables == {Registration._meta.db_table, RegistrationNeeds._meta.db_table}
