"""Template tags for pages of networks, and for any page below a network.

``{% network_banner %}`` belongs in a site's base template: it shows the banner on every page below a
network that is being wound down, whatever its type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from treebeard.mp_tree import MP_Node

from wagtail_prosjektnett.blocks.lessons import RESOURCE_KINDS
from wagtail_prosjektnett.blocks.text import HeadingBlock
from wagtail_prosjektnett.domain.occurrences import RegistrationMethod, RegistrationStatus
from wagtail_prosjektnett.pages.addresses import frontend_url
from wagtail_prosjektnett.pages.banner import network_banner as find_banner
from wagtail_prosjektnett.pages.languages import Translation
from wagtail_prosjektnett.pages.languages import translations as find_translations
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.references import may_open, may_read
from wagtail_prosjektnett.wording import dates
from wagtail_prosjektnett.wording.labels import label

register = template.Library()


@register.simple_tag(takes_context=True)
def network_banner(context: template.Context) -> SafeString:
    """Show the banner of the page's network, once in a page however often the tag is used.

    Our own templates use it as well, so that a site whose base template lacks it shows the banner on
    our pages at least.
    """
    page, request = _page_of(context), context.get("request")
    if page is None or not _first_time(request, "banner"):
        return SafeString("")
    banner = find_banner(page, context.get("at") or timezone.now(), request)
    if banner is None:
        return SafeString("")
    return render_to_string("wagtail_prosjektnett/includes/banner.html", {"banner": banner}, request)


@register.simple_tag(takes_context=True)
def network_stylesheet(context: template.Context, always: bool = False) -> SafeString:
    """Link to the stylesheet of networks on a page of a network, once however often the tag is used.

    It belongs in the head of a site's base template, so that the banner looks right on every page. Pages
    outside networks get nothing, unless ``always`` says that they show parts of networks.
    """
    request = context.get("request")
    if not (always or _is_in_network(_page_of(context), request)) or not _first_time(request, "stylesheet"):
        return SafeString("")
    return format_html('<link rel="stylesheet" href="{}">', static("wagtail_prosjektnett/network.css"))


@register.simple_tag(takes_context=True)
def page_translations(context: template.Context) -> list[Translation]:
    """Return the languages that the reader may read the page in, its own among them; none where it is alone."""
    page, request = _page_of(context), context.get("request")
    return find_translations(page, request) if page is not None and request is not None else []


@register.simple_tag(takes_context=True)
def hreflang_links(context: template.Context) -> SafeString:
    """Tell search engines of the page in each language. It belongs in the head of a base template.

    No ``x-default`` is given: a network has no page for readers whose language is unknown.
    """
    request = context.get("request")
    links = [(each.language, _frontend_url(each.page, request) or each.url) for each in page_translations(context)]
    return format_html_join("\n  ", '<link rel="alternate" hreflang="{}" href="{}">', links)


@register.simple_tag(takes_context=True)
def canonical_link(context: template.Context) -> SafeString:
    """Tell search engines of the page's place in an external frontend. It belongs in the head of a base template.

    Nothing where the site has no such frontend: the address that the reader asked for is then the right one.
    """
    page, request = _page_of(context), context.get("request")
    url = _frontend_url(page, request) if page is not None else None
    return format_html('<link rel="canonical" href="{}">', url) if url else SafeString("")


@register.simple_tag(takes_context=True)
def locale_switcher(context: template.Context) -> SafeString:
    """Show links to the page in each language, each with its own name; nothing where there is only one."""
    found = page_translations(context)
    if not found:
        return SafeString("")
    template_name = "wagtail_prosjektnett/includes/locale_switcher.html"
    return render_to_string(template_name, {"translations": found}, context.get("request"))


def _is_in_network(page: Any, request: Any) -> bool:
    """Whether readers may know of a network at or above a page."""
    return page is not None and networks_of(request).nearest_shown(page) is not None


def _frontend_url(page: Any, request: Any) -> str | None:
    """Return the address of a page in the site's external frontend; None for a page outside networks."""
    return frontend_url(page, request) if _is_in_network(page, request) else None


def _page_of(context: template.Context) -> Any:
    """Return the Wagtail page that is shown; other views use the same names, for instance for pages of a list."""
    return next((found for name in ("page", "self") if isinstance(found := context.get(name), MP_Node)), None)


