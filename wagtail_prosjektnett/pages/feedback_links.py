"""The addresses at which readers say what they think of an article, or of the experience base as a whole."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

#: The namespace of the pages in ``wagtail_prosjektnett.feedback.urls``, which a site includes where it likes.
NAMESPACE = "prosjektnett_feedback"


def form_url(page: Any) -> str | None:
    """Return the path of the form about a page; None where the site has not included it, or for a page never saved."""
    if not page.pk:
        return None
    try:
        return reverse(f"{NAMESPACE}:form", args=[page.pk])
    except NoReverseMatch:
        return None
