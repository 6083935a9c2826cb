"""Template tags for pages of networks, and for any page below a network.

``{% network_banner %}`` belongs in a site's base template: it shows the banner on every page below a
network that is being wound down, whatever its type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from treebeard.mp_tree import MP_Node

from wagtail_prosjektnett.blocks.lessons import RESOURCE_KINDS
from wagtail_prosjektnett.blocks.text import HeadingBlock
from wagtail_prosjektnett.domain.occurrences import RegistrationStatus
from wagtail_prosjektnett.outputs.sharing import card_of, description_of
from wagtail_prosjektnett.outputs.structured_data.graph import structured_data as graph
from wagtail_prosjektnett.pages.banner import network_banner as find_banner
from wagtail_prosjektnett.pages.canonical import canonical_url_of_part, is_in_network, part_shown
from wagtail_prosjektnett.pages.feed_links import Feeds, feeds_of, offered_calendar
from wagtail_prosjektnett.pages.indexing import NOINDEX, alternates, may_be_indexed
from wagtail_prosjektnett.pages.languages import Translation
from wagtail_prosjektnett.pages.languages import translations as find_translations
from wagtail_prosjektnett.pages.signup import Signup, signup_of
from wagtail_prosjektnett.pages.types import has_any_role
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
    if not (always or is_in_network(_page_of(context), request)) or not _first_time(request, "stylesheet"):
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

    No ``x-default`` is given: a network has no page for readers whose language is unknown. An alias, and a part of a
    list, tells nothing: what stands there in other languages is not the same.
    """
    page, request = _page_of(context), context.get("request")
    if page is None or request is None or page.alias_of_id or part_shown(page, request, _values(context)) != 1:
        return SafeString("")
    links = [(each["lang_code"], each["location"]) for each in alternates(page, request)]
    return format_html_join("\n  ", '<link rel="alternate" hreflang="{}" href="{}">', links)


@register.simple_tag(takes_context=True)
def canonical_link(context: template.Context) -> SafeString:
    """Tell search engines under which address the page is to be known. It belongs in the head of a base template.

    Nothing for a list that a reader has narrowed down, or a form: they are not to be known at all.
    """
    page, request = _page_of(context), context.get("request")
    if page is None or request is None:
        return SafeString("")
    part = part_shown(page, request, _values(context))
    url = canonical_url_of_part(page, request, part) if part is not None else None
    return format_html('<link rel="canonical" href="{}">', url) if url else SafeString("")


@register.simple_tag(takes_context=True)
def robots_meta(context: template.Context) -> SafeString:
    """Ask search engines to leave out the page of a closed network, where the site has decided so."""
    page, request = _page_of(context), context.get("request")
    if page is None or may_be_indexed(page, request, context.get("at") or timezone.now()):
        return SafeString("")
    return format_html('<meta name="robots" content="{}">', NOINDEX)


@register.simple_tag(takes_context=True)
def page_description(context: template.Context) -> str:
    """Return what the page is about in one line: what its editor wrote for search engines, or its lead."""
    page = _page_of(context)
    return description_of(page) if page is not None else ""


@register.simple_tag(takes_context=True)
def sharing_meta(context: template.Context) -> SafeString:
    """Tell what is shown of the page where somebody shares a link to it. It belongs in the head of a base template."""
    page, request = _page_of(context), context.get("request")
    if page is None or request is None:
        return SafeString("")
    template_name = "wagtail_prosjektnett/includes/sharing.html"
    return render_to_string(template_name, {"card": card_of(page, request)}, request)


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString:
    """Tell search engines what a page of a network is about, as JSON-LD, once in a page.

    Our own templates use it. A view of another kind that shows a page, such as the form of a gathering, tells nothing.
    """
    page, request = _page_of(context), context.get("request")
    if request is None or page is None or not has_any_role(page) or "breadcrumbs" not in context:
        return SafeString("")
    if not _first_time(request, "structured data"):
        return SafeString("")
    told = graph(page, request, context.get("at") or timezone.now(), _values(context))
    # It has been made harmless, and would be no JSON any more if it were escaped as HTML.
    return format_html('<script type="application/ld+json">{}</script>', SafeString(told))


@register.simple_tag(takes_context=True)
def locale_switcher(context: template.Context) -> SafeString:
    """Show links to the page in each language, each with its own name; nothing where there is only one."""
    found = page_translations(context)
    if not found:
        return SafeString("")
    template_name = "wagtail_prosjektnett/includes/locale_switcher.html"
    return render_to_string(template_name, {"translations": found}, context.get("request"))


@register.simple_tag(takes_context=True)
def page_feeds(context: template.Context) -> Feeds:
    """Return what a reader can follow on a page: the calendar and the news of its network, or of its gathering."""
    page, request = _page_of(context), context.get("request")
    return feeds_of(page, request) if page is not None and request is not None else Feeds()


@register.simple_tag(takes_context=True)
def feed_links(context: template.Context) -> SafeString:
    """Tell feed readers and calendars what can be followed on a page. Our templates have it in the head of the page."""
    feeds = page_feeds(context)
    calendar, news = _("Calendar: %(title)s"), _("News: %(title)s")
    found = [("text/calendar", calendar, feeds.calendar), ("application/atom+xml", news, feeds.news)]
    links = [(kind, words % {"title": feeds.title}, url) for kind, words, url in found if url]
    return format_html_join("\n  ", '<link rel="alternate" type="{}" title="{}" href="{}">', links)


@register.simple_tag(takes_context=True)
def occurrence_calendar(context: template.Context, occurrence: Any) -> str:
    """Return the address by which an occurrence is put into a calendar; empty where that cannot be done any more."""
    return offered_calendar(occurrence, context.get("at") or timezone.now(), context.get("request"))


def _page_of(context: template.Context) -> Any:
    """Return the Wagtail page that is shown; other views use the same names, for instance for pages of a list."""
    return next((found for name in ("page", "self") if isinstance(found := context.get(name), MP_Node)), None)


def _values(context: template.Context) -> dict[str, Any]:
    return {str(name): value for name, value in context.flatten().items()}


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


@register.simple_tag
def registration(occurrence: Any, at: datetime) -> Signup:
    """Return how one signs up for an occurrence at an instant; off once it is over."""
    return signup_of(occurrence, at)


@register.simple_tag
def organisation_name(organisation: Any) -> SafeString:
    """Show an organisation's name, each of its parallel names marked with its language, with nothing around it."""
    names = render_to_string("wagtail_prosjektnett/includes/names.html", {"names": organisation.names})
    return SafeString(names.strip())


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


@register.filter(expects_localtime=True)
def day_in_words(value: date) -> str:
    """Return a date, or the day of an instant where the site is, in words: 15. februar 2019."""
    return dates.long_day(value)


@register.filter
def resource_kind(value: str) -> str:
    """Return the words for the kind of a resource."""
    return str(dict(RESOURCE_KINDS).get(value, value))


def _status(sort: str, value: str, words: str) -> SafeString:
    return format_html('<span class="status status-{}-{}">{}</span>', sort, value, words)
