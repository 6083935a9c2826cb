"""Webhooks in the admin: whom they tell, and the log of what was sent."""

from __future__ import annotations

import uuid
from typing import Any

import django_filters
from django import forms
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from wagtail_prosjektnett.admin.keys import ROW
from wagtail_prosjektnett.admin.permissions import REDELIVER, log_permission_policy
from wagtail_prosjektnett.admin.webhook_actions import Redeliver, RedeliverAll, RenewSecret, SendTest
from wagtail_prosjektnett.admin.wide_tables import WideListView
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import WebhookDelivery, WebhookEndpoint
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.wording.labels import choices


def network_choices() -> list[tuple[str, Any]]:
    """Return the networks of the site by their translation keys, each once, under the title that it got first."""
    model = page_model(PageRole.NETWORK)
    rows = [] if model is None else model.objects.order_by("title").values_list("translation_key", "pk", "title")
    titles: dict[uuid.UUID, tuple[int, str]] = {}
    for key, pk, title in rows:
        titles[key] = min(titles.get(key, (pk, title)), (pk, title))
    return [("", _("All networks")), *((str(key), title) for key, (_pk, title) in titles.items())]


class WebhookEndpointForm(WagtailAdminModelForm):
    """The form of a webhook: its events are ticked, and its network is chosen by title."""

    events = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=choices(WebhookEvent, leave_out=(WebhookEvent.TEST,)),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What the address is told of."),
    )
    network_key = forms.TypedChoiceField(
        label=gettext_lazy("Network"),
        coerce=lambda value: uuid.UUID(str(value)),
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Only changes in one network, in all its languages, or in every network of the site."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = network_choices()
        chosen = self.instance.network_key
        if chosen is not None and str(chosen) not in dict(offered):
            offered.append((str(chosen), _("A network that was deleted")))
        self.fields["network_key"].choices = offered


class SecretPanel(FieldPanel):
    """Shows a secret that a webhook has, or how long it holds."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel in the form of one webhook."""

        def is_shown(self) -> bool:
            """Whether there is anything to show: before it is saved there is no secret, and then no old one."""
            return super().is_shown() and self.instance.pk is not None and bool(getattr(self.instance, self.field_name))


class EditWebhookView(generic.EditView):
    """The form of a webhook, with what can be done to it."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The buttons in the menu of the heading."""
        name = WebhookEndpointViewSet.name
        sent = reverse(f"{WebhookDeliveryViewSet.name}:index")
        return [
            *super().header_more_buttons,
            Button(_("Send a test"), url=reverse(f"{name}:test", args=[self.object.pk]), icon_name="mail"),
            Button(_("Renew the secret"), url=reverse(f"{name}:renew", args=[self.object.pk]), icon_name="key"),
            Button(_("Sent messages"), url=f"{sent}?endpoint={self.object.pk}", icon_name="history"),
        ]


class WebhookEndpointViewSet(ModelViewSet):
    """Whom webhooks tell."""

    model = WebhookEndpoint
    name = "prosjektnett_webhooks"
    url_prefix = "prosjektnett/webhooks"
    icon = "link-external"
    menu_label = gettext_lazy("Webhooks")
    add_to_admin_menu = False
    copy_view_enabled = False
    add_to_reference_index = False
    edit_view_class = EditWebhookView
    list_display = ["description", "address", BooleanColumn("active", label=gettext_lazy("Active"))]
    search_fields = ["description", "address"]
    ordering = ["description"]
    edit_handler = ObjectList(
        [
            FieldPanel("description"),
            FieldPanel("address"),
            FieldPanel("events"),
            FieldPanel("network_key"),
            FieldPanel("active"),
            MultiFieldPanel(
                [SecretPanel("secret", read_only=True), SecretPanel("old_secret_until", read_only=True)],
                heading=gettext_lazy("Signature"),
            ),
        ],
        base_form_class=WebhookEndpointForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses of the views, with those of what can be done to a webhook."""
        return [
            *super().get_urlpatterns(),
            path("test/<int:pk>/", self.construct_view(SendTest), name="test"),
            path("renew/<int:pk>/", self.construct_view(RenewSecret), name="renew"),
        ]


class WebhookDeliveryFilterSet(WagtailFilterSet):
    """What the log can be narrowed down by."""

    endpoint = django_filters.ModelChoiceFilter(queryset=WebhookEndpoint.objects.all(), label=gettext_lazy("Webhook"))
    state = django_filters.ChoiceFilter(choices=choices(OutboxState), label=gettext_lazy("State"))
    event = django_filters.ChoiceFilter(choices=choices(WebhookEvent), label=gettext_lazy("Event"))

    class Meta:
        model = WebhookDelivery
        fields = ["endpoint", "state", "event"]


class DeliveriesView(WideListView):
    """The log, with a button that sends what was given up again."""

    def get_base_queryset(self) -> Any:
        """Return the messages with what they are listed by."""
        return super().get_base_queryset().select_related("endpoint")

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The buttons of the heading."""
        if not self.user_has_permission(REDELIVER):
            return []
        url = reverse(f"{WebhookDeliveryViewSet.name}:redeliver_all")
        query = self.request.GET.urlencode()
        address = f"{url}?{query}" if query else url
        return [HeaderButton(_("Send again what was given up"), url=address, icon_name="rotate")]

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Return the buttons of one message."""
        buttons = super().get_list_more_buttons(instance)
        if OutboxState(instance.state).is_over and self.user_has_permission(REDELIVER):
            url = reverse(f"{WebhookDeliveryViewSet.name}:redeliver", args=[instance.pk])
            buttons.append(Button(_("Send again"), url=url, icon_name="rotate", priority=30))
        return buttons


class DeliveryView(generic.InspectView):
    """One message, with all that became of it."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Return what is known of it: one that was sent has no next try, and one that waits no answer."""
        return [each for each in super().get_fields_context() if each["value"] not in (None, "")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The buttons in the menu of the heading."""
        if not OutboxState(self.object.state).is_over or not self.user_has_permission(REDELIVER):
            return []
        url = reverse(f"{WebhookDeliveryViewSet.name}:redeliver", args=[self.object.pk])
        return [Button(_("Send again"), url=url, icon_name="rotate")]


class WebhookDeliveryViewSet(ModelViewSet):
    """The log of what webhooks were told. Nobody writes it by hand."""

    model = WebhookDelivery
    name = "prosjektnett_webhook_log"
    url_prefix = "prosjektnett/webhook-log"
    icon = "history"
    menu_label = gettext_lazy("Sent messages")
    add_to_admin_menu = False
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_enabled = True
    index_view_class = DeliveriesView
    inspect_view_class = DeliveryView
    filterset_class = WebhookDeliveryFilterSet
    form_fields: list[str] = []
    list_display = [
        "event",
        "endpoint",
        "state",
        "tries",
        "status_code",
        "last_error",
        DateColumn("created_at", label=gettext_lazy("Created"), sort_key="created_at"),
    ]
    inspect_view_fields = [
        "endpoint", "event", "state", "created_at", "tries", "next_try_at", "finished_at", "status_code", "last_error",
        "message_id", "body",
    ]  # fmt: skip
    ordering = ["-created_at", "-pk"]
    permission_policy = log_permission_policy(WebhookDelivery)
    pk_path_converter = ROW

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses of the views, with those that send again."""
        everything = self.construct_view(RedeliverAll, filterset_class=self.filterset_class)
        return [
            *super().get_urlpatterns(),
            path("redeliver/", everything, name="redeliver_all"),
            path(f"redeliver/<{ROW}:pk>/", self.construct_view(Redeliver), name="redeliver"),
        ]
