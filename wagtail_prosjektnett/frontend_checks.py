"""Numbered checks of how a site lets external frontends in. ``docs/reference/checks.md`` says how to mend each."""

import sys
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.urls import get_resolver
from ninja.conf import settings as ninja_settings

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.api import cors
from wagtail_prosjektnett.conf import check_id as _id
from wagtail_prosjektnett.models import FrontendOrigin

COMMON = "django.middleware.common.CommonMiddleware"

#: What is limited, where a site includes it.
_LIMITED = ("api.router", "registration.urls", "feedback.urls")


@register
def check_limits(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E012: a rate that is none, or for something that has none; E013: drafts that are too old at once."""
    found: list[CheckMessage] = []
    rates, age = conf.get_setting("THROTTLE_RATES"), conf.get_setting("PREVIEW_MAX_AGE")
    for name, rate in rates.items() if isinstance(rates, Mapping) else ():
        if name not in set(conf.ThrottleScope) or not _is_rate(rate):
            message = f"{conf.PREFIX}THROTTLE_RATES has a rate that cannot be used: {name!r}: {rate!r}."
            hint = f"Use {', '.join(conf.ThrottleScope)} with a rate such as 300/minute, or None for no limit."
            found.append(Error(message, hint, id=_id("E012")))
    if isinstance(age, int) and age < 1:
        found.append(Error(f"{conf.PREFIX}PREVIEW_MAX_AGE must be 1 or more.", id=_id("E013")))
    return found


@register
def check_cors(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W005: the middleware that lets frontends in is missing or comes too late; W006: cookies keep them out."""
    if not apps.is_installed("corsheaders"):
        return []
    found: list[CheckMessage] = []
    middleware = list(settings.MIDDLEWARE)
    if cors.MIDDLEWARE not in middleware[: middleware.index(COMMON) if COMMON in middleware else None]:
        message = "No external frontend may read from a browser: the middleware of django-cors-headers has no say."
        hint = f"Put {cors.MIDDLEWARE} into MIDDLEWARE, before {COMMON}."
        found.append(Warning(message, hint, id=_id("W005")))
    if cors.allows_credentials():
        message = "The external frontends in the admin may not read from a browser: CORS_ALLOW_CREDENTIALS is set."
        hint = "Take it out of the settings: nothing that we give needs cookies."
        found.append(Warning(message, hint, id=_id("W006")))
    return found


@register(Tags.database)
def check_origins(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W007: origins were allowed in the admin, but nothing lets them in."""
    table = FrontendOrigin._meta.db_table
    if apps.is_installed("corsheaders") or "default" not in (databases or ()):
        return []
    if table not in connections["default"].introspection.table_names() or not FrontendOrigin.objects.exists():
        return []
    message = "External frontends were allowed to read from a browser, but django-cors-headers is not installed."
    hint = "pip install wagtail_prosjektnett[cors], and follow docs/how-to/external-frontend.md."
    return [Warning(message, hint, id=_id("W007"))]


@register(Tags.security, deploy=True)
def check_proxies(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W008: the limits can be got round, since nobody has said how many proxies stand before the site."""
    get_resolver().url_patterns  # noqa: B018  # what is limited is imported where a site includes it, and nowhere else
    is_limited = sys.modules.keys() & {f"wagtail_prosjektnett.{name}" for name in _LIMITED}
    if not is_limited or ninja_settings.NUM_PROXIES is not None or not any(map(conf.throttle_rate, conf.ThrottleScope)):
        return []
    message = "Who makes up X-Forwarded-For gets round the limits for one address: NINJA_NUM_PROXIES is not set."
    hint = "Set it to the number of proxies that stand before the site, 0 where there is none."
    return [Warning(message, hint, id=_id("W008"))]


def _is_rate(text: Any) -> bool:
    try:
        conf.parse_rate(text)
    except ValueError:
        return False
    return True
