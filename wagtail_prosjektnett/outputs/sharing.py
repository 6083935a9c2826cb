"""What is shown of a page where somebody shares a link to it (https://ogp.me), and in lists of search results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import Truncator
from django.utils.translation import to_locale
from wagtail.images.models import SourceImageIOError
from wagtail.models import Site

from wagtail_prosjektnett.pages.canonical import canonical_url
from wagtail_prosjektnett.pages.languages import code_of, translations
from wagtail_prosjektnett.pages.types import PageRole, has_any_role
from wagtail_prosjektnett.records.organisations import NameLanguage
from wagtail_prosjektnett.references import absolute_url
from wagtail_prosjektnett.wording.lines import on_one_line

if TYPE_CHECKING:
    from django.http import HttpRequest

#: How many characters of a description are told: more are shown nowhere.
LONGEST_DESCRIPTION = 300
#: The sizes in which ``page.html`` shows the image of a page, so that none is made that only others see.
_SIZES = ("width-480", "width-960", "width-1600")
_READ = (PageRole.ANNOUNCEMENT, PageRole.EXPERIENCE)
_NORWEGIAN = {language.value for language in NameLanguage} - {NameLanguage.ENGLISH.value} | {"no"}


@dataclass(frozen=True)
class Picture:
    """An image as others fetch it: a full address, its size in pixels and its text alternative."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Card:
    """A page as it is shown where it is shared. Days are those that the page shows, by ISO 8601."""

    type: str
    title: str
    description: str
    url: str
    site_name: str
    locale: str
    other_locales: list[str]
    picture: Picture | None
    published: str
    changed: str
    section: str


def card_of(page: Any, request: HttpRequest) -> Card:
    """Return a page of any type as it is shown where it is shared.

    A base page of a site's own may lack what Wagtail lets an editor write for search engines.
    """
    site = Site.find_for_request(request)
    role = getattr(page, "role", None)
    is_article = role in _READ
    other = [each.page.locale.language_code for each in translations(page, request) if not each.is_current]
    published, changed = (page.published_day, page.changed_day) if is_article else (None, None)
    return Card(
        type="article" if is_article else "website",
        title=getattr(page, "seo_title", "") or page.title,
        description=description_of(page),
        url=canonical_url(page, request) or "",
        site_name=(site.site_name or site.root_page.title) if site is not None else "",
        locale=_locale(code_of(page)),
        other_locales=[locale for code in other if (locale := _locale(code))],
        picture=picture_of(page, request),
        published=published.isoformat() if published else "",
        changed=changed.isoformat() if changed else "",
        section=page.category_label if role is PageRole.ANNOUNCEMENT else "",
    )


def description_of(page: Any) -> str:
    """Return what a page of any type is about, in one line: what its editor wrote for it, or the lead."""
    text = getattr(page, "search_description", "") or getattr(page, "lead", "")
    return Truncator(on_one_line(text)).chars(LONGEST_DESCRIPTION) if isinstance(text, str) else ""


def picture_of(page: Any, request: HttpRequest) -> Picture | None:
    """Return the image of a page of a network in the largest size that the page shows, if its file can be read.

    All its sizes are asked for together: Wagtail's cache then has them when the page shows them.
    """
    image = page.image if has_any_role(page) else None
    if image is None:
        return None
    try:
        rendition = image.get_renditions(*_SIZES)[_SIZES[-1]]
    except SourceImageIOError:
        return None
    return Picture(absolute_url(rendition.url, request), rendition.width, rendition.height, rendition.alt)


def _locale(code: str) -> str:
    """Return a language with a country, without which Open Graph has none; empty where no country is known."""
    name = to_locale(code)
    return f"{name}_NO" if name in _NORWEGIAN else name if "_" in name else ""
