"""An empty database for a site of its own, of the kind that the tests run on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url


@contextmanager
def own_database(folder: Path, called: str = "own", like: str | None = None) -> Iterator[str]:
    """Make a database, give its address for ``DATABASE_URL``, and drop it when it is no longer needed.

    It is empty, or a copy of the one with the address ``like``, which nobody may be using; MariaDB copies none.
    """
    address = os.environ.get("DATABASE_URL", "sqlite://")
    kind = urlsplit(address).scheme
    if kind == "sqlite":
        file = folder / f"{called}.sqlite3"
        if like:
            shutil.copy(like.removeprefix("sqlite:///"), file)
        yield f"sqlite:///{file}"
        return
    server = dj_database_url.parse(address)
    # The user of MariaDB may make databases for tests only; they are known by their names.
    name = f"test_{server['NAME']}_{called}_{os.getpid()}".replace("-", "_")
    with _SERVERS[kind](server) as execute:
        execute(f"DROP DATABASE IF EXISTS {name}")
        execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {like.rpartition('/')[2]}" if like else ""))
        yield address.rpartition("/")[0] + "/" + name
        execute(f"DROP DATABASE {name}" + _EVEN_IN_USE[kind])


def environment(database: str, settings: str, **own: str) -> dict[str, str]:
    """Return the environment of a program that uses the site with some settings on a database."""
    root = str(Path(__file__).parent.parent)
    return os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": root} | own


def migrate(database: str, settings: str, folder: Path) -> None:
    """Make the tables of the site with some settings."""
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=folder, env=environment(database, settings), check=True)


@contextmanager
def _postgresql(server: Any) -> Iterator[Callable[[str], Any]]:
    import psycopg

    options = {"user": server["USER"], "password": server["PASSWORD"], "host": server["HOST"], "port": server["PORT"]}
    given = {name: value for name, value in options.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as connection:
        yield connection.execute


@contextmanager
def _mariadb(server: Any) -> Iterator[Callable[[str], Any]]:
    import pymysql

    connection = pymysql.connect(
        user=server["USER"], password=server["PASSWORD"], host=server["HOST"], port=server["PORT"] or 3306
    )
    with connection, connection.cursor() as cursor:
        yield cursor.execute


_SERVERS = {"postgres": _postgresql, "mysql": _mariadb}
_EVEN_IN_USE = {"postgres": " WITH (FORCE)", "mysql": ""}
