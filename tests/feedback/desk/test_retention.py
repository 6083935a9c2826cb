"""Who gave feedback is forgotten in time, with the words that nobody is shown; what is left counts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from tests import factories
from tests.content.moving import written as dumped
from tests.feedback.desk.conftest import NOW, SECRET, give, look_after, now, secretive
from tests.registration.conftest import make_gathering, participant, sign_up
from tests.registration.test_retention import everything
from wagtail_prosjektnett.domain.feedback import FeedbackState
from wagtail_prosjektnett.domain.mail import ContactMailKind
from wagtail_prosjektnett.erasure import KnownOf, erase_person, known_of
from wagtail_prosjektnett.feedback import moderation, retention
from wagtail_prosjektnett.feedback.audit import FeedbackAction
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.records.anonymous import day_of
from wagtail_prosjektnett.records.contact_mail import write_contact_mails

pytestmark = pytest.mark.django_db
ADDRESS = f"{SECRET}@example.org"


def tell(feedback, page):
    """Write a mail about feedback on a page to a contact person."""
    person = factories.person(email="kontakt@example.org")
    look_after(page, person)
    write_contact_mails([person], ContactMailKind.FEEDBACK, timezone.now(), feedback)


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_who_gave_it_goes_to_the_second_and_what_everybody_reads_stays(article):
    feedback = secretive(article, state="shown", reply="Takk", replied_at=NOW)
    end = NOW + timedelta(days=365)
    assert retention.erase_due(end - timedelta(seconds=1)) == 0
    assert retention.erase_due(end) == 1
    left = now(feedback)
    assert (left.name, left.email, left.address) == ("", "", "")
    assert (left.comment, left.reply, left.anonymised_at) == (f"{SECRET} kommentar", "Takk", end)
    assert retention.erase_due(end) == 0


@pytest.mark.parametrize("state", ["waiting", "hidden"])
def test_what_nobody_is_shown_goes_with_its_words(article, state):
    feedback = secretive(article, state=state, reply=SECRET)
    tell(feedback, article)
    assert retention.erase_due(NOW + timedelta(days=365)) == 1
    assert SECRET.lower() not in everything().lower()
    assert (now(feedback).helpful, now(feedback).used, now(feedback).state) == (True, True, state)


def test_what_is_hidden_when_it_is_old_loses_its_words_too(article):
    feedback = secretive(article, state="shown", days_ago=400)
    retention.erase_due(NOW)
    assert retention.erase_due(NOW) == 0
    moderation.hide([feedback])
    assert retention.erase_due(NOW) == 1
    assert SECRET not in everything()


@pytest.mark.short
def test_what_was_shown_on_an_article_that_was_deleted_loses_its_words(article, base):
    """Nobody reads them there any more; those on other pages, and what is not that old, stay."""
    old, new = (secretive(article, state="shown", reply=SECRET, days_ago=days) for days in (365, 364))
    other = give(base, state="shown", comment="Bra", days_ago=400)
    retention.erase_due(NOW)
    article.delete()
    assert retention.count_due(NOW) == 1
    assert retention.erase_due(NOW) == 1
    assert (now(old).comment, now(old).reply, now(old).helpful) == ("", "", True)
    assert SECRET in now(new).comment
    assert now(other).comment == "Bra"
    assert retention.erase_due(NOW + timedelta(days=1)) == 1
    assert SECRET.lower() not in everything().lower()


def test_the_site_decides_how_long(article, settings):
    secretive(article, days_ago=20)
    assert retention.erase_due(NOW) == 0
    settings.PROSJEKTNETT_FEEDBACK_KEPT_DAYS = 20
    assert retention.count_due(NOW) == 1
    assert retention.erase_due(NOW) == 1
    settings.PROSJEKTNETT_FEEDBACK_KEPT_DAYS = 0
    secretive(article)
    assert retention.erase_due(NOW) == 1


written = st.sampled_from(["", SECRET])
pieces = st.lists(
    st.tuples(st.sampled_from(FeedbackState), st.integers(0, 30), written, written, written, st.booleans()), max_size=8
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=pieces, kept=st.integers(0, 30))
def test_whatever_there_is_nothing_personal_is_older_than_it_is_kept(article, said, kept):
    """And nothing that may still be kept is touched, and all of it counts as before."""
    Feedback.objects.all().delete()
    for state, days_ago, comment, name, reply, was_anonymised in said:
        each = give(
            article, state=state.value, days_ago=days_ago, comment=comment, name=name, reply=reply, helpful=True
        )
        if was_anonymised:
            each.save(update_fields=each.anonymise(NOW, words=False))
    before = {each.pk: each for each in Feedback.objects.all()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retention, "BATCH", 3)
        patch.setattr(retention.conf, "feedback_kept_days", lambda: kept)
        due = retention.count_due(NOW)
        assert retention.erase_due(NOW) == due
        assert retention.count_due(NOW) == 0
    for each in Feedback.objects.all():
        was, is_old = before[each.pk], NOW - each.created_at >= timedelta(days=kept)
        assert (each.state, each.helpful) == (was.state, True)
        assert each.created_at == (day_of(was.created_at) if is_old else was.created_at)
        assert each.name == ("" if is_old else was.name)
        goes = is_old and not FeedbackState(each.state).keeps_words
        assert (each.comment, each.reply) == (("", "") if goes else (was.comment, was.reply))
        assert (each.anonymised_at is not None) is (is_old or was.anonymised_at is not None)


def test_it_goes_on_where_it_was_stopped(article, monkeypatch):
    for _ in range(5):
        secretive(article, days_ago=400)
    monkeypatch.setattr(retention, "BATCH", 2)
    seen = []

    def stop(done, total):
        seen.append((done, total))
        if len(seen) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        retention.erase_due(NOW, stop)
    assert seen == [(2, 5), (4, 5)]
    assert retention.erase_due(NOW) == 1


def test_where_nothing_is_due_it_costs_one_query(article, django_assert_num_queries):
    secretive(article)
    with django_assert_num_queries(1):
        retention.erase_due(NOW)


def test_the_command_tells_first_and_then_does_it(article):
    secretive(article, days_ago=365)
    told = run("erase_feedback", "--dry-run")
    assert "1" in told
    assert Feedback.objects.get().anonymised_at is None
    assert run("erase_feedback") != told
    assert SECRET not in everything()
    assert "0" in run("erase_feedback")


def test_the_scheduler_of_the_site_erases_too(article):
    secretive(article, days_ago=365)
    run("publish_due_changes")
    assert SECRET not in everything()


def test_one_person_goes_from_feedback_and_registrations_with_the_words_shown_or_not(article, base):
    shown, hidden = (
        secretive(article, state="shown", reply="Takk"),
        secretive(base, state="hidden", email=ADDRESS.upper()),
    )
    other = give(article, email="annen@example.org")
    tell(shown, article)
    sign_up(make_gathering(), participant(name=SECRET, email=ADDRESS))
    assert known_of(f" {ADDRESS.title()} ") == KnownOf(registrations=1, feedback=2)
    assert erase_person(f" {ADDRESS.title()} ", NOW) == KnownOf(1, 2)
    assert SECRET.lower() not in everything().lower()
    assert (now(shown).state, now(shown).helpful, now(hidden).helpful) == ("shown", True, True)
    assert now(other).email == "annen@example.org"
    [entry] = PageLogEntry.objects.filter(page=article, action=FeedbackAction.ERASED.value)
    assert entry.data == {"feedback": [shown.pk]}
    assert erase_person(ADDRESS, NOW) == KnownOf(0, 0)


@pytest.mark.parametrize("failures, is_left", [(1, False), (9, True)])
def test_a_person_is_erased_from_feedback_though_the_database_is_busy(article, admin, monkeypatch, failures, is_left):
    feedback, note, tries = secretive(article), retention.note, []

    def busy(*arguments):
        tries.append(arguments)
        if len(tries) <= failures:
            raise OperationalError("deadlock detected")
        note(*arguments)

    monkeypatch.setattr(retention, "note", busy)
    answer = admin.post(reverse("prosjektnett_erase_person"), {"address": ADDRESS, "confirmed": "on"})
    assert answer.status_code == (200 if is_left else 302)
    assert bool(now(feedback).email) is is_left


@pytest.mark.short
def test_who_has_another_letter_in_the_address_stays(article):
    """MariaDB takes å for a."""
    kept = secretive(article, email="post@ål.example.org")
    secretive(article, email="post@al.example.org")
    assert retention.erase_feedback_of("post@al.example.org", NOW) == 1
    assert now(kept).email == "post@ål.example.org"


def test_nobody_in_particular_erases_nobody(article):
    secretive(article, email="")
    assert retention.erase_feedback_of("  ", NOW) == 0


def test_the_command_erases_one_person(article):
    secretive(article)
    told = run("erase_person", ADDRESS, "--dry-run")
    assert "tilbakemeldinger: 1" in told
    assert now(Feedback.objects.get()).email
    assert "tilbakemeldinger: 1" in run("erase_person", ADDRESS)
    assert SECRET not in everything()


def test_an_administrator_erases_one_person_in_the_admin(admin, article):
    url = reverse("prosjektnett_erase_person")
    secretive(article)
    asked = admin.post(url, {"address": ADDRESS})
    assert asked.context["count"] == 1
    assert "1 tilbakemelding" in asked.content.decode()
    assert Feedback.objects.get().email
    html = admin.post(url, {"address": ADDRESS, "confirmed": "on"}, follow=True).content.decode()
    assert "1 tilbakemelding" in html
    assert Feedback.objects.get().email == ""
    entry = PageLogEntry.objects.get(page=article, action=FeedbackAction.ERASED.value)
    assert entry.user == admin.user
    assert "ingenting" in admin.post(url, {"address": ADDRESS, "confirmed": "on"}, follow=True).content.decode()


def test_nothing_of_feedback_is_in_the_file_of_a_network(article, tmp_path):
    secretive(article, state="shown", reply=SECRET)
    folder = dumped(article.get_parent().get_parent().specific, tmp_path / "dump")
    texts = [path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file()]
    assert "Prosjektmandat" in "".join(texts)
    assert SECRET.lower() not in "".join(texts).lower()


def test_nothing_of_feedback_is_anywhere_else(article, admin):
    """Only its own table holds what somebody has said, whatever an editor does with it."""
    feedback = secretive(article)
    tell(feedback, article)
    moderation.reply(feedback, f"{SECRET} svar", NOW, seen=moderation.seen_as(feedback), show_too=True)
    admin.get(reverse("prosjektnett_feedback_admin:index"), {"export": "csv"})
    call_command("send_outbox", verbosity=0)
    article.save_revision().publish()
    call_command("update_index", verbosity=0)
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if any(SECRET.lower() in str(row).lower() for row in model._base_manager.values_list())
    }
    assert tables == {Feedback._meta.db_table}
