"""The news of a network as a feed: the newest, each with all that it says."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.translation import pgettext

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import start_of_day
from wagtail_prosjektnett.outputs import atom
from wagtail_prosjektnett.outputs.absolute import absolute
from wagtail_prosjektnett.outputs.atom import Author, Category, Entry, Feed
from wagtail_prosjektnett.pages import listings
from wagtail_prosjektnett.pages.addresses import public_url
from wagtail_prosjektnett.pages.full_texts import load_full_texts
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.listings import WhichAnnouncements
from wagtail_prosjektnett.pages.queries import visible_pages
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.visibility import visibility_for
from wagtail_prosjektnett.wording.lines import on_one_line

if TYPE_CHECKING:
    from django.http import HttpRequest

CONTENT_TYPE = atom.CONTENT_TYPE
#: How many pieces of news a feed has: those who ask once a week still miss none.
MOST_ENTRIES = 30
_TEMPLATE = "wagtail_prosjektnett/feeds/announcement.html"
#: When something was published that nobody has written down.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def feed(network: Any, category: str, request: HttpRequest) -> bytes:
    """Return the newest news below a network that the reader sees as an Atom feed, in the active language.

    ``category`` is the value of one, or empty for all. The order is that of the published dates; what is featured is
    not before the others. It costs the same number of queries however many there are.
    """
    pages = _newest(network, category, request)
    entries = _entries(pages, network, request)
    language = language_tag(network.locale.language_code)
    named = _category(category)
    about = named.label if named is not None else pgettext("section", "News")
    own = Feed(
        key=_key(network, f"news/{category}"),
        title=on_one_line(f"{network.title} – {about}"),
        address=request.build_absolute_uri(request.path),
        url=public_url(network, request) or "",
        language=language,
        updated=max((entry.updated for entry in entries), default=network.first_published_at or _LONG_AGO),
        author=_author(network, request),
        entries=entries,
        category=named,
    )
    return atom.document(own)


def _newest(network: Any, category: str, request: HttpRequest) -> list[Any]:
    pages = listings.announcements(request, WhichAnnouncements(network, category=category or None))
    if pages is None:
        return []
    newest = pages.select_related("locale", "image", "related_gathering").order_by("-day", "-first_published_at", "pk")
    found = list(newest[:MOST_ENTRIES])
    networks_of(request).introduce(found)
    return found


def _entries(pages: list[Any], network: Any, request: HttpRequest) -> list[Entry]:
    texts = load_full_texts(pages, visibility_for(request), "correction")
    html = [(public_url(page, request) or "", _html(page, texts[page.pk], request)) for page in pages]
    whole = absolute(html, request)
    return [
        _entry(page, url, text, network, request) for page, (url, _html), text in zip(pages, html, whole, strict=True)
    ]


def _html(page: Any, texts: dict[str, Any], request: HttpRequest) -> str:
    gathering = page.in_language(page.related_gathering)
    context = {"page": page, "gathering": next(iter(visible_pages([gathering], request)), None), **texts}
    return render_to_string(_TEMPLATE, context, request).strip()


def _entry(page: Any, url: str, html: str, network: Any, request: HttpRequest) -> Entry:
    own = networks_of(request).nearest_shown(page)
    tz = (page.network or network).tz
    published = _instant(page.published_on, page.first_published_at, tz)
    # A page with a published date of its own was moved here: when it was published here says nothing of its content.
    changed = page.last_published_at if page.published_on is None else None
    return Entry(
        key=_key(page),
        title=on_one_line(page.title),
        url=url,
        published=published,
        updated=max(published, _instant(page.changed_on, changed, tz)),
        summary=page.lead,
        html=html,
        author=_author(own, request) if own is not None and own.pk != network.pk else None,
        category=_category(page.category),
    )


def _instant(day: date | None, moment: datetime | None, tz: ZoneInfo) -> datetime:
    """Return when a day that an editor gave begins in a time zone, or else the moment that Wagtail has written down."""
    return (start_of_day(day, tz) if day else moment or _LONG_AGO).astimezone(tz)


def _author(network: Any, request: HttpRequest) -> Author:
    return Author(on_one_line(network.title), public_url(network, request) or "")


def _category(value: str) -> Category | None:
    label = dict(conf.announcement_categories()).get(value)
    return Category(value, str(label)) if label is not None else None


def _key(page: Any, part: str = "") -> str:
    """Return the URI by which a page in its language is known, or a part of it: wherever it is moved, and the site."""
    name = f"{language_tag(page.locale.language_code)}/{part}"
    return uuid.uuid5(page.translation_key, name).urn
