"""Feedback in the admin: for each role and each address, who sees, exports and changes what."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.feedback.desk.conftest import SECRET, asked, give, secretive
from tests.registration.people import HANDLERS, ROLES, log_in
from tests.registration.spreadsheets import rows_of
from wagtail_prosjektnett.admin.feedback.bulk import BULK_ACTIONS
from wagtail_prosjektnett.admin.feedback.viewset import FeedbackViewSet
from wagtail_prosjektnett.feedback import moderation
from wagtail_prosjektnett.models import Feedback

pytestmark = pytest.mark.django_db

LIST = FeedbackViewSet.name
OTHERS = ["editor of another section", "admin access only", "author of other pages"]


@pytest.fixture
def sections():
    """Two networks, each with an article; of both something has been said."""
    own, other = (factories.article(factories.network(name), f"{name} artikkel") for name in ("Eget", "Annet"))
    secretive(own)
    secretive(own.get_parent().specific)
    give(other, municipality=factories.municipality("Vadsø"))
    return own, other


@pytest.fixture
def as_role(client, django_user_model, sections):
    """Log in somebody with a role in the first section or in the other."""
    own, other = (page.get_parent().get_parent() for page in sections)

    def log(role):
        log_in(client, django_user_model.objects, role, own, other)
        return client

    return log


def addresses():
    """Every address, as (name, arguments, what a POST there does)."""
    yield from ((f"{LIST}:{name}", [], None) for name in ("index", "index_results"))
    for feedback in Feedback.objects.filter(name__startswith=SECRET):
        yield f"{LIST}:inspect", [feedback.pk], {"reply": "Takk", "seen": moderation.seen_as(feedback), "show_too": "1"}
        yield from ((f"{LIST}:{name}", [feedback.pk], {}) for name in ("show", "hide", "delete_words"))


def test_every_address_is_tested(sections):
    known = {name for name, _arguments, _data in addresses()}
    assert {f"{LIST}:{pattern.name}" for pattern in FeedbackViewSet().get_urlpatterns()} == known


def state():
    """All that anybody could change."""
    return list(Feedback.objects.order_by("pk").values())


@pytest.mark.parametrize("role", ROLES)
def test_each_address_opens_to_those_who_may_edit_the_page(as_role, sections, role):
    client, before = as_role(role), state()
    for name, arguments, data in addresses():
        url = reverse(name, args=arguments)
        answer = client.get(url)
        if role in HANDLERS:
            assert answer.status_code == 200, (name, role)
            continue
        assert SECRET not in answer.content.decode(), (name, role)
        # Who handles some other feedback is told that there is none; who handles none is sent away.
        if role == "editor of another section":
            assert answer.status_code == (200 if not arguments else 404), (name, role)
        else:
            assert answer.status_code == 302, (name, role)
        if data is not None:
            assert client.post(url, data).status_code in (302, 404), (name, role)
    assert state() == before


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_decides_about_the_feedback_of_others_in_bulk(as_role, sections, role):
    client, before = as_role(role), state()
    ids = list(Feedback.objects.filter(name__startswith=SECRET).values_list("pk", flat=True))
    chosen = ["&".join(f"id={pk}" for pk in ids), f"id=all&page={sections[0].translation_key}", "id=x", f"id={2**70}"]
    for action in BULK_ACTIONS:
        url = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "feedback", action.action_type])
        for query in chosen:
            address, listed = f"{url}?{query}", {"listed": " ".join(map(str, ids))}
            for answer in (client.get(address), client.post(address, listed)):
                assert answer.status_code == 404, (action, query)
                assert SECRET not in answer.content.decode()
    assert state() == before


def test_of_all_that_is_chosen_an_editor_shows_her_own(as_role, sections):
    client = as_role("editor of another section")
    url = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "feedback", "show_feedback"])
    ids = "&".join(f"id={pk}" for pk in Feedback.objects.values_list("pk", flat=True))
    for query in ("id=all", ids):
        Feedback.objects.update(state="waiting")
        client.post(f"{url}?{query}", asked(client.get(f"{url}?{query}")))
        [shown] = Feedback.objects.shown()
        assert shown.page_key == sections[1].translation_key


@pytest.mark.parametrize("what", ["network", "page", "q", "municipality"])
def test_no_filter_and_no_search_finds_what_belongs_to_others(as_role, sections, what):
    own, _other = sections
    client = as_role("editor of another section")
    secretive(own, municipality=factories.municipality("Hemmelig kommune"))
    value = {
        "network": own.get_parent().get_parent().translation_key,
        "page": own.translation_key,
        "q": SECRET,
        "municipality": Feedback.objects.latest("pk").municipality_id,
    }[what]
    for address in ("index", "index_results"):
        html = client.get(reverse(f"{LIST}:{address}"), {what: value}).content.decode()
        assert f"{SECRET} " not in html
        assert "Eget" not in html
    for kind in ("csv", "xlsx"):
        answer = client.get(reverse(f"{LIST}:index"), {what: value, "export": kind})
        assert len(rows_of(answer, kind)) == 1, "the heading alone"


def test_the_menu_and_the_first_page_lead_there_those_who_handle_some(as_role):
    for role in ROLES:
        if role == "anonymous":
            continue
        html = as_role(role).get(reverse("wagtailadmin_home")).content.decode()
        handles = role in (*HANDLERS, "editor of another section")
        assert (reverse(f"{LIST}:index") in html) is handles, role
        waiting = {"superuser": 3, "moderator": 3, "editor": 2, "editor of another section": 1}.get(role)
        assert ("tilbakemelding" in html.lower().partition("?state=waiting")[2]) is handles, role
        assert waiting is None or f"{waiting} tilbakemelding" in html, role


def test_the_first_page_tells_of_nothing_where_nothing_waits(as_role):
    Feedback.objects.update(state="shown")
    assert "state=waiting" not in as_role("editor").get(reverse("wagtailadmin_home")).content.decode()


def test_a_translator_of_the_page_does_not_handle_its_feedback(sections, nynorsk, client, django_user_model):
    own, _other = sections
    translation = own.copy_for_translation(nynorsk, copy_parents=True)
    root = Page.objects.get(pk=translation.get_parent().get_parent().pk)
    user = log_in(client, django_user_model.objects, "editor", root, root)
    assert translation.permissions_for_user(user).can_edit()
    assert client.get(reverse(f"{LIST}:inspect", args=[Feedback.objects.first().pk])).status_code == 302


def test_an_index_with_the_key_of_an_article_opens_nothing(as_role, sections, nynorsk):
    """What feedback is about decides which page it belongs to, not the key alone."""
    own, other = sections
    index = other.get_parent().specific
    type(index).objects.filter(pk=index.pk).update(translation_key=own.translation_key, locale=nynorsk)
    client = as_role("editor of another section")
    url = reverse(f"{LIST}:inspect", args=[Feedback.objects.get(page_key=own.translation_key).pk])
    assert client.get(url).status_code == 404


def test_the_feedback_of_a_deleted_article_is_for_superusers(as_role, sections):
    own, _other = sections
    feedback = Feedback.objects.get(page_key=own.translation_key)
    Page.objects.get(pk=own.pk).delete()
    url = reverse(f"{LIST}:inspect", args=[feedback.pk])
    assert as_role("moderator").get(url).status_code == 404
    client = as_role("superuser")
    assert SECRET in client.get(url).content.decode()
    assert SECRET in client.get(reverse(f"{LIST}:index")).content.decode()
    assert client.post(reverse(f"{LIST}:show", args=[feedback.pk])).status_code == 302


def test_who_is_not_active_any_more_handles_nothing(sections, django_user_model):
    user = django_user_model.objects.create_superuser("gone", "gone@example.org", "secret", is_active=False)
    policy = FeedbackViewSet.permission_policy
    assert not policy.user_has_permission(user, "view")
    assert not policy.user_has_permission_for_instance(user, "change", Feedback.objects.first())
    assert not policy.instances_user_has_permission_for(user, "delete").exists()


def test_a_wrong_state_is_told_and_nothing_breaks(as_role, sections):
    client = as_role("editor")
    pk = Feedback.objects.get(page_key=sections[0].translation_key).pk
    for name, data in (("show", {}), ("show", {}), ("hide", {}), ("delete_words", {}), ("delete_words", {})):
        assert client.post(reverse(f"{LIST}:{name}", args=[pk]), data).status_code == 302
    for reply in ("a\x00b", "x" * 10_000, ""):
        for seen in ("", "\x00", "x" * 10_000):
            answer = client.post(reverse(f"{LIST}:inspect", args=[pk]), {"reply": reply, "seen": seen})
            assert answer.status_code == 200
    assert Feedback.objects.get(pk=pk).reply == ""


FILTERS = (
    "state",
    "about",
    "network",
    "page",
    "helpful",
    "used",
    "municipality",
    "comment",
    "received_from",
    "received_to",
)


@pytest.mark.parametrize("value", ["x", "\x00", "9" * 40, "-1", "a" * 10_000, "2026-02-31"])
def test_no_filter_breaks_at_what_makes_no_sense(as_role, sections, value):
    client = as_role("editor")
    for name in (*FILTERS, "q", "p", "ordering", "export"):
        assert client.get(reverse(f"{LIST}:index"), {name: value}).status_code in (200, 404), name
