"""The form of a gathering, and the page that says what whoever sent it has got."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_prosjektnett import traps
from wagtail_prosjektnett.conf import ThrottleScope
from wagtail_prosjektnett.domain.registration import (
    Refusal,
    RegistrationRefused,
    RegistrationState,
    TryLater,
)
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.reader_views import RETRY_AFTER, page_of_site, reader_view, show
from wagtail_prosjektnett.pages.registration_links import NAMESPACE
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.reader_forms.problems import Problem
from wagtail_prosjektnett.registration.places import awaited_opening, places_of, refusal_for_all
from wagtail_prosjektnett.registration.privacy import privacy_of
from wagtail_prosjektnett.registration.register import Outcome, register
from wagtail_prosjektnett.registration.signup_form import SignupForm
from wagtail_prosjektnett.registration.typed import MOST_PEOPLE, Typed, number_in
from wagtail_prosjektnett.throttling import is_within_limit, seconds_to_wait
from wagtail_prosjektnett.wording.refusals import refusal_message


@reader_view("GET", "HEAD", "POST")
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of a gathering, or why there is none; a form that was sent signs up."""
    page = _gathering(request, pk)
    with override(page.locale.language_code):
        return _sent(request, page) if request.method == "POST" else _first(request, page)


@reader_view("GET", "HEAD")
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how many have got a seat and how many wait; nothing else is known here of who signed up."""
    page = _gathering(request, pk)
    seated, waiting = (_count(request.GET.get(state.value, "")) for state in _COUNTED)
    several = bool(request.GET.get("several")) or seated + waiting > 1
    with override(page.locale.language_code):
        title = _title(page, request.GET.get("occurrence", ""))
        context = {"page": page, "title": title, "seated": seated, "waiting": waiting, "several": several}
        return show(request, "registration/done.html", context)


_COUNTED = (RegistrationState.SEATED, RegistrationState.WAITING)


def _gathering(request: HttpRequest, pk: int) -> Any:
    """Return a gathering of the site that the reader may see, knowing its occurrences and its network."""
    page = page_of_site(request, pk, PageRole.GATHERING)
    queries.prefetch_occurrences([page])
    return page


def _first(request: HttpRequest, page: Any) -> HttpResponse:
    at = timezone.now()
    places = places_of(page, at)
    open_places = [place.key for place in places if place.is_open]
    if not open_places:
        refusal = refusal_for_all(page, places)
        why = "" if refusal is None else refusal_message(refusal)
        context = {"page": page, "places": places, "why": why, "opens": awaited_opening(page, places)}
        return show(request, "registration/closed.html", context)
    asked_for = request.GET.get("occurrence", open_places[0] if len(places) == 1 else "")
    typed = Typed({"occurrence": asked_for} if asked_for in open_places else {})
    return _show_form(request, _form(page, typed, at, is_sent=False), at)


def _sent(request: HttpRequest, page: Any) -> HttpResponse:
    at = timezone.now()
    typed = Typed.of(request.POST)
    moved = typed.after(request.POST.get("action", ""))
    if moved is not None:
        return _show_form(request, _form(page, moved, at, is_sent=False), at)
    sent = _form(page, typed, at, is_sent=True)
    trap = traps.caught_in(request.POST, page.pk, at)
    if not sent.is_valid() or trap is not None:
        return _show_form(request, sent, at, 422, trap.message if trap else "")
    if not is_within_limit(ThrottleScope.REGISTRATION, request):
        words = _("Very many have signed up from where you are. Wait a while, and send the form once more.")
        return _show_form(request, sent, at, 429, words, seconds_to_wait(ThrottleScope.REGISTRATION))
    return _register(request, sent, at)


def _register(request: HttpRequest, sent: SignupForm, at: datetime) -> HttpResponse:
    try:
        outcome = in_own_transaction(partial(register, sent.signup, timezone.now))
    except TryLater:
        words = _("It was too busy here to sign you up. Wait a few seconds, and send the form once more.")
        return _show_form(request, sent, at, 503, words, RETRY_AFTER)
    except RegistrationRefused as refused:
        return _show_refused(request, sent, refused.reason)
    return HttpResponseRedirect(_done_url(sent, outcome))


def _show_refused(request: HttpRequest, sent: SignupForm, reason: Refusal) -> HttpResponse:
    """Show the form with all that was typed, and with the times and places as they are now."""
    at = timezone.now()
    again = _form(_gathering(request, sent.page.pk), sent.typed, at, is_sent=True)
    again.full_clean()
    chosen = next((place for place in again.places if place.key == sent.cleaned_data["occurrence"]), None)
    too_many = reason is Refusal.FULL and chosen is not None and chosen.occurrence.seats.free
    words = _("There are fewer seats left than you are.") if too_many else refusal_message(reason)
    again.add_error("occurrence", words)
    return _show_form(request, again, at, 409)


def _form(page: Any, typed: Typed, at: datetime, *, is_sent: bool) -> SignupForm:
    day = at.astimezone(page.lifecycle.tz).date()
    return SignupForm(page, typed, places_of(page, at), day=day, is_sent=is_sent)


def _show_form(
    request: HttpRequest,
    form: SignupForm,
    at: datetime,
    status: int = 200,
    why: str = "",
    retry_after: float | None = None,
) -> HttpResponse:
    problems = [Problem(why)] if why else []
    if form.is_bound:
        problems += form.problems()
    context = {
        "page": form.page,
        "form": form,
        "problems": problems,
        "stamp_field": traps.STAMP,
        "stamp": traps.next_stamp(request.POST, form.page.pk, at),
        "honeypot": traps.HONEYPOT,
        "privacy": privacy_of(form.page),
    }
    return show(request, "registration/form.html", context, status, retry_after)


def _done_url(sent: SignupForm, outcome: Outcome) -> str:
    counts = {state.value: outcome.states.count(state) for state in _COUNTED}
    several = {"several": "1"} if sent.typed.several else {}
    query = urlencode({**counts, **several, "occurrence": sent.cleaned_data["occurrence"]})
    return f"{reverse(f'{NAMESPACE}:done', args=[sent.page.pk])}?{query}"


def _title(page: Any, key: str) -> str:
    """Return the title of a gathering, with the name of a time and place of it where that has one."""
    name = next((row.name for row in page.in_order if str(row.uid) == key), "")
    return f"{page.title} – {name}" if name else page.title


def _count(text: str) -> int:
    """Return a number of people as an address says it; 0 for what is none."""
    return min(number_in(text) or 0, MOST_PEOPLE)
