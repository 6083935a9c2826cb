"""An administrator says in the admin where the external frontend of a site is, and what else may read."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from wagtail_prosjektnett.models import Frontend, FrontendOrigin

pytestmark = pytest.mark.django_db

ADDRESS = "https://nettverk.example.org"


def data(*origins, **changes):
    """What an administrator's browser sends."""
    fields = {"site": Site.objects.get(is_default_site=True).pk, "address": ADDRESS, **changes}
    return nested_form_data({**fields, "origins": inline_formset([{"id": "", "origin": each} for each in origins])})


def url(name, *args):
    return reverse(f"prosjektnett_frontends:{name}", args=args)


def errors(response):
    """What is wrong, and where."""
    assert response.status_code == 200
    form = response.context["form"]
    rows = [
        f"{name}: {message}" for row in form.formsets["origins"].forms for name, (message, *_) in row.errors.items()
    ]
    rows += form.formsets["origins"].non_form_errors()
    return [f"{name}: {message}" for name, (message, *_) in form.errors.items()] + rows


def test_addresses_are_stored_in_their_one_form(admin):
    sent = data("HTTPS://Test.Example.ORG:443/", "http://localhost:3000", address="https://Nettverk.Example.org/")
    assert admin.post(url("add"), sent).status_code == 302
    frontend = Frontend.objects.get()
    assert frontend.address == ADDRESS
    assert [row.origin for row in frontend.origins.all()] == ["http://localhost:3000", "https://test.example.org"]


def test_it_is_changed_and_listed(admin):
    frontend = Frontend.objects.create(site=Site.objects.get(is_default_site=True))
    assert admin.post(url("edit", frontend.pk), data("http://localhost:3000")).status_code == 302
    html = admin.get(url("index")).content.decode()
    assert ADDRESS in html
    assert frontend.origins.count() == 1
    assert url("index") in admin.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(
    "origins, changes, words",
    [
        (["*"], {}, "https://"),
        (["https://*.example.org"], {}, "asterisk"),
        (["http://example.org"], {}, "https://"),
        (["https://example.org/sti"], {}, "Leave out everything after the host"),
        (["https://a.example.org", "https://A.example.org:443/"], {}, "duplicate"),
        ([], {"address": "nettverk.example.org"}, "Start the address with"),
        ([], {"address": "http://nettverk.example.org"}, "Start the address with https://"),
        ([], {"address": "https://nettverk.example.org/?a=b"}, "Leave out everything from"),
        ([], {"registration_address": "http://nettverk.example.org/pamelding"}, "Start the address with https://"),
        ([], {"registration_address": "https://nettverk.example.org/#a"}, "Leave out everything from"),
        ([], {"address": "", "leads_readers": "on"}, "Give the address that readers are led to"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_is_kept(admin, settings, origins, changes, words):
    settings.LANGUAGE_CODE = "en"
    response = admin.post(url("add"), data(*origins, **changes), headers={"accept-language": "en"})
    (told, *_) = errors(response)
    assert words in told
    assert not Frontend.objects.exists()
    html = response.content.decode()
    for typed in [*origins, *[value for name, value in changes.items() if name.endswith("address")]]:
        assert f'value="{typed.replace("&", "&amp;")}"' in html or not typed or typed.startswith("https://A.")


def test_a_site_has_one_frontend(admin):
    Frontend.objects.create(site=Site.objects.get(is_default_site=True), address=ADDRESS)
    (told,) = errors(admin.post(url("add"), data()))
    assert told.startswith("site: ")


@pytest.fixture
def person(django_user_model):
    """Somebody who may enter the admin, with some permissions besides."""

    def make(*permissions, group=None):
        user = django_user_model.objects.create_user("ansatt")
        names = ["access_admin", *permissions]
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        if group:
            user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.mark.parametrize("group", [None, "Editors", "Moderators"])
def test_editors_may_not(person, group):
    frontend = Frontend.objects.create(site=Site.objects.get(is_default_site=True))
    client = person(group=group)
    for address in (url("index"), url("add"), url("edit", frontend.pk), url("delete", frontend.pk)):
        for answer in (client.get(address), client.post(address, data(address="https://evil.example.org"))):
            assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))
    assert Frontend.objects.get().address == ""
    assert url("index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_whoever_was_given_the_permission_may(person):
    frontend = Frontend.objects.create(site=Site.objects.get(is_default_site=True))
    client = person("change_frontend")
    assert client.post(url("edit", frontend.pk), data()).status_code == 302
    assert Frontend.objects.get().address == ADDRESS
    assert client.get(url("add"))["Location"] == reverse("wagtailadmin_home")


def test_anybody_else_has_to_log_in(client):
    assert client.get(url("index"))["Location"].startswith(reverse("wagtailadmin_login"))


def test_the_permission_can_be_given_to_a_group(admin):
    html = admin.get(reverse("wagtailusers_groups:add")).content.decode()
    permission = Permission.objects.get(codename="change_frontend")
    assert f'value="{permission.pk}"' in html


def test_it_goes_with_its_site(admin):
    front = Page.objects.get(depth=1).add_child(instance=Page(title="Annet", slug="annet"))
    site = Site.objects.create(hostname="other.example.org", root_page=front)
    Frontend.objects.create(site=site, origins=[FrontendOrigin(origin=ADDRESS)])
    site.delete()
    assert not FrontendOrigin.objects.exists()


@pytest.mark.parametrize("installed", [True, False])
def test_an_administrator_is_told_where_nothing_lets_other_places_in(admin, monkeypatch, installed):
    if not installed:
        is_there = lambda name: name != "corsheaders"  # noqa: E731
        monkeypatch.setattr("wagtail_prosjektnett.records.frontends.apps.is_installed", is_there)
    html = admin.get(url("add"), headers={"accept-language": "en"}).content.decode()
    assert ("django-cors-headers" in html) is not installed
