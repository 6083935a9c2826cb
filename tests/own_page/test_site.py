"""What a site with a base page of its own relies on besides the page types themselves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.core.checks import run_checks
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Site

from tests.forms import network_data
from wagtail_prosjektnett.pages.types import PageRole, page_model

pytestmark = pytest.mark.django_db

EXAMPLE_SITE = Path(__file__).parent.parent.parent / "example_site"
CONTENT = EXAMPLE_SITE / "content"

#: The mistake of a site that installs our concrete pages besides its own base page.
BOTH = """
from config.settings_own_page import *
INSTALLED_APPS = ["wagtail_prosjektnett.pages", *INSTALLED_APPS]
"""


def test_nothing_is_wrong_and_no_migration_is_pending():
    assert run_checks() == []
    call_command("makemigrations", check=True, dry_run=True)


def test_a_network_is_loaded_from_its_file(client):
    call_command("load_network", CONTENT / "planned" / "network.yaml")
    network = page_model(PageRole.NETWORK).objects.get()
    for page in [network, *network.get_descendants().live().specific()]:
        assert client.get(page.url).status_code == 200, page


def test_a_network_moves_here_and_keeps_what_the_base_page_has(tmp_path):
    call_command("load_network", CONTENT / "active" / "network.yaml")
    model = page_model(PageRole.NETWORK)
    network = model.objects.get()
    network.unit = "Utviklingsavdelingen"
    network.save_revision().publish()
    for name in ("first", "second"):
        call_command("dump_network", "digitale-tjenester", tmp_path / name)
        model.objects.get().delete()
        call_command("load_network", tmp_path / name)
    assert (tmp_path / "first" / "network.yaml").read_text("utf-8") == (tmp_path / "second" / "network.yaml").read_text(
        "utf-8"
    )
    assert model.objects.get().unit == "Utviklingsavdelingen"
    page = page_model(PageRole.GATHERING).objects.first()
    assert page.get_latest_revision().as_object() == page


def test_an_editor_who_may_not_publish_gets_sections_as_drafts(client, django_user_model):
    root = Site.objects.get(is_default_site=True).root_page
    group = Group.objects.create(name="Skribenter")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in ("add", "change"):
        codename = get_permission_codename(action, type(root)._meta)
        GroupPagePermission.objects.create(group=group, page=root, permission=Permission.objects.get(codename=codename))
    user = django_user_model.objects.create_user("writer", "writer@example.org", "secret")
    user.groups.add(group)
    client.force_login(user)
    model = page_model(PageRole.NETWORK)
    url = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, root.pk])
    response = client.post(url, network_data(create_sections="on"))
    assert response.status_code == 302, response.context["form"].errors
    assert [page.live for page in model.objects.get().get_children()] == [False] * 3


def test_the_first_of_many_errors_says_what_to_do_about_our_concrete_pages(tmp_path):
    (tmp_path / "settings_both.py").write_text(BOTH, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "settings_both"}
    command = [sys.executable, "manage.py", "check"]
    result = subprocess.run(
        command, cwd=EXAMPLE_SITE, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 1
    first = result.stderr.split("ERRORS:\n")[1].splitlines()
    assert "(wagtail_prosjektnett.E011)" in first[0]
    assert "county.CountyPage" in first[0]
    assert "Take wagtail_prosjektnett.pages out of INSTALLED_APPS" in first[1]
