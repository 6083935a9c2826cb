"""Numbered checks of how long a site keeps personal data."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.conf import check_id as _id
from wagtail_prosjektnett.domain.retention import MOST_DAYS

KEPT_DAYS = ("REGISTRATIONS_KEPT_DAYS", "NEEDS_KEPT_DAYS", "ENDED_REGISTRATIONS_KEPT_DAYS", "FEEDBACK_KEPT_DAYS")


@register
def check_retention(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E016: a number of days for which nothing can be kept."""
    found: list[CheckMessage] = []
    for name in KEPT_DAYS:
        days = conf.get_setting(name)
        if isinstance(days, int) and not 0 <= days <= MOST_DAYS:
            found.append(Error(f"{conf.PREFIX}{name} must be from 0 to {MOST_DAYS}.", id=_id("E016")))
    return found
