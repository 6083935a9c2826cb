"""The numbered checks tell a developer what is not set up right, and how to mend it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings
from django.urls import path
from ninja.conf import settings as ninja_settings
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.blocks import CharBlock
from wagtail.models import Site

from tests import factories
from tests import urls as our_urls
from tests.conftest import needs_v3
from tests.test_docs import rows
from wagtail_prosjektnett import conf
from wagtail_prosjektnett.api import cors
from wagtail_prosjektnett.api.v2 import NetworkPagesAPIViewSet
from wagtail_prosjektnett.fields import BLOCKS_HOOK
from wagtail_prosjektnett.models import Frontend, FrontendOrigin

stock_router = WagtailAPIRouter("stock")
stock_router.register_endpoint("pages", PagesAPIViewSet)


class OwnViewSet(NetworkPagesAPIViewSet):
    """A site's own subclass, which keeps the banner."""


own_router = WagtailAPIRouter("own")
own_router.register_endpoint("pages", OwnViewSet)

urlpatterns = [path("api/", stock_router.urls), path("own/", own_router.urls), *our_urls.urlpatterns]


def ours(**options):
    return {
        message.id.removeprefix("wagtail_prosjektnett."): message
        for message in run_checks(**options)
        if "prosjektnett." in message.id
    }


def test_a_site_that_is_set_up_right_gets_no_message():
    assert ours() == {}


@pytest.mark.parametrize(
    "number, changed, words",
    [
        ("E001", {"PROSJEKTNETT_BASE_TEMPLAET": "x"}, "PROSJEKTNETT_BASE_TEMPLATE"),
        ("E002", {"PROSJEKTNETT_PAGE_SIZE": "20"}, "int"),
        ("E003", {"PROSJEKTNETT_TIME_ZONE": "Europe/Osol"}, "Europe/Osol"),
        ("E006", {"PROSJEKTNETT_BASE_TEMPLATE": "borte.html"}, "borte.html"),
        ("E006", {"PROSJEKTNETT_BASE_TEMPLATE": "host"}, "host"),
        ("E006", {"PROSJEKTNETT_BASE_TEMPLATE": ""}, "BASE_TEMPLATE"),
        ("E007", {"PROSJEKTNETT_PAGE_SIZE": 0}, "PAGE_SIZE"),
        ("E008", {"PROSJEKTNETT_IMAGE_RENDITIONS": {"small": "bredde-480"}}, "bredde-480"),
        ("E008", {"PROSJEKTNETT_IMAGE_RENDITIONS": {"small": None}}, "small"),
        ("E009", {"PROSJEKTNETT_ANNOUNCEMENT_CATEGORIES": {"": "Uten"}}, "1 to"),
        ("E009", {"PROSJEKTNETT_ANNOUNCEMENT_CATEGORIES": {"x" * 500: "Lang"}}, "xxx"),
        ("E012", {"PROSJEKTNETT_THROTTLE_RATES": {"search": "ofte"}}, "300/minute"),
        ("E012", {"PROSJEKTNETT_THROTTLE_RATES": {"read": "3/minute"}}, "search"),
        ("E013", {"PROSJEKTNETT_PREVIEW_MAX_AGE": 0}, "PREVIEW_MAX_AGE"),
        ("W005", {"MIDDLEWARE": [name for name in settings.MIDDLEWARE if name != cors.MIDDLEWARE]}, "MIDDLEWARE"),
        ("W005", {"MIDDLEWARE": [*settings.MIDDLEWARE[1:], cors.MIDDLEWARE]}, "before"),
        ("W006", {"CORS_ALLOW_CREDENTIALS": True}, "cookies"),
        ("E014", {"PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS": ["10.0.0.1/8"]}, "10.0.0.1/8"),
        ("E014", {"PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS": [None]}, "network"),
        ("E016", {"PROSJEKTNETT_REGISTRATIONS_KEPT_DAYS": -1}, "REGISTRATIONS_KEPT_DAYS"),
        ("E016", {"PROSJEKTNETT_NEEDS_KEPT_DAYS": 40_000}, "NEEDS_KEPT_DAYS"),
        ("E016", {"PROSJEKTNETT_ENDED_REGISTRATIONS_KEPT_DAYS": -1}, "0 to"),
        ("E016", {"PROSJEKTNETT_FEEDBACK_KEPT_DAYS": -1}, "FEEDBACK_KEPT_DAYS"),
        ("E015", {"PROSJEKTNETT_WEBHOOK_TIMEOUT": 0}, "WEBHOOK_TIMEOUT"),
        ("E015", {"PROSJEKTNETT_WEBHOOK_TIMEOUT": 61}, "60"),
        ("E015", {"PROSJEKTNETT_OUTBOX_KEPT_DAYS": 0}, "OUTBOX_KEPT_DAYS"),
        ("E015", {"PROSJEKTNETT_REMINDER_DAYS": -1}, "from 0"),
        ("E015", {"PROSJEKTNETT_REVIEW_MONTHS": 241}, "240"),
        ("W001", {"ROOT_URLCONF": "tests.test_checks"}, "PagesAPIViewSet"),
        ("W004", {"LANGUAGES": [("nb", "Bokmål"), ("se", "Davvisámegiella")]}, "FORMAT_MODULE_PATH"),
        ("W003", {"PROSJEKTNETT_BASE_TEMPLATE": "host/bare.html"}, "network_banner"),
    ],
)
def test_a_mistake_is_told_with_its_number(number, changed, words):
    with override_settings(**{"WAGTAIL_CONTENT_LANGUAGES": [("nb", "Bokmål")], **changed}):
        found = ours()
    assert list(found) == [number]
    assert words in found[number].msg + (found[number].hint or "")


