"""What an editor sees of feedback, and does with it."""

import copy
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from tests import factories
from tests.feedback.desk.conftest import SECRET, asked, give, now, secretive
from tests.registration.people import log_in
from wagtail_prosjektnett.feedback import moderation
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback_sources import ADMIN

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    """The address of a view of feedback."""
    return reverse(f"{ADMIN}:{name}", args=arguments)


def listed(client, **query):
    """The first words of what the list shows."""
    soup = BeautifulSoup(client.get(url("index"), query).content, "html.parser")
    return sorted(title.get_text(strip=True) for title in soup.select("[id^=feedback_][id$=_title]"))


@pytest.fixture
def three(article, base):
    """Three readers: one who was helped in Alta, one who was not, and one who writes of the experience base."""
    alta = factories.municipality("Alta")
    give(article, comment="Nyttig", helpful=True, used=True, municipality=alta, days_ago=2)
    give(article, comment="", helpful=False, state="shown", days_ago=1)
    give(base, comment="Savner maler", name="Rådgiver", email="radgiver@example.org", state="hidden")
    return article


def test_the_list_says_what_was_said_of_what(editor, three):
    assert listed(editor) == ["Hjalp ikke", "Nyttig", "Savner maler"]
    html = editor.get(url("index")).content.decode()
    assert all(words in html for words in ("Prosjektmandat", "Erfaringsbase", "Alta", "Venter på å bli lest"))
    assert "radgiver@example.org" not in html


@pytest.mark.parametrize(
    "query, found",
    [
        ({"state": "waiting"}, ["Nyttig"]),
        ({"about": "base"}, ["Savner maler"]),
        ({"helpful": "yes"}, ["Nyttig"]),
        ({"helpful": "no"}, ["Hjalp ikke"]),
        ({"helpful": "unknown"}, ["Savner maler"]),
        ({"used": "yes"}, ["Nyttig"]),
        ({"used": "no"}, ["Hjalp ikke", "Savner maler"]),
        ({"comment": "yes"}, ["Nyttig", "Savner maler"]),
        ({"comment": "no"}, ["Hjalp ikke"]),
        ({"received_from": "2026-11-22"}, ["Hjalp ikke", "Savner maler"]),
        ({"received_to": "2026-11-22"}, ["Hjalp ikke", "Nyttig"]),
        ({"received_from": "2026-11-22", "received_to": "2026-11-22"}, ["Hjalp ikke"]),
        ({"q": "maler"}, ["Savner maler"]),
        ({"q": "radgiver@"}, ["Savner maler"]),
        ({"q": "Alta"}, ["Nyttig"]),
        ({"state": "waiting", "about": "base"}, []),
        ({"state": "nothing"}, []),
    ],
)
def test_the_list_is_narrowed_down(editor, three, query, found):
    assert listed(editor, **query) == found


def test_the_list_is_narrowed_down_to_a_page_a_network_and_a_municipality(editor, three):
    other = factories.article(factories.network("Annet nett"), "Annen artikkel")
    give(other, comment="Annet")
    network = three.get_parent().get_parent()
    assert listed(editor, page=three.translation_key) == ["Hjalp ikke", "Nyttig"]
    assert listed(editor, network=network.translation_key) == ["Hjalp ikke", "Nyttig", "Savner maler"]
    assert listed(editor, municipality=Feedback.objects.get(comment="Nyttig").municipality_id) == ["Nyttig"]
    assert listed(editor, network=uuid.uuid4()) == []


def test_the_list_costs_the_same_for_twenty_and_for_two_hundred(editor, article):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(url("index")).status_code == 200
        return len(asked)

    for number in range(20):
        give(article if number % 2 else factories.article(article.get_parent().get_parent(), f"Artikkel {number}"))
    editor.get(url("index"))
    few = cost()
    copies = [copy.copy(each) for each in Feedback.objects.all() for _ in range(9)]
    for each in copies:
        each.pk, each.uid = None, uuid.uuid4()
    Feedback.objects.bulk_create(copies)
    assert Feedback.objects.count() == 200
    assert cost() == few


