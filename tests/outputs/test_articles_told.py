"""News, articles, networks and the way to a page, as search engines are told of them; and that no text gets out."""

import json
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from tests import factories
from tests.host.models import PlainPage
from tests.outputs.told import JSON_LD, graph_of, soup_of, told, values_in
from wagtail_prosjektnett.models import ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import ExperiencePage, NetworkContact, NetworkMember

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


def test_a_piece_of_news(client):
    network = factories.network("Nettverket")
    gathering = factories.gathering(network, "Vårsamling")
    page = factories.announcement(
        network,
        "Nettverket avvikles",
        lead="Fra i dag.",
        category="network",
        related_gathering=gathering,
        published_on=date(2019, 2, 15),
        changed_on=date(2019, 3, 1),
        correction="<p>Datoen var feil &amp; tom.</p><p>Den er <b>rettet</b>.</p>",
    )
    [news] = told(client, page, "NewsArticle")
    stands_behind = {
        "@type": "Organization",
        "@id": f"{network.full_url}#organization",
        "name": "Nettverket",
        "url": network.full_url,
    }
    assert news == {
        "@type": "NewsArticle",
        "@id": f"{page.full_url}#newsarticle",
        "url": page.full_url,
        "mainEntityOfPage": page.full_url,
        "headline": "Nettverket avvikles",
        "description": "Fra i dag.",
        "inLanguage": "nb",
        "datePublished": "2019-02-15",
        "dateModified": "2019-03-01",
        "author": stands_behind,
        "publisher": stands_behind,
        "isPartOf": {"@type": "CollectionPage", "name": "Aktuelt", "url": page.get_parent().full_url},
        "articleSection": "Om nettverket",
        "about": {"@type": "Thing", "name": "Vårsamling", "url": gathering.full_url},
        "correction": "Datoen var feil & tom. Den er rettet.",
    }


def test_an_article_with_its_topics_and_phases(client):
    network = factories.network()
    page = factories.article(network, kind="template", municipality=factories.municipality("Alta"))
    phase, topic = ProjectPhase.objects.first(), Topic.objects.create(name="Forankring")
    page.phases.add(phase)
    page.topics.add(topic)
    page.save_revision().publish()
    [article] = told(client, page, "Article")
    assert article["headline"] == "Artikkel"
    assert article["about"] == [{"@type": "Thing", "name": "Forankring"}]
    assert article["keywords"] == ["Forankring", phase.name]
    assert article["spatialCoverage"] == {"@type": "AdministrativeArea", "name": "Alta"}
    assert article["datePublished"] == article["dateModified"] == "2026-11-23"
    assert "correction" not in article


def test_a_network_and_those_who_take_part_in_it_now(client):
    network = factories.network("Nettverket", active_from="2017-01-01", closed_from="2026-11-01")
    owner, member, funder, left = (factories.municipality(name) for name in ("Eier", "Medlem", "Giver", "Før"))
    network.members = [
        NetworkMember(organisation=owner, role="owner"),
        NetworkMember(organisation=member, role="member"),
        NetworkMember(organisation=funder, role="funder"),
        NetworkMember(organisation=left, role="member", takes_part_to=date(2020, 1, 1)),
    ]
    network.save_revision().publish()
    [organisation] = told(client, network, "Organization")
    assert (organisation["name"], organisation["foundingDate"], organisation["dissolutionDate"]) == (
        "Nettverket", "2017-01-01", "2026-11-01",
    )  # fmt: skip
    names = {name: [each["name"] for each in organisation[name]] for name in ("parentOrganization", "member", "funder")}
    assert names == {"parentOrganization": ["Eier"], "member": ["Medlem"], "funder": ["Giver"]}


def test_what_a_network_only_plans_is_not_told(client):
    network = factories.network(active_from="2027-01-01", closed_from="2030-01-01")
    [organisation] = told(client, network, "Organization")
    assert not {"foundingDate", "dissolutionDate"} & organisation.keys()


def test_no_person_is_told_of(client):
    network = factories.network()
    person = factories.person("Leder", email="leder@example.org", phone="99 99 99 99", title="Rådgiver")
    network.contacts = [NetworkContact(person=person, role="leader")]
    network.save_revision().publish()
    for page in (network, factories.article(network, responsible=person)):
        assert not {"Leder", "leder@example.org", "99 99 99 99", "Rådgiver"} & {
            str(value) for value in values_in(graph_of(client, page))
        }


def test_the_way_to_a_page(client):
    network = factories.network("Nettverket")
    page = factories.announcement(network)
    [way] = told(client, page, "BreadcrumbList")
    steps = [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]]
    pages = [factories.site_root(), network, page.get_parent(), page]
    assert steps == [(number, each.title, each.full_url) for number, each in enumerate(pages, start=1)]


def test_what_the_reader_may_not_see_is_not_told(client):
    network = factories.network()
    hidden = factories.gathering(network, "Hemmelig")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    pages = [
        factories.announcement(network, related_gathering=hidden),
        factories.article(network, source_gathering=hidden),
    ]
    for page in pages:
        assert "Hemmelig" not in {str(value) for value in values_in(graph_of(client, page))}


def test_indexes_tell_the_way_to_themselves_and_nothing_else(client):
    network = factories.network()
    for make in (factories.gathering, factories.announcement, factories.article):
        assert [thing["@type"] for thing in graph_of(client, make(network).get_parent())] == ["BreadcrumbList"]


def test_a_page_of_another_type_and_a_form_tell_nothing(client):
    plain = factories.publish(PlainPage(title="Side"), factories.network())
    page = factories.gathering(factories.network("Et annet"), registration_method="built_in")
    answers = [client.get(url) for url in (plain.url, f"/registration/{page.pk}/")]
    assert [JSON_LD in answer.content.decode() for answer in answers] == [False, False]


def test_it_is_told_once_however_often_the_tag_is_used():
    page, request = factories.network(), RequestFactory().get("/")
    context = page.get_context(request)
    tag = "{% load prosjektnett_tags %}{% structured_data %}{% structured_data %}"
    assert Template(tag).render(Context(context)).count(JSON_LD) == 1


def test_a_draft_is_previewed(admin):
    page = factories.gathering(factories.network(), occurrences=[{"start_date": "2027-12-10", "place": "Alta"}])
    page.title = "Et utkast"
    page.save_revision()
    html = admin.get(f"/admin/pages/{page.pk}/view_draft/").content
    [script] = BeautifulSoup(html, "html.parser").select(f'script[type="{JSON_LD}"]')
    assert json.loads(script.string)["@graph"][0]["name"] == "Et utkast"


ODD = st.text(max_size=80) | st.sampled_from(
    ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", "&lt;/script&gt;", '"\\', "{{ 1 }}"]
)


@given(title=ODD, text=ODD)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_gets_out_of_the_script(client, title, text):
    title = "".join(sign for sign in title if sign.isprintable() or sign in "\u2028\u2029").strip() or "Tom"
    text = text.replace("\0", "")
    page = ExperiencePage.objects.first() or factories.article(factories.network())
    ExperiencePage.objects.filter(pk=page.pk).update(title=title, lead=text)
    soup = soup_of(client, page)
    [script] = soup.select(f'script[type="{JSON_LD}"]')
    assert not set("<>&\u2028\u2029") & set(script.string)
    article = json.loads(script.string)["@graph"][0]
    assert article["headline"] == title
    assert len(soup.select("script")) == 1
