"""The report of articles that are to be reviewed."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook

from tests import factories
from tests.languages import translated
from wagtail_prosjektnett.domain.review import ReviewState
from wagtail_prosjektnett.models import Topic
from wagtail_prosjektnett.pages.models import ExperiencePage

pytestmark = pytest.mark.django_db

DUE = {
    "Forfalt": "2026-10-01",
    "Nå": "2026-11-26",
    "Snart": "2026-12-26",
    "Senere": "2026-12-27",
}


@pytest.fixture
def articles(network):
    found = {title: factories.article(network, title, next_review=day) for title, day in reversed(DUE.items())}
    found["Aldri"] = factories.article(network, "Aldri", review_months=0)
    return found


def read(client, **asked):
    """The rows of the report: the text of each cell."""
    answer = client.get(reverse("prosjektnett_review"), asked)
    assert answer.status_code == 200
    rows = BeautifulSoup(answer.content, "html.parser").select("table.listing tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def titles(client, **asked):
    """The articles in the report, in its order."""
    return [row[0] for row in read(client, **asked)]


def test_what_is_to_be_done_comes_first_and_the_rest_not_at_all(articles, admin):
    assert titles(admin) == ["Forfalt", "Nå", "Snart"]


@pytest.mark.parametrize(
    "state, found",
    [("overdue", "Forfalt"), ("due", "Nå"), ("soon", "Snart"), ("later", "Senere"), ("never", "Aldri")],
)
def test_each_state_can_be_asked_for(articles, admin, state, found):
    assert titles(admin, state=state) == [found]


def test_a_row_tells_who_is_to_do_what_and_until_when(network, admin):
    factories.article(network, "Mandatet", last_reviewed="2025-11-05", responsible=factories.person("Fagleder"))
    (row,) = read(admin)
    assert row[:6] == ["Mandatet", "Testnettverket", "Fagleder", "05.11.2025", "05.11.2026", "Til gjennomgang"]
    assert row[6] == "Fortsatt gyldig : Mandatet"


def test_only_what_the_user_may_edit_is_there(articles, may_edit, client):
    other = factories.network("Et annet")
    factories.article(other, "Fremmed", next_review="2026-11-01")
    may_edit(other)
    assert titles(client) == ["Fremmed"]
    filters = BeautifulSoup(client.get(reverse("prosjektnett_review")).content, "html.parser")
    assert "Testnettverket" not in filters.select_one("select[name=network]").get_text()


def test_who_may_edit_nothing_gets_no_report(articles, client, django_user_model):
    user = django_user_model.objects.create_user("leser", "leser@example.org", "secret")
    client.force_login(user)
    assert client.get(reverse("prosjektnett_review")).status_code == 302


def test_drafts_aliases_and_closed_networks_are_left_out(articles, network, admin):
    articles["Nå"].unpublish()
    articles["Snart"].create_alias(update_slug="alias")
    closed = factories.network("Avsluttet", closed_from="2026-01-01")
    factories.article(closed, "Som den er", next_review="2020-01-01")
    assert titles(admin) == ["Forfalt", "Snart"]
    assert titles(admin, state="never") == ["Aldri", "Som den er"]
    assert read(admin, state="never")[1][6] == "", "what is never reviewed has no button"


@pytest.mark.urls("tests.multilingual_urls")
def test_an_article_is_there_once_for_all_its_languages(articles, admin, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    translated(articles["Nå"], nynorsk)
    assert titles(admin, state="due") == ["Nå"]


def test_it_can_be_narrowed_down_by_network_responsible_and_topic(articles, network, admin):
    topic, person = Topic.objects.create(name="Forankring"), factories.person("Fagleder")
    inside = factories.network("Inni", network)
    factories.article(inside, "Innerst", next_review="2026-11-01", topics=[topic], responsible=person)
    assert titles(admin, network=network.pk) == ["Forfalt", "Nå", "Snart"]
    for asked in ({"network": inside.pk}, {"topics": topic.pk}, {"responsible": person.pk}):
        assert titles(admin, **asked) == ["Innerst"]
    assert titles(admin, responsible="null") == ["Forfalt", "Nå", "Snart"]


@pytest.mark.parametrize("name", ["state", "network", "responsible", "topics", "p", "ordering", "locale", "export"])
def test_nonsense_gets_a_page(articles, admin, name):
    for value in ("x\0", "-1", "9" * 30, "æ" * 10_000, "%", "'; --", "null"):
        assert admin.get(reverse("prosjektnett_review"), {name: value}).status_code == 200


def test_what_it_costs_does_not_depend_on_how_much_is_due(articles, network, admin, django_assert_num_queries):
    person = factories.person()
    ExperiencePage.objects.update(responsible=person)

    def count():
        with django_assert_num_queries(10_000, exact=False) as asked:
            read(admin)
        return len(asked)

    count()
    before = count()
    for number in range(20):
        other = factories.network(f"Nettverk {number}") if number < 3 else network
        factories.article(other, f"Artikkel {number}", next_review="2026-11-01", responsible=person)
    assert count() == before


def test_the_files_hold_what_the_report_was_narrowed_down_to_and_no_formula(network, admin):
    factories.article(network, "=1+1", next_review="2026-11-01", responsible=factories.person("@fag"))
    factories.article(network, "Senere", next_review="2030-01-01")
    answer = admin.get(reverse("prosjektnett_review"), {"export": "csv"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="review-2026-11-26.csv"'
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head == ["Tittel", "Nettverk", "Ansvarlig", "Sist gjennomgått", "Neste gjennomgang", "Tilstand"]
    assert rows == [["'=1+1", "Testnettverket", "'@fag", "", "2026-11-01", "Til gjennomgang"]]
    answer = admin.get(reverse("prosjektnett_review"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell.value for cell in sheet[2]]
    assert (cells[0], cells[4].isoformat()) == ("'=1+1", "2026-11-01")
    assert sheet.max_row == 2


def test_the_button_brings_one_back_to_the_report_as_it_was(articles, admin):
    admin.handler.enforce_csrf_checks = True
    answer = admin.get(reverse("prosjektnett_review_results"), {"state": "overdue", "_w_filter_fragment": "1"})
    form = BeautifulSoup(answer.content, "html.parser").select_one("table form")
    data = {field["name"]: field["value"] for field in form.select("input")}
    answer = admin.post(form["action"], data)
    assert answer.headers["Location"] == f"{reverse('prosjektnett_review')}?state=overdue"
    assert titles(admin, state="overdue") == []


def test_the_menu_leads_there(articles, admin, may_edit, client):
    assert reverse("prosjektnett_review") in admin.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("state", list(ReviewState))
def test_an_empty_report_says_so(admin, state):
    html = admin.get(reverse("prosjektnett_review"), {"state": state.value}).content.decode()
    assert "Det finnes ingen slike artikler." in html
