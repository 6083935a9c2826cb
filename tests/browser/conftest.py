"""The example site as ``make demo`` starts it, and a Chromium to look at it with.

Nothing is skipped here: a machine without Chromium fails these tests, and says what to install.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parent.parent.parent
FRONTEND = ROOT / "example_site" / "frontend"
API = "/api/prosjektnett/"
SECONDS_TO_START = 240


@dataclass(frozen=True)
class Site:
    """A running example site."""

    address: str
    user: str
    password: str
    #: The origin of the one frontend that may read the API from a browser; the fixture of that name serves it.
    frontend: str
    environment: dict[str, str]

    def run(self, program: str) -> str:
        """Run a program of Python's on the site, and return what it prints."""
        command = [sys.executable, "example_site/manage.py", "shell", "--no-imports", "-c", program]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture(scope="session", autouse=True)
def _chromium_first(chromium):
    """Start what runs Chromium before there is a database: Django's connections belong to the loop that it runs in."""


@pytest.fixture(autouse=True)
def _own_media():
    """The site runs in a process of its own, with a media folder of its own."""


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """Run ``make demo`` on a free port with an empty database."""
    folder = tmp_path_factory.mktemp("demo")
    port, frontend = _free_port(), f"http://localhost:{_free_port()}"
    database = os.environ.get("DEMO_DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(folder / "media"),
        "FRONTEND_ORIGINS": frontend,
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = ["make", "demo", f"PORT={port}", f"VENV={sys.prefix}"]
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield _wait_until_ready(process, log, port, frontend, environment)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium from the system's packages."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.fail("Chromium is not installed: apt-get install chromium, or set CHROMIUM to its path.")
    quiet = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-sync", *quiet])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium):
    """A tab of its own, with a Norwegian reader at a desk."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="nb-NO")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory, site) -> Path:
    """A copy of the frontend, installed and built for the running site: types made, checked strictly, bundled."""
    if not shutil.which("npm"):
        pytest.fail("npm is not installed: apt-get install nodejs npm (Node.js 20.19 or later).")
    folder = tmp_path_factory.mktemp("frontend") / "frontend"
    shutil.copytree(FRONTEND, folder, ignore=shutil.ignore_patterns("node_modules", "dist", "schema.ts"))
    run(["npm", "ci"], folder, site)
    run(["npm", "run", "build"], folder, site)
    return folder


@pytest.fixture(scope="session")
def frontend(built, site):
    """The address that what was built is served at."""
    port = site.frontend.rpartition(":")[2]
    command = ["npx", "vite", "preview", "--port", port]
    process = subprocess.Popen(command, cwd=built, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        for _try in range(300):
            if answers(site.frontend):
                break
            assert process.poll() is None, "vite preview has ended"
            time.sleep(0.1)
        yield site.frontend
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture
def reader(tab, frontend):
    """A tab that tells of what goes wrong in it, in ``problems``."""
    tab.problems = []
    tab.on("console", lambda message: tab.problems.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: tab.problems.append(str(error)))
    return tab


def run(command, folder, site):
    """Run a command of npm's, for the running site."""
    environment = {**os.environ, "VITE_SITE": site.address}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def open_page(tab, address):
    """Open a page of the frontend, and wait until it has all that it asks for."""
    tab.goto(address)
    tab.wait_for_selector("h1")
    tab.wait_for_load_state("networkidle")


def change_answer(tab, path, change):
    """Let answers of the API at a path be changed on their way."""

    def answer(route):
        response = route.fetch()
        data = response.json()
        change(data)
        route.fulfill(response=response, body=json.dumps(data))

    tab.route(f"**{API}{path}", answer)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(
    process: subprocess.Popen, log: Path, port: int, frontend: str, environment: dict[str, str]
) -> Site:
    address = f"http://localhost:{port}"
    for _second in range(SECONDS_TO_START):
        text = log.read_text(encoding="utf-8", errors="replace")
        if process.poll() is not None:
            pytest.fail(f"make demo ended with {process.returncode}:\n{text}")
        printed = re.search(r"user (\S+), password (\S+)", text)
        if printed and answers(address):
            return Site(address, *printed.groups(), frontend, environment)
        time.sleep(1)
    pytest.fail(f"make demo did not start in {SECONDS_TO_START} seconds:\n{text}")


def answers(address: str) -> bool:
    """Whether a server of ours is up."""
    try:
        with urlopen(address) as response:  # noqa: S310 - our own server
            return response.status == 200
    except (URLError, ConnectionError):
        return False
