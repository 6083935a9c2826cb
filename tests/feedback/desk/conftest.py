"""An article that readers have said something of, and an editor who reads it."""

import itertools
from datetime import datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from tests import factories
from tests.registration.people import log_in
from wagtail_prosjektnett.domain.feedback import FeedbackAbout
from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.models import Feedback

NOW = datetime.fromisoformat("2026-11-23T12:00:00+01:00")
SECRET = "Hemmelig"


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def article(db):
    """A published article in the experience base of a network."""
    return factories.article(factories.network(), "Prosjektmandat")


@pytest.fixture
def base(article):
    """The experience base that the article stands in."""
    return article.get_parent().specific


@pytest.fixture
def editor(client, django_user_model, article):
    """A client that is logged in as an editor who may edit pages of the article's network alone."""
    network = article.get_parent().get_parent()
    client.user = log_in(client, django_user_model.objects, "editor", network, network)
    return client


def look_after(page, *people, role="feedback"):
    """Name people, and nobody else, to be told of feedback in the network of a page."""
    network = type(page).objects.get(pk=page.pk).network
    network.contacts = [network.contacts.model(person=person, role=role) for person in people]
    network.save_revision().publish()


numbers = itertools.count(1)


def give(page, *, days_ago=0, **fields):
    """Feedback on a page, given some days ago."""
    about = FeedbackAbout.ARTICLE if page.role == "experience" else FeedbackAbout.BASE
    fields = {"comment": f"Kommentar {next(numbers)}", "language": "nb", **fields}
    return Feedback.objects.create(
        about=about.value,
        page_key=page.translation_key,
        address=normalised(fields.get("email", "")),
        created_at=timezone.now() - timedelta(days=days_ago),
        **fields,
    )


def secretive(page, **fields):
    """Feedback with a secret in every field that there is."""
    said = {"name": f"{SECRET} navn", "email": f"{SECRET}@example.org", "comment": f"{SECRET} kommentar"}
    return give(page, **{**said, "helpful": True, "used": True, **fields})


def now(feedback):
    """Feedback as it is now."""
    return Feedback.objects.get(pk=feedback.pk)


def asked(answer):
    """What a browser sends that says yes to a question."""
    fields = BeautifulSoup(answer.content, "html.parser").select("main form[method=POST i] input[type=hidden]")
    return {field["name"]: field.get("value", "") for field in fields}
