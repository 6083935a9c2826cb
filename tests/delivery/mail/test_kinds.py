"""What a participant gets by mail, in each kind and language."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar
from wagtail.models import Locale

from tests import factories
from tests.delivery.mail.conftest import html_of, published, sent, signed_up, state, write
from tests.registration.conftest import make_gathering, participant, sign_up
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.registration import Contact
from wagtail_prosjektnett.models import Registration, RegistrationMail
from wagtail_prosjektnett.pages.models import GatheringContact
from wagtail_prosjektnett.records.tokens import token_of
from wagtail_prosjektnett.registration import changes
from wagtail_prosjektnett.wording.mails import OPENINGS

pytestmark = pytest.mark.django_db


def test_who_gets_a_seat_is_told_what_when_where_and_how_to_cancel(gathering):
    sign_up(gathering, participant(name="Rådgiver", email="raadgiver@example.org"))
    [message] = sent()
    registration = Registration.objects.get()
    assert message.to == ["raadgiver@example.org"]
    assert message.subject == "Påmeldt, med plass: Høstsamling – Øst"
    link = f"http://localhost/registration/link/{token_of(registration)}/"
    for body in (message.body, str(html_of(message))):
        for said in ("10. desember 2026 kl. 10:00–15:00", "Kirkenes, Rådhusplassen 1", "https://video.example.org/rom",
                     "Rådgiver", "Har plass", link, gathering.full_url):  # fmt: skip
            assert said in body, said
    assert state() == "delivered"


def test_who_waits_is_told_the_place_in_the_queue_and_no_online_address(gathering):
    for _ in range(4):
        sign_up(gathering)
    message = sent()[-1]
    assert message.subject == "Påmeldt, på venteliste: Høstsamling – Øst"
    assert "På venteliste, som nummer 2" in message.body
    assert "video.example.org" not in message.body + str(html_of(message))
    assert not message.attachments


def test_who_must_confirm_is_told_until_when_and_gets_no_online_address():
    gathering = published(registration_confirmation=True)
    sign_up(gathering)
    [message] = sent()
    assert message.subject == "Bekreft påmeldingen: Høstsamling – Øst"
    assert "24. november 2026 kl. 12:00" in message.body
    assert "video.example.org" not in message.body + str(html_of(message))
    [event] = Calendar.from_ical(message.attachments[0][1]).walk("VEVENT")
    assert event["STATUS"] == "TENTATIVE"


#: What has become of the registration, and what the organiser has decided, when a kind of mail is true.
STATES = {MailKind.CANCELLED: "cancelled", MailKind.EXPIRED: "expired", MailKind.WAITING: "waiting"}
DECISIONS = {MailKind.OCCURRENCE_POSTPONED: "postponed", MailKind.OCCURRENCE_CANCELLED: "cancelled"}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_kind_is_written_in_every_language_of_ours(gathering, language):
    registration = signed_up(gathering)
    for kind in OPENINGS:
        Registration.objects.update(language=language, state=STATES.get(kind, "seated"))
        gathering.occurrences.model.objects.update(decision=DECISIONS.get(kind, "as_planned"))
        write(kind, registration)
        [message] = sent()
        with override(language):
            opening = str(OPENINGS[kind])
        assert opening in message.body
        assert opening in html_of(message).get_text()
        with override("en"):
            assert (opening == str(OPENINGS[kind])) == (language == "en")
        assert html_of(message).html["lang"] == message.extra_headers["Content-Language"] == language
        assert not re.search(r"\n\n\n|[{}]|%\(", message.body)
        assert bool(message.attachments) == kind.has_calendar
        assert ("/registration/link/" in message.body) == (kind not in (MailKind.CANCELLED, MailKind.EXPIRED))


def test_every_kind_but_an_editors_message_has_an_opening():
    assert set(OPENINGS) == set(MailKind) - {MailKind.MESSAGE}


def test_nynorsk_readers_get_the_page_in_nynorsk(gathering, two_languages):
    nynorsk = gathering.copy_for_translation(Locale.objects.create(language_code="nn"), copy_parents=True)
    nynorsk.title = "Haustsamling"
    nynorsk.save_revision().publish()
    registration = signed_up(gathering)
    Registration.objects.update(language="nn")
    write(MailKind.REMINDER, registration)
    [message] = sent()
    assert message.subject == "Påminning: Haustsamling – Øst"
    assert "lang" not in html_of(message).h1.attrs


def test_sami_readers_get_bokmal_that_is_marked_as_such_with_the_date_in_sami(gathering, settings):
    settings.FORMAT_MODULE_PATH = ["wagtail_prosjektnett.formats"]
    settings.LANGUAGE_CODE = "en"
    registration = signed_up(gathering)
    Registration.objects.update(language="se")
    write(MailKind.REMINDER, registration)
    [message] = sent()
    soup = html_of(message)
    assert soup.html["lang"] == message.extra_headers["Content-Language"] == "nb"
    assert "juovlamánu 10. b. 2026" in soup.find(lang="se").get_text()
    assert message.subject.startswith("Påminnelse: ")


def test_a_contact_is_told_of_all_whom_they_signed_up_in_one_mail(gathering):
    contact = Contact("Sekretær", "sekretaer@example.org")
    people = [participant(name=f"Kollega {number}", email="") for number in range(3)]
    sign_up(gathering, *people, participant(name="Sjef", email="sjef@example.org"), contact=contact)
    messages = sent()
    assert [message.to for message in messages] == [["sekretaer@example.org"], ["sjef@example.org"]]
    together = messages[0].body
    tokens = [token_of(each) for each in Registration.objects.filter(email="")]
    assert all(token in together and token not in messages[1].body for token in tokens)
    assert together.count("Har plass") == 2
    assert together.count("På venteliste, som nummer 1") == 1


def test_each_link_says_whose_registration_it_opens(gathering):
    contact = Contact("Sekretær", "sekretaer@example.org")
    sign_up(gathering, *(participant(name=name, email="") for name in ("Anne <A>", "Bjørn")), contact=contact)
    [message] = sent()
    links = [link.get_text() for link in html_of(message).select("a[href*='/link/']")]
    assert links == [f"Se eller endre påmeldingen for {name}, eller meld av" for name in ("Anne <A>", "Bjørn")]


@pytest.mark.short
def test_nobody_gets_the_link_of_who_has_another_letter_in_the_address(gathering):
    """MariaDB takes å for a."""
    people = [participant(name="Ål", email="post@ål.example.org"), participant(name="Al", email="post@al.example.org")]
    sign_up(gathering, *people, contact=Contact("Sekretær", "sekretaer@example.org"))
    messages = {message.to[0]: message.body for message in sent()}
    assert set(messages) == {each.email for each in people}
    for registration in Registration.objects.all():
        readers = [address for address, body in messages.items() if token_of(registration) in body]
        assert readers == [registration.email]


def test_mail_is_about_the_page_where_one_signs_up_whatever_aliases_it_has(gathering):
    other = factories.network("Et annet nettverk")
    alias = gathering.create_alias(parent=factories.gathering_index(other), update_slug="alias").specific
    sign_up(gathering)
    sign_up(alias)
    for message in sent():
        assert gathering.full_url in message.body
        assert alias.full_url not in message.body
        assert "Et annet nettverk" not in message.body


def test_the_owner_of_an_address_that_somebody_tries_again_is_told(gathering):
    who = participant()
    sign_up(gathering, who)
    sent()
    sign_up(gathering, who)
    [message] = sent()
    assert message.subject == "Påmeldt fra før: Høstsamling – Øst"
    assert token_of(Registration.objects.get()) in message.body


def test_the_headers_let_nothing_answer_and_lead_answers_to_the_contact(gathering):
    person = factories.person("Nettverksleder", email="leder@example.org")
    gathering.contacts = [GatheringContact(person=person)]
    gathering.save_revision().publish()
    sign_up(gathering)
    [message] = sent()
    raw = message.message()
    assert raw["Message-ID"] == f"<{RegistrationMail.objects.get().message_id}@localhost>"
    assert raw["Auto-Submitted"] == "auto-generated"
    assert message.reply_to == ["leder@example.org"]
    assert message.from_email == "Nettverket <ikke-svar@example.org>"
    assert "Nettverksleder, leder@example.org" in message.body


def test_the_calendar_file_follows_what_becomes_of_the_registration(gathering):
    sign_up(gathering)
    [first] = sent()
    registration = changes.cancel(Registration.objects.get(), timezone.now())
    [second] = sent()
    assert registration.state == "cancelled"
    events = [Calendar.from_ical(each.attachments[0][1]).walk("VEVENT")[0] for each in (first, second)]
    assert [(event["STATUS"], int(event["SEQUENCE"])) for event in events] == [("CONFIRMED", 0), ("CANCELLED", 1)]
    assert events[0]["UID"] == events[1]["UID"] == str(registration.uid)
    part = [each for each in first.message().walk() if each.get_content_type() == "text/calendar"]
    assert part[0].get_param("method") == "PUBLISH"
    assert part[0].get_filename() == "calendar.ics"


def entries(messages):
    """What the calendar files of some mails say of the one registration."""
    events = [Calendar.from_ical(each.attachments[0][1]).walk("VEVENT")[0] for each in messages]
    return [(str(event["STATUS"]), int(event["SEQUENCE"])) for event in events]


def test_a_calendar_follows_a_seat_that_is_confirmed():
    sign_up(published(registration_confirmation=True))
    messages = sent()
    changes.confirm(Registration.objects.get(), timezone.now())
    write(MailKind.REMINDER, Registration.objects.get())
    assert entries(messages + sent()) == [("TENTATIVE", 0), ("CONFIRMED", 1)]


def test_a_seat_that_nobody_confirmed_leaves_the_calendar():
    sign_up(published(registration_confirmation=True))
    messages = sent()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        changes.expire_unconfirmed(timezone.now())
        assert entries(messages + sent()) == [("TENTATIVE", 0), ("CANCELLED", 1)]


def test_a_contact_gets_the_links_of_all_whom_they_have_signed_up_again(gathering):
    contact = Contact("Sekretær", "sekretaer@example.org")
    people = [participant(name=f"Kollega {number}", email="") for number in range(3)]
    for who in ([people[0]], people[1:], [participant(name="Sjef", email="sjef@example.org")]):
        sign_up(gathering, *who, contact=contact)
    sent()
    sign_up(gathering, *people, contact=contact)
    [message] = sent()
    assert message.subject.startswith("Påmeldt fra før")
    registrations = Registration.objects.order_by("number")
    shown = [each.name for each in registrations if token_of(each) in message.body]
    assert shown == ["Kollega 0", "Kollega 1", "Kollega 2"]


def test_an_inexact_date_gives_no_calendar_file():
    gathering = make_gathering(occurrences=[{"name": "Øst", "start_date": "2026-12-10", "precision": "month"}])
    sign_up(gathering)
    [message] = sent()
    assert "desember 2026" in message.body
    assert not message.attachments


def test_a_link_that_the_site_does_not_have_is_left_out(gathering, settings):
    settings.ROOT_URLCONF = "tests.without_registration_urls"
    sign_up(gathering)
    [message] = sent()
    assert "Vis, endre" not in message.body
    assert gathering.full_url in message.body


@pytest.mark.parametrize("name", ["Ola\r\nBcc: x@example.org", "Ola\u2028Bcc: y", "Ola, x@example.org"])
def test_nothing_in_a_name_or_a_title_becomes_a_header_or_a_recipient(gathering, name):
    type(gathering).objects.update(title=name)
    registration = signed_up(gathering)
    Registration.objects.update(name=name)
    write(MailKind.CHANGED, registration)
    [message] = sent()
    raw = message.message()
    assert raw["Bcc"] is None
    assert message.recipients() == [registration.email]
    assert "\n" not in message.subject


def test_a_mail_costs_few_queries(gathering, django_assert_max_num_queries):
    for _ in range(3):
        sign_up(gathering)
    sent()
    for registration in Registration.objects.all():
        write(MailKind.CHANGED, registration)
    with django_assert_max_num_queries(17 * 3):
        assert len(sent()) == 3


def test_a_message_says_which_gathering_it_is_about(gathering):
    registration = signed_up(gathering)
    write(MailKind.MESSAGE, registration, subject="Nytt rom", body="Vi har byttet rom.", key="1")
    [message] = sent()
    assert message.subject == "Nytt rom"
    for body in (message.body, html_of(message).get_text()):
        assert "Vi har byttet rom." in body
        assert "Høstsamling – Øst" in body
        assert "10. desember 2026" in body
    assert not re.search(r"\n\n\n|[{}]", message.body)


def test_who_had_a_seat_at_what_is_cancelled_is_not_told_to_have_one(gathering):
    registration = signed_up(gathering)
    gathering.occurrences.model.objects.update(decision="cancelled")
    write(MailKind.OCCURRENCE_CANCELLED, registration)
    [message] = sent()
    assert "Har plass" not in message.body + html_of(message).get_text()
