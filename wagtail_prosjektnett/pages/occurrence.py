"""One time and place of a gathering."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from wagtail_prosjektnett.domain.dates import Precision, When
from wagtail_prosjektnett.domain.lifecycle import Lifecycle
from wagtail_prosjektnett.domain.occurrences import (
    Availability,
    Decision,
    EventStatus,
    OccurrenceFacts,
    RegistrationStatus,
)
from wagtail_prosjektnett.domain.registration import Seats
from wagtail_prosjektnett.fields import DayField
from wagtail_prosjektnett.pages.api_fields import computed, writable
from wagtail_prosjektnett.pages.seats import OccurrenceManager, seats_data, seats_of
from wagtail_prosjektnett.records.organisations import Organisation, OrganisationKind
from wagtail_prosjektnett.references import OrganisationData, organisation_data
from wagtail_prosjektnett.wording import dates
from wagtail_prosjektnett.wording.labels import choices, label


class EventStatusData(TypedDict):
    """Where something is in time as the APIs give it: a value that never changes, and the reader's words for it."""

    value: EventStatus
    label: str


class RegistrationStatusData(TypedDict):
    """Whether one can sign up as the APIs give it: a value that never changes, and the reader's words for it."""

    value: RegistrationStatus
    label: str


class WhenData(TypedDict):
    """When something takes place; the end is not part of it. ``text`` says it as exactly as it is known."""

    starts_at: datetime
    ends_at: datetime
    exactness: Precision
    text: str


class LocationData(TypedDict):
    """Where something takes place. The online address is for those who have signed up only."""

    place: str
    address: str
    municipality: OrganisationData | None
    is_online: bool


def when_data(row: OccurrenceRow) -> WhenData:
    """Return when an occurrence takes place as the APIs give it, in the network's time zone."""
    span = row.facts.span
    return {
        "starts_at": span.start.astimezone(row.facts.tz),
        "ends_at": span.end.astimezone(row.facts.tz),
        "exactness": row.when.exactness,
        "text": dates.when(row.when),
    }


def _event_status(row: OccurrenceRow) -> EventStatusData:
    return event_status_data(row.facts.event_status(timezone.now()))


def _registration_status(row: OccurrenceRow) -> RegistrationStatusData:
    return registration_status_data(row.facts.registration_status(timezone.now()))


def location_data(row: OccurrenceRow, municipality: OrganisationData | None = None) -> LocationData:
    """Return where an occurrence takes place as the APIs give it.

    ``municipality`` is what was told of its municipality already.
    """
    return {
        "place": row.place,
        "address": row.address,
        "municipality": municipality or organisation_data(row.municipality),
        "is_online": row.is_online,
    }


def event_status_data(status: EventStatus) -> EventStatusData:
    """Return where something is in time as the APIs give it."""
    return {"value": status, "label": label(status)}


def registration_status_data(status: RegistrationStatus) -> RegistrationStatusData:
    """Return whether one can sign up as the APIs give it."""
    return {"value": status, "label": label(status)}


