"""The weekly mail to those who have articles to review."""

from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from tests import factories
from tests.delivery.conftest import at_once, together
from tests.languages import translated
from tests.review.conftest import press
from wagtail_prosjektnett.delivery import outbox, review_letter
from wagtail_prosjektnett.models import ClockMark, ContactMail, ContactPerson, OutboxItem
from wagtail_prosjektnett.pages.models import NetworkContact
from wagtail_prosjektnett.review.digest import write_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return factories.person("Fagleder", email="fagleder@example.org")


def due(network, title="Mandatet", **fields):
    return factories.article(network, title, **{"next_review": "2026-11-05", **fields})


def sent(at="2026-11-26T12:00+01:00"):
    """Write the digest at an instant, send what is due, and return the mails."""
    mail.outbox.clear()
    with time_machine.travel(at, tick=False):
        write_digest(timezone.now())
        outbox.send_due()
    return list(mail.outbox)


def name(network, *contacts):
    """Give a network contact people with a role each."""
    network.contacts = [NetworkContact(person=person, role=role) for person, role in contacts]
    network.save_revision().publish()


def test_who_is_responsible_is_told_what_is_due_and_where_it_is_done(network, leader, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.org"
    article = due(network, responsible=leader)
    due(network, "Snart", next_review="2026-11-27", responsible=leader)
    due(network, "Lenge siden", next_review="2026-01-01", responsible=leader)
    (message,) = sent()
    assert message.to == ["fagleder@example.org"]
    assert message.subject == "2 artikler til gjennomgang"
    assert message.body.index("Lenge siden") < message.body.index("Mandatet")
    assert "Frist: 5. november 2026 (Til gjennomgang)" in message.body
    assert "Frist: 1. januar 2026 (Over fristen)" in message.body
    assert "Snart" not in message.body
    assert article.full_url in message.body
    for link in (f"/admin/pages/{article.pk}/edit/", f"/admin/prosjektnett/review/{article.pk}/still-valid/"):
        assert f"https://admin.example.org{link}" in message.body
    html = BeautifulSoup(message.alternatives[0][0], "html.parser")
    assert html.html["lang"] == "nb"
    assert [heading.get_text() for heading in html.select("h2")] == ["Lenge siden", "Mandatet"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.urls("tests.multilingual_urls")
def test_an_article_that_is_read_in_another_language_alone_is_told_of(network, leader, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    article = due(network, responsible=leader)
    translated(article, nynorsk)
    address = article.full_url
    article.unpublish()
    (message,) = sent()
    assert "Mandatet" in message.body
    assert address not in message.body


def test_nobody_is_told_twice_in_a_week_but_everybody_in_the_next(network, leader):
    due(network, responsible=leader)
    assert len(sent("2026-11-26T12:00+01:00")) == 1
    assert sent("2026-11-29T23:59+01:00") == []
    assert len(sent("2026-11-30T00:00+01:00")) == 1
    assert sent("2026-11-30T00:01+01:00") == []


def test_the_week_begins_where_the_site_is(network, leader, settings):
    settings.PROSJEKTNETT_TIME_ZONE = "Pacific/Auckland"
    due(network, responsible=leader)
    assert len(sent("2026-11-29T10:59+00:00")) == 1
    assert len(sent("2026-11-29T11:00+00:00")) == 1


def test_where_nobody_is_responsible_the_contacts_for_feedback_are_told_or_else_the_leaders(network, leader):
    due(network)
    others = [factories.person(role, email=f"{role}@example.org") for role in ("tilbakemelding", "leder", "kontakt")]
    feedback, chief, contact = others
    name(network, (contact, "contact"), (chief, "leader"), (feedback, "feedback"))
    assert [message.to for message in sent("2026-11-26T12:00+01:00")] == [["tilbakemelding@example.org"]]
    ContactPerson.objects.filter(pk=feedback.pk).update(email="")
    (message,) = sent("2026-12-03T12:00+01:00")
    assert message.to == ["leder@example.org"]
    assert "Ingen er ansvarlig for den." in message.body
    name(network, (contact, "contact"))
    assert sent("2026-12-10T12:00+01:00") == []


def test_who_is_responsible_but_has_no_address_leaves_it_to_the_contacts(network, leader):
    due(network, responsible=factories.person("Uten adresse"))
    name(network, (leader, "leader"))
    (message,) = sent()
    assert message.to == ["fagleder@example.org"]
    assert "Ingen er ansvarlig" not in message.body


def test_one_address_is_one_person_in_whatever_language_and_capitals(network, leader, nynorsk):
    same = leader.copy_for_translation(nynorsk)
    same.email = "Fagleder@Example.org"
    same.save()
    due(network, "Første", responsible=leader)
    due(network, "Andre", responsible=same)
    (message,) = sent()
    assert message.subject == "2 artikler til gjennomgang"


@pytest.mark.parametrize(
    "language, subject, lang",
    [("nn", "1 artikkel til gjennomgang", "nn"), ("en", "1 article to be reviewed", "en"), ("se", None, "nb")],
)
def test_the_mail_is_in_the_language_of_the_person(network, language, subject, lang):
    locale, _new = Locale.objects.get_or_create(language_code=language)
    due(network, responsible=factories.person("Fagleder", email="fag@example.org", locale=locale))
    (message,) = sent()
    assert message.subject == (subject or "1 artikkel til gjennomgang")
    html = BeautifulSoup(message.alternatives[0][0], "html.parser")
    assert html.html["lang"] == lang
    assert html.h2.get("lang") == (None if lang == "nb" else "nb")


@pytest.mark.urls("tests.multilingual_urls")
def test_an_article_is_told_of_once_for_all_its_languages(network, leader, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    translated(due(network, responsible=leader), nynorsk)
    (message,) = sent()
    assert message.subject == "1 artikkel til gjennomgang"


@pytest.mark.parametrize(
    "dates, is_told", [({"wind_down_from": "2019-02-15"}, True), ({"closed_from": "2026-01-01"}, False)]
)
def test_a_closed_network_is_left_in_peace(leader, dates, is_told):
    due(factories.network(**dates), responsible=leader)
    assert bool(sent()) is is_told


def test_what_has_been_reviewed_before_it_is_sent_is_not_told(network, leader, admin):
    article = due(network, responsible=leader)
    other = due(network, "Den andre", responsible=leader)
    write_digest(timezone.now())
    press(admin, article)
    mail.outbox.clear()
    outbox.send_due()
    assert ["Mandatet" in message.body for message in mail.outbox] == [False]
    write_digest(timezone.now())
    with time_machine.travel("2026-11-30T12:00+01:00", tick=False):
        write_digest(timezone.now())
        other.unpublish()
        outbox.send_due()
    assert OutboxItem.objects.latest("pk").state == "not_needed"


def test_who_has_not_had_the_last_mail_yet_gets_no_second_one(network, leader):
    due(network, responsible=leader)
    write_digest(timezone.now())
    with time_machine.travel("2026-11-30T12:00+01:00", tick=False):
        write_digest(timezone.now())
    assert ContactMail.objects.count() == 1


def test_a_long_list_is_cut_and_leads_to_the_report(network, leader, monkeypatch):
    monkeypatch.setattr(review_letter, "MOST_NAMED", 1)
    for number in range(3):
        due(network, f"Artikkel {number}", responsible=leader)
    (message,) = sent()
    assert message.subject == "3 artikler til gjennomgang"
    assert "Det er 2 artikler til i rapporten." in message.body
    assert "/admin/prosjektnett/review/" in message.body


def test_the_command_tells_what_it_does_and_tries_it_first(network, leader, capsys):
    due(network, responsible=leader)
    call_command("send_review_digest", "--dry-run")
    assert "Fagleder <fagleder@example.org>: 1 artikkel\n" in capsys.readouterr().out
    assert not ContactMail.objects.exists()
    assert not ClockMark.objects.exists()
    call_command("send_review_digest")
    call_command("send_review_digest")
    assert capsys.readouterr().out.splitlines() == ["Skrevet: 1 e-poster.", "De har fått beskjed denne uken."]
    assert ContactMail.objects.count() == 1


def test_a_failure_on_the_way_lets_everybody_be_told_later(network, leader, monkeypatch):
    due(network, responsible=leader)
    with monkeypatch.context() as broken:
        broken.setattr("wagtail_prosjektnett.review.digest.write_contact_mails", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_digest(timezone.now())
    assert len(write_digest(timezone.now())) == 1


@together
def test_two_that_begin_together_write_one_mail(leader):
    due(factories.network(), responsible=leader)
    told = at_once(lambda: write_digest(timezone.now()), 4)
    assert sorted(each is not None for each in told) == [False, False, False, True]
    assert ContactMail.objects.count() == 1


def test_what_it_costs_does_not_depend_on_how_much_is_due(network, django_assert_num_queries):
    def write(week):
        with (
            time_machine.travel(f"2026-12-{week:02}T12:00+01:00", tick=False),
            django_assert_num_queries(1000, exact=False) as asked,
        ):
            write_digest(timezone.now())
            outbox.send_due()
        return len(asked)

    person = factories.person("Fagleder", email="fag@example.org")
    due(network, responsible=person)
    write(1)
    before = write(8)
    for number in range(20):
        due(network, f"Artikkel {number}", responsible=person, last_reviewed=date(2025, 1, 1))
    assert write(15) == before
