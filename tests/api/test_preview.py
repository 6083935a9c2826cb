"""An external frontend shows a draft as it will be once it is published, and nobody else sees it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.signing import TimestampSigner
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail_headless_preview.models import PagePreview
from wagtail_headless_preview.signals import preview_update

from tests import factories
from tests.api.conftest import API
from tests.forms import announcement_data, article_data, gathering_data, network_data
from tests.host.models import PlainPage
from wagtail_prosjektnett.models import Frontend
from wagtail_prosjektnett.pages.frontend_preview import KEPT
from wagtail_prosjektnett.pages.models import AnnouncementPage, ExperiencePage, GatheringPage, NetworkPage

pytestmark = pytest.mark.django_db

ADDRESS = "https://nettverk.example.org"
SALT = "headlesspreview.token"


@pytest.fixture
def frontend():
    return Frontend.objects.create(site=Site.objects.get(is_default_site=True), address=ADDRESS)


@pytest.fixture
def draft(client):
    """Read a draft by a token."""

    def ask(token, scheme="Bearer", **headers):
        sent = {"authorization": f"{scheme} {token}".strip()} if token is not None else {}
        return client.get(f"{API}/preview/", headers={**sent, **headers})

    return ask


def token_of(html):
    """The token in the address of the frontend that a preview shows."""
    address = html.partition('<iframe src="')[2].partition('"')[0].replace("&amp;", "&")
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{ADDRESS}/"
    return parse_qs(parts.query)["token"][0]


def preview(admin, page):
    """Ask for a preview of a saved draft, as an editor does, and return its token."""
    response = page.get_latest_revision_as_object().make_preview_request(preview_mode="frontend")
    assert response.status_code == 200
    return token_of(response.content.decode())


def same(told, published):
    """Compare what is told of a draft with what is told of the page after publishing, but for ids and dates."""
    skipped = {"changed", "published"}
    return {key: value for key, value in told.items() if key not in skipped} == {
        key: value for key, value in published.items() if key not in skipped
    }


@pytest.mark.parametrize("name", ["gathering", "announcement", "article"])
def test_a_draft_is_told_as_it_will_be(full, frontend, draft, get, name, admin):
    page = getattr(full, name)()
    page.title, page.lead = "Utkast", "Slik blir det"
    page.save_revision()
    answer = draft(preview(admin, page))
    assert answer.status_code == 200, answer.content
    path = {"gathering": "gatherings", "announcement": "announcements", "article": "experiences"}[name]
    assert get(f"{path}/{page.pk}/")["lead"] != "Slik blir det"
    page.get_latest_revision().publish()
    assert answer.json() == get(f"{path}/{page.pk}/")
    assert answer.json()["title"] == "Utkast"


def test_a_draft_of_a_network_comes_with_its_landing_page(full, frontend, draft, get, admin):
    full.gathering(), full.announcement(), full.article()
    full.network.title = "Utkast"
    full.network.save_revision()
    answer = draft(preview(admin, full.network))
    full.network.get_latest_revision().publish()
    assert answer.json() == get(f"networks/{full.network.pk}/")


def test_rows_and_blocks_that_are_not_published_are_told(frontend, draft, admin):
    page = factories.gathering(factories.network(), occurrences=[{"start_date": "2027-01-01"}])
    page.body = [("paragraph", "<p>Nytt</p>")]
    page.occurrences.add(*[factories.typed(type(page.occurrences.first()), start_date="2027-02-02", sort_order=1)])
    page.save_revision()
    told = draft(preview(admin, page)).json()
    assert [row["when"]["starts_at"][:10] for row in told["occurrences"]] == ["2027-01-01", "2027-02-02"]
    assert "Nytt" in str(told["body"])
    assert GatheringPage.objects.get(pk=page.pk).occurrences.count() == 1


@pytest.mark.parametrize(
    "model, make, data",
    [
        (GatheringPage, factories.gathering, gathering_data([{"start_date": "2027-02-15"}], slug="ny")),
        (AnnouncementPage, factories.announcement, announcement_data()),
        (ExperiencePage, factories.article, article_data()),
        (NetworkPage, factories.network, network_data()),
    ],
)
def test_a_page_that_was_never_saved(frontend, draft, admin, conforms, model, make, data):
    page = make() if model is NetworkPage else make(factories.network())
    place = ["prosjektnett_pages", model._meta.model_name, page.get_parent().pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=place)
    assert admin.post(url, data).json()["is_valid"]
    told = draft(token_of(admin.get(f"{url}?mode=frontend&in_preview_panel=true").content.decode())).json()
    conforms("getDraft", told, "200")
    item = told.get("network") if model is NetworkPage else told
    assert (item["id"], item["title"]) == (0, data["title"])


def test_what_is_typed_and_not_saved_is_told(frontend, draft, admin):
    page = factories.announcement(factories.network())
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin.post(url, {**announcement_data(), "title": "Ikke lagret"}).json()["is_valid"]
    told = draft(token_of(admin.get(f"{url}?mode=frontend").content.decode())).json()
    assert (told["id"], told["title"]) == (page.pk, "Ikke lagret")


def test_nobody_keeps_a_draft(frontend, draft, admin):
    page = factories.network()
    for token in (preview(admin, page), "feil"):
        assert set(draft(token)["Cache-Control"].split(", ")) == {"private", "no-store"}
        assert "ETag" not in draft(token)


class TestWrongTokens:
    """Every wrong token is answered as if there were none."""

    @pytest.fixture
    def token(self, frontend, admin):
        return preview(admin, factories.network())

    @pytest.fixture(autouse=True)
    def _same_answer(self, draft, token, frontend):
        self.draft, self.token = draft, token

    def refused(self, token, **more):
        answer = self.draft(token, **more)
        assert answer.status_code == 404
        assert answer.content == self.draft(None).content
        assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
        return True

    def test_none(self):
        assert self.refused(None)
        assert self.refused("")

    @pytest.mark.parametrize("text", ["x", "a:b:c", "\x00", "æøå", "x" * 5000, "' OR 1=1 --", "%00"])
    def test_garbled(self, text):
        assert self.refused(text.encode().decode("latin-1"))

    def test_cut_or_changed(self):
        assert self.refused(self.token[:-1])
        assert self.refused("x" + self.token)
        assert self.refused(self.token.replace("prosjektnett-", "prosjektnett-1"))

    def test_signed_but_never_given(self):
        assert self.refused(TimestampSigner(salt=SALT).sign("prosjektnett-1-x"))

    def test_signed_for_another_purpose(self):
        stored = TimestampSigner(salt="annet").sign("prosjektnett-1-x")
        PagePreview.objects.filter(token=self.token).update(token=stored)
        assert self.refused(stored)

    def test_too_old(self):
        with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
            assert self.draft(self.token).status_code == 200
        with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
            assert self.refused(self.token)

    def test_as_old_as_the_site_allows(self, settings):
        settings.PROSJEKTNETT_PREVIEW_MAX_AGE = 10
        with time_machine.travel(timezone.now() + timedelta(seconds=11), tick=False):
            assert self.refused(self.token)

    def test_in_the_address_or_by_another_scheme(self, client):
        assert self.refused(self.token, scheme="Basic")
        assert self.refused(self.token, scheme="")
        answer = client.get(f"{API}/preview/", {"token": self.token})
        assert answer.status_code == 404

    def test_of_another_site(self):
        front = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
        Site.objects.create(hostname="other.example.org", root_page=front)
        assert self.refused(self.token, host="other.example.org")

    def test_of_a_page_that_is_not_ours(self):
        page = factories.publish(PlainPage(title="Side"), factories.site_root())
        token = TimestampSigner(salt=SALT).sign("id=1")
        kind = ContentType.objects.get_for_model(PlainPage)
        PagePreview.objects.create(token=token, content_type=kind, content_json=page.to_json())
        assert self.refused(token)

    def test_while_the_package_is_not_installed(self, monkeypatch):
        monkeypatch.setattr("wagtail_prosjektnett.pages.frontend_preview.apps.is_installed", lambda name: False)
        assert self.refused(self.token)


class TestModes:
    """An editor may choose the frontend where there is one, and sees this site's page first."""

    def names(self, page):
        return [name for name, _label in page.preview_modes]

    def test_without_a_frontend_all_is_as_it_was(self):
        assert self.names(factories.network()) == [""]

    def test_with_one_it_may_be_chosen(self, frontend):
        network = factories.network()
        assert self.names(network) == ["", "frontend"]
        assert self.names(factories.gathering_index(network)) == [""]
        assert self.names(GatheringPage()) == ["", "frontend"]

    def test_where_readers_are_led_there_it_comes_first(self, frontend):
        frontend.leads_readers = True
        frontend.save()
        assert self.names(factories.network()) == ["frontend", ""]

    def test_a_frontend_of_another_site_does_not_count(self):
        front = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
        Frontend.objects.create(site=Site.objects.create(hostname="b", root_page=front), address=ADDRESS)
        assert self.names(factories.network()) == [""]

    def test_without_the_package_it_cannot(self, frontend, monkeypatch):
        page = factories.network()
        monkeypatch.setattr("wagtail_prosjektnett.pages.frontend_preview.apps.is_installed", lambda name: False)
        assert self.names(page) == [""]
        assert page.make_preview_request(preview_mode="frontend").status_code == 200

    @override_settings(WAGTAIL_HEADLESS_PREVIEW={"CLIENT_URLS": {"default": "https://proving.example.org/preview"}})
    def test_the_settings_of_the_package_come_first(self, frontend):
        page = factories.network()
        html = page.make_preview_request(preview_mode="frontend").content.decode()
        assert 'src="https://proving.example.org/preview/?content_type=' in html

    @override_settings(WAGTAIL_HEADLESS_PREVIEW={"REDIRECT_ON_PREVIEW": True})
    def test_a_frontend_that_cannot_be_framed_is_led_to(self, frontend):
        response = factories.network().make_preview_request(preview_mode="frontend")
        assert response.status_code == 302
        assert response["Location"].startswith(f"{ADDRESS}/?content_type=prosjektnett_pages.networkpage&token=")

    def test_the_editor_shows_the_choice(self, frontend, admin):
        page = factories.network()
        html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert 'value="frontend"' in html


def test_the_newest_drafts_of_a_page_are_kept(frontend, admin, draft):
    page, other = factories.network("En"), factories.network("To")
    of_other = preview(admin, other)
    tokens = [preview(admin, page) for _ in range(KEPT + 3)]
    assert PagePreview.objects.count() == KEPT + 1
    assert [draft(token).status_code for token in (tokens[0], tokens[-1], of_other)] == [404, 200, 200]


def test_other_apps_are_told_of_a_new_draft(frontend, admin):
    heard = []
    preview_update.connect(lambda token, **kwargs: heard.append(token), weak=False, dispatch_uid="test")
    try:
        token = preview(admin, factories.network())
    finally:
        preview_update.disconnect(dispatch_uid="test")
    assert heard == [token]
