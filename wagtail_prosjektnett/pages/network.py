"""The landing page of a network, and the dates of its life."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import swapper
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.blocks.text import SHORT_FEATURES
from wagtail_prosjektnett.domain.lifecycle import Guidance, GuidanceKind, Lifecycle, LifecycleState, next_change
from wagtail_prosjektnett.fields import DayField, ProseField, WebAddressField
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.api_fields import computed, writable
from wagtail_prosjektnett.pages.base import ContentPageMixin
from wagtail_prosjektnett.pages.forms import NetworkPageForm
from wagtail_prosjektnett.pages.forms.facts import FactsInlinePanel
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.wording.labels import choices, label


class LifecycleData(TypedDict):
    """The life of a network as the APIs give it; instants are in the network's time zone."""

    state: LifecycleState
    label: str
    since: datetime | None
    next_change: datetime | None
    active_from: date | None
    wind_down_from: date | None
    closed_from: date | None
    taken_down_from: date | None


def time_zone_choices() -> list[tuple[str, str]]:
    """The time zones of the world by their IANA names."""
    return [(name, name) for name in sorted(available_timezones())]


def _lifecycle(network: NetworkPageMixin) -> LifecycleData:
    return network.lifecycle_data(timezone.now())


class NetworkPageMixin(ContentPageMixin):
    """The landing page of a network. Its lifecycle state is computed from dates, never stored."""

    role = PageRole.NETWORK
    reference_template = "network_page.html"
    base_form_class = NetworkPageForm
    page_description = _("A professional network: its landing page, with gatherings, announcements and articles below.")

    facts = (
        "time_zone",
        "active_from",
        "wind_down_from",
        "closed_from",
        "taken_down_from",
        "guidance_kind",
        "guidance_until",
        "successor_page",
        "members",
    )

    members: Any
    contacts: Any

    period = models.CharField(
        _("period"), max_length=100, blank=True, help_text=_("The years the network covers, for instance “2017–2019”.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default=conf.default_time_zone,
        choices=time_zone_choices,
        help_text=_("Dates and deadlines of the network begin and end at midnight here."),
    )
    active_from = DayField(
        _("active from"),
        null=True,
        blank=True,
        help_text=_("Until this date the network is planned. Leave empty if it is active already."),
    )
    wind_down_from = DayField(
        _("being wound down from"),
        null=True,
        blank=True,
        help_text=_(
            "From this date every page of the network has a banner that says so, and no new gatherings can be "
            "planned. Everything stays readable, and you can change the date at any time."
        ),
    )
    closed_from = DayField(
        _("closed from"),
        null=True,
        blank=True,
        help_text=_(
            "From this date the banner says that the pages are an archive, and registration and feedback end. "
            "Leave empty while guidance goes on."
        ),
    )
    taken_down_from = DayField(
        _("taken down from"),
        null=True,
        blank=True,
        help_text=_(
            "From this date the pages are to be off the web, and external frontends and archives are told so in "
            "advance. Nothing happens by itself on the date: an editor takes the pages down. Leave empty to keep the "
            "pages as an archive, which is recommended."
        ),
    )
    guidance_kind = models.CharField(
        _("guidance"),
        max_length=20,
        choices=choices(GuidanceKind),
        default=GuidanceKind.NONE.value,
        help_text=_("Whether anyone still gives guidance while the network is being wound down."),
    )
    guidance_until = DayField(
        _("last day of guidance"), null=True, blank=True, help_text=_("Only for guidance that ends on a date.")
    )
    guidance_how = ProseField(
        _("how to ask for guidance"), blank=True, features=SHORT_FEATURES, help_text=_("Whom to ask, and how.")
    )
    banner_heading = models.CharField(
        _("banner heading"),
        max_length=200,
        blank=True,
        help_text=_("Leave empty to say that the network is being wound down, or that it is closed."),
    )
    banner_text = ProseField(
        _("banner text"),
        blank=True,
        features=SHORT_FEATURES,
        help_text=_("Why the network ends, and what goes on. Two or three sentences."),
    )
    successor_page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("successor on this site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where readers should go instead."),
    )
    successor_link = WebAddressField(
        _("successor elsewhere"), blank=True, help_text=_("For a successor that has no page on this site.")
    )
    successor_title = models.CharField(
        _("name of the successor"),
        max_length=200,
        blank=True,
        help_text=_("Leave empty to use the title of the page, or the address."),
    )

    content_panels = [
        FieldPanel("lead"),
        FieldPanel("create_sections"),
        FieldPanel("image"),
        FieldPanel("period"),
        FieldPanel("body"),
        FactsInlinePanel("members", heading=_("Partners and members"), label=_("organisation")),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
    ]
    lifecycle_panels = [
        HelpPanel(template="wagtail_prosjektnett/admin/lifecycle_help.html"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("active_from"), FieldPanel("wind_down_from"), FieldPanel("closed_from")]),
                FieldPanel("taken_down_from"),
                FieldPanel("time_zone"),
            ],
            heading=_("Dates"),
        ),
        MultiFieldPanel([FieldPanel("banner_heading"), FieldPanel("banner_text")], heading=_("Banner")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("guidance_kind"), FieldPanel("guidance_until")]),
                FieldPanel("guidance_how"),
            ],
            heading=_("Guidance while it is being wound down"),
        ),
        MultiFieldPanel(
            [FieldPanel("successor_page"), FieldPanel("successor_link"), FieldPanel("successor_title")],
            heading=_("Where to go instead"),
        ),
    ]
    tabs = [
        ("content_panels", _("Content")),
        ("lifecycle_panels", _("Lifecycle")),
        ("promote_panels", _("Promote")),
        ("settings_panels", _("Settings")),
    ]
    search_fields = [*ContentPageMixin.search_fields, index.SearchField("period")]
    api_fields = [
        *ContentPageMixin.api_fields,
        writable("period"),
        writable("time_zone"),
        writable("active_from"),
        writable("wind_down_from"),
        writable("closed_from"),
        writable("taken_down_from"),
        writable("guidance_kind"),
        writable("guidance_until"),
        writable("guidance_how"),
        writable("banner_heading"),
        writable("banner_text"),
        writable("successor_link"),
        writable("successor_title"),
        computed("lifecycle", _lifecycle),
        APIField("members"),
        APIField("contacts"),
    ]

    class Meta:
        abstract = True

    @property
    def tz(self) -> ZoneInfo:
        """The network's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def lifecycle(self) -> Lifecycle:
        """The dates of the network's life."""
        return Lifecycle(self.tz, self.active_from, self.wind_down_from, self.closed_from, self.taken_down_from)

    @property
    def guidance(self) -> Guidance:
        """The guidance that goes on while it is wound down."""
        return Guidance(self.tz, GuidanceKind(self.guidance_kind), self.guidance_until)

    def next_change(self, at: datetime) -> datetime | None:
        """Return when the lifecycle or the guidance changes next, or None."""
        ends = {end for end in self.guidance.changes() if self.lifecycle.state(end).permits.guidance}
        return next_change(self.lifecycle.changes() | ends, at)

    def lifecycle_data(self, at: datetime) -> LifecycleData:
        """Return the life of the network as the APIs give it, at an aware instant."""
        state = self.lifecycle.state(at)
        since, following = self.lifecycle.begins(state), self.next_change(at)
        return {
            "state": state,
            "label": label(state),
            "since": since.astimezone(self.tz) if since else None,
            "next_change": following.astimezone(self.tz) if following else None,
            "active_from": self.active_from,
            "wind_down_from": self.wind_down_from,
            "closed_from": self.closed_from,
            "taken_down_from": self.taken_down_from,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with the sections of the network and what is newest in each."""
        context = super().get_context(request, *args, **kwargs)
        context.update(queries.landing_page(self, request, context["at"]))
        return context
