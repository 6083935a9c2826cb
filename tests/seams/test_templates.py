"""A site can put its own in the place of every template of ours, and in every block of one."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

import wagtail_prosjektnett
from tests import factories
from tests.feedback.conftest import shown
from tests.languages import translated
from tests.registration.conftest import make_gathering, sign_up
from wagtail_prosjektnett.domain.registration import Participant
from wagtail_prosjektnett.models import Feedback, Registration, WebhookEndpoint
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.records.tokens import token_of
from wagtail_prosjektnett.registration.register import Signup, register

pytestmark = pytest.mark.django_db

TEMPLATES = Path(wagtail_prosjektnett.__file__).parent / "templates"
OURS = TEMPLATES / "wagtail_prosjektnett"
#: Templates of whole pages; the others are parts of them, but for those of mail (tests/delivery/mail/test_texts.py).
WHOLE = {path.name for path in OURS.glob("*.html")}
PARTS = {
    path.relative_to(TEMPLATES).as_posix()
    for path in OURS.rglob("*.html")
    if path.name not in WHOLE and path.parent.name != "mail"
}


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
        "network_header", "page_kicker", "page_dates", "page_image", "page_content", "structured_data",
    }  # fmt: skip


def marked(text, mark):
    """A template that shows a mark: in its first block, where it extends another and only blocks are shown."""
    return re.sub(r"({% block \w+ %})", rf"\1{mark}", text, count=1) if "{% extends" in text else text + mark


def addresses_of_registrations():
    """The pages of the admin about somebody who is signed up."""
    gathering = make_gathering(registration_deadline="2036-11-30", occurrences=[{"start_date": "2036-12-10"}])
    [occurrence] = gathering.occurrences.all()
    sign_up(gathering, name="")
    pk = Registration.objects.get().pk
    yield reverse("prosjektnett_registrations:index")
    yield from (reverse(f"prosjektnett_registrations:{name}", args=[pk]) for name in ("inspect", "edit", "cancel"))
    names = ("names", "needs", "message")
    yield from (reverse(f"prosjektnett_registrations:{name}", args=[occurrence.uid]) for name in names)
    mark = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "registration", "was_there"])
    yield f"{mark}?id={pk}"
    yield reverse("wagtailadmin_pages:edit", args=[gathering.pk])
    yield reverse("prosjektnett_mail_texts:add")
    yield reverse("prosjektnett_erase_person")


def addresses_of_feedback(article):
    """The pages of the admin about what readers say of an article."""
    feedback = Feedback.objects.create(about="article", page_key=article.translation_key, language="nb")
    yield reverse("prosjektnett_feedback_admin:index")
    yield reverse("prosjektnett_feedback_admin:inspect", args=[feedback.pk])
    show = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "feedback", "show_feedback"])
    yield f"{show}?id={feedback.pk}"
    yield reverse("wagtailadmin_pages:edit", args=[article.pk])
    yield reverse("wagtailadmin_home")


def addresses_of_reviews(article):
    """The pages of the admin on which an article is edited and reviewed."""
    yield reverse("wagtailadmin_pages:edit", args=[article.pk])
    yield reverse("prosjektnett_review") + "?state=later"


def pages_of_registration(client, network):
    """The addresses of all pages on which people sign up, of which one is known by a cookie."""
    opened, closed = (
        factories.gathering(
            network, "Ny samling", [{"start_date": f"{year}-06-01"}], registration_method="built_in",
            registration_deadline=date(year, 5, 1), registration_needs=True,
        )
        for year in (2099, 2018)
    )  # fmt: skip
    register(Signup(opened.occurrences.first(), [Participant("Deltaker", "deltaker@example.org")]), timezone.now)
    client.get(f"/registration/link/{token_of(Registration.objects.latest('pk'))}/")
    names = [f"{opened.pk}/", f"{closed.pk}/", f"{opened.pk}/done/", "mine/", "erased/", "link/wrong/"]
    return [f"/registration/{name}" for name in names]


def pages_of_feedback(article):
    """The addresses of the pages on which readers say what they think of an article, of which something is shown."""
    shown(article, used=True, reply="Takk")
    return [f"/feedback/{article.pk}/{name}" for name in ("", "done/")]


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
    news = whole_network[PageRole.ANNOUNCEMENT_INDEX].url
    addresses += [f"{news}?category=news", f"{news}?page=x"]
    addresses += [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (network, translation)]
    addresses.append("/api/prosjektnett/docs")
    webhook = WebhookEndpoint.objects.create(description="Fronten", address="https://example.org/")
    addresses.append(reverse("prosjektnett_webhooks:test", args=[webhook.pk]))
    addresses.append(f"/feeds/networks/{network.pk}/news.atom")
    addresses += addresses_of_registrations()
    addresses += addresses_of_feedback(whole_network[PageRole.EXPERIENCE])
    addresses += addresses_of_reviews(whole_network[PageRole.EXPERIENCE])
    addresses += pages_of_registration(admin, network)
    addresses += pages_of_feedback(whole_network[PageRole.EXPERIENCE])
    answers = [admin.get(url) for url in addresses]
    answers.append(admin.post("/registration/mine/", {"name": "Deltaker"}))  # as from the page of another registration
    found = {name for answer in answers for name in re.findall(r"\[own (.+?)\]", answer.content.decode())}
    assert found == PARTS
