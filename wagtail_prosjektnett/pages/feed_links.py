"""The addresses of calendars and of news as a feed, where a site has included them.

They are full addresses: readers give them to other programs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

#: The namespace of the addresses in ``wagtail_prosjektnett.outputs.urls``, which a site includes where it likes.
NAMESPACE = "prosjektnett_feeds"
_CALENDARS = {PageRole.NETWORK: "network_calendar", PageRole.GATHERING: "gathering_calendar"}
_OFFERING_CALENDAR = (PageRole.NETWORK, PageRole.GATHERING_INDEX)
_OFFERING_NEWS = (PageRole.NETWORK, PageRole.ANNOUNCEMENT_INDEX)


@dataclass(frozen=True)
class Feeds:
    """What can be followed on a page, by full addresses, and the title of the page that it is about."""

    title: str = ""
    calendar: str = ""
    news: str = ""

    @property
    def subscription(self) -> str:
        """The address of the calendar by which a browser hands it to a program that follows it."""
        return f"webcal://{self.calendar.partition('://')[2]}" if self.calendar else ""


def feeds_of(page: Any, request: HttpRequest) -> Feeds:
    """Return what can be followed on a page: nothing on one that not everybody may read, as feeds are for anybody."""
    role = getattr(page, "role", None)
    is_gathering = role is PageRole.GATHERING
    about = page if is_gathering else networks_of(request).nearest_shown(page)
    if about is None or not about.pk or not visibility_for(request).is_public(about):
        return Feeds()
    return Feeds(
        title=about.title,
        calendar=(calendar_url(about, request) or "") if is_gathering or role in _OFFERING_CALENDAR else "",
        news=(news_url(about, request) or "") if role in _OFFERING_NEWS else "",
    )


def calendar_url(page: Any, request: HttpRequest | None = None) -> str | None:
    """Return the address of the calendar of a network or a gathering, or None where there is none."""
    return _url(page, request, _CALENDARS[page.role], page.pk)


def occurrence_calendar_url(row: Any, request: HttpRequest | None = None) -> str | None:
    """Return the address of the calendar file of an occurrence in the language of its page.

    None where its date is not exact, or where there are no such addresses.
    """
    if not row.when.exactness.is_exact:
        return None
    url = _url(row.page, request, "occurrence_calendar", row.uid)
    return f"{url}?language={row.page.locale.language_code}" if url else None


def offered_calendar(row: Any, at: datetime, request: HttpRequest | None) -> str:
    """Return the address by which a reader puts an occurrence into a calendar, at an aware instant.

    It is empty where that cannot be done, where it is over, and on a page that not everybody may read.
    """
    is_ahead = row.facts.event_status(at).is_ahead
    if not is_ahead or request is None or not visibility_for(request).is_public(row.page):
        return ""
    return occurrence_calendar_url(row, request) or ""


def news_url(network: Any, request: HttpRequest | None = None, category: str = "") -> str | None:
    """Return the address of the news of a network as a feed, or None where there is none; of one category if named."""
    if category:
        return _url(network, request, "category_news", network.pk, category)
    return _url(network, request, "network_news", network.pk)


def _url(page: Any, request: HttpRequest | None, name: str, *arguments: Any) -> str | None:
    parts = page.get_url_parts(request) if page.pk else None
    try:
        return parts[1] + reverse(f"{NAMESPACE}:{name}", args=arguments) if parts else None
    except NoReverseMatch:
        return None
