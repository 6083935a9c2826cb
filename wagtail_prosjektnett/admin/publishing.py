"""Tells an editor why pages may not be published in bulk, before any of them is."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages

from wagtail_prosjektnett.pages.publishing import PublicationRefused, refuse_publication


def explain_refused_publication(
    request: HttpRequest, action_type: str, objects: Iterable[Any], bulk_action: Any
) -> HttpResponse | None:
    """Return to the listing with the reasons, or let the bulk action go on."""
    if action_type != "publish":
        return None
    try:
        for page in _to_publish(objects, bulk_action):
            refuse_publication(page.get_latest_revision_as_object(), timezone.now())
    except PublicationRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(bulk_action.next_url)
    return None


def _to_publish(objects: Iterable[Any], bulk_action: Any) -> Iterator[Any]:
    with_descendants = bulk_action.cleaned_form.cleaned_data.get("include_descendants")
    for page in objects:
        if hasattr(page, "get_descendants"):
            yield page.specific
            if with_descendants:
                yield from page.get_descendants().not_live().specific()