def _first_time(request: Any, part: str) -> bool:
    """Whether a part of the page is shown for the first time in a request; always so without one."""
    if request is None:
        return True
    shown = request.__dict__.setdefault("_prosjektnett_shown", set())
    is_first = part not in shown
    shown.add(part)
    return is_first


@register.simple_tag
def event_status(item: Any, at: datetime) -> SafeString:
    """Show the event status of a gathering or an occurrence."""
    status = item.event_status(at) if hasattr(item, "event_status") else item.facts.event_status(at)
    return _status("event", status.value, label(status))


@register.simple_tag
def registration_status(item: Any, at: datetime) -> SafeString:
    """Show the registration status of a gathering or an occurrence; nothing where it is over or has none."""
    source = item if hasattr(item, "registration_status") else item.facts
    status = source.registration_status(at)
    if status is RegistrationStatus.NONE or not source.event_status(at).is_ahead:
        return SafeString("")
    return _status("registration", status.value, label(status))


@register.simple_tag
def lifecycle_status(network: Any, at: datetime) -> SafeString:
    """Show the lifecycle state of a network."""
    state = network.lifecycle.state(at)
    return _status("lifecycle", state.value, label(state))


@dataclass(frozen=True)
class Target:
    """What a reader may open: its address, and the document where it is one."""

    url: str
    document: Any = None


@register.simple_tag(takes_context=True)
def openable(context: template.Context, document: Any, link: str = "") -> Target:
    """Return a document if the reader may open it, else the link, which may be empty."""
    if document and may_open(document, context.get("request")):
        return Target(document.url, document)
    return Target(link or "")


@register.simple_tag(takes_context=True)
def page_or_link(context: template.Context, page: Any, link: str = "") -> str:
    """Return the address of a page if the reader may read it, else the link, which may be empty."""
    request = context.get("request")
    if page and may_read(page, request):
        return page.get_url(request) or link or ""
    return link or ""


@dataclass(frozen=True)
class Registration:
    """What a template needs to tell how one signs up for an occurrence."""

    is_on: bool
    opens_on: date | None
    deadline: date | None
    url: str
    is_queue: bool


@register.simple_tag
def registration(occurrence: Any, at: datetime) -> Registration:
    """Return how one signs up for an occurrence at an instant; off once it is over."""
    facts = occurrence.facts
    status = facts.registration_status(at)
    is_ahead = facts.event_status(at).is_ahead
    return Registration(
        is_on=facts.terms.is_on and is_ahead,
        opens_on=facts.terms.opens if status is RegistrationStatus.NOT_YET_OPEN else None,
        deadline=facts.terms.deadline,
        url=_address(occurrence.page) if status.is_open else "",
        is_queue=status is RegistrationStatus.WAITING_LIST,
    )


@register.inclusion_tag("wagtail_prosjektnett/includes/names.html")
def organisation_name(organisation: Any) -> dict[str, Any]:
    """Show an organisation's name, each of its parallel names marked with its language."""
    return {"names": organisation.names}


@register.filter
def with_heading_levels(stream: Any, first_level: int) -> Iterator[tuple[Any, int]]:
    """Yield each block of a stream with the level of its heading, so that no level is skipped.

    Headings have the first level, and what comes after one stands a level below it.
    """
    level = first_level
    for block in stream:
        if isinstance(block.block, HeadingBlock):
            yield block, first_level
            level = first_level + 1
        else:
            yield block, level


@register.filter
def when_in_words(occurrence: Any) -> str:
    """Return the dates of an occurrence in words, as exact as they are known."""
    return dates.when(occurrence.when)


@register.filter
def day_in_figures(value: date) -> str:
    """Return a date in figures: 15.02.2019."""
    return dates.day(value)


@register.filter
def day_in_words(value: date) -> str:
    """Return a date in words: 15. februar 2019."""
    return dates.long_day(value)


@register.filter
def resource_kind(value: str) -> str:
    """Return the words for the kind of a resource."""
    return str(dict(RESOURCE_KINDS).get(value, value))


def _status(sort: str, value: str, words: str) -> SafeString:
    return format_html('<span class="status status-{}-{}">{}</span>', sort, value, words)


def _address(gathering: Any) -> str:
    if gathering.registration_method == RegistrationMethod.EMAIL:
        return f"mailto:{gathering.registration_email}?subject={quote(gathering.title)}"
    return gathering.registration_link
