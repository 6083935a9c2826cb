"""Municipalities from Statistics Norway: what becomes of them, and what an editor's work is safe from."""

import shutil
import tempfile
import uuid
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.log_actions import registry as log_registry

from tests import factories
from tests.klass.files import as_csv, as_json, load, row, stored, write
from wagtail_prosjektnett.content.load import load_network
from wagtail_prosjektnett.domain.numbers import is_municipality_number
from wagtail_prosjektnett.models import Organisation, OrganisationName

pytestmark = pytest.mark.django_db

#: From 2024-01-01, as Statistics Norway has them.
FINNMARK = {
    "5601": "Alta",
    "5603": "Hammerfest – Hámmerfeasta",
    "5605": "Sør-Varanger",
    "5607": "Vadsø",
    "5610": "Kárášjohka – Karasjok",
    "5612": "Guovdageaidnu – Kautokeino",
    "5614": "Loppa",
    "5616": "Hasvik",
    "5618": "Måsøy",
    "5620": "Nordkapp",
    "5622": "Porsanger – Porsáŋgu – Porsanki",
    "5624": "Lebesby",
    "5626": "Gamvik",
    "5628": "Deatnu – Tana",
    "5630": "Berlevåg",
    "5632": "Båtsfjord",
    "5634": "Vardø",
    "5636": "Unjárga – Nesseby",
}
CONTENT = Path(__file__).parent.parent / "content" / "files"
PORSANGER = "Porsanger - Porsáŋgu - Porsanki"
PORSANGER_NAMES = [("Porsanger", "nb"), ("Porsáŋgu", "se"), ("Porsanki", "fkv")]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def names(organisation):
    return list(Organisation.objects.get(pk=organisation.pk).parallel_names.values_list("name", "language"))


def periods(number):
    found = Organisation.objects.filter(municipality_number=number).order_by("valid_from")
    return [(each.name, each.valid_from, each.valid_to) for each in found]


def test_finnmark_comes_with_the_package():
    assert "Loaded municipalities: 18 new, 0 changed, 0 as before." in load("--finnmark")
    loaded = {each.municipality_number: each for each in Organisation.objects.all()}
    assert {number: each.name for number, each in loaded.items()} == FINNMARK
    assert all(is_municipality_number(number) for number in loaded)
    for organisation in loaded.values():
        organisation.full_clean()
        assert (organisation.kind, organisation.valid_from) == ("municipality", date(2024, 1, 1))
        assert organisation.valid_to is None


def test_every_parallel_name_of_finnmark_has_its_language():
    load("--finnmark")
    for organisation in Organisation.objects.filter(name__contains=" – "):
        assert " – ".join(name for name, _language in names(organisation)) == organisation.name
    assert names(Organisation.objects.get(municipality_number="5622")) == PORSANGER_NAMES
    assert names(Organisation.objects.get(municipality_number="5628")) == [("Deatnu", "se"), ("Tana", "nb")]
    assert not names(Organisation.objects.get(municipality_number="5605"))


def test_loading_again_changes_nothing_and_says_so():
    load("--finnmark")
    before = stored()
    assert "All 18 municipalities are as in the file already. Nothing was changed." in load("--finnmark")
    assert stored() == before


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(tmp_path):
    factories.municipality("Ålta", municipality_number="5601", valid_from=date(2024, 1, 1))
    before = stored()
    said = load(write(tmp_path, as_csv([row(), row("5607", "Vadsø")])), dry_run=True)
    assert "Changed: 5601 Alta" in said
    assert "New: 5607 Vadsø" in said
    assert "Would load municipalities: 1 new, 1 changed, 0 as before. Nothing was changed." in said
    assert stored() == before


def test_the_last_day_is_the_day_before_the_end_that_klass_gives(tmp_path):
    load(write(tmp_path, as_csv([row("5401", "Tromsø", "2020-01-01", "2024-01-01")])))
    assert periods("5401") == [("Tromsø", date(2020, 1, 1), date(2023, 12, 31))]


