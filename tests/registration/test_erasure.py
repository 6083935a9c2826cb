"""An administrator erases a person who asks for it; nobody else does, and the address stands nowhere."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import resolve, reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.registration.conftest import participant, pool_of, sign_up
from wagtail_prosjektnett.domain.registration import Contact
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.registration import changes
from wagtail_prosjektnett.registration.audit import RegistrationAction
from wagtail_prosjektnett.registration.counts import counted
from wagtail_prosjektnett.registration.retention import erase_person

ADDRESS = "leder@example.org"


@pytest.fixture
def url():
    return reverse("prosjektnett_erase_person")


def editor(client, user_model, *codenames):
    """A client that is logged in as somebody with some permissions."""
    group = Group.objects.create(name="Gruppe")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user = user_model.objects.create_user("somebody", "somebody@example.org", "secret")
    user.groups.add(group)
    client.force_login(user)
    return client


def test_it_asks_before_it_erases(admin, gathering, url):
    sign_up(gathering, participant(email=ADDRESS))
    asked = admin.post(url, {"address": ADDRESS})
    assert asked.context["count"] == 1
    assert f"Dette er lagret om {ADDRESS}: 1 påmelding." in asked.content.decode()
    assert 'name="confirmed"' in asked.content.decode()
    assert Registration.objects.get().is_active
    answer = admin.post(url, {"address": ADDRESS, "confirmed": "on"})
    assert answer.status_code == 302
    assert "@" not in answer["Location"]
    registration = Registration.objects.get()
    assert registration.anonymised_at == timezone.now()
    entry = PageLogEntry.objects.get(action=RegistrationAction.ERASED)
    assert (entry.page_id, entry.user, entry.data) == (gathering.pk, admin.user, {"registrations": [registration.pk]})
    assert str(registration.pk) in entry.message
    assert pool_of(gathering).seated == 0


def test_it_tells_that_others_whom_the_person_signed_up_stay(admin, gathering, url):
    people = [participant(email="kollega@example.org"), participant(email="")]
    sign_up(gathering, *people, contact=Contact("Sekretær", ADDRESS))
    asked = admin.post(url, {"address": ADDRESS}).content.decode()
    assert "2 påmeldinger" in asked
    assert "Påmeldinger av andre som har egen adresse: 1. De blir stående" in asked
    admin.post(url, {"address": ADDRESS, "confirmed": "on"})
    assert Registration.objects.get(address="kollega@example.org").is_active
    asked = admin.post(url, {"address": "kollega@example.org"}).content.decode()
    assert "andre som har egen adresse" not in asked


def test_nobody_is_erased_who_is_not_there(admin, gathering, url):
    asked = admin.post(url, {"address": ADDRESS}).content.decode()
    assert f"Ingenting er lagret om {ADDRESS}." in asked
    assert 'name="confirmed"' not in asked
    wrong = admin.post(url, {"address": "leder", "confirmed": "on"})
    assert wrong.context["form"].errors["address"]


def test_an_address_in_a_link_is_not_used(admin, gathering, url):
    sign_up(gathering, participant(email=ADDRESS))
    response = admin.get(url, {"address": ADDRESS, "confirmed": "on"})
    assert ADDRESS not in response.content.decode()
    assert Registration.objects.get().is_active


@pytest.mark.parametrize("codename, allowed", [("change_page", False), ("delete_registration", True)])
def test_only_who_has_the_permission_comes_in(client, gathering, django_user_model, url, codename, allowed):
    sign_up(gathering, participant(email=ADDRESS))
    somebody = editor(client, django_user_model, codename)
    assert (somebody.get(url).status_code == 200) is allowed
    somebody.post(url, {"address": ADDRESS, "confirmed": "on"})
    assert Registration.objects.get().is_active is not allowed


def test_seats_are_given_back_in_transactions_of_their_own(url):
    assert resolve(url).func._non_atomic_requests == {"default"}


def test_what_is_counted_is_the_same_when_nobody_is_known_any_more(gathering, django_assert_num_queries):
    alta = Organisation.objects.create(name="Alta", kind="municipality")
    for number in range(3):
        sign_up(gathering, participant(organisation=alta.pk if number else None))
    sign_up(gathering, participant(email=ADDRESS), name="Vest")
    Registration.objects.filter(number=2).update(attended=True)
    changes.cancel(Registration.objects.get(email=ADDRESS), timezone.now())
    with django_assert_num_queries(1):
        before = counted(gathering.translation_key)
    assert {(each.organisation, each.state.value, each.attended, each.people) for each in before} == {
        ("", "seated", None, 1),
        ("Alta", "seated", True, 1),
        ("Alta", "waiting", None, 1),
        ("", "cancelled", None, 1),
    }
    erase_person(ADDRESS, timezone.now())
    assert counted(gathering.translation_key) == before
