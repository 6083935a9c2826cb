"""Settings of the test run: a plain site with our two apps, on the database in ``DATABASE_URL``."""

import os
from pathlib import Path

import dj_database_url
import django
import pymysql
import wagtail
from corsheaders.defaults import default_headers

pymysql.install_as_MySQLdb()  # MariaDB without a compiler; a site may as well use mysqlclient

BASE_DIR = Path(__file__).parent
SECRET_KEY = "only for tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "wagtail_prosjektnett",
    "wagtail_prosjektnett.pages",
    "tests.host",
    "wagtail.contrib.frontend_cache",
    "corsheaders",
    "wagtail_headless_preview",
    "wagtail.contrib.redirects",
    "django.contrib.sitemaps",
    "wagtail.contrib.simple_translation",
    "wagtail.api.v2",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.embeds",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
if wagtail.VERSION >= (8, 0):
    INSTALLED_APPS.insert(0, "wagtail.api.v3")

MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
]
CORS_ALLOW_HEADERS = (*default_headers, "idempotency-key")
ROOT_URLCONF = "tests.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", "sqlite://:memory:"))}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

LANGUAGE_CODE = "nb"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
WAGTAIL_I18N_ENABLED = False
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
if django.VERSION >= (6, 1):
    MAILERS: dict[str, dict[str, str]] = {"default": {}}  # without it, Django tells that the settings before it will go
STATIC_URL = "/static/"
MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "/media/"
WAGTAIL_SITE_NAME = "Test site"
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAIL_AUTOSAVE_INTERVAL = 0
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

# Tests search, sign up and say more often than people; those of the limits set their own.
PROSJEKTNETT_THROTTLE_RATES = {"search": None, "registration": None, "feedback": None}