def test_a_number_with_another_first_day_is_another_organisation(tmp_path):
    rows = [
        row("1852", "Tjeldsund", "2008-01-01", "2018-01-01"),
        row("1852", "Tjeldsund - Dielddanuorri", "2018-01-01"),
    ]
    load(write(tmp_path, as_csv(rows[:1])))
    load(write(tmp_path, as_csv(rows)))
    assert periods("1852") == [
        ("Tjeldsund", date(2008, 1, 1), date(2017, 12, 31)),
        ("Tjeldsund – Dielddanuorri", date(2018, 1, 1), None),
    ]


def test_numbers_that_mean_two_municipalities_on_one_day_are_told(tmp_path):
    load(write(tmp_path, as_csv([row("5601", "Alta", "2020-01-01")])))
    assert "municipality number 5601 on the same day" in load(write(tmp_path, as_csv([row()])))
    assert len(periods("5601")) == 2


def test_an_organisation_without_a_first_day_gets_it_from_the_latest_code(tmp_path):
    entered = factories.municipality("Alta", municipality_number="5601")
    rows = [row("5601", "Alta", "2024-01-01"), row("5601", "Gamle Alta", "2010-01-01", "2012-01-01")]
    load(write(tmp_path, as_csv(rows)))
    entered.refresh_from_db()
    assert (entered.name, entered.valid_from) == ("Alta", date(2024, 1, 1))
    assert len(periods("5601")) == 2


def test_a_code_without_days_is_the_organisation_with_its_number(tmp_path):
    load("--finnmark")
    before = stored()
    assert "1 municipality is as in the file already" in load(write(tmp_path, as_csv([row(valid_from="")])))
    assert stored() == before


def test_days_in_the_range_that_was_asked_for_do_not_shorten_what_is_known(tmp_path):
    ranged = {"validFromInRequestedRange": "2025-01-01", "validToInRequestedRange": "2027-01-01"}
    load("--finnmark")
    load(write(tmp_path, as_json([row(valid_from="", **ranged)])))
    assert periods("5601") == [("Alta", date(2024, 1, 1), date(2026, 12, 31))]


def test_an_earlier_first_day_in_a_wider_range_is_taken(tmp_path):
    for first in ("2020-01-01", "1900-01-01"):
        rows = [row("0301", "Oslo", "", validFromInRequestedRange=first, validToInRequestedRange="")]
        load(write(tmp_path, as_json(rows)))
    assert periods("0301") == [("Oslo", date(1900, 1, 1), None)]


def test_days_of_the_code_itself_go_before_those_in_the_range(tmp_path):
    ranged = {"validFromInRequestedRange": "2025-01-01", "validToInRequestedRange": "2027-01-01"}
    load(write(tmp_path, as_json([row(**ranged)])))
    assert periods("5601") == [("Alta", date(2024, 1, 1), None)]


def test_a_code_that_may_mean_several_organisations_changes_nothing(tmp_path):
    for year in (2008, 2018):
        factories.municipality("Alta", municipality_number="5601", valid_from=date(year, 1, 1))
    before = stored()
    with pytest.raises(CommandError, match="number 5601, and it cannot be told which"):
        load(write(tmp_path, as_csv([row("5607", "Vadsø"), row(valid_from="")])))
    assert stored() == before


def test_what_an_editor_has_added_stays(tmp_path):
    porsanger = factories.municipality(
        "Porsanger – Porsáŋgu – Porsanki",
        municipality_number="5622",
        organisation_number="974760673",
        website="https://example.org/",
        valid_to=date(2030, 12, 31),
    )
    porsanger.parallel_names = [OrganisationName(name="Porsanger", language="nn")]
    porsanger.save()
    load("--finnmark")
    porsanger.refresh_from_db()
    assert (porsanger.organisation_number, porsanger.website) == ("974760673", "https://example.org/")
    assert (porsanger.valid_from, porsanger.valid_to) == (date(2024, 1, 1), date(2030, 12, 31))
    assert names(porsanger) == [("Porsanger", "nn")]


def test_a_new_name_takes_its_parallel_names_along(tmp_path):
    load(write(tmp_path, as_csv([row("5622", PORSANGER)])))
    porsanger = Organisation.objects.get()
    assert names(porsanger) == PORSANGER_NAMES
    load(write(tmp_path, as_csv([row("5622", "Porsanger - Noe ukjent")])))
    porsanger.refresh_from_db()
    assert (porsanger.name, names(porsanger)) == ("Porsanger – Noe ukjent", [])


