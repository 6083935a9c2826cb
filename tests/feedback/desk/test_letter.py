"""What a contact person is told of feedback by mail, and what is never in it."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

import wagtail_prosjektnett
from tests import factories
from tests.feedback.desk.conftest import SECRET, give, look_after, secretive
from tests.languages import translated
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.domain.feedback import FeedbackAbout
from wagtail_prosjektnett.domain.mail import ContactMailKind
from wagtail_prosjektnett.feedback import moderation
from wagtail_prosjektnett.models import OutboxItem
from wagtail_prosjektnett.pages.feedback_sources import ADMIN, page_of
from wagtail_prosjektnett.records.contact_mail import write_contact_mails

pytestmark = pytest.mark.django_db
OURS = Path(wagtail_prosjektnett.__file__).parent / "templates" / "wagtail_prosjektnett" / "mail"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.org"


def told(feedback, *people):
    """Write a mail to some people, or to one, who look after it, send what is due, and return the mails."""
    people = people or (factories.person("Kontakt", email="kontakt@example.org"),)
    if (page := page_of(FeedbackAbout(feedback.about), feedback.page_key)) is not None:
        look_after(page, *people)
    write_contact_mails(people, ContactMailKind.FEEDBACK, timezone.now(), feedback)
    mail.outbox.clear()
    outbox.send_due()
    return list(mail.outbox)


def texts(message):
    """The mail as text, and as the text of its HTML."""
    return message.body, BeautifulSoup(message.alternatives[0][0], "html.parser").get_text()


def test_it_tells_of_which_article_and_where_to_read_it_and_how_much_waits(article, base):
    give(base), give(factories.article(factories.network("Et annet"), "Annen"))
    feedback = secretive(article)
    [message] = told(feedback)
    assert message.to == ["kontakt@example.org"]
    assert message.subject == "Tilbakemelding fra en leser: Prosjektmandat"
    link = f"https://admin.example.org{reverse(f'{ADMIN}:inspect', args=[feedback.pk])}"
    for text in texts(message):
        for words in ("Prosjektmandat", "Den hjalp.", "Den er brukt.", "kommentar", "2 tilbakemeldinger venter"):
            assert words in text
    links = [each["href"] for each in BeautifulSoup(message.alternatives[0][0], "html.parser").select("a")]
    assert links == [article.full_url, link]
    assert link in message.body
    assert article.full_url in message.body


def test_nothing_that_the_reader_wrote_is_in_it(article):
    [message] = told(secretive(article))
    assert SECRET.lower() not in message.message().as_string().lower()
    assert not message.reply_to
    assert all(SECRET not in text for text in texts(message))
    assert all("adresse for svar" in text for text in texts(message))


def test_it_says_no_more_than_was_said(base):
    [message] = told(give(base, comment="", used=True))
    assert message.subject == "Tilbakemelding fra en leser: Erfaringsbase"
    for text in texts(message):
        assert "erfaringsbasen" in text
        assert not any(words in text for words in ("hjalp", "skrevet en kommentar", "adresse for svar"))


@pytest.mark.parametrize("decide", [moderation.show, moderation.hide])
def test_nobody_is_told_of_what_was_read_already(article, decide):
    feedback = give(article)
    write_contact_mails(
        [factories.person(email="kontakt@example.org")], ContactMailKind.FEEDBACK, timezone.now(), feedback
    )
    decide([feedback])
    outbox.send_due()
    assert mail.outbox == []
    assert OutboxItem.objects.get().state == "not_needed"


def test_a_mail_that_waits_stands_for_what_has_come_since(article, base):
    read, elsewhere = give(article), factories.article(factories.network("Et annet"), "Annen")
    person = factories.person(email="kontakt@example.org")
    look_after(article, person)
    write_contact_mails([person], ContactMailKind.FEEDBACK, timezone.now(), read)
    give(elsewhere, days_ago=9), give(base, days_ago=1), give(article)
    moderation.show([read])
    outbox.send_due()
    [message] = mail.outbox
    assert message.subject == "Tilbakemelding fra en leser: Erfaringsbase"
    assert "2 tilbakemeldinger venter" in message.body


def test_who_looks_after_it_no_more_is_not_told(article):
    old, new = (factories.person(name, email=f"{name}@example.org") for name in ("gammel", "ny"))
    look_after(article, old, new)
    write_contact_mails([old, new], ContactMailKind.FEEDBACK, timezone.now(), give(article))
    look_after(article, new)
    outbox.send_due()
    assert [message.to for message in mail.outbox] == [["ny@example.org"]]
    assert set(OutboxItem.objects.values_list("state", flat=True)) == {"delivered", "not_needed"}


def test_who_stands_there_again_in_another_row_is_told(article):
    person, same = (factories.person("Kontakt", email=address) for address in ("k@example.org", "K@example.org"))
    look_after(article, person)
    write_contact_mails([person], ContactMailKind.FEEDBACK, timezone.now(), give(article))
    look_after(article, same)
    outbox.send_due()
    assert len(mail.outbox) == 1


def test_who_looks_after_the_network_in_one_language_is_told(article, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    person = factories.person("Rettleiar", email="nn@example.org", locale=nynorsk)
    translated(article.network, nynorsk)
    look_after(translated(article, nynorsk), person)
    write_contact_mails([person], ContactMailKind.FEEDBACK, timezone.now(), give(article, language="nn"))
    outbox.send_due()
    assert [message.to for message in mail.outbox] == [["nn@example.org"]]


def test_nobody_is_told_of_an_article_that_was_deleted(article):
    feedback = give(article)
    article.delete()
    assert told(feedback) == []
    assert OutboxItem.objects.get().state == "not_needed"


@pytest.mark.parametrize("role, is_told", [("feedback", True), ("contact", False)])
def test_a_mail_about_an_article_that_was_deleted_stands_for_what_has_come_since(article, base, role, is_told):
    person = factories.person("Kontakt", email="kontakt@example.org")
    look_after(base, person, role=role)
    feedback, _other = give(article), give(base)
    give(factories.article(factories.network("Et annet"), "Annen"))
    article.delete()
    found = told(feedback, person)
    assert len(found) == is_told
    for message in found:
        assert message.subject == "Tilbakemelding fra en leser: Erfaringsbase"
        assert "1 tilbakemelding venter" in message.body


def test_an_article_that_is_not_published_has_no_public_link(article):
    article.unpublish()
    [message] = told(give(article))
    assert article.slug not in message.body
    assert "Prosjektmandat" in message.body


def test_it_is_in_the_language_of_the_person_with_the_article_in_that_language(article, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    translation = translated(article, nynorsk)
    translation.title = "Prosjektmandatet på nynorsk"
    translation.save_revision().publish()
    english = Locale.objects.create(language_code="en")
    people = [
        factories.person("Rettleiar", email="nn@example.org", locale=nynorsk),
        factories.person("Adviser", email="en@example.org", locale=english),
    ]
    give(factories.article(article.get_parent().get_parent(), "Ikke oversatt"))
    first, second = told(give(article, language="nb"), *people)
    assert "2 tilbakemeldingar ventar" in first.body
    assert first.subject == f"Tilbakemelding frå ein lesar: {translation.title}"
    assert first.extra_headers["Content-Language"] == "nn"
    assert second.subject == "Feedback from a reader: Prosjektmandat"
    [heading] = BeautifulSoup(second.alternatives[0][0], "html.parser").select("h1")
    assert heading["lang"] == "nb"


@pytest.mark.parametrize("base_url", ["", None])
def test_without_an_address_of_the_admin_it_is_below_that_of_the_site(article, settings, base_url):
    settings.WAGTAILADMIN_BASE_URL = base_url
    feedback = give(article)
    [message] = told(feedback)
    assert f"http://localhost{reverse(f'{ADMIN}:inspect', args=[feedback.pk])}" in message.body


def test_every_block_of_the_templates_can_be_the_sites_own(article, settings, tmp_path):
    folder = tmp_path / "wagtail_prosjektnett" / "mail"
    folder.mkdir(parents=True)
    blocks = {}
    for ending in ("txt", "html"):
        text = (OURS / f"contact_feedback.{ending}").read_text("utf-8")
        blocks[ending] = set(re.findall(r"{% block (\w+) %}", text))
        own = re.sub(r"({% block (\w+) %})", r"\1[own \2]", text)
        (folder / f"contact_feedback.{ending}").write_text(own, encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    [message] = told(give(article))
    assert blocks["html"] == blocks["txt"] | {"letter"}
    for ending, body in (("txt", message.body), ("html", message.alternatives[0][0])):
        assert set(re.findall(r"\[own (\w+)\]", body)) == blocks[ending]
