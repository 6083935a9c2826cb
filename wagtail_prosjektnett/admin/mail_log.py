"""Mail in the admin: the log of what was sent, in which it can be sent again. Nobody writes it by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from wagtail_prosjektnett.admin.action_view import ActionView
from wagtail_prosjektnett.admin.handled import HandledListView
from wagtail_prosjektnett.admin.keys import ROW
from wagtail_prosjektnett.admin.permissions import REDELIVER
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.models import OutboxItem


class MailLogView(HandledListView):
    """A log of mail, each with what became of it."""

    #: Set by the viewset.
    redeliver_url_name = ""
    redeliver_all_url_name = ""

    @property
    def outbox_columns(self) -> list[Any]:
        """The columns that tell what became of a mail."""
        return [
            Column("state", label=_("State"), accessor="item.get_state_display", sort_key="item__state"),
            Column("tries", label=_("Tries"), accessor="item.tries"),
            Column("last_error", label=_("Last error"), accessor="item.last_error"),
            DateColumn("next_try_at", label=_("Next try"), accessor="item.next_try_at", sort_key="item__next_try_at"),
            DateColumn("created_at", label=_("Created"), accessor="item.created_at", sort_key="item__created_at"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The buttons of the heading."""
        query = self.request.GET.urlencode()
        url = reverse(self.redeliver_all_url_name) + (f"?{query}" if query else "")
        return [HeaderButton(_("Send again what was given up"), url=url, icon_name="rotate")]

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Return the button of one mail."""
        if not OutboxState(instance.item.state).is_over:
            return []
        return [Button(_("Send again"), url=reverse(self.redeliver_url_name, args=[instance.pk]), icon_name="rotate")]


class SendAgain(ActionView):
    """Sends one mail again."""

    permission_required = REDELIVER
    page_title = gettext_lazy("Send again")
    question = gettext_lazy("The mail is sent again, with what is so now, and tried for a day as if it were new.")
    answer = gettext_lazy("Send it again")

    def get_object(self) -> Any:
        """Return the mail; for who may not see it, there is none."""
        handled = self.permission_policy.instances_user_has_permission_for(self.request.user, REDELIVER)
        return get_object_or_404(handled, pk=self.kwargs["pk"])

    def act(self, request: HttpRequest) -> None:
        """Let the outbox have it again."""
        if outbox.send_again(OutboxItem.objects.filter(pk=self.object.pk)):
            messages.success(request, _("The mail is on its way again."))
        else:
            messages.warning(request, _("The mail is on its way already."))


class SendAllAgain(ActionView):
    """Sends all mails again that were given up, of those that the log was narrowed down to."""

    permission_required = REDELIVER
    page_title = gettext_lazy("Send again what was given up")
    answer = gettext_lazy("Send them again")
    #: Set by the viewset.
    filterset_class: Any = None

    def get_object(self) -> None:
        """Return nothing: it is about many."""

    @property
    def question(self) -> str:
        """How many mails it is about."""
        words = ngettext(
            "%(count)s mail was given up. It is sent again, with what is so now.",
            "%(count)s mails were given up. They are sent again, with what is so now.",
            count := self._parked().count(),
        )
        return words % {"count": count}

    def act(self, request: HttpRequest) -> None:
        """Let the outbox have them again."""
        count = outbox.send_again(OutboxItem.objects.filter(pk__in=list(self._parked().values_list("pk", flat=True))))
        words = ngettext("%(count)s mail is on its way again.", "%(count)s mails are on their way again.", count)
        messages.success(request, words % {"count": count})

    def _parked(self) -> Any:
        handled = self.permission_policy.instances_user_has_permission_for(self.request.user, REDELIVER)
        parked = handled.filter(item__state=OutboxState.PARKED.value)
        filters = self.filterset_class(self.request.GET, queryset=parked, request=self.request)
        return filters.qs if filters.is_valid() else parked.none()


class MailLogViewSet(ModelViewSet):
    """A log of mail."""

    icon = "mail"
    add_to_admin_menu = False
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    ordering = ["-item__created_at", "-pk"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what all views get: of Wagtail's own views there is the list alone."""
        gone = ("add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        ours = {f"{name}_url_name": self.get_url_name(name) for name in ("redeliver", "redeliver_all")}
        return {**super().get_common_view_kwargs(**kwargs), **dict.fromkeys(gone), **ours}

    def register_admin_url_finder(self) -> None:
        """Do nothing: there is no form of a mail."""

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses of the log, and of what sends again."""
        everything = self.construct_view(SendAllAgain, filterset_class=self.filterset_class)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("redeliver/", everything, name="redeliver_all"),
            path(f"redeliver/<{ROW}:pk>/", self.construct_view(SendAgain), name="redeliver"),
        ]
