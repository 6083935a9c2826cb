"""What all tests share: a media folder that is thrown away, and doors to a page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.conf import settings

#: These need a site with a base page of its own, in a run of their own: ``make test-own-page``.
collect_ignore = [] if settings.SETTINGS_MODULE == "config.settings_own_page" else ["own_page"]

needs_v3 = pytest.mark.skipif(wagtail.VERSION < (8, 0), reason="Wagtail 7.4 has no API v3")

ROOT = Path(__file__).parent

#: The short run on MariaDB: what writes and reads most of the tables, and every query that both outputs share.
SHORT_RUN = [
    "content/test_load.py",
    "pages/test_banner.py",
    "pages/test_occurrence_keys.py",
    "pages/test_queries.py",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the short run."""
    chosen = {ROOT / name for name in SHORT_RUN}
    for item in items:
        if item.path in chosen:
            item.add_marker(pytest.mark.mariadb)


#: The doors by which a page's ``network_banner`` is read as data.
API_DOORS = ["v2", pytest.param("v3", marks=needs_v3)]


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
def admin(client, django_user_model):
    """A client that is logged in as an administrator."""
    user = django_user_model.objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(user)
    client.user = user
    return client
