"""A site can put its own in the place of every template of ours, and in every block of one."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from wagtail.models import Locale

import wagtail_prosjektnett
from tests import factories
from tests.languages import translated
from wagtail_prosjektnett.models import WebhookEndpoint
from wagtail_prosjektnett.pages.types import PageRole

pytestmark = pytest.mark.django_db

TEMPLATES = Path(wagtail_prosjektnett.__file__).parent / "templates"
OURS = TEMPLATES / "wagtail_prosjektnett"
#: Templates of whole pages; the others are parts of them.
WHOLE = {path.name for path in OURS.glob("*.html")}
PARTS = {path.relative_to(TEMPLATES).as_posix() for path in OURS.rglob("*.html") if path.name not in WHOLE}


def blocks_of(*names):
    """The names of the blocks in some of our templates."""
    return {block for name in names for block in re.findall(r"{% block (\w+) %}", (OURS / name).read_text("utf-8"))}


@pytest.mark.parametrize("role", list(PageRole))
def test_a_template_of_the_sites_own_fills_every_block_of_a_page(client, whole_network, site_templates, role):
    page = whole_network[role]
    ours = f"wagtail_prosjektnett/{page.reference_template}"
    names = blocks_of("base.html", "page.html", page.reference_template)
    added = "".join(f"{{% block {name} %}}{{{{ block.super }}}}[own {name}]{{% endblock %}}" for name in names)
    site_templates(page.template, f'{{% extends "{ours}" %}}{added}')
    html = client.get(page.url).content.decode()
    assert set(re.findall(r"\[own (\w+)\]", html)) == names
    assert html.count("data-network-banner=") == 1


def test_the_site_may_leave_a_block_empty(client, whole_network, site_templates):
    extends = '{% extends "wagtail_prosjektnett/announcement_page.html" %}'
    site_templates("prosjektnett_pages/announcement_page.html", extends + "{% block page_dates %}{% endblock %}")
    news, gathering = (whole_network[role] for role in (PageRole.ANNOUNCEMENT, PageRole.GATHERING))
    assert 'class="dates"' in client.get(gathering.url).content.decode()
    assert 'class="dates"' not in client.get(news.url).content.decode()


BASE = """<!doctype html><title>{% block title %}{% endblock %}</title>{% block extra_css %}{% endblock %}
<body class="county {% block body_class %}{% endblock %}"><div id="county">{% block content %}{% endblock %}</div>"""


def test_the_blocks_of_a_base_template_of_the_sites_own_are_filled(client, whole_network, site_templates, settings):
    site_templates("county.html", BASE)
    settings.PROSJEKTNETT_BASE_TEMPLATE = "county.html"
    html = client.get(whole_network[PageRole.GATHERING].url).content.decode()
    assert "<title>Samling – Testnettverket</title>" in html
    assert html.count("wagtail_prosjektnett/network.css") == 1
    assert re.search(r'<body class="county\s+prosjektnett-page">', html)
    assert "<h1>Samling</h1>" in html.partition('<div id="county">')[2]
    assert blocks_of("page.html") - blocks_of("base.html") == {
        "network_header", "page_kicker", "page_dates", "page_image", "page_content",
    }  # fmt: skip


def marked(text, mark):
    """A template that shows a mark: in its first block, where it extends another and only blocks are shown."""
    return re.sub(r"({% block \w+ %})", rf"\1{mark}", text, count=1) if "{% extends" in text else text + mark


def test_every_part_of_a_page_can_be_the_sites_own(admin, whole_network, site_templates, settings):
    settings.PROSJEKTNETT_PAGE_SIZE = 1
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.multilingual_urls"
    network = whole_network[PageRole.NETWORK]
    translation = translated(network, Locale.objects.create(language_code="nn"))
    factories.announcement(network, "En til")
    for name in PARTS:
        site_templates(name, marked((TEMPLATES / name).read_text("utf-8"), f"[own {name}]"))
    addresses = [page.url for page in whole_network.values()]
    addresses += [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (network, translation)]
    addresses.append("/api/prosjektnett/docs")
    webhook = WebhookEndpoint.objects.create(description="Fronten", address="https://example.org/")
    addresses.append(reverse("prosjektnett_webhooks:test", args=[webhook.pk]))
    found = {name for url in addresses for name in re.findall(r"\[own (.+?)\]", admin.get(url).content.decode())}
    assert found == PARTS
