"""Settings of the example site: a small county site that runs networks.

It is made to be looked at on one's own machine. Before anything like it is put on the internet, read
Django's deployment checklist: it needs a secret of its own, ``DEBUG`` off and a real web server.

``DATABASE_URL`` chooses another database than SQLite, ``CACHE_URL`` a Redis, ``PORT`` another port,
``MEDIA_ROOT`` another folder for documents and images, and ``FRONTEND_ORIGINS`` other places for the frontend.
"""

import base64
import hashlib
import os
from pathlib import Path

import dj_database_url
import django
import wagtail
from corsheaders.defaults import default_headers

BASE_DIR = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("PORT", "8000"))

SECRET_KEY = os.environ.get("SECRET_KEY", "only for looking at the example on one's own machine")
DEBUG = os.environ.get("DEBUG", "1") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "wagtail_prosjektnett",
    "wagtail_prosjektnett.pages",
    "home",
    "webhook_example",
    "wagtail.api.v2",
    *(["wagtail.api.v3"] if wagtail.VERSION >= (8, 0) else []),
    "corsheaders",
    "wagtail_headless_preview",
    "wagtail.contrib.redirects",
    "django.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
X_FRAME_OPTIONS = "SAMEORIGIN"
# What the scripts of external frontends send besides: the key by which a registration can be sent again.
CORS_ALLOW_HEADERS = (*default_headers, "idempotency-key")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Commands write beside the web server. A transaction that reads before it writes would be refused, not waited for.
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
if "CACHE_URL" in os.environ:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": os.environ["CACHE_URL"],
        }
    }

LANGUAGE_CODE = "nb"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", BASE_DIR / "media")

# Mail is shown where `make demo` runs. A site has a mail server here.
MAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": MAIL_BACKEND}}
else:
    EMAIL_BACKEND = MAIL_BACKEND
DEFAULT_FROM_EMAIL = "Eksempelfylket <nettverk@example.org>"

WAGTAIL_SITE_NAME = "Eksempelfylket"
WAGTAILADMIN_BASE_URL = f"http://localhost:{PORT}"
# PostgreSQL reads Norwegian words without their endings; SQLite has no use for a configuration.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "norwegian"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nb", "Bokmål"), ("en", "English")]

PROSJEKTNETT_BASE_TEMPLATE = "base.html"

# The example sends webhooks to itself: to loopback, which no site on the internet may do.
PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"] if DEBUG else []
EXAMPLE_WEBHOOK_SECRET = f"whsec_{base64.b64encode(hashlib.sha256(SECRET_KEY.encode()).digest()).decode()}"
#: Where the example of an external frontend runs: `npm run dev`, and `npm run preview` of what was built.
EXAMPLE_FRONTEND_ORIGINS = os.environ.get("FRONTEND_ORIGINS", "http://localhost:5173 http://localhost:4173").split()
