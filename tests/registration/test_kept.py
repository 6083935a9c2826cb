"""What stays of a registration when something else in it is changed, whatever the editor asks by now."""

import pytest

from tests.languages import again
from tests.registration.browsing import MINE, kept, last, press, soup_of
from tests.registration.conftest import participant, sign_up
from tests.registration.test_admin import form_of, url
from wagtail_prosjektnett.domain.registration import Contact, Needs
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.pages.models import Question

pytestmark = pytest.mark.django_db


def publish(page, **changes):
    """Publish a gathering as an editor has changed it, with its times and places."""
    page = again(page)
    changes = {"occurrences": list(page.occurrences.all()), **changes}
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def save_comment(client, open_page):
    """Write a comment on the page of the last registration, and save all else as it is shown."""
    answer = client.post(MINE, {**kept(open_page()), "comment": "Kommer sent"})
    assert answer.status_code == 302, answer.content
    assert last().comment == "Kommer sent"


def correct_role(editor):
    """Write a role in the editor's form of the last registration, and save all else as it is shown."""
    editor.post(url("edit", last().pk), {**form_of(editor, last()), "role": "Leder"})
    assert last().role == "Leder"


@pytest.fixture
def page(gathering):
    """A gathering that asks what people need, and how they travel."""
    questions = [Question(label="Reise?", kind="choice", options="Bil\nBuss")]
    return publish(gathering, registration_needs=True, questions=questions)


def answered(page, answer, **fields):
    """Sign up somebody who has answered the question of a gathering, and return the key of the question."""
    key = str(page.questions.get().uid)
    sign_up(page, participant(answers={key: answer}, **fields))
    return key


def ask_otherwise(page, **changes):
    """Publish a gathering whose only question has become another one."""
    (question,) = questions = list(again(page).questions.all())
    for name, value in changes.items():
        setattr(question, name, value)
    publish(page, questions=questions)


def test_what_somebody_needs_stays_when_it_is_not_asked_any_more(client, open_page, page):
    sign_up(page, participant(needs=Needs("Nøtteallergi", "")))
    publish(page, registration_needs=False)
    save_comment(client, open_page)
    assert last().needs.dietary == "Nøtteallergi"


def test_what_somebody_needs_stays_in_the_editor_s_form_too(editor, page):
    sign_up(page, participant(needs=Needs("Nøtteallergi", "")))
    publish(page, registration_needs=False)
    correct_role(editor)
    assert last().needs.dietary == "Nøtteallergi"


#: What the question was answered with, and what an editor makes of it afterwards.
BECOME_OTHERS = {
    "a choice that has another name": ("Buss", {"options": "Bil\nBuss eller tog"}),
    "a choice that there is no more": ("Buss", {"options": "Bil"}),
    "yes and no": ("Buss", {"kind": "yes_no"}),
    "a choice in place of yes and no": (True, {"options": "Bil"}),
}


@pytest.mark.parametrize("name", BECOME_OTHERS)
def test_an_answer_stays_when_the_choices_become_others(client, open_page, page, name):
    answer, changes = BECOME_OTHERS[name]
    key = answered(page, answer)
    ask_otherwise(page, **changes)
    save_comment(client, open_page)
    assert last().answers == {key: answer}


@pytest.mark.parametrize("name", BECOME_OTHERS)
def test_an_answer_stays_in_the_editor_s_form_too(editor, page, name):
    answer, changes = BECOME_OTHERS[name]
    key = answered(page, answer)
    ask_otherwise(page, **changes)
    correct_role(editor)
    assert last().answers == {key: answer}


def test_the_kept_choice_is_one_among_the_others_and_can_be_left(client, open_page, page):
    key = answered(page, "Buss")
    ask_otherwise(page, options="Bil\nBuss eller tog")
    soup = soup_of(open_page())
    shown = [field["value"] for field in soup.select(f"[name=question_{key}]")]
    assert shown == ["Bil", "Buss eller tog", "Buss"]
    press(client, **{"name": "Kari", f"question_{key}": "Buss eller tog"})
    assert last().answers == {key: "Buss eller tog"}
    shown = [field["value"] for field in soup_of(open_page()).select(f"[name=question_{key}]")]
    assert shown == ["Bil", "Buss eller tog"]


def test_nobody_else_can_choose_what_there_is_no_more(client, open_page, page):
    answered(page, "Buss")
    ask_otherwise(page, options="Bil")
    key = answered(page, "")
    open_page()
    assert press(client, **{"name": "Kari", f"question_{key}": "Buss"}).status_code == 422


def sign_up_colleague(page, name):
    """Sign up somebody without an address of their own, as the same contact each time."""
    sign_up(page, participant(name=name, email=""), name="Vest", contact=Contact("Sekretær", "sek@example.org"))


def names():
    """Who is signed up."""
    return list(Registration.objects.active().order_by("number").values_list("name", flat=True))


def test_after_a_substitute_the_first_one_can_be_signed_up_again(client, open_page, gathering):
    sign_up_colleague(gathering, "Kari")
    open_page()
    press(client, name="Ola")
    sign_up_colleague(gathering, "Kari")
    sign_up_colleague(gathering, "Ola")
    assert names() == ["Ola", "Kari"]


def test_nobody_becomes_who_is_signed_up_already(client, open_page, gathering):
    sign_up_colleague(gathering, "Ola")
    sign_up_colleague(gathering, "Kari")
    open_page()
    answer = press(client, name=" ola ")
    assert answer.status_code == 422
    assert "allerede" in soup_of(answer).select_one(".form-problems").get_text()
    assert names() == ["Ola", "Kari"]
    assert press(client, name="KARI").status_code == 302, "one is not in one's own way"
    assert names() == ["Ola", "KARI"]


def test_an_editor_makes_nobody_who_is_signed_up_already(editor, gathering):
    sign_up_colleague(gathering, "Ola")
    sign_up_colleague(gathering, "Kari")
    answer = editor.post(url("edit", last().pk), {**form_of(editor, last()), "name": "Ola"})
    assert answer.context["form"].errors.keys() == {"name"}
    assert names() == ["Ola", "Kari"]


def test_who_has_an_address_may_have_the_name_of_another(client, open_page, gathering):
    sign_up_colleague(gathering, "Ola")
    sign_up(gathering, participant(name="Kari"), name="Vest")
    open_page()
    press(client, name="Ola")
    assert names() == ["Ola", "Ola"]
