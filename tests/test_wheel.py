"""The built wheel in a bare ``wagtail start`` site, far from the checkout, installed as docs/how-to/install.md says."""

import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parent.parent
INSTALL = (ROOT / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")

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


class BareSite:
    """What ``wagtail start`` makes, with an environment of its own that knows nothing of the checkout."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder = folder / "bare"
        self.bin = folder / "venv" / "bin"
        self.environment = {
            name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
        }
        run([sys.executable, "-m", "venv", str(folder / "venv")], folder, self.environment)
        self.pip("install", "--quiet", f"wagtail=={version('wagtail')}", f"Django=={version('Django')}", str(wheel))
        run([str(self.bin / "wagtail"), "start", "bare", str(self.folder)], folder, self.environment, make=self.folder)

    def pip(self, *arguments: str) -> str:
        """Run pip in the site's environment."""
        return run([str(self.bin / "python"), "-m", "pip", *arguments], self.folder.parent, self.environment)

    def manage(self, *arguments: str) -> str:
        """Run one of the site's commands."""
        return run([str(self.bin / "python"), "manage.py", *arguments], self.folder, self.environment)

    def edit(self, name: str, before: str, after: str) -> None:
        """Change a file of the site as its developer would."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text, text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")


def run(command: list[str], folder: Path, environment: dict[str, str], make: Path | None = None) -> str:
    """Run a command, and fail with all that it said if it does."""
    if make is not None:
        make.mkdir()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from what git would give a stranger."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], ROOT, dict(os.environ))
    for name in filter(None, listed.splitlines()):
        if (ROOT / name).is_file() and not name.startswith(("example_site/", "tests/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(source)],
        folder,
        dict(os.environ),
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_all_that_the_package_reads(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = ROOT / "wagtail_prosjektnett"
    sources = [path for path in package.rglob("*") if path.suffix in {".py", ".html", ".css", ".po", ".typed"}]
    expected = {path.relative_to(ROOT).as_posix() for path in sources}
    expected |= {f"wagtail_prosjektnett/locale/{language}/LC_MESSAGES/django.mo" for language in ("nb", "nn")}
    assert expected <= names
    assert "wagtail_prosjektnett/py.typed" in names
    assert not [name for name in names if not name.startswith(("wagtail_prosjektnett/", "wagtail_prosjektnett-"))]


def test_a_stranger_installs_it_in_a_bare_site(wheel, tmp_path):
    site = BareSite(tmp_path, wheel)
    _follow_the_guide(site)
    site.manage("migrate", "--verbosity", "0")
    assert "no issues" in site.manage("check")
    assert "No changes detected" in site.manage("makemigrations", "--check", "--dry-run")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    content = ROOT / "tests" / "content" / "files" / "network.yaml"
    assert "Lastet inn" in site.manage("load_network", str(content))
    assert "0 nye eller endrede" in site.manage("load_network", str(content))
    assert "visited" in site.manage("shell", "-c", VISIT)


def _follow_the_guide(site: BareSite) -> None:
    """Do what docs/how-to/install.md says, with the code that stands there."""
    settings, urls, base = "bare/settings/base.py", "bare/urls.py", "bare/templates/base.html"
    apps = _code_between("INSTALLED_APPS = [\n", "    # ... what was there before")
    site.edit(settings, "INSTALLED_APPS = [\n", "INSTALLED_APPS = [\n" + apps)
    site.edit(urls, "urlpatterns = [\n", "urlpatterns = [\n" + _code_between("urlpatterns = [\n", "    # ..."))
    site.edit(urls, "from django.urls", _code_between("```python\n", "\nurlpatterns") + "from django.urls")
    site.edit(base, "{% load static", "{% load prosjektnett_tags %}{% load static")
    site.edit(base, "</head>", "{% network_stylesheet %}</head>")
    site.edit(base, "{% wagtailuserbar %}", "{% wagtailuserbar %}{% network_banner %}")
    for tag in ("{% load prosjektnett_tags %}", "{% network_stylesheet %}", "{% network_banner %}"):
        assert tag in INSTALL
    site.edit(settings, "INSTALLED_APPS = [", _line("PROSJEKTNETT_BASE_TEMPLATE") + "\nINSTALLED_APPS = [")
    site.edit(settings, 'LANGUAGE_CODE = "en-us"', _line("LANGUAGE_CODE"))


def _code_between(start: str, end: str) -> str:
    """Return the guide's own lines between two texts, without the indentation of its list."""
    guide = re.sub(r"^   ", "", INSTALL, flags=re.MULTILINE)
    blocks = [block for block in re.findall(r"```python\n.*?```", guide, flags=re.DOTALL) if start in block]
    block = next(block for block in blocks if end in block.partition(start)[2])
    return block.partition(start)[2].partition(end)[0]


def _line(setting: str) -> str:
    found = re.search(rf'{setting} = "[^"]+"', INSTALL)
    assert found is not None, setting
    return found[0]
