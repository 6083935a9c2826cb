"""Files from Klass, in every form that it gives them and spoiled in every way: what is told, and what is written."""

import json

import pytest
from django.core.management import CommandError
from django.utils.translation import override

from tests.klass.files import as_csv, as_json, load, row, stored, write
from wagtail_prosjektnett.klass.source import MOST_BYTES
from wagtail_prosjektnett.models import Organisation

pytestmark = pytest.mark.django_db

ALTA_AND_MASOY = [row(), row("5618", "Måsøy")]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def refuse(file):
    """Load a file that must be refused; return the message."""
    before = stored()
    with pytest.raises(CommandError) as caught:
        load(file)
    assert stored() == before
    assert "nothing was changed." in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "utf-16"])
def test_csv_is_read_in_every_usual_form(tmp_path, delimiter, encoding):
    load(write(tmp_path, as_csv(ALTA_AND_MASOY, delimiter).encode(encoding)))
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Alta", "Måsøy"}


@pytest.mark.parametrize("key", ["codes", "classificationItems"])
def test_json_is_read_with_codes_and_with_a_version(tmp_path, key):
    load(write(tmp_path, as_json(ALTA_AND_MASOY, key)))
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Alta", "Måsøy"}


def test_letters_written_in_two_ways_are_the_same_name(tmp_path):
    load(write(tmp_path, as_csv([row("5618", "Ma\u030asøy")])))
    assert Organisation.objects.get().name == "Måsøy"


def test_lines_may_end_as_on_any_machine_and_be_empty(tmp_path):
    lines = "\r\n" + as_csv(ALTA_AND_MASOY).replace("\r\n", "\r\n\r\n")
    assert "Loaded municipalities: 2 new" in load(write(tmp_path, lines))
    assert "All 2 municipalities" in load(write(tmp_path, as_csv(ALTA_AND_MASOY).replace("\r\n", "\r")))


def test_what_is_no_municipality_is_left_out_and_told(tmp_path):
    rows = [
        row(),
        row("9999", "Uoppgitt"),
        row("56", "Finnmark", level="0"),
        row("0101", "Byen", "1838-01-01", "1890-01-01"),
    ]
    said = load(write(tmp_path, as_csv(rows)))
    assert "Left out: “9999 Uoppgitt” is no municipality." in said
    assert "Left out: “56 Finnmark” is on another level than municipalities." in said
    assert "Left out: “0101 Byen” was not in use after 1899." in said
    assert [each.name for each in Organisation.objects.all()] == ["Alta"]


def test_a_first_day_before_the_years_that_we_count_is_left_empty(tmp_path):
    load(write(tmp_path, as_csv([row("0301", "Oslo", "1838-01-01")])))
    oslo = Organisation.objects.get()
    oslo.full_clean()
    assert oslo.valid_from is None


def test_a_year_that_klass_writes_for_no_end_is_no_end(tmp_path):
    load(write(tmp_path, as_csv([row(valid_to="+999999999-12-31")])))
    assert Organisation.objects.get().valid_to is None


def test_every_problem_is_told_with_its_line(tmp_path):
    rows = [
        row("5601", "Alta"),
        row("301", "Oslo"),
        row("56011", "Alta"),
        row("5603", ""),
        row("5605", "Sør\nVaranger"),
        row("5607", "Vads\0ø"),
        row("5610", "Kár?šjohka"),
        row("5612", "x" * 300),
        row("5614", "Loppa", "01.01.2024"),
        row("5616", "Hasvik", "2024-01-01", "2024-01-01"),
        row("5618", "Måsøy", "2024-01-01", "9998-01-01"),
        row("5601", "Alta", "2025-01-01"),
    ]
    file = write(tmp_path, as_csv(rows))
    told = refuse(file).splitlines()
    expected = [
        (3, "rows[1].code: “301” has lost the zero it begins with"),
        (4, "rows[2].code: “56011” is not a municipality number."),
        (5, "rows[3].name: The name is missing."),
        (6, "rows[4].name: The name has a line break"),
        (8, "rows[5].name: The name has a line break or an invisible character"),
        (9, "rows[6].name: “Kár?šjohka” has lost a letter"),
        (10, "rows[7].name: The name is longer than 255 characters."),
        (11, "rows[8].validFrom: “01.01.2024” is not a day. Write it as 2024-01-01."),
        (12, "rows[9].validTo: The code ends (2024-01-01) before it starts (2024-01-01)."),
        (13, "rows[10].validTo: Check the year"),
        (14, "rows[11].code: “5601” is given for the same days at line 2. Keep one of them."),
    ]
    assert len(told) == len(expected) + 1
    for line, (number, message) in zip(told, expected, strict=False):
        assert line.startswith(f"{file}:{number}: {message}"), line
    assert told[-1] == "11 problems; nothing was changed."


