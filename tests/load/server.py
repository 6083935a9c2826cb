"""The site behind a real server with several workers, which can be killed."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.own_database import environment

SETTINGS = "tests.load.settings"
#: Together they keep fewer connections than a PostgreSQL has by default.
WORKERS, THREADS = 4, 8


class Server:
    """A running server. ``address`` is where it answers."""

    def __init__(self, address: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.address, self.process, self.log = address, process, log

    def kill_a_worker(self) -> None:
        """Kill one of the workers as a machine that fails does; the server begins another one."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        if workers := children.split():
            os.kill(int(random.choice(workers)), signal.SIGKILL)  # noqa: S311

    def wait(self) -> None:
        """Wait until it answers."""
        for _try in range(240):
            try:
                urlopen(self.address, timeout=30).close()  # noqa: S310
                return
            except ConnectionError:
                pass
            except URLError as error:
                if not isinstance(error.reason, ConnectionError):
                    return
            time.sleep(0.5)
        raise AssertionError(self.log.read_text(encoding="utf-8"))


@contextmanager
def serve(database: str, folder: Path, **own: str) -> Iterator[Server]:
    """Serve the site with its tables made; ``own`` are variables of the environment that make it another site."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    log = folder / "server.log"
    command = [sys.executable, "-m", "gunicorn", "--preload", f"--workers={WORKERS}", f"--threads={THREADS}"]
    command += ["--timeout=300", f"--bind={bind}", "tests.load.wsgi:application"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment(database, SETTINGS, **own), stdout=output, stderr=subprocess.STDOUT
        )
    server = Server(f"http://{bind}/", process, log)
    try:
        server.wait()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)
