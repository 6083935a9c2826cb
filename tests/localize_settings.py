"""Settings of a site that translates with wagtail-localize in place of simple_translation."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [
    "wagtail_localize",
    "wagtail_localize.locales",
    *(app for app in INSTALLED_APPS if app != "wagtail.contrib.simple_translation"),
]
WAGTAIL_I18N_ENABLED = True
ROOT_URLCONF = "tests.multilingual_urls"
