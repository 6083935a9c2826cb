"""Tells an editor why a page may not be moved somewhere, before Wagtail refuses without a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages

from wagtail_prosjektnett.pages.placement import PlacementRefused, refuse_move


def explain_refused_move(request: HttpRequest, page: Any, parent: Any) -> HttpResponse | None:
    """Return to the choice of a place with the reason, or let the move go on."""
    try:
        refuse_move(page, parent, timezone.now())
    except PlacementRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("wagtailadmin_pages:move", page.pk)
    return None
