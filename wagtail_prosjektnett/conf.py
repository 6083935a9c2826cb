"""Every setting of the package, read when it is used, in one place.

A site sets them in its Django settings as ``PROSJEKTNETT_<NAME>``. ``docs/reference/settings.md`` lists them, and
a test compares that list with this file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

PREFIX = "PROSJEKTNETT_"
#: How many characters the value of an announcement's category may have.
CATEGORY_LENGTH = 50


@dataclass(frozen=True)
class Setting:
    """One setting: its default and the Python type that a value must have."""

    default: Any
    type: type


class ThrottleScope(StrEnum):
    """What is limited together: the names in ``PROSJEKTNETT_THROTTLE_RATES``."""

    SEARCH = "search"
    REGISTRATION = "registration"
    FEEDBACK = "feedback"


@dataclass(frozen=True)
class Rate:
    """A limit: how many requests in how many seconds."""

    requests: int
    seconds: int


_PERIODS = {"second": 1, "minute": 60, "hour": 60 * 60, "day": 24 * 60 * 60}
_RATE = re.compile(rf"([1-9][0-9]{{0,8}})/({'|'.join(_PERIODS)})", re.ASCII)


SETTINGS: dict[str, Setting] = {
    "BASE_TEMPLATE": Setting("wagtail_prosjektnett/base.html", str),
    "TIME_ZONE": Setting("Europe/Oslo", str),
    "PAGE_SIZE": Setting(20, int),
    "MAX_AGE": Setting(60, int),
    "CACHE": Setting("default", str),
    "RELEASE": Setting("", str),
    "CHANGES_KEPT_DAYS": Setting(90, int),
    "IMAGE_RENDITIONS": Setting({"small": "width-480", "medium": "width-960", "large": "width-1600"}, Mapping),
    "ANNOUNCEMENT_CATEGORIES": Setting(
        {
            "news": _("News"),
            "gathering": _("Gatherings"),
            "grants": _("Grants"),
            "network": _("About the network"),
        },
        Mapping,
    ),
    "REGISTRATIONS_KEPT_DAYS": Setting(365, int),
    "NEEDS_KEPT_DAYS": Setting(14, int),
    "ENDED_REGISTRATIONS_KEPT_DAYS": Setting(30, int),
    "FEEDBACK_KEPT_DAYS": Setting(365, int),
    "INDEX_CLOSED_NETWORKS": Setting(True, bool),
    "PREVIEW_MAX_AGE": Setting(60 * 60, int),
    "THROTTLE_RATES": Setting({"search": "300/minute", "registration": "60/hour", "feedback": "30/hour"}, Mapping),
    "WEBHOOK_TIMEOUT": Setting(10, int),
    "WEBHOOK_PRIVATE_NETWORKS": Setting([], list),
    "OUTBOX_KEPT_DAYS": Setting(30, int),
    "REMINDER_DAYS": Setting(3, int),
    "REVIEW_MONTHS": Setting(12, int),
}


def get_setting(name: str) -> Any:
    """Return the site's value of a setting, or the default. ``name`` is without the prefix.

    Raises ``KeyError`` for a name that is not a setting of ours.
    """
    return getattr(settings, PREFIX + name, SETTINGS[name].default)


def check_id(number: str) -> str:
    """Return the id of one of our numbered checks."""
    return f"wagtail_prosjektnett.{number}"


def base_template() -> str:
    """The template that the reference templates extend."""
    return get_setting("BASE_TEMPLATE")


def default_time_zone() -> str:
    """The time zone of a new network, as an IANA name."""
    return get_setting("TIME_ZONE")


def page_size() -> int:
    """How many items a list shows before it is divided into pages."""
    return get_setting("PAGE_SIZE")


def max_age() -> int:
    """For how many seconds others may keep an answer of our API without asking again; 0 is not at all."""
    return get_setting("MAX_AGE")


def cache() -> str:
    """The name of the Django cache that keeps answers of our API; an empty one is none."""
    return get_setting("CACHE")


def release() -> str:
    """What the site calls the release of its own code that runs. Another one makes all validators new."""
    return get_setting("RELEASE")


def changes_kept_days() -> int:
    """For how many days a frontend can be away and still learn of all that is gone."""
    return get_setting("CHANGES_KEPT_DAYS")


def image_renditions() -> Mapping[str, str]:
    """The sizes of images in the APIs: a name and a Wagtail filter specification each."""
    return get_setting("IMAGE_RENDITIONS")


def index_closed_networks() -> bool:
    """Whether search engines may index the pages of a network that is closed."""
    return get_setting("INDEX_CLOSED_NETWORKS")


def preview_max_age() -> int:
    """How many seconds an external frontend may show a draft after its editor asked for it."""
    return get_setting("PREVIEW_MAX_AGE")


def throttle_rate(scope: ThrottleScope) -> Rate | None:
    """How often one address may do something; None for as often as it likes.

    A rate that the site does not set is the default. Raises ``ValueError`` for one that is no rate; a check (E012)
    tells of it when the site starts.
    """
    rates = {**SETTINGS["THROTTLE_RATES"].default, **get_setting("THROTTLE_RATES")}
    return parse_rate(rates[scope])


def parse_rate(text: Any) -> Rate | None:
    """Return what ``300/minute`` says; None for None. Raises ``ValueError`` for anything else."""
    if text is None:
        return None
    match = _RATE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"not a rate: {text!r}")
    return Rate(int(match[1]), _PERIODS[match[2]])


def announcement_categories() -> list[tuple[str, Any]]:
    """The categories of announcements as model choices; changing them gives no migration."""
    categories = get_setting("ANNOUNCEMENT_CATEGORIES")
    # Django asks before our check has told (E002) that a value of the wrong type has no items.
    return list(categories.items()) if isinstance(categories, Mapping) else []


def registrations_kept_days() -> int:
    """For how many days after an occurrence it is known who had signed up, where its editor says nothing else."""
    return get_setting("REGISTRATIONS_KEPT_DAYS")


def needs_kept_days() -> int:
    """For how many days after an occurrence it is known what people needed to eat and to take part."""
    return get_setting("NEEDS_KEPT_DAYS")


def ended_registrations_kept_days() -> int:
    """For how many days it is known who has cancelled, or has not confirmed in time."""
    return get_setting("ENDED_REGISTRATIONS_KEPT_DAYS")


def feedback_kept_days() -> int:
    """For how many days it is known who has given feedback, and what they wrote if that was not shown."""
    return get_setting("FEEDBACK_KEPT_DAYS")


def webhook_timeout() -> int:
    """How many seconds a webhook's receiver has to answer, from the first connection on."""
    return get_setting("WEBHOOK_TIMEOUT")


def webhook_private_networks() -> list[IPv4Network | IPv6Network]:
    """The networks that webhooks may be sent to though they are not of the internet, also without encryption."""
    return [ip_network(network) for network in get_setting("WEBHOOK_PRIVATE_NETWORKS")]


def outbox_kept_days() -> int:
    """For how many days messages and mails that were sent or given up are kept."""
    return get_setting("OUTBOX_KEPT_DAYS")


def reminder_days() -> int:
    """How many days before a gathering those who have a seat are reminded of it; 0 is never."""
    return get_setting("REMINDER_DAYS")


def review_months() -> int:
    """How many months after its last review an article is to be looked at again; 0 is never."""
    return get_setting("REVIEW_MONTHS")
