"""Settings of the benchmarks: those of the tests, on a database that is kept between runs."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

DATA = Path(os.environ["BENCHMARK_DATA"])
MEDIA_ROOT = DATA / "media"
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.stock"]
ROOT_URLCONF = "benchmarks.urls"
WSGI_APPLICATION = "benchmarks.wsgi.application"
WAGTAILAPI_LIMIT_MAX = 20
# Most cases are about answers that have to be made; ``serve.sh`` asks for both.
PROSJEKTNETT_CACHE = os.environ.get("PROSJEKTNETT_CACHE", "")
# One address asks for everything here.
PROSJEKTNETT_THROTTLE_RATES = {"search": None}
