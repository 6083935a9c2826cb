"""A participant's own page: what is known of a registration, and what can be done with it.

The link in a mail is good for nothing but to come here, so that a scanner which follows it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import Precision
from wagtail_prosjektnett.domain.registration import TryLater
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.pages.languages import asked_language
from wagtail_prosjektnett.pages.occurrences import occurrence_of
from wagtail_prosjektnett.pages.reader_views import ANYWHERE_ELSE, RETRY_AFTER, reader_view, show
from wagtail_prosjektnett.pages.registration_links import NAMESPACE
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.reader_forms.problems import Problem, problems_of
from wagtail_prosjektnett.records.tokens import registration_by_token
from wagtail_prosjektnett.registration import changes, links, retention
from wagtail_prosjektnett.registration.change_form import ChangeForm
from wagtail_prosjektnett.registration.open_again import ask_to_open_again
from wagtail_prosjektnett.registration.standing import standing_of
from wagtail_prosjektnett.wording import dates, mails


class Done(StrEnum):
    """What a participant has just done, as the address of the page says it."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    CANCELLED = "cancelled"


@reader_view("GET", "HEAD")
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Let the browser know the registration that a token opens, and lead it to an address without the token."""
    found = registration_by_token(token)
    if found is None:
        return _missing(request)
    # The cookie goes to addresses below this one, and the page that it opens is in the language of the registration.
    with override(found.language or None):
        answer = HttpResponseRedirect(links.told_in(links.mine_url(), found.language))
        links.remember(answer, found, request)
    return answer


@reader_view("GET", "HEAD", "POST")
def mine(request: HttpRequest) -> HttpResponse:
    """Show a registration; a form that was sent changes what its owner says."""
    return _with_registration(request, _change if request.method == "POST" else _show)


@reader_view("POST")
def confirm(request: HttpRequest) -> HttpResponse:
    """Keep a seat for good."""
    return _with_registration(request, partial(_do, changes.confirm, Done.CONFIRMED))


@reader_view("POST")
def cancel(request: HttpRequest) -> HttpResponse:
    """Give a seat, or a place in the queue, back."""
    return _with_registration(request, partial(_do, changes.cancel, Done.CANCELLED))


@reader_view("POST")
def erase(request: HttpRequest) -> HttpResponse:
    """Give it back, and forget who it was for."""
    return _with_registration(request, _erase)


@reader_view("GET", "HEAD")
def erased(request: HttpRequest) -> HttpResponse:
    """Say that nothing is known any more."""
    with override(asked_language(request) or get_language()):
        return show(request, "registration/erased.html", {})


def _with_registration(request: HttpRequest, act: Callable[[HttpRequest, Any], HttpResponse]) -> HttpResponse:
    """Answer as a function does for the registration that the browser may show, in its language.

    What is sent from the page of another one is not done.
    """
    registration = links.remembered(request)
    if request.method == "POST" and not (registration and links.is_about(request, registration)):
        about = links.named_in(request) or registration
        return ask_to_open_again(request, about, is_late=registration is None) if about else _missing(request)
    if registration is None:
        return _missing(request)
    with override(registration.language or None):
        return act(request, registration)


def _missing(request: HttpRequest) -> HttpResponse:
    with override(asked_language(request) or get_language()):
        answer = show(request, "registration/missing.html", {}, 404)
    answer["Referrer-Policy"] = ANYWHERE_ELSE
    return answer


def _do(change: Any, what: Done, request: HttpRequest, registration: Registration) -> HttpResponse:
    if not _changed(partial(change, registration, timezone.now())):
        return _try_later(request, registration)
    return _redirect_to_mine(what, registration.language)


def _redirect_to_mine(done: Done, language: str) -> HttpResponse:
    return HttpResponseRedirect(links.told_in(links.mine_url(), language, done=done.value))


def _erase(request: HttpRequest, registration: Registration) -> HttpResponse:
    language = registration.language  # it is erased, too
    if not _changed(partial(retention.erase_registration, registration, timezone.now())):
        return _try_later(request, registration)
    answer = HttpResponseRedirect(links.told_in(reverse(f"{NAMESPACE}:erased"), language))
    links.forget(answer)
    return answer


def _change(request: HttpRequest, registration: Registration) -> HttpResponse:
    at = timezone.now()
    occurrence = occurrence_of(registration.pool.uid, registration.language)
    form = _form(registration, occurrence, at, request.POST)
    if form is None:
        return _show(request, registration)
    if not form.is_valid():
        return _show(request, registration, form, 422)
    if not _changed(partial(changes.change, registration, form.participant, at)):
        return _try_later(request, registration, form)
    return _redirect_to_mine(Done.CHANGED, registration.language)


def _changed(change: Callable[[], Any]) -> bool:
    """Make a change, and return whether the database could take it."""
    try:
        in_own_transaction(change)
    except (TryLater, Registration.DoesNotExist):  # an editor has just moved it elsewhere
        return False
    return True


def _try_later(request: HttpRequest, registration: Registration, form: ChangeForm | None = None) -> HttpResponse:
    return _show(request, registration, form, 503, RETRY_AFTER)


def _form(registration: Registration, occurrence: Any, at: datetime, data: Any = None) -> ChangeForm | None:
    """Return the form by which a registration is changed, or None where it has ended or nobody knows the questions."""
    if occurrence is None or not registration.is_active:
        return None
    page = occurrence.page
    return ChangeForm(page, registration, data, day=at.astimezone(page.lifecycle.tz).date())


def _show(
    request: HttpRequest,
    registration: Registration,
    form: ChangeForm | None = None,
    status: int = 200,
    retry_after: float | None = None,
) -> HttpResponse:
    at = timezone.now()
    occurrence = occurrence_of(registration.pool.uid, registration.language)
    page = occurrence.page if occurrence is not None else None
    if page is not None:
        networks_of(request).introduce([page])
    form = form or _form(registration, occurrence, at)
    done = request.GET.get("done", "")
    context = {
        "page": page,
        "registration": registration,
        "occurrence": occurrence,
        "told": _told(registration) if occurrence is None else "",
        "confirm": _confirm(registration, occurrence),
        "standing": standing_of(registration, occurrence, at),
        "done": done if done in set(Done) and request.method != "POST" else "",
        "form": form,
        "problems": [Problem(_("It was too busy here. Nothing was changed: wait a few seconds, and try once more."))]
        if retry_after
        else list(problems_of(form) if form else ()),
    }
    return show(request, "registration/mine.html", context, status, retry_after)


def _confirm(registration: Registration, occurrence: Any) -> str:
    """Return until when it must be confirmed, as the mail says it; empty where it need not be."""
    if not registration.is_active or registration.confirm_by is None:
        return ""
    return mails.confirm_by(registration.confirm_by, _default_zone() if occurrence is None else occurrence.facts.tz)


def _told(registration: Registration) -> str:
    """Return what the participant was last told of an occurrence whose page is not published any more."""
    told = registration.pool.told
    day = ""
    if told.get("precision") == Precision.DAY:
        day = dates.long_day(datetime.fromisoformat(told["starts_at"]).astimezone(_default_zone()).date())
    return ", ".join(part for part in (day, told.get("place", "")) if part)


def _default_zone() -> ZoneInfo:
    """Return the time zone where that of the network is not known, as it is not without the page."""
    return ZoneInfo(conf.default_time_zone())
