"""The form on which readers say what they think, and the page that thanks them.

It is also on the page of an article, which caches keep: so it has no token against requests from other sites, which
would need a cookie. Nothing is lost by that. What is sent depends on no login, changes nothing that anybody sees, and
could be sent by a script without a browser just as well.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_prosjektnett import traps
from wagtail_prosjektnett.conf import ThrottleScope
from wagtail_prosjektnett.domain.feedback import FeedbackRefused
from wagtail_prosjektnett.domain.registration import TryLater
from wagtail_prosjektnett.feedback.give import give
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.feedback import ABOUT, refusal_of
from wagtail_prosjektnett.pages.feedback_links import NAMESPACE
from wagtail_prosjektnett.pages.feedback_section import OLDEST_FORM, ShownForm, shown_form
from wagtail_prosjektnett.pages.reader_views import RETRY_AFTER, page_of_site, reader_view, show
from wagtail_prosjektnett.reader_forms.problems import Problem
from wagtail_prosjektnett.throttling import is_within_limit, seconds_to_wait
from wagtail_prosjektnett.wording.refusals import feedback_refusal_message


@reader_view("GET", "HEAD", "POST", for_anybody=True)
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form about a page, or why there is none; a form that was sent is kept for an editor."""
    page = page_of_site(request, pk, *ABOUT)
    with override(page.locale.language_code):
        if request.method == "POST":
            return _sent(request, page)
        return _show(request, page, _form(request, page, timezone.now()))


@reader_view("GET", "HEAD")
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Thank whoever has said something."""
    page = page_of_site(request, pk, *ABOUT)
    with override(page.locale.language_code):
        return show(request, "feedback/done.html", {"page": page})


def _sent(request: HttpRequest, page: Any) -> HttpResponse:
    at = timezone.now()
    shown = _form(request, page, at, is_sent=True)
    refusal = refusal_of(page, at)
    if refusal is not None:
        return _show(request, page, shown, 409, feedback_refusal_message(refusal))
    trap = traps.caught_in(request.POST, page.pk, at, OLDEST_FORM)
    if not shown.form.is_valid() or trap is not None:
        return _show(request, page, shown, 422, trap.message if trap else "")
    if not is_within_limit(ThrottleScope.FEEDBACK, request):
        words = _("Very much has been sent from where you are. Wait a while, and send the form once more.")
        return _show(request, page, shown, 429, words, seconds_to_wait(ThrottleScope.FEEDBACK))
    try:
        in_own_transaction(partial(give, page, shown.form.said, timezone.now()))
    except TryLater:
        words = _("It was too busy here to keep what you wrote. Wait a few seconds, and send the form once more.")
        return _show(request, page, shown, 503, words, RETRY_AFTER)
    except FeedbackRefused as refused:  # it was closed at this very moment
        return _show(request, page, shown, 409, feedback_refusal_message(refused.reason))
    return HttpResponseRedirect(reverse(f"{NAMESPACE}:done", args=[page.pk]))


def _form(request: HttpRequest, page: Any, at: datetime, *, is_sent: bool = False) -> ShownForm:
    return shown_form(page, ABOUT[page.role], at, request.path, request.POST if is_sent else None)


def _show(
    request: HttpRequest,
    page: Any,
    shown: ShownForm,
    status: int = 200,
    why: str = "",
    retry_after: float | None = None,
) -> HttpResponse:
    """Show the form with what was typed into it, and what is wrong above."""
    problems = [Problem(why)] if why else []
    refusal = refusal_of(page, timezone.now())
    if shown.form.is_bound and refusal is None:
        problems += shown.form.problems()
    owners, contacts = queries.owners_and_contacts(page.network)
    context = {
        "page": page,
        "shown": shown,
        "problems": problems,
        "refusal": feedback_refusal_message(refusal) if refusal else "",
        "privacy": {"owners": owners, "contacts": contacts},
    }
    return show(request, "feedback/form.html", context, status, retry_after)
