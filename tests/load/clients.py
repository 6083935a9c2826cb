"""People who ask a server all at once, and go on asking as the answer says until they have one."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

Result = TypeVar("Result")
#: Seconds that a client waits for one answer, and before it asks again; and how often it asks.
PATIENCE, PAUSE, MOST_TRIES = 600, 0.3, 60


@dataclass(frozen=True)
class Answer:
    """What somebody was told in the end, and how often they had to ask."""

    status: int
    body: Any
    tries: int = 1

    @property
    def state(self) -> str:
        """What it says of the registration, or of that of the first who was signed up."""
        return self.body["state"] if "state" in self.body else self.body["states"][0]["value"]


def post(address: str, **fields: Any) -> Answer:
    """Send a form until there is an answer."""
    return _ask(Request(address, urlencode(fields).encode()))  # noqa: S310


def post_to_api(address: str, body: Any) -> Answer:
    """Send a body to our API until there is an answer, each time with the same key."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    return _ask(Request(address, json.dumps(body).encode(), headers))  # noqa: S310


def _ask(request: Request) -> Answer:
    """Ask until there is an answer: again after 503, and where the connection breaks."""
    for number in range(1, MOST_TRIES + 1):
        pause = PAUSE
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return Answer(answer.status, json.load(answer), number)
        except HTTPError as error:
            if error.code != 503:
                return Answer(error.code, error.read().decode(errors="replace"), number)
            pause = float(error.headers["Retry-After"])
        except (URLError, ConnectionError, HTTPException, TimeoutError):
            pass
        time.sleep(pause)
    return Answer(503, "", MOST_TRIES)


def get(address: str) -> Any:
    """Return the document at an address."""
    with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
        return json.load(answer)


def all_at_once(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """Do all tasks at the same time, each in a thread of its own, and return the results in their order."""
    ready = threading.Barrier(len(tasks))

    def do(task: Callable[[], Result]) -> Result:
        ready.wait(PATIENCE)
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(do, tasks))
