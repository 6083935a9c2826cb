"""Calendars and news as feeds: what other programs fetch, and ask for again with what they were last told.

A feed is in the language of its page, for anybody. Parameters that mean nothing here are let be: people add some to get
past caches.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.http import require_safe

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.outputs import news
from wagtail_prosjektnett.outputs.calendar import CONTENT_TYPE
from wagtail_prosjektnett.outputs.calendar_feed import calendar_feed
from wagtail_prosjektnett.outputs.conditional import answer_once
from wagtail_prosjektnett.pages import calendars, listings
from wagtail_prosjektnett.pages.calendars import Listed
from wagtail_prosjektnett.pages.languages import asked_language, language_tag
from wagtail_prosjektnett.pages.types import LARGEST_ID, PageRole
from wagtail_prosjektnett.visibility import read_as_anybody


@require_safe
def network_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the calendar of a network."""

    def make() -> HttpResponse:
        network = _find(request, PageRole.NETWORK, pk)
        return _calendar(network, calendars.of_network(network, request, timezone.now()), request)

    return _answer(request, make)


@require_safe
def gathering_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the calendar of a gathering: all its times and places, or what is withdrawn with it."""

    def make() -> HttpResponse:
        gathering, at = _found(request, PageRole.GATHERING, pk), timezone.now()
        if gathering is None:
            return _withdrawn(calendars.of_withdrawn_gathering(pk, request, at), request)
        return _calendar(gathering, calendars.of_gathering(gathering, request, at), request)

    return _answer(request, make)


@require_safe
def occurrence_calendar(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Answer with the calendar of one time and place, in the language that is asked for, or else its own."""
    language = asked_language(request)

    def make() -> HttpResponse:
        row, at = calendars.find_occurrence(uid, language, request), timezone.now()
        if row is None:
            return _withdrawn(calendars.of_withdrawn_occurrence(uid, language, request, at), request)
        return _calendar(row.page, calendars.of_occurrence(row, request, at), request)

    return _answer(request, make, language)


@require_safe
def network_news(request: HttpRequest, pk: int, category: str = "") -> HttpResponse:
    """Answer with the newest news of a network, of one category if it is named, as an Atom feed."""
    if category and category not in dict(conf.announcement_categories()):
        raise Http404

    def make() -> HttpResponse:
        network = _find(request, PageRole.NETWORK, pk)
        with override(network.locale.language_code):
            return _file(news.feed(network, category, request), news.CONTENT_TYPE, network, "atom")

    return _answer(request, make)


def _answer(request: HttpRequest, make: Callable[[], HttpResponse], language: str = "") -> HttpResponse:
    read_as_anybody(request)
    return answer_once(request, language, make, is_queried=False)


def _find(request: HttpRequest, role: PageRole, pk: int) -> Any:
    page = _found(request, role, pk)
    if page is None:
        raise Http404
    return page


def _found(request: HttpRequest, role: PageRole, pk: int) -> Any:
    pages = listings.pages_of(role, request) if pk <= LARGEST_ID else None
    return pages.filter(pk=pk).first() if pages is not None else None


def _withdrawn(found: tuple[Any, list[Listed]] | None, request: HttpRequest) -> HttpResponse:
    """Answer with what was withdrawn: who follows the calendar of one gathering is told as others are."""
    if found is None:
        raise Http404
    return _calendar(*found, request)


def _calendar(page: Any, listed: list[Listed], request: HttpRequest) -> HttpResponse:
    with override(page.locale.language_code):
        return _file(calendar_feed(page, listed, request), CONTENT_TYPE, page, "ics")


def _file(content: bytes, content_type: str, page: Any, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    answer["Content-Language"] = language_tag(page.locale.language_code)
    answer["Content-Disposition"] = content_disposition_header(False, f"{page.slug}.{ending}") or "inline"
    return answer