def test_one_view_shows_all_of_it_and_how_to_write_to_the_reader(editor, article):
    feedback = secretive(
        article, comment="A\n<b>B</b>", reply="Takk & hei", municipality=factories.municipality("Alta")
    )
    soup = BeautifulSoup(editor.get(url("inspect", feedback.pk)).content, "html.parser")
    shown = soup.main.get_text()
    assert all(words in shown for words in (f"{SECRET} navn", "Alta", "Prosjektmandat", "Takk & hei", "<b>B</b>"))
    [link] = [each["href"] for each in soup.select("a[href^=mailto]")]
    said = parse_qs(urlsplit(link).query)
    assert urlsplit(link).path == f"{SECRET}@example.org"
    assert said == {"subject": ["Tilbakemeldingen din på Prosjektmandat"], "body": ["Takk & hei"]}
    assert [each["name"] for each in soup.select("main form [name]") if each.get("type") != "hidden"] == [
        "reply",
        "show_too",
    ]


def test_no_link_to_write_where_there_is_no_address(editor, article):
    assert "mailto" not in editor.get(url("inspect", give(article).pk)).content.decode()


def answer(client, feedback, **said):
    """Send a reply to what is shown."""
    said = {"seen": moderation.seen_as(now(feedback)), **said}
    return client.post(url("inspect", feedback.pk), said, follow=True).content.decode()


def test_a_reply_waits_with_what_it_answers_unless_it_is_to_be_shown(editor, article):
    feedback = give(article)
    assert "så snart du viser" in answer(editor, feedback, reply="Takk")
    assert (now(feedback).state, now(feedback).reply) == ("waiting", "Takk")
    assert "Leserne ser" in answer(editor, feedback, reply="Takk!", show_too="on")
    assert (now(feedback).state, now(feedback).reply) == ("shown", "Takk!")
    assert "show_too" not in editor.get(url("inspect", feedback.pk)).content.decode()
    answer(editor, feedback, reply="")
    assert (now(feedback).reply, now(feedback).replied_at) == ("", None)


def test_of_two_who_answer_the_second_is_told_and_loses_no_words(editor, article):
    feedback = give(article)
    seen = moderation.seen_as(feedback)
    answer(editor, feedback, reply="Den første")
    html = answer(editor, feedback, reply="Den andre", seen=seen)
    assert now(feedback).reply == "Den første"
    assert all(words in html for words in ("Den andre", "Den første", moderation.seen_as(now(feedback))))


@pytest.mark.parametrize("name, state", [("show", "shown"), ("hide", "hidden")])
def test_a_button_asks_first_and_then_does_it(editor, article, name, state):
    feedback = give(article)
    question = editor.get(url(name, feedback.pk))
    assert question.status_code == 200
    assert now(feedback).state == "waiting", "asking changes nothing"
    assert editor.post(url(name, feedback.pk), asked(question))["Location"] == url("inspect", feedback.pk)
    assert now(feedback).state == state
    entry = PageLogEntry.objects.filter(page=article).latest("pk")
    assert (entry.user, entry.data) == (editor.user, {"feedback": [feedback.pk]})
    history = editor.get(reverse("wagtailadmin_pages:history", args=[article.pk])).content.decode()
    assert f"nummer {feedback.pk}" in history


def test_who_hides_what_is_old_is_told_that_its_words_go(editor, article):
    old, new = give(article, days_ago=365, state="shown"), give(article, days_ago=364, state="shown")
    assert "365 dager" in editor.get(url("hide", old.pk)).context["question"]
    assert "365 dager" not in editor.get(url("hide", new.pk)).context["question"]


def test_the_words_are_deleted(editor, article):
    feedback = secretive(article)
    editor.get(url("delete_words", feedback.pk))
    assert now(feedback).comment
    assert url("delete_words", feedback.pk) in editor.get(url("inspect", feedback.pk)).content.decode()
    html = editor.post(url("delete_words", feedback.pk), follow=True).content.decode()
    assert SECRET not in html
    assert url("delete_words", feedback.pk) not in html, "there is nothing left to delete"
    assert now(feedback).helpful is True


def show_all():
    """The address at which all that is listed is shown to readers."""
    address = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "feedback", "show_feedback"])
    return f"{address}?id=all&next={url('index')}"


def test_several_are_shown_or_hidden_at_once(editor, three):
    for action, state in (("show_feedback", "shown"), ("hide_feedback", "hidden")):
        address = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "feedback", action])
        chosen = f"{address}?id=all&about=article"
        assert "Nyttig" in editor.get(chosen).content.decode()
        editor.post(chosen, asked(editor.get(chosen)))
        assert set(Feedback.objects.filter(about="article").values_list("state", flat=True)) == {state}
    assert Feedback.objects.get(about="base").state == "hidden"