def test_names_that_an_editor_gave_a_language_stay_with_a_name_of_those_parts(tmp_path):
    own = factories.municipality("Kåfjord", municipality_number="5540", valid_from=date(2024, 1, 1))
    given_names = [("Kåfjord", "nb"), ("Gáivuotna", "se"), ("Kaivuono", "fkv")]
    own.parallel_names = [OrganisationName(name=name, language=language) for name, language in given_names]
    own.save()
    load(write(tmp_path, as_csv([row("5540", "Gáivuotna - Kåfjord - Kaivuono")])))
    own.refresh_from_db()
    assert (own.name, names(own)) == ("Gáivuotna – Kåfjord – Kaivuono", given_names)


def test_names_whose_language_is_not_known_are_not_guessed(tmp_path):
    load(write(tmp_path, as_csv([row("5540", "Gáivuotna - Kåfjord - Kaivuono")])))
    kafjord = Organisation.objects.get()
    assert (kafjord.name, names(kafjord)) == ("Gáivuotna – Kåfjord – Kaivuono", [])


def test_a_content_file_finds_a_loaded_municipality(tmp_path):
    load("--finnmark")
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    file = folder / "network.yaml"
    number = "    municipality_number: 5610\n"
    text = file.read_text(encoding="utf-8").replace(number, f"    uid: {uuid.uuid4()}\n{number}")
    file.write_text(text, encoding="utf-8")
    load_network(file, factories.site_root(), today=date(2026, 11, 23))
    assert Organisation.objects.filter(municipality_number="5610").count() == 1


def test_a_municipality_of_a_content_file_is_loaded_into():
    load_network(CONTENT / "network.yaml", factories.site_root(), today=date(2026, 11, 23))
    load("--finnmark")
    assert periods("5610") == [("Kárášjohka – Karasjok", date(2024, 1, 1), None)]


def test_each_change_is_in_the_log(tmp_path):
    for name in ("Alta", "Alta", "Áltá"):
        load(write(tmp_path, as_csv([row(name=name)])))
    logs = log_registry.get_logs_for_instance(Organisation.objects.get())
    assert sorted(logs.values_list("action", flat=True)) == ["wagtail.create", "wagtail.edit"]


parts = st.text(st.sampled_from("aåæøáŋšABC-– "), min_size=1, max_size=8).filter(lambda text: text.strip())
days = st.none() | st.dates(date(1850, 1, 1), date(2100, 1, 1))


@st.composite
def klass_files(draw):
    """Rows of a file from Klass that nothing is wrong with: one or two periods for each number."""
    rows = []
    for number in draw(st.sets(st.integers(100, 9998), min_size=1, max_size=4)):
        turns = sorted(draw(st.sets(st.dates(date(1850, 1, 1), date(2100, 1, 1)), max_size=3)))
        edges = [day.isoformat() for day in turns] or [""]
        in_range = draw(st.booleans())
        columns = ("validFromInRequestedRange", "validToInRequestedRange") if in_range else ("validFrom", "validTo")
        for first, after in zip(edges, [*edges[1:], ""], strict=True):
            name = " - ".join(draw(st.lists(parts | st.sampled_from(["Deatnu", "Tana"]), min_size=1, max_size=3)))
            rows.append({"code": f"{number:04}", "level": "1", "name": name, columns[0]: first, columns[1]: after})
    return rows


class AnyFile(TestCase):
    """Each example in a transaction of its own."""

    @settings(max_examples=30, deadline=None)
    @given(klass_files(), st.booleans())
    def test_loading_any_file_twice_changes_nothing(self, rows, is_json):
        with tempfile.TemporaryDirectory() as folder:
            columns = sorted({name for each in rows for name in each})
            file = write(Path(folder), as_json(rows) if is_json else as_csv(rows, columns=columns))
            load(file)
            before = stored()
            assert "Nothing was changed." in load(file) or not before
            assert stored() == before
