"""What not everybody may read is as what does not exist: whatever door, filter or reference leads to it."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlencode

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import BaseViewRestriction, Locale, Page, PageViewRestriction, Site

from tests import factories
from tests.api.conftest import API, blocks
from tests.host.models import PlainPage
from wagtail_prosjektnett.models import ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import ExperiencePage, ExperienceRelatedPage, NetworkPage

pytestmark = pytest.mark.django_db

SECRET = "hemmelig"
SYNCHRONISED = ("networks", "gatherings", "announcements", "experiences")


def draft(page):
    type(page).objects.filter(pk=page.pk).update(live=False, first_published_at=None)


def scheduled(page):
    page.unpublish()
    page = type(page).objects.get(pk=page.pk)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def expired(page):
    page.unpublish(set_expired=True)


def unpublished(page):
    page.unpublish()


def restricted(kind):
    def restrict(page):
        found = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        found.groups.set(Group.objects.get_or_create(name="Noen")[:1])

    return restrict


def section_restricted(page):
    restricted(BaseViewRestriction.LOGIN)(Page.objects.get(pk=page.get_parent().pk))


def deleted(page):
    page.delete()


def moved(page):
    site = Site.objects.filter(hostname="annen.example.org").first() or another_site()
    page.move(factories.network(f"Der borte {page.pk}", site.root_page), "last-child")


def another_site():
    root = factories.publish(PlainPage(title="Annen forside"), Page.objects.get(depth=1))
    return Site.objects.create(hostname="annen.example.org", root_page=root)


STATES = {
    "draft": draft,
    "scheduled": scheduled,
    "expired": expired,
    "unpublished": unpublished,
    "login": restricted(BaseViewRestriction.LOGIN),
    "password": restricted(BaseViewRestriction.PASSWORD),
    "groups": restricted(BaseViewRestriction.GROUPS),
    "section": section_restricted,
    "deleted": deleted,
}


class Pages:
    """Pages that are to be hidden, and visible ones that refer to them in every way there is."""

    def __init__(self):
        self.network = factories.network()
        self.alta = factories.municipality("Hemmelig kommune", municipality_number="5601")
        title = {"title": "Hemmelig", "slug": SECRET}
        place = {"municipality": self.alta, "name": "Finnmark"}
        form = {"registration_method": "built_in"}
        self.gathering = factories.gathering(self.network, occurrences=[place], **title, **form)
        self.announcement = factories.announcement(self.network, category="news", **title)
        self.article = factories.article(self.network, municipality=self.alta, **title)
        self.article.topics = [Topic.objects.create(name="Hemmelig tema")]
        self.article.phases = [ProjectPhase.objects.first()]
        self.article.save_revision().publish()
        self.hidden = [self.gathering, self.announcement, self.article]
        self.other = factories.network("Et annet nettverk", banner_text=self.links(), wind_down_from="2019-02-15")
        NetworkPage.objects.filter(pk=self.other.pk).update(successor_page=self.gathering)
        text = blocks(("paragraph", self.links()), ("links", {"heading": "", "links": self.choices()}))
        factories.announcement(self.other, "Synlig nyhet", related_gathering=self.gathering, body=text)
        visible = factories.article(self.other, "Synlig artikkel", source_gathering=self.gathering, body=text)
        visible.related_pages = [ExperienceRelatedPage(related=page) for page in self.hidden]
        visible.save_revision().publish()

    def links(self):
        return "".join(f'<p><a linktype="page" id="{page.pk}">lenke</a></p>' for page in self.hidden)

    def choices(self):
        return [{"page": page.pk, "link": "", "text": "lenke"} for page in self.hidden]


@pytest.fixture
def site(db):
    return Pages()


def lists(site):
    topic, phase = Topic.objects.get().pk, ProjectPhase.objects.first().pk
    network = site.network.pk
    return [
        "gatherings/",
        f"gatherings/?network={network}",
        "gatherings/?event_status=held&event_status=cancelled",
        "gatherings/?registration_status=closed",
        "gatherings/?season=spring&year=2018",
        "gatherings/?municipality=5601",
        "gatherings/?region=Finnmark",
        "gatherings/?locale=nb&latest_first=true&limit=20&offset=0",
        "gatherings/?from=2018-02-15&to=2018-02-15",
        "announcements/",
        f"announcements/?network={network}",
        "announcements/?category=news",
        "announcements/?year=2026",
        f"announcements/?gathering={site.gathering.pk}",
        "experiences/",
        "experiences/?q=hemmelig",
        "experiences/?q=hemmelig&order=newest",
        f"experiences/?q=hemmelig&network={network}",
        f"experiences/?topic={topic}",
        f"experiences/?phase={phase}",
        "experiences/?municipality=5601",
        "experiences/?kind=lesson",
        "experiences/?year=2026",
        f"experiences/?source_gathering={site.gathering.pk}",
        "announcements/?locale=nb&limit=20&offset=0",
        "experiences/?locale=nb&limit=20&offset=0",
        "networks/",
        "networks/?locale=nb&limit=20&offset=0",
        *(f"{name}/?changed_since=2020-01-01T00:00:00Z" for name in SYNCHRONISED),
        f"networks/{network}/",
        f"networks/{site.other.pk}/",
        f"networks/{site.other.pk}/?locale=nb",
        "search/?q=hemmelig",
        "search/?q=hemmelig&order=newest",
        f"search/?q=hemmelig&network={network}",
        "search/?q=hemmelig&locale=nb&limit=20&offset=0",
    ]


def items(site):
    names = ("gatherings", "announcements", "experiences")
    paths = [f"{name}/{page.pk}/" for name, page in zip(names, site.hidden, strict=True)]
    said = f"{paths[2]}feedback/"
    paths += [f"{paths[0]}registration-form/", said]
    return [*paths, *(f"{path}?locale=nb" for path in paths), f"{said}?limit=20&offset=0"]


def of_the_network(site):
    """What hangs on the network itself, and is there for as long as readers see that."""
    said = f"networks/{site.network.pk}/feedback/"
    return [said, f"{said}?locale=nb&limit=20&offset=0"]


def resolving(page_url):
    return (
        f"pages/?{urlencode({'html_path': page_url})}",
        f"pages/?{urlencode({'html_path': page_url, 'locale': 'nb'})}",
    )


def test_every_endpoint_and_every_parameter_is_in_the_tables(site, openapi):
    asked = {}
    for address in [*lists(site), *items(site), *of_the_network(site), *resolving("/x/")]:
        path, _, query = address.partition("?")
        asked.setdefault("/" + re.sub(r"\d+", "{id}", path), set()).update(parse_qs(query))
    promised = {
        path: {each["name"] for each in item["get"]["parameters"] if each["in"] == "query"}
        for path, item in openapi["paths"].items()
        if "get" in item and "security" not in item["get"]  # a draft is for who has its token: test_preview.py
    }
    assert asked == promised


def test_before_it_is_hidden_all_of_it_is_told(client, site):
    silent = [path for path in lists(site) if SECRET not in client.get(f"{API}/{path}").content.decode().lower()]
    assert silent == []
    for path in [*items(site), *of_the_network(site)]:
        assert client.get(f"{API}/{path}").status_code == 200


@pytest.mark.parametrize("state", STATES)
def test_what_is_hidden_is_told_nowhere(admin, site, state):
    addresses = [page.url for page in site.hidden]
    paths, found = lists(site), items(site)
    for page in site.hidden:
        STATES[state](page)
    for path in paths:
        response = admin.get(f"{API}/{path}")
        assert response.status_code == 200
        assert SECRET not in response.content.decode().lower(), path
    nothing = admin.get(f"{API}/gatherings/{2**31 - 1}/").content
    for path in found:
        response = admin.get(f"{API}/{path}")
        assert (response.status_code, response.content) == (404, nothing)
    for path in (path for address in addresses for path in resolving(address)):
        response = admin.get(f"{API}/{path}")
        assert (response.status_code, response.content) == (404, nothing)


@pytest.mark.parametrize("state", sorted(STATES.keys() - {"section"}))
def test_a_hidden_network_hides_what_leads_to_it(admin, site, state):
    address = site.network.url
    STATES[state](site.network)
    nothing = admin.get(f"{API}/networks/{2**31 - 1}/").content
    for path in (f"networks/{site.network.pk}/", *of_the_network(site)):
        assert admin.get(f"{API}/{path}").content == nothing
    assert admin.get(f"{API}/pages/", {"html_path": address}).content == nothing
    for path in ("gatherings/", "announcements/", "experiences/"):
        assert admin.get(f"{API}/{path}?network={site.network.pk}").json()["items"] == []
        for item in admin.get(f"{API}/{path}").json()["items"]:
            assert (item["network"] or {}).get("title") != "Testnettverket"
    assert "Testnettverket" not in admin.get(f"{API}/networks/").content.decode()


def test_in_another_language_it_is_not_in_lists(client, site, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    Locale.objects.create(language_code="nn")
    for path in lists(site):
        if "locale=" in path or re.search(r"\d+/", path):  # an item is told in the language that it has
            continue
        answer = client.get(f"{API}/{path}{'&' if '?' in path else '?'}locale=nn")
        assert SECRET not in answer.content.decode().lower(), path


def test_another_site_has_its_own(client, site, settings):
    root = another_site().root_page
    here = {"headers": {"host": "annen.example.org"}}
    for path in lists(site):
        assert SECRET not in client.get(f"{API}/{path}", **here).content.decode().lower() or "networks/" in path
    for path in items(site):
        assert client.get(f"{API}/{path}", **here).status_code == 404
    network = factories.network("Annet sted", parent=root)
    page = factories.gathering(network, "Samling annet sted")
    assert client.get(f"{API}/gatherings/{page.pk}/").status_code == 404
    assert client.get(f"{API}/gatherings/{page.pk}/", **here).status_code == 200
    assert "annet sted" not in client.get(f"{API}/gatherings/").content.decode()
    assert client.get(f"{API}/gatherings/?network={network.pk}").json()["items"] == []
    assert client.get(f"{API}/gatherings/", **here).json()["count"] == 1
    assert client.get(f"{API}/search/?q=samling", **here).json()["count"] >= 1


def test_what_was_moved_to_another_site_is_not_here(admin, site):
    addresses, paths, found = [page.url for page in site.hidden], lists(site), items(site)
    for page in site.hidden:
        moved(page)
    for path in paths:
        told = admin.get(f"{API}/{path}").json()
        assert "Hemmelig" not in [item["title"] for item in told.get("items", ())], path
    nothing = admin.get(f"{API}/gatherings/{2**31 - 1}/").content
    for path in [*found, *(path for address in addresses for path in resolving(address))]:
        response = admin.get(f"{API}/{path}")
        assert (response.status_code, response.content) == (404, nothing), path


def test_relations_do_not_lead_to_another_site(client, site):
    root = another_site().root_page
    page = factories.gathering(factories.network("Annet sted", parent=root), "Samling annet sted")
    article = ExperiencePage.objects.get(title="Synlig artikkel")
    article.source_gathering = page
    article.related_pages = [ExperienceRelatedPage(related=page)]
    article.save_revision().publish()
    found = client.get(f"{API}/experiences/{article.pk}/").json()
    assert (found["source_gathering"], found["related"]) == (None, [])


def test_a_page_that_was_moved_is_where_it_is_now(client, site):
    index = factories.announcement(site.other).get_parent()
    site.announcement.move(index, "last-child")
    found = client.get(f"{API}/announcements/{site.announcement.pk}/").json()
    assert found["network"]["title"] == "Et annet nettverk"
    titles = [item["title"] for item in client.get(f"{API}/announcements/?network={site.network.pk}").json()["items"]]
    assert "Hemmelig" not in titles
