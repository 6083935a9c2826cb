"""Who is to be told that they are not signed up any more is told: what that mail is written from stays until then."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tests.registration.conftest import make_gathering, sign_up
from tests.registration.test_guards import deleted, edit, form_of, names, told, without_east
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail
from wagtail_prosjektnett.pages import registration_links
from wagtail_prosjektnett.pages.deletion import DeletionRefused
from wagtail_prosjektnett.registration import changes


@pytest.fixture
def cancelled(gathering, monkeypatch):
    """The gathering, with somebody who was signed up in the east, and has not been told that this was cancelled."""
    monkeypatch.setattr(registration_links, "are_included", lambda: True)
    sign_up(gathering)
    changes.cancel(Registration.objects.get(), timezone.now())
    return gathering


def test_a_gathering_is_deleted_only_when_all_have_been_told(admin, cancelled, mailoutbox):
    address = reverse("wagtailadmin_pages:delete", args=[cancelled.pk])
    response = admin.post(address, follow=True)
    assert "E-post om avmelding fra «Samling» er ikke sendt ennå: Øst, 10. desember 2026 (1)." in told(response)
    assert "Folk er påmeldt" not in told(response)
    assert not deleted(cancelled)
    outbox.send_due()
    assert mailoutbox[-1].subject.startswith("Avmeldt")
    admin.post(address)
    assert deleted(cancelled)


def test_a_place_is_taken_out_only_when_all_have_been_told(admin, cancelled):
    response = edit(admin, cancelled, form_of(cancelled, without=["Øst"]))
    errors = response.context["form"].non_field_errors().as_data()
    assert [error.code for error in errors] == ["occurrence-untold"]
    assert "Øst, 10. desember 2026: 1" in errors[0].message
    without_east(cancelled).save()
    assert names(cancelled) == {"Øst", "Vest"}
    outbox.send_due()
    edit(admin, cancelled, form_of(cancelled, without=["Øst"]))
    assert names(cancelled) == {"Vest"}


def test_mail_that_was_given_up_or_is_of_no_use_is_in_no_ones_way(cancelled):
    OutboxItem.objects.filter(mail__kind=MailKind.CANCELLED).update(state="parked")
    assert RegistrationMail.objects.filter(kind=MailKind.RECEIVED, item__state="waiting").exists()
    cancelled.delete()
    assert deleted(cancelled)


def test_moving_and_unpublishing_speak_of_nobody_who_is_not_signed_up(admin, cancelled):
    response = admin.post(reverse("wagtailadmin_pages:unpublish", args=[cancelled.pk]), follow=True)
    assert "Folk er påmeldt" not in told(response)


def test_registration_elsewhere_is_in_no_ones_way(admin, cancelled):
    response = edit(admin, cancelled, form_of(cancelled, registration_method="none"))
    assert "form" not in response.context or not response.context["form"].errors


def test_who_has_not_confirmed_in_time_is_told_before_it_goes(db):
    page = make_gathering(registration_confirmation=True)
    sign_up(page)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        changes.expire_unconfirmed(timezone.now())
        with pytest.raises(DeletionRefused, match="Samling"), transaction.atomic():
            page.delete()
