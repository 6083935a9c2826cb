"""The built wheel in a bare ``wagtail start`` site, far from the checkout, as the guides say.

It is installed as docs/how-to/install.md says, and taken out again as docs/how-to/uninstall.md says.
"""

import shutil
import sys
import zipfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from tests import uninstall
from tests.guide import ROOT, HostSite, merge_python, run

pytestmark = pytest.mark.wheel

#: Run inside the bare site: reads the network through its pages and through API v2, as anybody can.
VISIT = """
import json
from django.test import Client
from wagtail_prosjektnett.pages.models import NetworkPage
network = NetworkPage.objects.get()
client = Client(headers={"host": "localhost"})
pages = list(network.get_descendants(inclusive=True).live())
for page in pages:
    body = client.get(page.url).content.decode()
    assert body.count("data-network-banner=") == 1, page.url
    data = client.get(f"/api/v2/pages/{page.pk}/").json()
    assert data["network_banner"]["kind"] == "notice", data
front = client.get("/").content.decode()
assert "data-network-banner=" not in front
assert "under avvikling" in body, body
print("visited", len(pages))
"""


def bare_site(folder: Path, wheel: Path) -> HostSite:
    """What ``wagtail start`` makes, with an environment of its own that knows nothing of the checkout."""
    run([sys.executable, "-m", "venv", str(folder / "venv")], folder)
    python = folder / "venv" / "bin" / "python"
    versions = [f"wagtail=={version('wagtail')}", f"Django=={version('Django')}"]
    run([str(python), "-m", "pip", "install", "--quiet", *versions], folder)
    site = folder / "bare"
    site.mkdir()
    run([str(python.parent / "wagtail"), "start", "bare", str(site)], folder)
    return HostSite(site, python, "bare/settings/base.py", "bare/urls.py", "bare/templates/base.html", str(wheel))


#: Keeps the front page as a visitor gets it.
FRONT_PAGE = """
from pathlib import Path
from django.test import Client
response = Client(headers={"host": "localhost"}).get("/")
assert response.status_code == 200
Path("front.html").write_bytes(response.content)
"""


def front_page(site: HostSite) -> str:
    site.manage("shell", "-c", FRONT_PAGE)
    return site.read("front.html")


def site_without_it(site: HostSite) -> HostSite:
    """A copy of a bare site, in the same language, that never has the package."""
    copy = replace(site, folder=site.folder.with_name("without"))
    shutil.copytree(site.folder, copy.folder)
    copy.change(copy.settings, merge_python, 'LANGUAGE_CODE = "nb"\n')
    copy.manage("migrate", "--verbosity", "0")
    assert set(uninstall.admin_of(copy).values()) == {200}
    return copy


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from what git would give a stranger."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], ROOT)
    for name in filter(None, listed.splitlines()):
        if (ROOT / name).is_file() and not name.startswith(("example_site/", "tests/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(source)], folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_all_that_the_package_reads(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = ROOT / "wagtail_prosjektnett"
    sources = [path for path in package.rglob("*") if path.suffix in {".py", ".html", ".css", ".json", ".po", ".typed"}]
    expected = {path.relative_to(ROOT).as_posix() for path in sources}
    expected |= {f"wagtail_prosjektnett/locale/{language}/LC_MESSAGES/django.mo" for language in ("nb", "nn", "se")}
    assert expected <= names
    assert "wagtail_prosjektnett/py.typed" in names
    assert not [name for name in names if not name.startswith(("wagtail_prosjektnett/", "wagtail_prosjektnett-"))]


def test_a_stranger_installs_it_in_a_bare_site_and_takes_it_out_again(wheel, tmp_path):
    site = bare_site(tmp_path, wheel)
    without = site_without_it(site)
    shutil.copytree(ROOT / "tests" / "content" / "files", site.folder, dirs_exist_ok=True)
    site.follow("how-to/install.md")
    assert site.complaints() <= without.complaints()
    assert "No changes detected" in site.manage("makemigrations", "--check", "--dry-run")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    assert "0 nye eller endrede" in site.manage("load_network", "network.yaml")
    assert "visited" in site.manage("shell", "-c", VISIT)

    site.follow("how-to/uninstall.md")

    assert "prosjektnett" not in site.run([str(site.python), "-m", "pip", "list"])
    assert site.complaints() <= without.complaints()
    assert front_page(site) == front_page(without)
    uninstall.assert_nothing_is_left(site, uninstall.rows_of(without)[0])
