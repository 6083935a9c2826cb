"""Content files: they carry the form of a gathering, never who has signed up, and take nothing away from them."""

import pytest

from tests.content.conftest import bundle  # noqa: F401  # a fixture
from tests.content.moving import assert_moves, network_file, written
from tests.registration.conftest import occurrence_of, participant, pool_of, sign_up
from wagtail_prosjektnett.content.errors import ContentRefused
from wagtail_prosjektnett.domain.registration import Contact, Needs
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.pages import registration_links
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage, Question

pytestmark = pytest.mark.django_db

FORM = """      registration_method: built_in
      registration_deadline: 2026-12-01
      registration_waiting_list: false
      registration_confirmation: true
      registration_needs: true
      registration_kept_days: 30
      questions:
        - {key: reise, label: Hvordan kommer du?, kind: choice, required: true, options: "Buss\\nFly"}
        - {key: forste, label: Er det første gang?, help_text: Velkommen!, kind: yes_no}
"""


@pytest.fixture(autouse=True)
def _with_pages(monkeypatch):
    monkeypatch.setattr(registration_links, "are_included", lambda: True)


@pytest.fixture
def file(bundle):  # noqa: F811
    """A content file with a gathering ahead that one signs up for here."""
    bundle.change("  wind_down_from: 2019-02-15\n", "")
    bundle.change("start_date: 2018-02-14", "start_date: 2026-12-10, capacity: 2")
    bundle.change("start_date: 2018-02-21", "start_date: 2026-12-12")
    bundle.change(
        "      registration_method: link\n      registration_link: https://example.org/pamelding\n"
        "      registration_deadline: 2018-01-31\n",
        FORM,
    )
    return bundle


def loaded(file):
    file.load()
    return GatheringPage.objects.get()


def refused(file):
    with pytest.raises(ContentRefused) as error:
        file.load()
    return str(error.value)


def test_the_form_is_loaded_and_loading_again_changes_nothing(file):
    page = loaded(file)
    assert not page.registration_waiting_list
    assert (page.registration_confirmation, page.registration_needs, page.registration_kept_days) == (True, True, 30)
    travel, first = page.questions.all()
    assert (travel.label, travel.option_list, travel.required) == ("Hvordan kommer du?", ["Buss", "Fly"], True)
    assert (first.kind, first.help_text) == ("yes_no", "Velkommen!")
    keys = {travel.uid, first.uid}
    assert file.load().changed == 0
    file.change("Hvordan kommer du?", "Hvordan reiser du?")
    assert file.load().changed == 1
    assert set(Question.objects.values_list("uid", flat=True)) == keys, "answers are kept by them"


def test_the_form_moves_to_another_site(file, tmp_path):
    loaded(file)
    assert_moves(NetworkPage.objects.get(), tmp_path)
    assert GatheringPage.objects.get().questions.count() == 2


def test_nothing_of_those_who_have_signed_up_is_written(file, tmp_path):
    page = loaded(file)
    who = participant(
        name="Fylkeskoordinator", comment="Kommer med ferga", needs=Needs("Nøtteallergi"), answers={"x": "Svaret mitt"}
    )
    sign_up(page, who, contact=Contact("Sekretæren", "sekretaer@example.org"))
    folder = written(NetworkPage.objects.get(), tmp_path / "dump")
    texts = [path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file()]
    secret = [who.name, who.email, who.comment, "Nøtteallergi", "Svaret mitt", "Sekretæren", "sekretaer@example.org"]
    registration = Registration.objects.get()
    secret += [registration.token_hash, str(registration.uid), "seated"]
    assert not [word for word in secret for text in texts if word in text]
    assert network_file(folder)["gatherings"]["items"][0]["occurrences"][0]["capacity"] == 2


def test_what_people_have_signed_up_for_is_not_taken_out(file):
    page = loaded(file)
    sign_up(page)
    file.change("        - {key: ost, name: Øst, ", "        - {key: nord, name: Nord, ")
    message = refused(file)
    assert "gatherings.items[0].occurrences" in message
    assert "Øst, 10. desember 2026" in message
    assert occurrence_of(page).uid == pool_of(page).uid


def test_registration_stays_where_people_are_signed_up(file):
    sign_up(loaded(file))
    file.change("registration_method: built_in", "registration_method: none")
    assert "gatherings.items[0].registration_method" in refused(file)


def test_a_changed_capacity_is_put_in_force(file):
    page = loaded(file)
    sign_up(page)
    file.change("capacity: 2", "capacity: 1")
    file.load()
    assert pool_of(page).capacity == 1


def test_a_page_that_is_gone_from_the_file_stays_while_people_are_signed_up(file):
    page = loaded(file)
    sign_up(page)
    file.change("    - key: samling\n", "    - key: annen\n")
    for old, new in (
        ('href="page:samling"', 'href="page:annen"'),
        ("related_gathering: samling", "related_gathering: annen"),
        ("source_gathering: samling", "source_gathering: annen"),
    ):
        file.change(old, new)
    file.load(remove=True)
    assert GatheringPage.objects.filter(pk=page.pk).exists()
    assert GatheringPage.objects.count() == 2


@pytest.mark.parametrize(
    "old, new, place",
    [
        ('options: "Buss\\nFly"', "options: Buss", "questions[0].options"),
        ("label: Er det første gang?", "label: Hvordan kommer du?", "questions[1].label"),
        ("key: forste", "key: reise", "questions[1].key"),
        ("kind: yes_no", "kind: drawing", "questions[1].kind"),
        ("label: Er det første gang?, ", "", "questions[1].label"),
        ("registration_kept_days: 30", "registration_kept_days: -1", "registration_kept_days"),
    ],
)
def test_a_mistake_in_the_form_is_told_with_its_place(file, old, new, place):
    file.change(old, new)
    assert f"gatherings.items[0].{place}" in refused(file)


def test_a_site_without_our_pages_refuses_a_form(file, monkeypatch):
    monkeypatch.setattr(registration_links, "are_included", lambda: False)
    assert "gatherings.items[0].registration_method" in refused(file)
