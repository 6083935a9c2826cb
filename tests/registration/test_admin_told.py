"""What an editor is told: where somebody is, what is done already, what was opened, and of time only what is known."""

import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.registration.conftest import occurrence_of, participant, pool_of, sign_up
from tests.registration.spreadsheets import rows_of
from wagtail_prosjektnett.domain.registration import Needs
from wagtail_prosjektnett.models import MailText, Registration, RegistrationMail
from wagtail_prosjektnett.registration.audit import RegistrationAction
from wagtail_prosjektnett.registration.changes import cancel


def url(name, *arguments):
    """The address of a view of registrations."""
    return reverse(f"prosjektnett_registrations:{name}", args=arguments)


def words(answer, selector="main"):
    """What stands in a part of a page."""
    part = BeautifulSoup(answer.content, "html.parser").select_one(selector)
    return " ".join(part.get_text(" ").split())


def fact(answer, label):
    """What is said of a registration under a label."""
    labels = BeautifulSoup(answer.content, "html.parser").select("dt")
    [found] = [each for each in labels if each.get_text(strip=True) == label]
    return found.find_next("dd").get_text(strip=True)


def test_who_writes_to_all_sees_where_they_are(editor, gathering):
    sign_up(gathering)
    message = url("message", pool_of(gathering).uid)
    form = {**editor.get(message).context["form"].initial, "audience": "seated", "subject": "Hei", "body": "Velkommen"}
    form["key"] = editor.get(message).context["form"]["key"].value()
    for answer in (editor.get(message), editor.post(message, form)):
        assert words(answer, "main h2") == f"Samling {occurrence_of(gathering)}, Kirkenes"


def test_opening_what_people_need_is_no_export(editor, gathering):
    sign_up(gathering, participant(name="Anne", needs=Needs("Vegetar")))
    sign_up(gathering, name="Vest")
    editor.get(url("needs", pool_of(gathering, "Vest").uid))
    assert not PageLogEntry.objects.filter(action__startswith="wagtail_prosjektnett.registration").exists()
    editor.get(url("needs", pool_of(gathering).uid))
    [entry] = PageLogEntry.objects.filter(action__startswith="wagtail_prosjektnett.registration")
    anne = Registration.objects.get(name="Anne")
    assert (entry.action, entry.user) == (RegistrationAction.NEEDS_OPENED, editor.user)
    assert entry.message == f"Hva deltakerne trenger, ble åpnet (påmelding {anne.pk})"


def test_what_is_done_already_is_not_offered_again(editor, gathering):
    sign_up(gathering, participant(name="Anne"))
    seated = Registration.objects.get(name="Anne")
    for send in (editor.get, editor.post):
        answer = send(url("promote", seated.pk), follow=True)
        assert answer.redirect_chain[-1][0] == url("inspect", seated.pk)
        assert "Anne har alt plass. Ingenting ble endret." in words(answer)
    cancel(seated, timezone.now())
    mails, entries = RegistrationMail.objects.count(), PageLogEntry.objects.count()
    target = {"target": pool_of(gathering, "Vest").pk, "tell": "on"}
    for name in ("cancel", "promote", "move"):
        opened = editor.get(url(name, seated.pk), follow=True)
        for answer in (opened, editor.post(url(name, seated.pk), target, follow=True)):
            assert "Påmeldingen er alt avsluttet. Ingenting ble endret." in words(answer)
    seated.refresh_from_db()
    assert (seated.state, seated.pool) == ("cancelled", pool_of(gathering))
    assert (RegistrationMail.objects.count(), PageLogEntry.objects.count()) == (mails, entries)


def test_of_what_was_anonymised_the_day_is_told_alone(editor, gathering):
    with time_machine.travel("2026-11-23T00:30+01:00", tick=False):
        sign_up(gathering, participant(name="Anne"))
    anne = Registration.objects.get()
    assert fact(editor.get(url("inspect", anne.pk)), "Påmeldt") == "23. november 2026 00:30"
    cancel(anne, timezone.now())
    anne.refresh_from_db()
    anne.save(update_fields=anne.anonymise(timezone.now()))
    for zone in ("Europe/Oslo", "America/New_York"):
        with timezone.override(zone):
            shown = editor.get(url("inspect", anne.pk))
            assert (fact(shown, "Påmeldt"), fact(shown, "Avmeldt")) == ("23. november 2026", "23. november 2026")
            listed = BeautifulSoup(editor.get(url("index")).content, "html.parser").select_one("tbody time").parent
            assert listed["data-w-tooltip-content-value"] == "23. november 2026"
    exported = rows_of(editor.get(url("index"), {"export": "csv"}), "csv")
    assert "2026-11-23" in str(exported)
    assert "00:00" not in str(exported)


def test_a_text_of_a_mail_is_listed_with_the_name_of_its_language(admin, gathering):
    text = MailText.objects.create(kind="received", language="nb", subject="Velkommen", body="Hei")
    old = MailText.objects.create(kind="waiting", language="fr", subject="Bonjour", body="Hei")
    listed = words(admin.get(reverse("prosjektnett_mail_texts:index")), "table")
    assert "Bokmål Velkommen" in listed
    assert "fr Bonjour" in listed
    assert str(text).endswith("(Bokmål)")
    assert str(old).endswith("(fr)")
