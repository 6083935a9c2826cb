"""What Wagtail's API v2 and v3 have in common: the fields of our kinds are told as our own API tells them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.rich_text import expand_db_html

from wagtail_prosjektnett.api.children import load_children
from wagtail_prosjektnett.api.items import Items
from wagtail_prosjektnett.pages.banner import NetworkBannerData, network_banner
from wagtail_prosjektnett.pages.base import NetworkTreePageMixin
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import PageRole, has_role

if TYPE_CHECKING:
    from django.http import HttpRequest

_ATTRIBUTE = "_prosjektnett_items"
#: Every field that a page has.
WHOLE: Collection[str] = ("*",)


def tell_together(pages: Iterable[Any], request: HttpRequest, names: Collection[str] = WHOLE) -> None:
    """Let pages of any type be told together for a request: what they refer to is looked up once for all of them.

    ``names`` are the fields that are told. What none of them needs is not looked up.
    """
    pages, networks = list(pages), networks_of(request)
    for page in pages:
        networks.learn(page)
    whole = names is WHOLE or any(not own_fields(type(page)).isdisjoint(names) for page in pages)
    if whole and (names is WHOLE or "questions" in names):
        _load_questions(pages)
    items = Items(pages, request, timezone.now(), whole=whole, parents=names is WHOLE or "parent" in names)
    for page in pages:
        setattr(page, _ATTRIBUTE, items)
        if isinstance(page, NetworkTreePageMixin):
            page.reference_data = items.found
        if (locale := items.found.pages.locale(page.locale_id)) is not None:
            page.locale = locale


def _load_questions(pages: Iterable[Any]) -> None:
    """Read the questions of all gatherings together; our own API tells them with the form alone."""
    gatherings = [page for page in pages if has_role(page, PageRole.GATHERING)]
    if gatherings:
        load_children(gatherings, type(gatherings[0])._meta.get_field("questions"))


def own_fields(model: Any) -> set[str]:
    """Return the names of what a page model tells in Wagtail's APIs besides what every page does."""
    return {getattr(field, "name", field) for field in getattr(model, "api_fields", ())}


def stream(page: Any, name: str, request: HttpRequest) -> Any:
    """Return the blocks of a page; those of a row, which is no page, as Wagtail does."""
    if not _is_page(page):
        value = getattr(page, name)
        return value.stream_block.get_api_representation(value, {"request": request, "page": page})
    return _items(page, request).stream(page, name)


def prose(page: Any, text: str, request: HttpRequest) -> str:
    """Return rich text as HTML, its links resolved in the language of the page."""
    return _items(page, request).found.html(text, page.locale_id) if _is_page(page) else expand_db_html(text)


def banner(page: Any, request: HttpRequest) -> NetworkBannerData | None:
    """Return the banner of a page's network at this moment, or None."""
    found = network_banner(page, timezone.now(), request)
    return found.data() if found else None


def words_alone(search: str) -> str:
    """Return the words of a search: Wagtail's index in SQLite cannot read quotation marks, nor a search without words.

    Nothing is found for an empty one.
    """
    return " ".join(search.replace('"', " ").split())


def _is_page(item: Any) -> bool:
    return hasattr(item, "get_url_parts")


def _items(page: Any, request: HttpRequest) -> Items:
    items: Items | None = getattr(page, _ATTRIBUTE, None)
    if items is None or items.request is not request:
        tell_together([page], request)
        items = getattr(page, _ATTRIBUTE)
    return items
