"""Tells an editor who has signed up for what is to be deleted, and for what was moved, unpublished or kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from wagtail_prosjektnett.pages.deletion import in_words, reasons_against_deletion
from wagtail_prosjektnett.pages.placement import gatherings_below
from wagtail_prosjektnett.pages.signed_up import signed_up

_MOVED = gettext_lazy("They keep their seats, the links in their mails go on working, and nobody was told.")
_UNPUBLISHED = gettext_lazy(
    "They keep their seats, and nobody was told. To call it off, publish it with its times and places cancelled."
)


def explain_refused_deletion(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Return to the pages around one that people have signed up for, with the reason, or let it be deleted."""
    return _explain(request, [page], redirect("wagtailadmin_explore", page.get_parent().pk))


def explain_refused_bulk_deletion(
    request: HttpRequest, action_type: str, objects: Iterable[Any], bulk_action: Any
) -> HttpResponse | None:
    """Return to the listing with the reasons before any page is deleted, or let the bulk action go on."""
    return _explain(request, _pages(objects), redirect(bulk_action.next_url)) if action_type == "delete" else None


def tell_of_moved(request: HttpRequest, page: Any) -> None:
    """Say what a move means for those who have signed up."""
    _tell(request, [page], str(_MOVED))


def tell_of_unpublished(request: HttpRequest, page: Any) -> None:
    """Say what it means for those who have signed up that the page is not shown any more."""
    _tell(request, [page], str(_UNPUBLISHED), live=False)


def tell_of_bulk_changes(request: HttpRequest, action_type: str, objects: Iterable[Any], bulk_action: Any) -> None:
    """Say what moving or unpublishing in bulk means for those who have signed up."""
    tell = {"move": tell_of_moved, "unpublish": tell_of_unpublished}.get(action_type)
    if tell is not None:
        for page in _pages(objects):
            page.refresh_from_db()
            tell(request, page)


def tell_of_kept(request: HttpRequest, page: Any) -> None:
    """Say which times and places the newest draft had removed, and are back as people have signed up for them."""
    kept = ", ".join(str(row) for row in getattr(page, "kept_occurrences", ()))
    if kept and request.method == "GET":
        text = _("The draft was without what people have signed up for, and it was put back: %(occurrences)s.")
        messages.warning(request, text % {"occurrences": kept})


class OccurrencesKept(LogFormatter):
    """Says in the history of a page what was kept."""

    label = gettext_lazy("Keep what people have signed up for")

    def format_message(self, log_entry: Any) -> str:
        """Return the entry in words."""
        text = _("Kept, as people have signed up for it: %(occurrences)s")
        return text % {"occurrences": ", ".join(log_entry.data.get("occurrences", ()))}


def _pages(objects: Iterable[Any]) -> list[Any]:
    return [each for each in objects if hasattr(each, "get_children")]


def _explain(request: HttpRequest, pages: Iterable[Any], back: HttpResponse) -> HttpResponse | None:
    reasons = reasons_against_deletion(pages)
    for reason in reasons:
        messages.error(request, reason)
    return back if reasons else None


def _tell(request: HttpRequest, pages: Iterable[Any], what_it_means: str, *, live: bool | None = None) -> None:
    """Say who has signed up for the gatherings at and below some pages, or for those of them that are live or not."""
    own = [gathering for page in pages for gathering in gatherings_below(page) if not gathering.alias_of_id]
    found = signed_up(gathering.translation_key for gathering in own)
    for gathering in own:
        is_meant = live is None or gathering.live is live
        people = in_words(found.get(gathering.translation_key, ()))
        if is_meant and people and gathering.facts_source is None:
            words = {"gathering": gathering.title, "signed_up": people}
            text = _("People have signed up for “%(gathering)s”: %(signed_up)s.") % words
            messages.warning(request, f"{text} {what_it_means}")
