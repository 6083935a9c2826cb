"""A county's site with apps, templates, images, documents and users of its own takes the package in.

The site is in ``tests/county``: its apps are named as those of other municipal distributions are. It follows
docs/how-to/install.md as it stands there, and docs/how-to/uninstall.md afterwards. Its static files have hashed names.
"""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests import uninstall
from tests.guide import HostSite

COUNTY = Path(__file__).parent / "county"
OWN_APPS = ["home", "blog", "events", "forms", "menus", "accounts", "media_library"]

#: Reads the network as a visitor does, in the county's own looks.
VISIT = """
from django.test import Client
from media_library.models import CountyDocument, CountyImage
from wagtail_prosjektnett.pages.models import NetworkPage
network = NetworkPage.objects.get()
client = Client(headers={"host": "localhost"})
for page in network.get_descendants(inclusive=True).live():
    html = client.get(page.url).content.decode()
    for part in ("Eksempelfylket, postboks 1", "/static/css/site.", "<h1>", "wagtail_prosjektnett/network."):
        assert html.count(part) == 1, (page.url, part)
    assert html.count("data-network-banner=") == 1, page.url
assert CountyDocument.objects.filter(title="Lysark").exists() and CountyImage.objects.count() == 2
print("visited")
"""


@pytest.fixture
def county(tmp_path, database) -> HostSite:
    """The county's site in a folder of its own, migrated and filled, without the package."""
    folder = tmp_path / "county"
    shutil.copytree(COUNTY, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(Path(__file__).parent / "content" / "files", folder, dirs_exist_ok=True)
    site = HostSite(
        folder,
        Path(sys.executable),
        "county/settings.py",
        "county/urls.py",
        "templates/base.html",
        variables={"DATABASE_URL": database},
    )
    site.manage("makemigrations", *OWN_APPS, "--verbosity", "0")
    site.manage("migrate", "--verbosity", "0")
    site.manage("fill_site")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    return site


def fetch(site: HostSite, name: str) -> dict[str, list[str]]:
    site.manage("fetch_site", name)
    return json.loads((site.folder / name).read_text(encoding="utf-8"))


def test_a_county_follows_the_guides_in_and_out_and_its_own_pages_stay_as_they_were(county):
    before, complaints = fetch(county, "before.json"), county.complaints()
    assert {answer[0] for answer in before.values()} == {200, 404}
    assert set(uninstall.admin_of(county).values()) == {200}
    rows, _ = uninstall.rows_of(county)

    county.follow("how-to/install.md")

    assert county.complaints() <= complaints
    assert "No changes detected" in county.manage("makemigrations", "--check", "--dry-run")
    assert "[ ]" not in county.manage("showmigrations")
    collected = county.manage("collectstatic", "--noinput", "--verbosity", "1")
    assert "another file" not in collected.lower(), collected
    assert fetch(county, "after.json") == before
    assert "visited" in county.manage("shell", "-c", VISIT)

    county.follow("how-to/uninstall.md")

    assert county.complaints() <= complaints
    assert fetch(county, "without.json") == before
    uninstall.assert_nothing_is_left(county, rows)
