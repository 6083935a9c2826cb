"""Every setting of the package, read when it is used, in one place.

A site sets them in its Django settings as ``PROSJEKTNETT_<NAME>``. ``docs/reference/settings.md`` lists them, and
a test compares that list with this file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
}


def get_setting(name: str) -> Any:
    """Return the site's value of a setting, or the default. ``name`` is without the prefix.

    Raises ``KeyError`` for a name that is not a setting of ours.
    """
    return getattr(settings, PREFIX + name, SETTINGS[name].default)


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


def announcement_categories() -> list[tuple[str, Any]]:
    """The categories of announcements as model choices; changing them gives no migration."""
    categories = get_setting("ANNOUNCEMENT_CATEGORIES")
    # Django asks before our check has told (E002) that a value of the wrong type has no items.
    return list(categories.items()) if isinstance(categories, Mapping) else []
