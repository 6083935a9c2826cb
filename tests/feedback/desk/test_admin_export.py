"""Feedback as a spreadsheet: what is in it, that nothing in it is taken for a formula, and that it is written down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from tests import factories
from tests.feedback.desk.conftest import give, secretive
from tests.registration.spreadsheets import records_of, rows_of
from tests.registration.test_admin_export import FORMULAS, KINDS
from wagtail_prosjektnett.feedback.audit import FeedbackAction
from wagtail_prosjektnett.pages.feedback_sources import ADMIN
from wagtail_prosjektnett.pages.models import ExperiencePage

pytestmark = pytest.mark.django_db


def export(client, kind, **query):
    """Take the list out as one kind of file."""
    return client.get(reverse(f"{ADMIN}:index"), {"export": kind, **query})


@KINDS
def test_each_reader_is_a_row(editor, article, kind):
    secretive(article, municipality=factories.municipality("Alta"), reply="Takk", state="shown")
    [record] = records_of(export(editor, kind), kind)
    assert (record["Nettverk"], record["Side"], record["Tilstand"]) == ("Testnettverket", "Prosjektmandat", "Vises")
    assert (record["Nyttig"], record["Brukt"], record["Kommune"]) == ("Ja", "Ja", "Alta")
    assert (record["Kommentar"], record["Svar"]) == ("Hemmelig kommentar", "Takk")
    assert (record["Navn"], record["E-post"]) == ("Hemmelig navn", "Hemmelig@example.org")


@KINDS
def test_the_file_holds_what_the_list_was_narrowed_down_to_and_the_history_says_who_has_it(editor, article, base, kind):
    first, _second = give(article, comment="En"), give(base, comment="To")
    records = records_of(export(editor, kind, page=article.translation_key), kind)
    assert [record["Kommentar"] for record in records] == ["En"]
    [entry] = PageLogEntry.objects.filter(action=FeedbackAction.EXPORTED.value)
    assert (entry.page_id, entry.user, entry.data) == (article.pk, editor.user, {"feedback": [first.pk]})
    assert len(rows_of(export(editor, kind, page="x"), kind)) == 1, "an unknown page has no feedback"


def test_how_often_articles_are_looked_up_does_not_depend_on_how_many_are_in_the_file(editor, article, base):
    """What Wagtail asks for each entry of the history is Wagtail's."""

    def looked_up():
        with CaptureQueriesContext(connection) as asked:
            assert export(editor, "csv").status_code == 200
        return [query["sql"] for query in asked if ExperiencePage._meta.db_table in query["sql"]]

    give(article), give(base)
    export(editor, "csv")
    few = looked_up()
    for number in range(8):
        give(factories.article(article.network, f"Artikkel {number}"))
    assert len(looked_up()) == len(few)
    assert PageLogEntry.objects.filter(action=FeedbackAction.EXPORTED.value).count() == 2 + 2 + 10


@KINDS
def test_nothing_that_somebody_wrote_is_a_formula(editor, article, kind):
    named = factories.municipality("=1+1")
    article.title = "=1+1"
    article.save()
    for text in FORMULAS:
        give(article, comment=text, name=text, reply=text, municipality=named)
    for row in rows_of(export(editor, kind), kind):
        for cell in row:
            assert not str(cell or "").strip().startswith(("=", "+", "-", "@", "＝")), cell
            assert not str(cell or "").startswith(("\t", "\r", "\n")), cell
