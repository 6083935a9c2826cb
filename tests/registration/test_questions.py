"""What an editor may ask: each mistake stands at its question, and a translation asks the same."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from tests import factories
from tests.forms import gathering_data
from tests.languages import again, translated
from tests.registration.conftest import make_gathering
from wagtail_prosjektnett.pages.models import GatheringPage, Question


def question(**changes):
    """A row of the form of a gathering."""
    return {"id": "", "uid": "", "label": "Kommer du?", "help_text": "", "kind": "text", "options": "", **changes}


def post(admin, url, rows, action="action-publish", *, initial=0, **fields):
    data = gathering_data([{}], questions=inline_formset(rows, initial=initial), **fields)
    return admin.post(url, {**data, action: "1"})


def add(admin, *rows, action="action-publish"):
    index = factories.gathering_index(factories.network())
    url = reverse("wagtailadmin_pages:add", args=["prosjektnett_pages", "gatheringpage", index.pk])
    return post(admin, url, rows, action)


MISTAKES = {
    "question-without-choices": ([question(kind="choice", options="Buss")], 0, "options"),
    "choice-twice": ([question(kind="choice", options="Buss\nFly\nBuss")], 0, "options"),
    "question-twice": ([question(), question(label="kommer  du?")], 1, "label"),
    "questions-too-many": ([question(label=f"Spørsmål {number}") for number in range(31)], 30, "label"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_in_a_question_is_refused(admin, code):
    rows, index, field = MISTAKES[code]
    response = add(admin, *rows)
    errors = response.context["form"].formsets["questions"].forms[index].errors.as_data()[field]
    assert [error.code for error in errors] == [code]
    assert not GatheringPage.objects.exists()


@pytest.mark.django_db
def test_choices_may_be_missing_in_a_draft(admin):
    assert add(admin, question(kind="choice"), action="action-draft").status_code == 302
    assert not GatheringPage.objects.get().live


@pytest.mark.django_db
def test_what_is_asked_well_is_published(admin):
    rows = [question(), question(label="Hvordan kommer du?", kind="choice", options="Buss\n\n Fly ")]
    assert add(admin, *rows).status_code == 302
    assert [row.option_list for row in GatheringPage.objects.get().questions.all()] == [[], ["Buss", "Fly"]]


@pytest.mark.django_db
@pytest.mark.usefixtures("two_languages")
@pytest.mark.parametrize("options, refused", [("Buss", True), ("Buss\nFly", False), ("Buss\nFly\nBåt", True)])
def test_a_translation_has_as_many_choices_as_its_source(admin, nynorsk, options, refused):
    page = make_gathering(registration_method="none")
    page.questions = [Question(label="Hvordan kommer du?", kind="choice", options="Buss\nFly")]
    page.save_revision().publish()
    translation = translated(page, nynorsk)
    row = translation.questions.get()
    url = reverse("wagtailadmin_pages:edit", args=[translation.pk])
    fields = {"id": row.pk, "uid": row.uid, "label": "Korleis kjem du?", "options": options}
    rows = [{"id": each.pk, "uid": each.uid} for each in translation.in_order]
    data = gathering_data(rows, initial=len(rows), questions=inline_formset([question(**fields)], initial=1))
    response = admin.post(url, {**data, "slug": translation.slug, "action-publish": "1"})
    assert (response.status_code == 200) is refused
    if refused:
        (error,) = response.context["form"].formsets["questions"].forms[0].errors.as_data()["options"]
        assert error.code == "choices-do-not-correspond"
        assert "Buss, Fly" in error.message
    assert (again(translation).questions.get().label == "Korleis kjem du?") is not refused
