"""A network with articles, on a fixed day on which some of them are to be reviewed."""

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from tests import factories

TODAY = "2026-11-26"
NOW = f"{TODAY}T12:00+01:00"


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DEFAULT_FROM_EMAIL = "Nettverket <ikke-svar@example.org>"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def network(db):
    return factories.network()


@pytest.fixture
def article(network):
    """An article that was to be reviewed three weeks ago."""
    return factories.article(network, "Mandatet", last_reviewed="2025-11-05")


@pytest.fixture
def may_edit(client, django_user_model):
    """Log somebody in who may edit, and not publish, what is below a page."""

    def log_in(page, name="redaktor"):
        group = Group.objects.create(name=f"{name} {page.pk}")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
        GroupPagePermission.objects.create(group=group, page=page.page_ptr, permission=permission)
        user = django_user_model.objects.create_user(name, f"{name}@example.org", "secret")
        user.groups.add(group)
        client.force_login(user)
        return user

    return log_in


def press(client, page, follow=True, **data):
    """Press the button that says that an article still holds, and return the answer."""
    return client.post(reverse("prosjektnett_still_valid", args=[page.pk]), data, follow=follow)