@pytest.mark.parametrize("value", [None, 5, ["x"], [("x", "y")], "20"])
@pytest.mark.parametrize("name", conf.SETTINGS)
def test_a_value_of_the_wrong_type_is_told_once_whatever_it_is(name, value):
    if isinstance(value, conf.SETTINGS[name].type):
        return
    with override_settings(**{conf.PREFIX + name: value}):
        found = ours()
    assert list(found) == ["E002"]
    assert conf.PREFIX + name in found["E002"].msg


def test_a_new_check_needs_a_test_here_or_on_a_base_page_of_the_sites_own():
    files = [Path(__file__), Path(__file__).parent / "own_page" / "test_site.py"]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    numbers = [row[0].strip("`").rpartition(".")[2] for row in rows("checks.md")[1:]]
    assert [number for number in numbers if number not in text] == []


def test_a_deployed_site_is_told_that_webhooks_reach_its_own_networks():
    def found():
        return [message.id for message in run_checks(include_deployment_checks=True) if "prosjektnett." in message.id]

    assert found() == []
    with override_settings(PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS=["127.0.0.0/8"]):
        assert found() == ["wagtail_prosjektnett.W009"]


@pytest.mark.parametrize("template", ["host/plain_page.html", "host/with_banner_in_include.html"])
def test_the_banner_is_found_in_what_a_base_template_includes(template):
    with override_settings(PROSJEKTNETT_BASE_TEMPLATE=template):
        assert ours() == {}


@needs_v3
def test_a_router_of_api_v3_that_was_built_too_early_is_told(monkeypatch):
    from wagtail_prosjektnett.api import v3

    monkeypatch.setattr(v3, "in_time", False)
    assert list(ours()) == ["W002"]


@pytest.mark.django_db
def test_origins_that_nothing_lets_in_are_told(monkeypatch):
    frontend = Frontend.objects.create(site=Site.objects.get(is_default_site=True), address="https://a.example.org")
    monkeypatch.setattr("wagtail_prosjektnett.frontend_checks.apps.is_installed", lambda name: name != "corsheaders")
    assert ours() == ours(databases=["default"]) == {}
    FrontendOrigin.objects.create(frontend=frontend, origin="https://b.example.org")
    assert list(ours(databases=["default"])) == ["W007"]
    monkeypatch.undo()
    assert ours(databases=["default"]) == {}


def test_before_its_table_is_there_nothing_is_told(monkeypatch):
    monkeypatch.setattr("wagtail_prosjektnett.frontend_checks.apps.is_installed", lambda name: name != "corsheaders")
    introspection = type("", (), {"table_names": lambda self: []})()
    for checks in ("frontend_checks", "registration_checks"):
        there = {"default": SimpleNamespace(introspection=introspection)}
        monkeypatch.setattr(f"wagtail_prosjektnett.{checks}.connections", there)
    assert ours(databases=["default"]) == {}


@pytest.mark.django_db
def test_a_form_without_an_address_is_told(settings):
    factories.gathering(factories.network(), registration_method="link")
    settings.ROOT_URLCONF = "tests.without_registration_urls"
    assert ours(databases=["default"]) == {}
    page = factories.gathering(factories.network("Et annet"), registration_method="built_in")
    assert ours() == {}
    assert list(ours(databases=["default"])) == ["W010"]
    page.unpublish()
    assert ours(databases=["default"]) == {}
    page.save_revision().publish()
    settings.ROOT_URLCONF = "tests.urls"
    assert ours(databases=["default"]) == {}


@pytest.mark.parametrize("proxies, rates, told", [(None, "3/minute", ["W008"]), (0, "3/minute", []), (None, None, [])])
def test_limits_that_can_be_got_round_are_told_before_a_deployment(monkeypatch, proxies, rates, told):
    monkeypatch.setattr(ninja_settings, "NUM_PROXIES", proxies)
    with override_settings(PROSJEKTNETT_THROTTLE_RATES=dict.fromkeys(conf.ThrottleScope, rates)):
        assert list(ours(include_deployment_checks=True)) == told


def test_two_page_types_for_one_role_and_a_lost_search_field_are_told(monkeypatch):
    from wagtail_prosjektnett import checks
    from wagtail_prosjektnett.pages.models import AnnouncementPage, GatheringPage

    monkeypatch.setattr(checks, "page_models", lambda role: [AnnouncementPage, GatheringPage])
    monkeypatch.setattr(checks, "page_model", lambda role: None)
    monkeypatch.setattr(GatheringPage, "search_fields", [])
    assert {message.id for message in checks.check_page_models()} == {
        "wagtail_prosjektnett.E004",
        "wagtail_prosjektnett.E005",
    }


@pytest.mark.parametrize(
    "pairs, words",
    [([("heading", CharBlock())], "taken: heading"), ([("new", CharBlock)], "new"), (["nothing"], "nothing")],
)
def test_a_hook_that_gives_no_named_block_of_its_own_is_told(pairs, words):
    def own_blocks(field_name):
        return pairs if field_name == "body" else []

    with hooks.register_temporarily(BLOCKS_HOOK, own_blocks):
        found = ours()
    assert list(found) == ["E010"]
    assert words in found["E010"].msg
