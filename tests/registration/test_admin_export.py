"""Registrations as a spreadsheet: what is in it, and that nothing in it is taken for a formula or a number."""

import io
import re
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from tests import factories
from tests.registration.conftest import make_gathering, participant, pool_of, sign_up
from tests.registration.spreadsheets import records_of, rows_of
from wagtail_prosjektnett.admin.spreadsheets import for_csv, for_xlsx
from wagtail_prosjektnett.domain.registration import Needs
from wagtail_prosjektnett.models import Registration

INDEX = "prosjektnett_registrations:index"
KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx"])
#: What a spreadsheet would run, or change without a word.
FORMULAS = [
    "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "\u00a0=1+1", "\n=1", "＝1+1", "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://example.org")',
]  # fmt: skip


def export(client, kind, **query):
    """Take the list out as one kind of file."""
    return client.get(reverse(INDEX), {"export": kind, **query})


@KINDS
def test_each_registration_is_a_row_with_its_answers_in_columns(editor, gathering, kind):
    question = gathering.questions.model.objects.create(page=gathering, label="Parkering?", kind="yes_no")
    answers = {str(question.uid): True, "00000000-0000-4000-8000-000000000000": "Gammelt svar"}
    alta = factories.municipality("Alta")
    sign_up(gathering, participant(name="Åse Ærlig 🎈", answers=answers, organisation=alta.pk, role="Leder"))
    sign_up(gathering, participant(name="Bård"), name="Vest")
    rows = {row["Navn"]: row for row in records_of(export(editor, kind), kind)}
    first = rows["Åse Ærlig 🎈"]
    assert (first["Parkering?"], first["Organisasjon"], first["Rolle"]) == ("Ja", "Alta", "Leder")
    assert (first["Samling"], "Kirkenes" in first["Tid og sted"]) == ("Samling", True)
    assert first["Et spørsmål som er slettet"] == "Gammelt svar"
    assert not rows["Bård"]["Parkering?"]


@KINDS
def test_the_file_holds_what_the_list_was_narrowed_down_to(editor, gathering, kind):
    sign_up(gathering, participant(name="Anne")), sign_up(gathering, participant(name="Bård"), name="Vest")
    records = records_of(export(editor, kind, place=pool_of(gathering).uid), kind)
    assert [record["Navn"] for record in records] == ["Anne"]
    assert len(rows_of(export(editor, kind, place="x"), kind)) == 1, "an unknown place holds nobody"


@KINDS
def test_needs_are_in_the_file_only_when_they_are_asked_for_and_that_is_in_the_history(editor, gathering, kind):
    sign_up(gathering, participant(name="Anne", needs=Needs("Vegetar", "Teleslynge")))
    assert "Vegetar" not in str(rows_of(export(editor, kind), kind))
    [record] = records_of(export(editor, kind, needs="1"), kind)
    assert {"Vegetar", "Teleslynge"} <= set(record.values())
    entries = PageLogEntry.objects.filter(page=gathering, action="wagtail_prosjektnett.registration_exported")
    assert [entry.data["needs"] for entry in entries.order_by("pk")] == [False, True]
    html = editor.get(reverse(INDEX)).content.decode()
    assert "needs=1" in html


@KINDS
def test_nothing_that_somebody_wrote_is_a_formula(editor, gathering, kind):
    gathering.questions.model.objects.create(page=gathering, label="=1+1", kind="text")
    question = gathering.questions.get()
    for text in FORMULAS:
        said = {"role": text, "comment": text, "organisation_name": text, "answers": {str(question.uid): text}}
        sign_up(gathering, participant(name=text, **said), name="Vest")
    for row in rows_of(export(editor, kind), kind):
        for cell in row:
            assert not str(cell or "").strip().startswith(("=", "+", "-", "@", "＝")), cell
            assert not str(cell or "").startswith(("\t", "\r", "\n")), cell


