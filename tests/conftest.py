"""What all tests share: a media folder that is thrown away, and doors to a page."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine
import wagtail
from django.conf import settings
from django.utils import translation
from wagtail.models import Locale

from tests.own_database import environment, migrate, own_database

#: These need a site of their own, in a run of their own: ``make test-own-page``, ``make fuzz`` and ``make races``.
SITES = {"config.settings_own_page": "own_page", "config.settings": "example", "tests.load.settings": "load"}
collect_ignore = [folder for module, folder in SITES.items() if module != settings.SETTINGS_MODULE]

# A slow machine is no mistake, and a run in CI tells of the change, not of luck: new examples are looked for elsewhere.
hypothesis.settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("project")

needs_v3 = pytest.mark.skipif(wagtail.VERSION < (8, 0), reason="Wagtail 7.4 has no API v3")

ROOT = Path(__file__).parent

#: The short run, which is all that MariaDB has: what writes and reads most of the tables, and every query that both
#: outputs share.
SHORT_RUN = [
    "content/test_load.py",
    "pages/test_banner.py",
    "pages/test_occurrence_keys.py",
    "pages/test_queries.py",
    "registration/test_model.py",
    "registration/test_register.py",
]


def pytest_collection_finish() -> None:
    """Leave what stays until the end out of what is searched for garbage: that takes a tenth of the time, or more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the short run."""
    chosen = {ROOT / name for name in SHORT_RUN}
    for item in items:
        if item.path in chosen:
            item.add_marker(pytest.mark.short)


#: The doors by which a page's ``network_banner`` is read as data.
API_DOORS = ["v2", pytest.param("v3", marks=needs_v3)]


@pytest.fixture(autouse=True)
def _language_of_the_site():
    """Forget the language of the last page that was read: a test client leaves it active."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def read(client) -> Callable[[str, Any], dict[str, Any]]:
    """Read a page through one of Wagtail's APIs, as anybody can."""

    def read_page(door: str, page: Any) -> dict[str, Any]:
        response = client.get(f"/api/{door}/pages/{page.pk}/")
        assert response.status_code == 200, response.content
        return response.json()

    return read_page


@pytest.fixture
def nynorsk(db):
    """The locale of Nynorsk, the second language of a site."""
    return Locale.objects.create(language_code="nn")


@pytest.fixture
def two_languages(settings):
    """A site that is translated, on a fixed day."""
    settings.WAGTAIL_I18N_ENABLED = True
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


@pytest.fixture
def admin(client, django_user_model):
    """A client that is logged in as an administrator."""
    user = django_user_model.objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def database(tmp_path):
    """The address of an empty database of its own, of the kind that the tests run on."""
    with own_database(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory):
    """The address of the database of a new site, to be copied: to migrate takes longer than most tests."""
    folder = tmp_path_factory.mktemp("migrated")
    with own_database(folder, "migrated") as address:
        migrate(address, "tests.settings", folder)
        yield address


@pytest.fixture
def python(_migrated, tmp_path):
    """Run a program on a site of its own, and return how it ended and what it said.

    ``environment`` is what other programs need to serve the same site, on a database of the kind that the tests run on.
    """

    def run(program, *arguments):
        command = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=run.environment, capture_output=True, text=True)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        return done.returncode, done.stdout

    with own_database(tmp_path, like=_migrated) as address:
        run.environment = environment(address, "tests.settings")
        yield run
