"""Settings of the site that takes the load: that of the tests, behind several workers on a database of its own.

``RACE_ATOMIC_REQUESTS`` and ``RACE_WITHOUT_GUARD`` make it another site; the tests say which.
"""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

ROOT_URLCONF = "tests.load.urls"
WSGI_APPLICATION = "tests.load.wsgi.application"
ATOMIC_REQUESTS = os.environ.get("RACE_ATOMIC_REQUESTS") == "yes"
# Connections that are kept are as many as there are threads, and what a killed worker had is closed with it.
DATABASES["default"] |= {"ATOMIC_REQUESTS": ATOMIC_REQUESTS, "CONN_MAX_AGE": 60}