#: A new cell begins within each, for a program that separates by semicolons or tabs, as a Norwegian Excel does.
SEPARATED = ["a;=1+1", "a\t=1+1", "a\r\n=1+1;b", "a\n;=1+1", "a; =1+1", 'a;"=1+1', "a;＝1+1", "=1;=2", "a;;-1"]


@pytest.mark.parametrize("text", SEPARATED)
def test_no_formula_begins_where_another_program_separates_the_cells(editor, gathering, text):
    sign_up(gathering, participant(name="Anne", comment=text))
    written = b"".join(export(editor, "csv").streaming_content).decode("utf-8-sig")
    for cell in re.split(r"[;\t\r\n]", written):
        assert not cell.lstrip(' "').startswith(("=", "+", "-", "@", "＝")), written
    assert for_xlsx(f"b{text}") == f"b{text}", "a cell of a workbook ends where it says"


@pytest.mark.parametrize("text", ["a = b", "Ja - nei", "post@example.org; annen@example.org", "én;\nto", "20 - 30"])
def test_what_begins_no_cell_stays_as_it_was_written(text):
    assert for_csv(text) == text


def test_no_cell_of_the_workbook_is_a_formula(editor, gathering):
    sign_up(gathering, participant(name="=1+1"))
    content = b"".join(export(editor, "xlsx").streaming_content)
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert "f" not in {cell.data_type for row in workbook.active for cell in row}


@given(st.text(max_size=30))
@example("\x00=1")
def test_whatever_is_written_is_no_formula(text):
    for changed in (for_csv(text), for_xlsx(text)):
        seen = changed.lstrip()
        assert not seen.startswith(("=", "+", "-", "@"))
        assert text.lstrip() in changed.replace("'", "") or "'" in text or changed == for_xlsx(text)


@pytest.mark.parametrize("number", ["0301", "12345678901234567", "00", " 0301"])
def test_a_number_stays_as_it_was_written(number):
    assert for_csv(number) == f"'{number}"
    assert for_xlsx(number) == number, "a cell of a workbook says that it is text"


@pytest.mark.parametrize("text", ["Anne", "12345678", "Alta", "", "3"])
def test_plain_texts_are_left_alone(text):
    assert for_csv(text) == for_xlsx(text) == text


def test_a_control_character_breaks_no_workbook(editor, gathering):
    sign_up(gathering, participant(name="Anne"))
    Registration.objects.update(comment="a\x0bb\x1fc")
    assert records_of(export(editor, "xlsx"), "xlsx")[0]["Kommentar"] == "abc"


def test_a_program_knows_that_the_file_is_unicode(editor, gathering):
    sign_up(gathering, participant(name="Åse"))
    content = b"".join(export(editor, "csv").streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")


def test_files_of_several_gatherings_have_the_questions_of_all(editor, gathering):
    other = make_gathering(gathering.get_parent().get_parent(), "Annen samling")
    for page, label in ((gathering, "Buss?"), (other, "Tog?")):
        question = page.questions.model.objects.create(page=page, label=label, kind="yes_no")
        sign_up(page, participant(name=label, answers={str(question.uid): False}))
    records = {record["Navn"]: record for record in records_of(export(editor, "csv"), "csv")}
    assert (records["Buss?"]["Buss?"], records["Buss?"]["Tog?"], records["Tog?"]["Tog?"]) == ("Nei", "", "Nei")


def test_the_links_of_the_edited_page_lead_to_the_file(editor, gathering):
    sign_up(gathering, participant(name="Anne"))
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[gathering.pk])).content.decode()
    link = f"{reverse(INDEX)}?place={pool_of(gathering).uid}&amp;export=xlsx"
    assert link in html
    answer = editor.get(reverse(INDEX) + "?" + urlsplit(link.replace("&amp;", "&")).query)
    assert records_of(answer, "xlsx")[0]["Navn"] == "Anne"