def test_problems_in_json_are_told_with_their_place_in_the_list(tmp_path):
    text = as_json([row(), row("5601", "Alta"), row("12", "Alta"), row("5603", "\ud800")])
    told = refuse(write(tmp_path, text))
    assert "codes[1].code: “5601” is given for the same days at codes[0]." in told
    assert "codes[2].code: “12” is not a municipality number." in told
    assert "codes[3].name: The name has a line break or an invisible character" in told


@pytest.mark.parametrize(
    "content, message",
    [
        ("", "The file is empty."),
        ("\ufeff \r\n", "The file is empty."),
        ("<!doctype html><html><title>502</title>", "The file is a web page or XML."),
        ('<?xml version="1.0"?><codeList/>', "The file is a web page or XML."),
        ("Classification not found with id = 99999", "These columns are missing: code, level, name."),
        (as_csv([]), "There are no codes in the file."),
        (as_csv([row()], columns=["code", "validFrom"]), "These columns are missing: level, name."),
        ('"code";"level";"name";"name"\n"5601";"1";"Alta";"Alta"', "These columns are in the file twice: name."),
        ('"code";"level";"name"\n"5601";"1"', "The line has 2 columns, and the first line has 3."),
        ('"code";"level";"name"\n"5601";"1";"Alta', "The file is not valid CSV:"),
        (as_csv([row(level="2")]), "There are no municipalities in the file. Fetch classification 131"),
        (as_csv([row("56", "Finnmark")]), "“56” is not a municipality number."),
        (b'"code";"level";"name"\n"5601";"1";"Alt\x81"', "The file is not text in UTF-8 or ISO-8859-1."),
        (as_csv([row(name="MÃ¥sÃ¸y")]), "has lost a letter on the way"),
        ("{", "The file is not valid JSON:"),
        ("[" * 100_000, "The file is nested too deeply."),
        ('{"error": "not found"}', "The JSON has no list called “codes” or “classificationItems”."),
        ("[]", "The JSON has no list called “codes” or “classificationItems”."),
        ('{"codes": []}', "There are no codes in the file."),
        ('{"codes": ["5601"]}', "codes[0]: A code must be an object"),
        ('{"codes": [{"code": "5601", "name": "Alta"}]}', "codes[0]: “level” is missing."),
        (json.dumps({"codes": [row(name=5)]}), "codes[0].name: The name is missing."),
    ],
)
def test_a_file_that_cannot_be_loaded_is_refused_with_what_to_do(tmp_path, content, message):
    assert message in refuse(write(tmp_path, content))


def test_a_huge_file_is_refused(tmp_path):
    assert "larger than 20 megabytes" in refuse(write(tmp_path, b"x" * (MOST_BYTES + 1)))


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path):
    assert "The file cannot be read" in refuse(tmp_path / "missing.csv")
    assert "The file cannot be read" in refuse(tmp_path)


def test_the_command_takes_a_file_or_finnmark_and_not_both(tmp_path):
    for arguments in ([], [write(tmp_path, as_csv([row()])), "--finnmark"]):
        with pytest.raises(CommandError):
            load(*arguments)


def test_what_is_left_out_is_told_without_what_a_terminal_would_obey(tmp_path):
    said = load(write(tmp_path, as_json([row(), row("56\x1b[2J", "Finn\nmark", level="0")])))
    assert "Left out: “56�[2J Finn mark” is on another level" in said
