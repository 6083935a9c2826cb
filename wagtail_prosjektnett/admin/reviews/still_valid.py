"""The button that says of an article that it still holds: in the report, in the menu of the article, and in mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from wagtail_prosjektnett.admin.action_view import ActionView
from wagtail_prosjektnett.domain.review import ReviewRefusal, ReviewRefused
from wagtail_prosjektnett.pages.review_filters import is_read
from wagtail_prosjektnett.pages.review_links import REPORT, STILL_VALID
from wagtail_prosjektnett.pages.types import PageRole, has_role, page_model
from wagtail_prosjektnett.review.still_valid import StillValid
from wagtail_prosjektnett.wording.dates import long_day
from wagtail_prosjektnett.wording.reviews import refusal_message

WORDS = gettext_lazy("Still valid")


class StillValidView(ActionView):
    """Asks whether an article still holds, and writes down that it does."""

    page_title = WORDS
    header_icon = "check"
    question = gettext_lazy(
        "Does the article still hold? Then it is marked as reviewed today, and is due again when its interval says so. "
        "Nothing else changes: a draft stays a draft."
    )
    answer = gettext_lazy("It still holds")

    def get_object(self) -> Any:
        """Return the article, or the one that its facts come from, for who may edit that."""
        model = page_model(PageRole.EXPERIENCE)
        if model is None:
            raise Http404
        # By the page's own id, of which Django knows how large it can be.
        page = get_object_or_404(model, id=self.kwargs["pk"], alias_of=None)
        source = page.facts_source or page
        if not source.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return source

    def act(self, request: HttpRequest) -> None:
        """Do it, and tell how it went."""
        try:
            article = StillValid(self.object, request.user).execute(timezone.now())
        except ReviewRefused as refused:
            if refused.reason is ReviewRefusal.NOT_PERMITTED:
                raise PermissionDenied from refused
            messages.error(request, f"“{self.object}”: {refusal_message(refused.reason)}")
            return
        messages.success(request, _("“%(title)s” was marked as still valid.") % {"title": article})

    def get_return_url(self) -> str:
        """Return where the editor came from."""
        return get_valid_next_url_from_request(self.request) or reverse(REPORT)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the question, the answers to it, and where the answer leads."""
        return super().get_context_data(next=get_valid_next_url_from_request(self.request), **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title, "sublabel": str(self.object)}]


class StillValidColumn(Column):
    """A button in the report, with which one click is enough. What is never reviewed has none."""

    cell_template_name = "wagtail_prosjektnett/admin/still_valid_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Return what the button needs: an address, and the way back to the report as it is narrowed down."""
        context = super().get_cell_context_data(instance, parent_context)
        query = context["request"].GET.copy()
        query.pop("_w_filter_fragment", None)
        return {
            **context,
            "csrf_token": get_token(context["request"]),
            "url": reverse(STILL_VALID, args=[instance.pk]),
            "next": f"{reverse(REPORT)}?{query.urlencode()}",
        }


def still_valid_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Any]:
    """Yield the button in the menu of an article, for who may edit it."""
    if not has_role(page.specific_class, PageRole.EXPERIENCE) or page.alias_of_id:
        return
    page = page.specific_deferred
    source = page.facts_source or page
    if not is_read(source):
        return
    if source.permissions_for_user(user).can_edit() and source.review(timezone.now()).permitted:
        here = reverse("wagtailadmin_pages:edit", args=[page.pk])
        url = f"{reverse(STILL_VALID, args=[page.pk])}?{urlencode({'next': next_url or here})}"
        yield Button(WORDS, url=url, icon_name="check", priority=12)


class StillValidFormatter(LogFormatter):
    """Says in the history of an article that it was found to hold."""

    label = WORDS

    def format_message(self, log_entry: Any) -> str:
        """Return the entry in words."""
        due = parse_date(log_entry.data.get("due") or "")
        if due is None:
            return _("Found to be still valid")
        return _("Found to be still valid; next review %(day)s") % {"day": long_day(due)}
