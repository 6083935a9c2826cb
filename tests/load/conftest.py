"""Sites that take the load, on one database: an ordinary one, one with ``ATOMIC_REQUESTS``, one without the guard."""

import pytest

from tests.load.server import SETTINGS, serve
from tests.own_database import migrate, own_database

#: What makes each of the sites, as variables of its environment.
SITES = {
    "ordinary": {},
    "ATOMIC_REQUESTS": {"RACE_ATOMIC_REQUESTS": "yes"},
    "without guard": {"RACE_WITHOUT_GUARD": "yes"},
}


@pytest.fixture(scope="session")
def made_database(tmp_path_factory):
    """The address of a database with the tables of the site."""
    folder = tmp_path_factory.mktemp("database")
    with own_database(folder) as address:
        migrate(address, SETTINGS, folder)
        yield address


@pytest.fixture(scope="module", params=["ordinary"])
def server(request, made_database, tmp_path_factory):
    """A server of the ordinary site, or of the one that a test names."""
    with serve(made_database, tmp_path_factory.mktemp("server"), **SITES[request.param]) as running:
        yield running
