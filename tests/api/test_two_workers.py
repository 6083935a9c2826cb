"""Two web workers that share a database and no cache: after a change, neither gives an old answer, nor old seats."""

import json
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

MAKE = """
import django
django.setup()
from tests import factories
factories.gathering(factories.network(), "Runde 0", [{"start_date": "2030-01-01"}])
"""
#: Publishes, and asks both workers at once; a connection each, so that the system chooses between them.
PUBLISH_AND_ASK = """
import json, sys
import django
django.setup()
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from wagtail_prosjektnett.pages.models import GatheringPage
told, etag = [], ""
for number in range(1, 16):
    page = GatheringPage.objects.get()
    page.title = f"Runde {number}"
    page.save_revision().publish()
    for headers in [{"If-None-Match": etag}, *[{}] * 7]:
        with urlopen(Request(sys.argv[1] + "/api/prosjektnett/gatherings/", headers=headers)) as answer:
            etag = answer.headers["ETag"]
            told.append([number, json.load(answer)["items"][0]["title"]])
print(json.dumps(told))
"""
#: Signs people up, and asks both workers at once how many seats are left.
SIGN_UP_AND_ASK = """
import json, sys
import django
django.setup()
from datetime import date
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from django.utils import timezone
from wagtail_prosjektnett.domain.registration import Participant
from wagtail_prosjektnett.pages.models import GatheringPage, Occurrence
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.registration.register import Signup, register
page = GatheringPage.objects.get()
page.registration_method, page.registration_deadline = "built_in", date(2029, 12, 1)
(row,) = page.occurrences.all()
row.capacity = 20
page.occurrences = [row]
page.save_revision().publish()
told, etag = [], ""
for number in range(1, 16):
    people = [Participant(f"Deltaker {number}", f"d{number}@example.org")]
    in_own_transaction(lambda: register(Signup(Occurrence.objects.get(), people), timezone.now))
    for headers in [{"If-None-Match": etag}, *[{}] * 7]:
        with urlopen(Request(sys.argv[1] + "/api/prosjektnett/gatherings/", headers=headers)) as answer:
            etag = answer.headers["ETag"]
            told.append([20 - number, json.load(answer)["items"][0]["occurrences"][0]["seats"]["left"]])
print(json.dumps(told))
"""
WHO = "import os\ndef post_request(worker, request, environment, response): print('worker', worker.pid, flush=True)"


@pytest.fixture
def workers(python, tmp_path):
    """The address of a server with two workers, and the file in which each answer is noted."""
    python(MAKE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    (tmp_path / "gunicorn.conf.py").write_text(WHO, encoding="utf-8")
    log = tmp_path / "log.txt"
    command = [sys.executable, "-m", "gunicorn", "--workers=2", f"--bind={address}", "tests.wsgi:application"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=tmp_path, env=python.environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(f"http://{address}", log)
        yield f"http://{address}", log
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address, log):
    for _second in range(120):
        try:
            urlopen(f"{address}/api/prosjektnett/networks/").close()  # noqa: S310
            return
        except (URLError, ConnectionError):
            time.sleep(1)
    pytest.fail(log.read_text(encoding="utf-8"))


def test_no_worker_tells_of_seats_that_were_taken(python, workers):
    _code, said = python(SIGN_UP_AND_ASK, workers[0])
    told = json.loads(said)
    assert len(told) == 15 * 8
    assert [left for _expected, left in told] == [expected for expected, _left in told]


def test_no_worker_tells_what_was_before_a_publication(python, workers):
    address, log = workers
    _code, said = python(PUBLISH_AND_ASK, address)
    told = json.loads(said)
    assert len(told) == 15 * 8
    assert [title for _number, title in told] == [f"Runde {number}" for number, _title in told]
    answered = [line for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("worker ")]
    assert len(set(answered)) == 2
