"""Settings of the example site as a county with a base page of its own (``WAGTAIL_PAGE_MODEL``, Wagtail 8).

It has a database of its own: the base page decides every table of pages, so a site chooses it once.
"""

import os

import dj_database_url
import wagtail
from django.core.exceptions import ImproperlyConfigured

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, INSTALLED_APPS

if wagtail.VERSION < (8, 0):
    raise ImproperlyConfigured(f"A base page of one's own needs Wagtail 8.0 or later, not {wagtail.__version__}.")

WAGTAIL_PAGE_MODEL = "county.CountyPage"
INSTALLED_APPS = [
    "wagtail_prosjektnett",
    "county",
    "county_networks",
    *(app for app in INSTALLED_APPS if app not in {"wagtail_prosjektnett", "wagtail_prosjektnett.pages", "home"}),
]

DATABASES = {
    "default": dj_database_url.parse(os.environ.get("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db-own-page.sqlite3'}"))
}

PROSJEKTNETT_BASE_TEMPLATE = "county/base.html"
