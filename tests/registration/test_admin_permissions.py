"""Registrations in the admin: for each role and each address, who sees, exports and changes what."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests import factories
from tests.registration.conftest import make_gathering, participant, pool_of, sign_up
from tests.registration.people import HANDLERS, ROLES, log_in
from tests.registration.spreadsheets import rows_of
from wagtail_prosjektnett.admin.participant_mail import ParticipantMailViewSet
from wagtail_prosjektnett.admin.registrations.bulk import BULK_ACTIONS
from wagtail_prosjektnett.admin.registrations.viewset import RegistrationViewSet
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail, SeatPool
from wagtail_prosjektnett.registration import seats
from wagtail_prosjektnett.registration.changes import cancel

pytestmark = pytest.mark.django_db

LIST, MAIL = RegistrationViewSet.name, ParticipantMailViewSet.name
SECRET = "Hemmelig deltaker"


@pytest.fixture
def sections():
    """Two networks, each with a gathering; somebody is signed up in the first, and somebody else in the other."""
    own = make_gathering(factories.network("Eget nett"), "Egen samling")
    other = make_gathering(factories.network("Annet nett"), "Annen samling")
    sign_up(own, participant(name=SECRET, email="hemmelig@example.org"))
    sign_up(own), sign_up(own, participant(name="Venter"))
    sign_up(other)
    return own, other


@pytest.fixture
def as_role(client, django_user_model, sections):
    """Log in somebody with a role in the first section or in the other."""
    own, other = (page.get_parent().get_parent() for page in sections)

    def log(role):
        log_in(client, django_user_model.objects, role, own, other)
        return client

    return log


def addresses(own):
    """Every address, as (name, arguments, what a POST there does)."""
    seated, waiting = Registration.objects.get(name=SECRET), Registration.objects.get(name="Venter")
    uid = pool_of(own).uid
    west = pool_of(own, "Vest")
    yield from ((f"{LIST}:{name}", [], None) for name in ("index", "index_results"))
    yield f"{LIST}:inspect", [seated.pk], None
    yield f"{LIST}:edit", [seated.pk], {"name": "Endret", "email": "endret@example.org"}
    yield f"{LIST}:cancel", [seated.pk], {"tell": "on"}
    yield f"{LIST}:promote", [waiting.pk], {}
    yield f"{LIST}:move", [seated.pk], {"target": west.pk}
    yield f"{LIST}:add", [uid], {"name": "Ny", "email": "ny@example.org"}
    yield f"{LIST}:names", [uid], {"attended": [seated.pk]}
    yield f"{LIST}:needs", [uid], None
    yield f"{LIST}:message", [uid], {"audience": "both", "subject": "Hei", "body": "Hei", "key": uid, "send": "1"}
    yield from ((f"{MAIL}:{name}", [], None) for name in ("index", "index_results"))
    yield f"{MAIL}:redeliver_all", [], None
    yield f"{MAIL}:redeliver", [RegistrationMail.objects.first().pk], {}


def test_every_address_is_tested(sections):
    known = {name for name, _arguments, _data in addresses(sections[0])}
    for viewset in (RegistrationViewSet, ParticipantMailViewSet):
        assert {f"{viewset.name}:{pattern.name}" for pattern in viewset().get_urlpatterns()} <= known


def state():
    """All that anybody could change."""
    return (
        list(Registration.objects.order_by("pk").values()),
        list(SeatPool.objects.order_by("pk").values("seated", "waiting", "capacity")),
        RegistrationMail.objects.count(),
    )


@pytest.mark.parametrize("role", ROLES)
def test_each_address_opens_to_those_who_may_edit_the_gathering(as_role, sections, role):
    client, before = as_role(role), state()
    for name, arguments, data in addresses(sections[0]):
        url = reverse(name, args=arguments)
        answer = client.get(url)
        if role in HANDLERS:
            assert answer.status_code == 200, (name, role)
            continue
        assert SECRET not in answer.content.decode(), (name, role)
        # Who handles some other registrations is told that there is none; who handles none is sent away.
        if role == "editor of another section":
            assert answer.status_code == (200 if not arguments else 404), (name, role)
        else:
            assert answer.status_code == 302, (name, role)
        if data is not None:
            assert client.post(url, data).status_code in (302, 404), (name, role)
    assert state() == before


@pytest.mark.parametrize("role", ["editor of another section", "admin access only", "author of other pages"])
def test_nobody_marks_the_registrations_of_others_in_bulk(as_role, sections, role):
    client, before = as_role(role), state()
    ids = list(Registration.objects.filter(pool=pool_of(sections[0])).values_list("pk", flat=True))
    for action in BULK_ACTIONS:
        url = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "registration", action.action_type])
        for chosen in ({"id": ids}, {"id": "all", "place": pool_of(sections[0]).uid}, {"id": ["x"]}, {"id": [2**70]}):
            query = "&".join(f"{key}={value}" for key, found in chosen.items() for value in as_list(found))
            for method in ("get", "post"):
                answer = getattr(client, method)(f"{url}?{query}")
                assert answer.status_code == 404, (action, query)
                assert SECRET not in answer.content.decode()
    assert state() == before


def as_list(value):
    """A value as one of several."""
    return value if isinstance(value, list) else [value]


def test_of_all_that_are_chosen_an_editor_marks_her_own(as_role, sections):
    client = as_role("editor of another section")
    url = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "registration", "was_there"])
    client.post(f"{url}?id=all")
    ids = "&".join(f"id={pk}" for pk in Registration.objects.values_list("pk", flat=True))
    client.post(f"{url}?{ids}")
    marked = Registration.objects.filter(attended=True)
    assert [each.pool for each in marked] == [pool_of(sections[1])]


@pytest.mark.parametrize("what", ["network", "gathering", "place", "q"])
def test_no_filter_and_no_search_finds_what_belongs_to_others(as_role, sections, what):
    own, _other = sections
    client = as_role("editor of another section")
    network = own.get_parent().get_parent()
    value = {
        "network": network.translation_key,
        "gathering": own.translation_key,
        "place": pool_of(own).uid,
        "q": "Hemmelig",
    }[what]
    for address in ("index", "index_results"):
        html = client.get(reverse(f"{LIST}:{address}"), {what: value}).content.decode()
        assert SECRET not in html
        assert "Egen samling" not in html
    for kind in ("csv", "xlsx"):
        answer = client.get(reverse(f"{LIST}:index"), {what: value, "export": kind, "needs": "1"})
        assert len(rows_of(answer, kind)) == 1, "the heading alone"
    assert SECRET not in client.get(reverse(f"{MAIL}:index"), {"place": pool_of(own).uid}).content.decode()


def test_the_menu_shows_registrations_to_those_who_handle_some(as_role):
    for role in ROLES:
        if role == "anonymous":
            continue
        answer = as_role(role).get(reverse("wagtailadmin_home"))
        shown = reverse(f"{LIST}:index") in answer.content.decode()
        assert shown is (role in (*HANDLERS, "editor of another section")), role


def test_a_translator_of_the_page_does_not_handle_its_registrations(sections, nynorsk, client, django_user_model):
    own, _other = sections
    translation = own.copy_for_translation(nynorsk, copy_parents=True)
    root = Page.objects.get(pk=translation.get_parent().get_parent().pk)
    user = log_in(client, django_user_model.objects, "editor", root, root)
    assert translation.permissions_for_user(user).can_edit()
    assert client.get(reverse(f"{LIST}:inspect", args=[Registration.objects.first().pk])).status_code == 302


def test_the_registrations_of_a_deleted_gathering_are_for_superusers(as_role, sections):
    own, _other = sections
    pk = Registration.objects.get(name=SECRET).pk
    for each in Registration.objects.filter(pool__gathering_key=own.translation_key):
        cancel(each, timezone.now())
    OutboxItem.objects.update(state="parked")
    Page.objects.get(pk=own.pk).delete()
    url = reverse(f"{LIST}:inspect", args=[pk])
    assert as_role("moderator").get(url).status_code == 404
    client = as_role("superuser")
    assert SECRET in client.get(url).content.decode()
    assert SECRET in client.get(reverse(f"{LIST}:index")).content.decode()
    assert client.get(reverse(f"{LIST}:edit", args=[pk])).status_code == 302


def test_all_mail_that_was_given_up_is_sent_again_where_it_may_be(as_role, sections):
    OutboxItem.objects.update(state="parked")
    client = as_role("editor of another section")
    url = reverse(f"{MAIL}:redeliver_all")
    client.post(f"{url}?place={pool_of(sections[0]).uid}")
    client.post(f"{url}?state=x")
    assert not OutboxItem.objects.exclude(state="parked").exists()
    assert "1 " in client.get(url).context["question"]
    client.post(url)
    [again] = OutboxItem.objects.exclude(state="parked")
    assert again.mail.registration.pool == pool_of(sections[1])


def test_a_wrong_state_is_told_and_nothing_breaks(as_role, sections):
    client = as_role("editor")
    pk = Registration.objects.get(name=SECRET).pk
    for name, data in (("cancel", {}), ("cancel", {}), ("promote", {}), ("move", {"target": 10**9}), ("edit", {})):
        assert client.post(reverse(f"{LIST}:{name}", args=[pk]), data).status_code in (200, 302)
    assert seats.SeatPool.objects.get(uid=pool_of(sections[0]).uid).seated == 2
