"""What a participant is told whose form is not about the registration that the browser may show.

A browser may show one registration at a time, the one whose link was opened last, and for an hour. A page from before
then is about another one, and nothing that is sent from it may be done to the one that is shown now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import override

from wagtail_prosjektnett.pages.occurrences import occurrence_of
from wagtail_prosjektnett.pages.reader_views import show
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.registration.forms import ParticipantForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wagtail_prosjektnett.models import Registration


def ask_to_open_again(request: HttpRequest, registration: Registration, *, is_late: bool) -> HttpResponse:
    """Say that nothing was changed, and show what was typed, in the language of a registration.

    With ``is_late``, the browser may show none any more; without, it shows another one.
    The registration tells the gathering and its questions alone: it may be somebody else's than whoever has asked.
    """
    with override(registration.language or None):
        occurrence = occurrence_of(registration.pool.uid, registration.language)
        page = occurrence.page if occurrence is not None else None
        if page is not None:
            networks_of(request).introduce([page])
        context = {"page": page, "is_late": is_late, "typed": _typed(request, page)}
        return show(request, "registration/open_again.html", context, 409)


def _typed(request: HttpRequest, page: Any) -> ParticipantForm | None:
    """Return a form that holds what was typed and nothing else, or None where only a button was pressed."""
    if page is None or "name" not in request.POST:
        return None
    day = timezone.now().astimezone(page.lifecycle.tz).date()
    typed = ParticipantForm(page, day=day, initial=request.POST.dict())
    typed.fields["email"].disabled = True  # it cannot be changed, so nobody has typed it
    return typed
