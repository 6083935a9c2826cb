"""What a site's scheduler runs every minute."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from wagtail_prosjektnett.management.commands import publish_due_changes
from wagtail_prosjektnett.models import Feedback


def fails(at):
    raise ValueError("a mistake")


def test_what_fails_keeps_nothing_else_waiting_and_is_told_at_the_end(db, monkeypatch, caplog):
    done = []
    monkeypatch.setattr(publish_due_changes, "BEFORE_SENDING", (fails, done.append))
    monkeypatch.setattr(publish_due_changes, "AFTER_SENDING", (done.append, fails))
    with pytest.raises(CommandError, match=r"\b2 \w+ 6\b"):
        call_command("publish_due_changes", verbosity=0)
    assert len(done) == 2
    assert all(at.tzinfo for at in done)
    assert caplog.text.count("ValueError: a mistake") == 2


def lose_the_database(at):
    Feedback.objects.count()
    connection.connection.close()
    Feedback.objects.count()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory is gone with its connection")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_that_comes_back_is_there_for_what_is_done_next(monkeypatch):
    found = []
    monkeypatch.setattr(
        publish_due_changes, "BEFORE_SENDING", (lose_the_database, lambda at: found.append(Feedback.objects.count()))
    )
    with pytest.raises(CommandError, match=r"\b1 \w+ 6\b"):
        call_command("publish_due_changes", verbosity=0)
    assert found == [0]


def test_where_nothing_fails_nothing_is_told(db, caplog):
    call_command("publish_due_changes", verbosity=0)
    assert caplog.text == ""
