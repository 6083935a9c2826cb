"""What readers say on our pages, as a browser without scripts meets them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from tests import factories
from tests.feedback.conftest import NOW, kept, problems_of, shown, soup_of, typed, url, words_of
from tests.languages import translated
from wagtail_prosjektnett import traps
from wagtail_prosjektnett.domain.registration import TryLater
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.models import ExperienceIndexPage, ExperiencePage

pytestmark = pytest.mark.django_db


def test_what_is_said_waits_for_an_editor_and_is_thanked_for(client, article):
    alta = factories.municipality(municipality_number="5601")
    said = {"comment": "Malen var grei.\nTakk!", "used": "on", "municipality": str(alta.pk), "name": "Rådgiver",
            "email": "Radgiver@example.org"}  # fmt: skip
    answer = client.post(url(article), typed(article, **said))
    assert (answer.status_code, answer["Location"]) == (302, f"{url(article)}done/")
    thanks = client.get(answer["Location"])
    assert "Artikkel" in words_of(thanks, "h1 + .lead")
    row = Feedback.objects.get()
    assert (row.about, row.page_key, row.language, row.state) == ("article", article.translation_key, "nb", "waiting")
    assert (row.helpful, row.used, row.municipality) == (True, True, alta)
    assert (row.comment.split(), row.name) == (["Malen", "var", "grei.", "Takk!"], "Rådgiver")
    assert (row.email, row.address) == ("Radgiver@example.org", "radgiver@example.org")
    assert row.created_at == timezone.now()
    assert "Malen var grei" not in client.get(article.url).content.decode()


def test_a_press_on_yes_is_enough_and_says_nothing_of_who_it_was(client, article):
    assert client.post(url(article), typed(article)).status_code == 302
    row = Feedback.objects.get()
    assert (row.helpful, row.used, row.comment, row.name, row.email, row.address) == (True, False, "", "", "", "")


def test_who_names_a_municipality_has_used_it_there(client, article):
    place = factories.municipality()
    client.post(url(article), typed(article, helpful="", municipality=str(place.pk)))
    row = Feedback.objects.get()
    assert (row.helpful, row.used, row.municipality) == (None, True, place)


def test_the_form_on_the_article_is_sent_as_it_stands_there(client, article):
    page = client.get(article.url)
    form = soup_of(page).select_one("form.feedback-form")
    assert form["action"] == url(article)
    with time_machine.travel(NOW, tick=False) as clock:
        clock.shift(timedelta(days=20))  # a cache has kept it for so long
        assert client.post(form["action"], kept(page) | {"helpful": "no"}).status_code == 302
    assert Feedback.objects.get().helpful is False


def test_the_article_can_be_kept_by_caches(client, article):
    answer = client.get(article.url)
    assert not answer.cookies
    assert "csrf" not in answer.content.decode()


def test_no_cookie_is_needed_to_send_it(article):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(url(article), typed(article), headers={"origin": "https://elsewhere.example.org"})
    assert answer.status_code == 302
    assert not client.cookies


def test_the_form_can_be_read_by_a_screen_reader_and_has_nothing_inline(client, article):
    factories.municipality()
    for address in (article.url, url(article)):
        soup = soup_of(client.get(address))
        form = soup.select_one("form.feedback-form")
        for field in form.select("input:not([type=hidden]), select, textarea"):
            assert soup.select(f"label[for='{field['id']}']"), field
            for each in field.get("aria-describedby", "").split():
                assert soup.select_one(f"#{each}"), each
        assert all(group.find("legend", recursive=False) for group in form.select("fieldset"))
        ids = [tag["id"] for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids))
        assert not soup.select("[style], script:not([type='application/ld+json']), [onclick]")
        assert len(soup.select("h1")) == 1
        assert form.select_one("[name=name]")["autocomplete"] == "name"
        assert not form.select("[required]")


def test_what_becomes_of_it_is_told_before(client, article, settings):
    assert "365 dager" in words_of(client.get(article.url), ".feedback-privacy")
    settings.PROSJEKTNETT_FEEDBACK_KEPT_DAYS = 30
    network = article.get_parent().get_parent().specific
    network.contacts = [network.contacts.model(person=factories.person("Personvernombud"), role="contact")]
    network.members = [network.members.model(organisation=factories.municipality("Vadsø"), role="owner")]
    network.save_revision().publish()
    told = words_of(client.get(url(article)), ".feedback-privacy")
    assert all(word in told for word in ("30 dager", "Personvernombud", "Vadsø"))


BAD = {
    "10,000 characters": ({"comment": "a" * 10_000}, "comment"),
    "NUL": ({"comment": "a\0b"}, "comment"),
    "a comment turned around": ({"comment": "a\u202eb"}, "comment"),
    "another header": ({"name": "Leder\r\nBcc: alle@example.org"}, "name"),
    "another line": ({"name": "Leder\u2028Bcc: alle@example.org"}, "name"),
    "a long name": ({"name": "a" * 201}, "name"),
    "two addresses": ({"email": "a@example.org, b@example.org"}, "email"),
    "a line in an address": ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
    "no answer": ({"helpful": "perhaps"}, "helpful"),
    "no such municipality": ({"municipality": "999999"}, "municipality"),
    "no number": ({"municipality": "1 OR 1=1"}, "municipality"),
    "a number that no database has": ({"municipality": "9" * 40}, "municipality"),
}


@pytest.mark.parametrize("said, field", BAD.values(), ids=BAD)
def test_a_mistake_is_named_and_all_that_was_typed_is_kept(client, article, said, field):
    answer = client.post(url(article), typed(article, **{"comment": "Bra", "name": "Leder", **said}))
    assert (answer.status_code, problems_of(answer)) == (422, [field])
    if field != "name":
        assert kept(answer)["name"] == "Leder"
    if field != "comment":
        assert kept(answer)["comment"] == "Bra"
    assert soup_of(answer).title.get_text().startswith("Feil:")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("kind", ["county", "other"])
def test_only_a_municipality_that_there_is_can_be_named(client, article, kind):
    from wagtail_prosjektnett.models import Organisation

    other = Organisation.objects.create(name="Fylket", kind=Organisation._meta.get_field("kind").choices[-1][0])
    gone = factories.municipality("Gammel", valid_to=timezone.datetime(2019, 12, 31).date())
    place = other if kind == "other" else gone
    answer = client.post(url(article), typed(article, municipality=str(place.pk)))
    assert problems_of(answer) == ["municipality"]


@pytest.mark.parametrize("said", [{}, {"comment": " \n "}, {"name": "Leder", "email": "leder@example.org"}])
def test_who_says_nothing_is_told_so(client, article, said):
    answer = client.post(url(article), typed(article, helpful="", **said))
    assert (answer.status_code, problems_of(answer)) == (422, [""])
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "Ánde đŋŧ 👋", '"><b>'])
def test_any_words_are_taken_and_never_markup(client, article, words):
    assert client.post(url(article), typed(article, comment=words)).status_code == 302
    Feedback.objects.get().delete()
    shown(article, comment=words)
    assert words in words_of(client.get(article.url), ".feedback-comment")


def test_what_no_person_sees_is_filled_in_by_scripts_alone(client, article):
    answer = client.post(url(article), typed(article, comment="Bra", **{traps.HONEYPOT: "https://spam.example"}))
    assert (answer.status_code, problems_of(answer)) == (422, [""])
    assert (kept(answer)[traps.HONEYPOT], kept(answer)["comment"]) == ("", "Bra")
    assert client.post(url(article), kept(answer)).status_code == 302


@pytest.mark.parametrize("waited", [timedelta(0), timedelta(days=31)])
def test_a_form_that_is_sent_too_fast_or_too_late_can_be_sent_again(client, article, waited):
    answer = client.post(url(article), typed(article, waited, comment="Bra"))
    assert (answer.status_code, problems_of(answer)) == (422, [""])
    with time_machine.travel(NOW, tick=False) as clock:
        clock.shift(2)
        assert client.post(url(article), kept(answer)).status_code == 302


@pytest.mark.parametrize("stamp", ["", "x", "a:b", "\0", "a" * 10_000])
def test_a_forged_stamp_is_no_mistake_of_ours(client, article, stamp):
    answer = client.post(url(article), typed(article, **{traps.STAMP: stamp}))
    assert (answer.status_code, problems_of(answer)) == (422, [""])


def test_an_address_that_sends_too_much_waits_and_loses_nothing(client, article, settings):
    settings.PROSJEKTNETT_THROTTLE_RATES = {"feedback": "2/hour"}
    cache.clear()
    answers = [client.post(url(article), typed(article, comment="Bra")) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert kept(answers[2])["comment"] == "Bra"
    assert client.post(url(article), typed(article), REMOTE_ADDR="192.0.2.2").status_code == 302


def test_a_database_that_is_too_busy_asks_to_try_later(client, article, monkeypatch):
    def busy(change):
        raise TryLater

    monkeypatch.setattr("wagtail_prosjektnett.feedback.views.in_own_transaction", busy)
    answer = client.post(url(article), typed(article, comment="Bra"))
    assert (answer.status_code, kept(answer)["comment"]) == (503, "Bra")
    assert int(answer["Retry-After"]) > 0


def closed_network():
    return factories.network(wind_down_from="2026-10-01", closed_from="2026-11-24")


def test_a_network_takes_feedback_until_the_second_in_which_it_is_closed(client, db):
    article = factories.article(closed_network())
    with time_machine.travel("2026-11-23T23:59:59+01:00", tick=False) as clock:
        page = client.get(article.url)
        assert soup_of(page).select("form.feedback-form")
        assert client.post(url(article), typed(article)).status_code == 302
        late = typed(article, comment="For sent", email="leser@example.org")
        clock.shift(1)
        answer = client.post(url(article), late)
        assert (answer.status_code, problems_of(answer)) == (409, [""])
        assert "avsluttet" in words_of(answer, ".form-problems")
        assert kept(answer)["comment"] == "For sent"
        assert not soup_of(answer).select("form.feedback-form button")
        assert Feedback.objects.count() == 1
        for address in (article.url, url(article)):
            page = client.get(address)
            assert page.status_code == 200
            assert "avsluttet" in words_of(page)
            assert not soup_of(page).select("form.feedback-form")


def test_what_was_said_stays_when_the_network_is_closed(client, db):
    article = factories.article(factories.network(wind_down_from="2026-10-01", closed_from="2026-11-01"))
    shown(article, comment="Den var god")
    assert "Den var god" in words_of(client.get(article.url), "#feedback")


def test_only_what_a_reader_may_see_has_a_form(client, article):
    data = typed(article)
    article.unpublish()
    assert client.get(url(article)).status_code == client.post(url(article), data).status_code == 404
    assert client.get("/feedback/999999/").status_code == client.get(f"/feedback/{'9' * 30}/").status_code == 404
    for other in (article.get_parent().get_parent(), factories.gathering(article.network)):
        assert client.get(url(other)).status_code == client.get(f"{url(other)}done/").status_code == 404
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "restriction", [{"restriction_type": "login"}, {"restriction_type": "password", "password": "x"}]
)
def test_an_article_that_is_not_for_all_has_no_form_for_others(client, article, restriction):
    article.get_parent().view_restrictions.create(**restriction)
    assert client.get(url(article)).status_code == client.post(url(article), typed(article)).status_code == 404


def test_a_form_on_another_site_has_nothing_of_this_one(client, article):
    other = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
    Site.objects.create(hostname="annet.example.org", root_page=other)
    assert client.get(url(article), headers={"host": "annet.example.org"}).status_code == 404


def test_without_our_pages_there_is_no_form_but_what_was_said(client, article, settings):
    settings.ROOT_URLCONF = "tests.without_registration_urls"
    assert not soup_of(client.get(article.url)).select("#feedback")
    shown(article, comment="Den var god")
    answer = client.get(article.url)
    assert "Den var god" in words_of(answer, "#feedback")
    assert not soup_of(answer).select("form.feedback-form")


def test_all_languages_of_an_article_share_what_is_said(client, two_languages, nynorsk, article):
    other = ExperiencePage.objects.get(pk=translated(article, nynorsk).pk)
    form = client.get(url(other))
    assert (soup_of(form).html["lang"], form["Content-Language"]) == ("nn", "nn")
    assert client.post(url(other), typed(other, comment="Kjekt")).status_code == 302
    row = Feedback.objects.get()
    assert (row.language, row.page_key) == ("nn", article.translation_key)
    row.state = "shown"
    row.save()
    comment = soup_of(client.get(article.url)).select_one(".feedback-comment [lang]")
    assert (comment["lang"], comment.get_text(strip=True)) == ("nn", "Kjekt")


def test_an_alias_shares_what_is_said_of_its_page(client, article):
    alias = article.create_alias(parent=factories.article(factories.network("Annet"), "En annen").get_parent())
    again = alias.create_alias(update_slug="again")
    assert len({page.translation_key for page in (article, alias, again)}) == 3
    for page in (alias, again):
        assert client.post(url(page), typed(page, comment=f"Fra {page.slug}")).status_code == 302
    Feedback.objects.update(state="shown")
    for pk in (article.pk, alias.pk, again.pk):
        words = words_of(client.get(ExperiencePage.objects.get(pk=pk).url), "#feedback")
        assert [f"Fra {page.slug}" in words for page in (alias, again)] == [True, True]


def test_the_experience_base_as_a_whole_has_a_form_of_its_own(client, article):
    index = ExperienceIndexPage.objects.get()
    link = soup_of(client.get(index.url)).select_one("#feedback a.button")
    form = client.get(link["href"])
    assert link["href"] == url(index)
    assert not soup_of(form).select("[name=used], [name=municipality]")
    assert client.post(url(index), typed(index, comment="Mer om gevinster")).status_code == 302
    row = Feedback.objects.get()
    assert (row.about, row.page_key) == ("base", index.translation_key)
    row.state = "shown"
    row.save()
    assert "Mer om gevinster" in words_of(client.get(index.url), "#feedback")
    assert not soup_of(client.get(f"{index.url}?kind=guide")).select("#feedback")


def test_nobody_keeps_the_pages_and_no_search_engine_lists_them(client, article):
    for path in ("", "done/"):
        answer = client.get(url(article) + path)
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
        assert answer["X-Frame-Options"] == "DENY"
    assert client.put(url(article)).status_code == client.post(f"{url(article)}done/").status_code == 405
    assert not Feedback.objects.exists()


def test_a_draft_that_was_never_saved_can_be_previewed(article):
    draft = ExperiencePage(title="Utkast", slug="utkast", locale=article.locale)
    draft.path, draft.depth = f"{article.get_parent().path}0009", article.depth
    answer = draft.make_preview_request()
    assert answer.status_code == 200
    assert not soup_of(answer).select("form.feedback-form")