class OccurrenceRow(Orderable):
    """One time and place of a gathering, dated on the wall clock as exactly as is known.

    ``uid`` follows an occurrence through drafts, translations and moves; a copy of the page gets new
    ones. ``starts_at`` and ``ends_at`` repeat the dates as instants, for the database to filter and
    sort by; they are renewed at every save and answer no question on their own.
    """

    page: Any

    #: A translation of the page has these of its own; all else is a fact of its source.
    texts = ("name",)
    #: What a row is known by in the translations of its page.
    fact_key = "uid"

    uid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    name = models.CharField(
        _("name"),
        max_length=100,
        blank=True,
        help_text=_("What tells it from the others, for instance “East Finnmark”. Leave empty if there is only one."),
    )
    start_date = DayField(_("date"), help_text=_("Where only the month, season or year is known: any day in it."))
    start_time = models.TimeField(
        _("starts at"), null=True, blank=True, help_text=_("Leave empty if it lasts all day, or is not decided.")
    )
    end_date = DayField(
        _("last day"), null=True, blank=True, help_text=_("Leave empty if it ends on the day it starts.")
    )
    end_time = models.TimeField(_("ends at"), null=True, blank=True, help_text=_("Leave empty if it is not decided."))
    precision = models.CharField(
        _("how exactly is it known?"),
        max_length=10,
        choices=choices(Precision, leave_out=(Precision.MINUTE,)),
        default=Precision.DAY.value,
        help_text=_("With anything but the day, only the month, season or year of the date is shown."),
    )
    decision = models.CharField(
        _("postponed or cancelled?"),
        max_length=12,
        choices=choices(Decision),
        default=Decision.AS_PLANNED.value,
        help_text=_("Cancel it here rather than deleting it, so that those who come can see it."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("The building or the room."))
    address = models.CharField(
        _("address"), max_length=300, blank=True, help_text=_("Street and number, so that one can find the way.")
    )
    municipality = models.ForeignKey(
        Organisation,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"kind": OrganisationKind.MUNICIPALITY},
        help_text=_("Where it is held. Readers can look for what is near them."),
    )
    online_address = models.CharField(
        _("online address"),
        max_length=500,
        blank=True,
        help_text=_(
            "Shown only to those who have a seat, in their mail and with their registration. Where they sign up "
            "elsewhere, send it to them yourselves."
        ),
    )
    capacity = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Leave empty if there is no limit, or if you do not want to say. If people sign up here, more seats let "
            "the waiting list move up, and fewer take nobody’s seat away."
        ),
    )
    registration_deadline = DayField(
        _("own deadline"),
        null=True,
        blank=True,
        help_text=_("The last day to sign up for this one. Leave empty to use the gathering's."),
    )
    availability = models.CharField(
        _("is there room?"),
        max_length=20,
        choices=choices(Availability),
        default=Availability.AVAILABLE.value,
        help_text=_("Tell when the form elsewhere, or the list that you keep, is full. A form here counts by itself."),
    )
    starts_at = models.DateTimeField(editable=False, null=True, db_index=True)
    ends_at = models.DateTimeField(editable=False, null=True, db_index=True)

    objects = OccurrenceManager()

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_time")]),
        FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_time")]),
        FieldRowPanel([FieldPanel("precision"), FieldPanel("decision")]),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("address"),
                FieldPanel("municipality"),
                FieldPanel("online_address"),
            ],
            heading=_("Place"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("availability")]),
                FieldPanel("registration_deadline"),
            ],
            heading=_("Registration"),
        ),
    ]
    api_fields = [
        APIField("uid"),
        writable("name"),
        writable("start_date"),
        writable("start_time"),
        writable("end_date"),
        writable("end_time"),
        writable("precision"),
        writable("decision"),
        writable("place"),
        writable("address"),
        writable("municipality"),
        writable("capacity"),
        writable("registration_deadline"),
        writable("availability"),
        computed("when", when_data),
        computed("event_status", _event_status),
        computed("registration_status", _registration_status),
        computed("location", location_data),
        computed("seats", seats_data),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("time and place")
        verbose_name_plural = _("times and places")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, dates.when(self.when)) if part)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row with its dates as instants in the network's time zone."""
        self.renew_instants(self.page.lifecycle.tz)
        super().save(*args, **kwargs)

    def renew_instants(self, tz: ZoneInfo) -> bool:
        """Compute the instants that the database filters and sorts by; return whether they changed."""
        before = (self.starts_at, self.ends_at)
        span = self.when.span(tz)
        self.starts_at, self.ends_at = span.start, span.end
        return before != (span.start, span.end)

    @property
    def seats(self) -> Seats:
        """How the seats are taken, where people sign up here."""
        return seats_of(self)

    @property
    def is_online(self) -> bool:
        """Whether one can take part online."""
        return bool(self.online_address)

    @property
    def when(self) -> When:
        """The dates as an editor gave them."""
        return When(
            first_day=self.start_date,
            last_day=self.end_date,
            start_time=self.start_time,
            end_time=self.end_time,
            precision=Precision(self.precision),
        )

    @property
    def facts(self) -> OccurrenceFacts:
        """All that the statuses are computed from, its gathering's registration and network included."""
        return self.facts_in(self.page.lifecycle)

    def facts_in(self, lifecycle: Lifecycle) -> OccurrenceFacts:
        """Return the facts as they would be in a network with another lifecycle."""
        return OccurrenceFacts(
            when=self.when,
            lifecycle=lifecycle,
            decision=Decision(self.decision),
            terms=self.page.terms_of(self),
        )