def test_what_comes_while_the_editor_is_asked_is_not_shown_unread(editor, three, article):
    address = show_all()
    question = editor.get(address)
    came = give(article, comment="Ulest")
    editor.post(address, asked(question))
    assert list(Feedback.objects.exclude(state="shown")) == [came]
    editor.post(address)
    assert Feedback.objects.get(pk=came.pk).state == "waiting"


def test_all_that_everybody_will_read_is_read_before_it_is_shown(editor, article):
    feedback = secretive(article, reply="Takk\nfor det", municipality=factories.municipality("Alta"))
    for address in (url("show", feedback.pk), show_all()):
        html = str(BeautifulSoup(editor.get(address).content, "html.parser").main)
        assert all(words in html for words in (f"{SECRET} kommentar", "Takk<br/>for det", "Alta", "Nyttig")), address
        assert f"{SECRET} navn" not in html


@pytest.mark.parametrize("many", [False, True])
def test_what_somebody_changes_while_the_editor_is_asked_is_not_shown(editor, article, many):
    feedback, other = give(article), give(article, state="shown" if many else "waiting")
    address = show_all() if many else url("show", feedback.pk)
    question = editor.get(address)
    moderation.reply(feedback, "Uferdig", timezone.now(), seen=moderation.seen_as(feedback))
    html = editor.post(address, asked(question), follow=True).content.decode()
    assert "Noen andre har endret 1 tilbakemelding" in html
    assert "Leserne ser den nå" not in html
    assert (now(feedback).state, now(other).state) == ("waiting", other.state)
    editor.post(address, asked(editor.get(address)))
    assert now(feedback).state == "shown"


def test_who_is_second_to_show_the_same_is_told_that_it_is_shown(editor, article):
    feedback = give(article)
    question = editor.get(url("show", feedback.pk))
    moderation.show([feedback])
    assert "Leserne ser den nå" in editor.post(url("show", feedback.pk), asked(question), follow=True).content.decode()


def test_the_question_costs_the_same_for_two_and_for_twenty(editor, article):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(show_all()).status_code == 200
        return len(asked)

    for number in range(2):
        give(article, used=True, municipality=factories.municipality(f"Kommune {number}"))
    editor.get(show_all())
    few = cost()
    for number in range(2, 20):
        give(article, used=True, municipality=factories.municipality(f"Kommune {number}"))
    assert cost() == few


def test_several_are_read_in_full_before_they_are_shown(editor, article):
    give(article, comment=f"{'Lang ' * 100}her\nog <b>slutt</b>")
    address = show_all()
    assert "Lang her<br>og &lt;b&gt;slutt&lt;/b&gt;" in editor.get(address).content.decode()


def test_the_page_that_is_edited_counts_what_readers_say_and_leads_to_it(editor, three, base):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[three.pk])).content.decode()
    soup = BeautifulSoup(html, "html.parser")
    [panel] = [table for table in soup.find_all("table") if "Hjalp ikke" in table.get_text()]
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in panel.find_all("tr")[1:]]
    assert rows == [
        ["Venter på å bli lest", "1", "1", "0", "1", "1"],
        ["Vises", "1", "0", "1", "0", "0"],
        ["Vises ikke", "0", "0", "0", "0", "0"],
    ]
    link = f"{url('index')}?page={three.translation_key}"
    assert f'href="{link}"' in html
    assert listed(editor, page=three.translation_key) == ["Hjalp ikke", "Nyttig"]
    about_base = editor.get(reverse("wagtailadmin_pages:edit", args=[base.pk])).content.decode()
    assert f"{url('index')}?page={base.translation_key}" in about_base


def test_the_page_that_is_edited_says_nothing_where_nobody_has(editor, article):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "Hjalp ikke" not in html
    assert editor.get(reverse("wagtailadmin_pages:add_subpage", args=[article.get_parent().pk])).status_code < 400


def test_a_translation_shows_the_numbers_without_links_to_who_may_not_read(three, nynorsk, client, django_user_model):
    translation = three.copy_for_translation(nynorsk, copy_parents=True)
    network = Page.objects.get(pk=translation.get_parent().get_parent().pk)
    log_in(client, django_user_model.objects, "editor", network, network)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[translation.pk])).content.decode()
    assert "Hjalp ikke" in html
    assert url("index") not in html
