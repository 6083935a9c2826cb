"""The log of mail to contact people: for superusers, and for those who have the permission."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.feedback.desk.conftest import give
from tests.registration.people import ROLES, log_in
from wagtail_prosjektnett.admin.contact_mail import ContactMailViewSet
from wagtail_prosjektnett.domain.mail import ContactMailKind
from wagtail_prosjektnett.models import ContactMail, OutboxItem
from wagtail_prosjektnett.records.contact_mail import write_contact_mails

pytestmark = pytest.mark.django_db
LOG = ContactMailViewSet.name


@pytest.fixture
def parked(article):
    """A mail that was given up."""
    person = factories.person("Kontakt", email="kontakt@example.org")
    write_contact_mails([person], ContactMailKind.FEEDBACK, timezone.now(), give(article))
    OutboxItem.objects.update(state="parked", last_error="550 No such user")
    return ContactMail.objects.get()


def addresses(mail):
    """Every address, with what it needs."""
    return [("index", []), ("index_results", []), ("redeliver_all", []), ("redeliver", [mail.pk])]


def test_every_address_is_tested(parked):
    assert {pattern.name for pattern in ContactMailViewSet().get_urlpatterns()} == {n for n, _ in addresses(parked)}


@pytest.mark.parametrize("role", ROLES)
def test_only_a_superuser_comes_in_without_the_permission(client, django_user_model, article, parked, role):
    network = article.get_parent().get_parent()
    log_in(client, django_user_model.objects, role, network, network)
    for name, arguments in addresses(parked):
        url = reverse(f"{LOG}:{name}", args=arguments)
        assert (client.get(url).status_code == 200) is (role == "superuser"), (name, role)
        if role != "superuser":
            client.post(url)
    assert OutboxItem.objects.get().state == "parked"


def test_who_has_the_permission_sees_what_became_of_it_and_sends_it_again(editor, parked):
    group = Group.objects.get(name="editor")
    group.permissions.add(Permission.objects.get(codename="view_contactmail"))
    html = editor.get(reverse(f"{LOG}:index")).content.decode()
    assert all(words in html for words in ("550 No such user", "kontakt@example.org", "Tilbakemelding fra en leser"))
    editor.post(reverse(f"{LOG}:redeliver", args=[parked.pk]))
    assert OutboxItem.objects.get().state == "waiting"


def test_what_was_given_up_of_one_kind_is_sent_again(admin, parked):
    url = reverse(f"{LOG}:redeliver_all")
    admin.post(f"{url}?kind=review")
    admin.post(f"{url}?kind=x")
    assert OutboxItem.objects.get().state == "parked"
    admin.post(f"{url}?kind=feedback")
    assert OutboxItem.objects.get().state == "waiting"
