"""Every list of ours in the admin can be searched, and every address of ours that leads to nothing says so."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests import factories
from wagtail_prosjektnett.delivery.events import write
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic, WebhookEndpoint

pytestmark = pytest.mark.django_db
OURS = ("prosjektnett_", "wagtailsnippets_wagtail_prosjektnett_")
#: What no row has for a key: a word, and a number that no database can hold.
NOBODYS = ["x", "999999999999999999999999999999"]


def routes(patterns=None, namespace="", before=""):
    """The name and the route of each address of ours in the admin."""
    for each in patterns if patterns is not None else get_resolver().url_patterns:
        route = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            inner = ":".join(filter(None, (namespace, each.namespace)))
            yield from routes(each.url_patterns, inner, route)
        elif route.startswith("admin/") and f"{namespace}:{each.name}".lstrip(":").startswith(OURS):
            yield f"{namespace}:{each.name}".lstrip(":"), route


LISTS = sorted(
    {name for name, route in routes() if ":pk>" not in route and name.endswith(("index", "list", "review", "_results"))}
)
OF_ONE = sorted({route for _name, route in routes() if ":pk>" in route})


def test_all_of_the_admin_is_looked_at():
    assert {"prosjektnett_registrations:index", "prosjektnett_review"} <= set(LISTS)
    assert len([name for name in LISTS if name.startswith(OURS[1])]) >= 8
    assert any("webhook-log/inspect" in route for route in OF_ONE)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_searched(admin, name):
    factories.article(factories.network())
    for model in (Organisation, ContactPerson, Topic, ProjectPhase):
        model.objects.create(name="Alta")
    for word in ("Alta", "ål alta"):
        assert admin.get(reverse(name), {"q": word}).status_code == 200


def test_an_organisation_is_found_by_a_part_of_its_name(admin):
    factories.municipality("Alta")
    factories.municipality("Hammerfest")
    snippets = Organisation.snippet_viewset
    for view in ("list", "list_results"):
        html = admin.get(reverse(snippets.get_url_name(view)), {"q": "alt"}).content.decode()
        assert "Alta" in html
        assert "Hammerfest" not in html


@pytest.mark.parametrize("route", OF_ONE)
def test_an_address_of_nothing_is_not_found(admin, route):
    for key in NOBODYS:
        assert admin.get("/" + re.sub("<[a-z_]+:pk>", key, route)).status_code == 404


def test_a_message_that_nobody_sends_any_more_has_no_next_try(admin):
    endpoint = WebhookEndpoint.objects.create(description="Fronten", address="https://example.org/")
    [delivery] = write([endpoint], WebhookEvent.TEST, timezone.now(), {})
    type(delivery).objects.update(state="parked", next_try_at=None)
    html = admin.get(reverse("prosjektnett_webhook_log:inspect", args=[delivery.pk])).content.decode()
    facts = {each.get_text(strip=True) for each in BeautifulSoup(html, "html.parser").select("dt, dd")}
    assert {"Tilstand", "Gitt opp"} <= facts
    assert not {"Neste forsøk", "None", ""} & facts
