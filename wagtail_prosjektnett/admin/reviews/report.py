"""The report of articles that are to be reviewed, the most urgent first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import django_filters
import swapper
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_prosjektnett.admin.reviews.still_valid import WORDS, StillValidColumn
from wagtail_prosjektnett.admin.spreadsheets import SafeSpreadsheetMixin
from wagtail_prosjektnett.admin.wide_tables import WideTable
from wagtail_prosjektnett.domain.review import ReviewState
from wagtail_prosjektnett.models import ContactPerson, Topic
from wagtail_prosjektnett.pages.day_filters import day_of_site
from wagtail_prosjektnett.pages.review_filters import articles_once, most_urgent_first, with_state
from wagtail_prosjektnett.pages.review_links import REPORT, REPORT_RESULTS
from wagtail_prosjektnett.pages.tree import Networks, nearest_is_one_of
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.wording.dates import day
from wagtail_prosjektnett.wording.labels import choices, label

Page = swapper.load_model("wagtailcore", "Page")
TITLE = gettext_lazy("Articles to be reviewed")
#: Who may do one of these with some page may open the report, and sees the articles that they may edit.
_RIGHTS = ["add", "change"]
_HEADINGS: dict[str, Any] = {
    "title": gettext_lazy("Title"),
    "network": gettext_lazy("Network"),
    "responsible": gettext_lazy("Responsible"),
    "last_reviewed": gettext_lazy("Last reviewed"),
    "due": gettext_lazy("Next review"),
    "state": gettext_lazy("State"),
}


def articles_editable_by(user: Any, at: datetime) -> Any:
    """Return the articles that a user may edit, with the day on which each is to be reviewed at an aware instant."""
    articles: Any = articles_once(at)
    editable = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"change"})
    return articles.filter(pk__in=editable.order_by().values("pk"))


def _of_articles(field: str, model: Any) -> Any:
    """Return what a filter offers: those things that an article names in a field and that the user may edit."""

    def offered(request: Any) -> Any:
        articles = articles_editable_by(request.user, timezone.now()).order_by()
        return model.objects.filter(pk__in=articles.values(field))

    return offered


def _networks(request: Any) -> Any:
    articles = articles_editable_by(request.user, timezone.now()).order_by()
    networks = page_model(PageRole.NETWORK).objects
    return networks.filter(Exists(articles.filter(path__startswith=OuterRef("path")))).order_by("title", "pk")


class ReviewFilterSet(WagtailFilterSet):
    """What the report can be narrowed down by."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=choices(ReviewState),
        empty_label=gettext_lazy("Overdue, due or due soon"),
        method="in_state",
    )
    network = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Network"), queryset=_networks, method="in_network", to_field_name="id"
    )
    responsible = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Responsible"),
        queryset=_of_articles("responsible", ContactPerson),
        null_label=gettext_lazy("Nobody"),
    )
    topics = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Topic"), queryset=_of_articles("topics", Topic), field_name="topics"
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow the report down to what has one state today."""
        return with_state(queryset, [ReviewState(value)], day_of_site(timezone.now()))

    def in_network(self, queryset: Any, name: str, network: Any) -> Any:
        """Narrow the report down to the articles of one network, without those of a network within it."""
        everywhere = type(network).objects.values_list("path", flat=True)
        return queryset.filter(nearest_is_one_of([network.path], everywhere))


class ReviewReport(SafeSpreadsheetMixin, PageReportView):
    """The articles that the user may edit, each once for all its languages."""

    page_title = TITLE
    table_class = WideTable
    header_icon = "calendar-check"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = REPORT
    index_results_url_name = REPORT_RESULTS
    filterset_class = ReviewFilterSet
    any_permission_required = _RIGHTS
    list_export = [*_HEADINGS]
    export_filename = "review"

    @cached_property
    def at(self) -> datetime:
        """The instant at which the report is read."""
        return timezone.now()

    @cached_property
    def today(self) -> date:
        """The day that it is for reviews."""
        return day_of_site(self.at)

    @cached_property
    def columns(self) -> list[Any]:
        """The columns of the report."""
        return [
            TitleColumn(
                "title", label=_HEADINGS["title"], accessor=str, get_url=_edit_url, sort_key="title", width="30%"
            ),
            Column("network", label=_HEADINGS["network"]),
            Column("responsible", label=_HEADINGS["responsible"]),
            Column("last_reviewed", label=_HEADINGS["last_reviewed"], accessor=_last_reviewed),
            Column("due", label=_HEADINGS["due"], accessor=_due),
            Column("state", label=_HEADINGS["state"], accessor=self.state_in_words),
            StillValidColumn("still_valid", label=WORDS),
        ]

    @cached_property
    def no_results_message(self) -> str:
        """What is said where there is nothing to show."""
        return _("There are no such articles.") if self.is_filtering else _("There is nothing to be reviewed.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show nothing on a site that has no articles."""
        if page_model(PageRole.EXPERIENCE) is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        """Return the articles with what is shown of them."""
        return articles_editable_by(self.request.user, self.at).select_related("responsible", "locale")

    def order_queryset(self, queryset: Any) -> Any:
        """Return the articles in the order that was asked for, or else the most urgent first."""
        return super().order_queryset(queryset) if self.ordering else most_urgent_first(queryset)

    def filter_queryset(self, queryset: Any) -> Any:
        """Return what was asked for; without a state, what is to be done."""
        found = super().filter_queryset(queryset)
        if self.filters.is_valid() and self.filters.form.cleaned_data["state"]:
            return found
        return with_state(found, [state for state in ReviewState if state.is_listed], self.today)

    def get_filtered_queryset(self) -> Any:
        """Return the articles; they are filtered already."""
        return self.get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Let the articles know their networks, with one query."""
        Networks().introduce(object_list)
        return object_list

    def state_in_words(self, article: Any) -> str:
        """Return how urgent the review of an article is."""
        return label(ReviewState.of(article.due, self.today))

    def get_heading(self, queryset: Any, field: str) -> str:
        """Return the heading of a column."""
        return str(_HEADINGS[field])

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Return the cells of one article."""
        return {
            "title": str(item),
            "network": str(item.network or ""),
            "responsible": str(item.responsible or ""),
            "last_reviewed": item.last_reviewed,
            "due": item.due,
            "state": self.state_in_words(item),
        }


class ReviewMenuItem(MenuItem):
    """The way to the report, for those who may open it."""

    def __init__(self) -> None:
        super().__init__(TITLE, reverse(REPORT), name="prosjektnett-review", icon_name="calendar-check", order=650)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether somebody may edit any page, on a site that has articles."""
        may_open = PagePermissionPolicy().user_has_any_permission(request.user, _RIGHTS)
        return may_open and page_model(PageRole.EXPERIENCE) is not None


def _edit_url(article: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def _last_reviewed(article: Any) -> str:
    return day(article.last_reviewed) if article.last_reviewed else ""


def _due(article: Any) -> str:
    return day(article.due) if article.due else ""
