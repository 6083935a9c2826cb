"""Who is told by mail that readers have said something, and how often."""

import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from tests import factories
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.domain.feedback import Said
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.feedback import contacts, moderation
from wagtail_prosjektnett.feedback.contacts import feedback_contacts
from wagtail_prosjektnett.feedback.give import give
from wagtail_prosjektnett.models import ContactMail, Feedback, OutboxItem
from wagtail_prosjektnett.pages.models import ExperienceIndexPage, ExperiencePage, NetworkContact

pytestmark = pytest.mark.django_db


def with_contacts(article, **people):
    """Give the network of an article contact people, each by a name with a role and an address."""
    network = article.get_parent().get_parent().specific
    network.contacts = [
        NetworkContact(person=factories.person(name, email=email), role=role) for name, (role, email) in people.items()
    ]
    network.save_revision().publish()


def said(article, at=None):
    """Let a reader say something of an article."""
    return give(ExperiencePage.objects.get(pk=article.pk), Said(helpful=True), at or timezone.now())


def told():
    """The names of those who are told, in the order of their mails."""
    return list(ContactMail.objects.order_by("pk").values_list("person__name", flat=True))


PEOPLE = {
    "those with the role, and nobody else": (
        {"a": ("feedback", "a@example.org"), "b": ("leader", "b@example.org"), "c": ("feedback", "c@example.org")},
        ["a", "c"],
    ),
    "leaders where nobody has the role": ({"a": ("contact", "a@example.org"), "b": ("leader", "b@example.org")}, ["b"]),
    "leaders where those with the role have no address": (
        {"a": ("feedback", ""), "b": ("leader", "b@example.org")},
        ["b"],
    ),
    "each address once": ({"a": ("feedback", "A@example.org"), "b": ("feedback", "a@example.org")}, ["b"]),
    "nobody": ({"a": ("contact", "a@example.org")}, []),
}


@pytest.mark.parametrize("people, expected", PEOPLE.values(), ids=PEOPLE)
def test_who_is_told(article, people, expected):
    with_contacts(article, **people)
    feedback = said(article)
    assert told() == expected == [person.name for person in feedback_contacts(ExperiencePage.objects.get().network)]
    assert set(ContactMail.objects.values_list("feedback", "kind")) <= {(feedback.pk, "feedback")}
    assert Feedback.objects.count() == 1


def test_of_the_experience_base_the_same_people_are_told(article):
    with_contacts(article, a=("feedback", "a@example.org"))
    give(ExperienceIndexPage.objects.get(), Said(comment="Mer"), timezone.now())
    assert told() == ["a"]


def test_a_flood_of_feedback_is_no_flood_of_mail(article):
    with_contacts(article, a=("feedback", "a@example.org"))
    at = timezone.now()
    for _ in range(20):
        said(article, at)
    assert told() == ["a"]
    OutboxItem.objects.update(state=OutboxState.DELIVERED.value, finished_at=at, next_try_at=None)
    said(article, at + timedelta(minutes=10))
    said(article, at + timedelta(minutes=20))
    assert [item.next_try_at for item in OutboxItem.objects.filter(state="waiting")] == [at + timedelta(hours=1)]
    OutboxItem.objects.update(state=OutboxState.DELIVERED.value, finished_at=at + timedelta(hours=1), next_try_at=None)
    later = at + timedelta(hours=2)
    said(article, later)
    assert OutboxItem.objects.get(state="waiting").next_try_at == later


def test_one_address_is_one_person_in_whatever_language_it_stands(article):
    """A person who was translated stands in another row with the network in that language."""
    with_contacts(article, a=("feedback", "a@example.org"))
    said(article)
    with_contacts(article, b=("feedback", "A@example.org"))
    said(article)
    assert told() == ["a"]


def test_what_is_said_while_a_mail_is_on_its_way_is_told_an_hour_later(article):
    """It may have been written before that was said, and nobody would know of it."""
    with_contacts(article, a=("feedback", "a@example.org"))
    said(article)
    outbox.take(OutboxItem.objects.get().pk)
    at = timezone.now()
    for _ in range(2):
        said(article, at)
    assert told() == ["a", "a"]
    assert [item.next_try_at for item in OutboxItem.objects.filter(lease_until=None)] == [at + timedelta(hours=1)]


def test_what_waits_about_one_network_keeps_nothing_back_of_another(article):
    with_contacts(article, a=("feedback", "a@example.org"))
    other = factories.article(factories.network("Annet nettverk"))
    network = other.get_parent().get_parent().specific
    network.contacts = [NetworkContact(person=ContactMail.person.field.related_model.objects.get(), role="feedback")]
    network.save_revision().publish()
    said(article)
    said(other)
    assert told() == ["a", "a"]


def test_a_network_within_a_network_keeps_nothing_back_of_it_and_is_not_counted_there(article):
    with_contacts(article, a=("feedback", "a@example.org"))
    outer = article.get_parent().get_parent().specific
    inner = factories.article(factories.network("Indre", parent=outer), "Indre artikkel")
    network = inner.get_parent().get_parent().specific
    network.contacts = [NetworkContact(person=row.person, role="feedback") for row in outer.contacts.all()]
    network.save_revision().publish()
    said(inner)
    read = said(article)
    assert told() == ["a", "a"]
    moderation.hide([read])
    outbox.send_due()
    assert [message.subject for message in mail.outbox] == ["Tilbakemelding fra en leser: Indre artikkel"]
    assert set(OutboxItem.objects.values_list("state", flat=True)) == {"delivered", "not_needed"}


def test_of_an_alias_those_are_told_who_look_after_its_article_and_not_more_often(article):
    with_contacts(article, a=("feedback", "a@example.org"))
    other = factories.article(factories.network("Annet nettverk"), "Annen")
    with_contacts(other, b=("feedback", "b@example.org"))
    alias = article.create_alias(parent=other.get_parent(), update_slug="alias")
    said(alias), said(alias.create_alias(update_slug="again")), said(article)
    assert told() == ["a"]


def test_what_is_not_kept_is_not_told(article):
    from wagtail_prosjektnett.domain.feedback import FeedbackRefused

    with_contacts(article, a=("feedback", "a@example.org"))
    network = article.get_parent().get_parent().specific
    network.closed_from = timezone.localdate()
    network.save_revision().publish()
    with pytest.raises(FeedbackRefused):
        said(article)
    assert not told()
    assert not Feedback.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share no database in memory")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_flood_that_comes_all_at_once_is_no_flood_of_mail(article, monkeypatch):
    with_contacts(article, a=("feedback", "a@example.org"))
    look = contacts._mails

    def look_long(*arguments):
        found = look(*arguments)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(contacts, "_mails", look_long)

    def say():
        said(article)
        connection.close()

    readers = [threading.Thread(target=say) for _ in range(3)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert Feedback.objects.count() == 3
    assert told() == ["a"]
