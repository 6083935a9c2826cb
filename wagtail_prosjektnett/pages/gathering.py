"""A gathering, with its times and places, its registration and its presentations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from wagtail_prosjektnett.blocks.programme import ProgrammeBlock
from wagtail_prosjektnett.blocks.text import PROSE_FEATURES
from wagtail_prosjektnett.domain.dates import Season
from wagtail_prosjektnett.domain.lifecycle import Lifecycle, next_change
from wagtail_prosjektnett.domain.occurrences import (
    Availability,
    EventStatus,
    RegistrationMethod,
    RegistrationStatus,
    RegistrationTerms,
    availability_of,
    summarise_event,
    summarise_registration,
)
from wagtail_prosjektnett.fields import DayField, ExtensibleStreamField, ProseField, WebAddressField
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.api_fields import computed, writable
from wagtail_prosjektnett.pages.calendar_records import CalendarRecordsMixin
from wagtail_prosjektnett.pages.forms import GatheringPageForm, PlacedCopyForm
from wagtail_prosjektnett.pages.forms.gathering import (
    FormInlinePanel,
    GatheringApiForm,
    KeyedRowForm,
    OccurrenceForm,
    PresentationForm,
)
from wagtail_prosjektnett.pages.kept_occurrences import KeptOccurrencesMixin
from wagtail_prosjektnett.pages.occurrence import (
    EventStatusData,
    RegistrationStatusData,
    event_status_data,
    registration_status_data,
)
from wagtail_prosjektnett.pages.occurrence_keys import OccurrenceKeysMixin
from wagtail_prosjektnett.pages.placement import lifecycle_of, may_move
from wagtail_prosjektnett.pages.registration_links import form_url
from wagtail_prosjektnett.pages.registration_panel import RegistrationsPanel
from wagtail_prosjektnett.pages.sections import SectionItemMixin
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.wording import dates
from wagtail_prosjektnett.wording.labels import choices


class SeasonData(TypedDict):
    """The season and year of a gathering."""

    season: Season
    year: int
    text: str


def _event_status(page: GatheringPageMixin) -> EventStatusData:
    return event_status_data(page.event_status(timezone.now()))


def _registration_status(page: GatheringPageMixin) -> RegistrationStatusData:
    return registration_status_data(page.registration_status(timezone.now()))


def season_data(page: GatheringPageMixin) -> SeasonData | None:
    """Return the season and year of a gathering as the APIs give them, or None without an occurrence."""
    found = page.season_and_year
    if found is None:
        return None
    season, year = found
    return {"season": season, "year": year, "text": dates.season(season, year)}


def registration_form(page: GatheringPageMixin) -> str | None:
    """Return the address of the form on the site as the APIs give it, or None where one does not sign up there."""
    path = form_url(page) if page.takes_registrations else None
    parts = page.get_url_parts() if path else None
    return parts[1] + path if parts and path else None


def _next_change(page: GatheringPageMixin) -> datetime | None:
    following = page.next_change(timezone.now())
    return following.astimezone(page.lifecycle.tz) if following else None


class GatheringPageMixin(CalendarRecordsMixin, KeptOccurrencesMixin, OccurrenceKeysMixin, SectionItemMixin):
    """A gathering, held at one or more times and places. Both its statuses are computed."""

    role = PageRole.GATHERING
    section_role = PageRole.GATHERING_INDEX
    reference_template = "gathering_page.html"
    base_form_class = GatheringPageForm
    api_base_form_class = GatheringApiForm
    copy_form_class = PlacedCopyForm
    page_description = _("A gathering at one or more times and places, with programme, registration and presentations.")

    facts = (
        "season",
        "registration_method",
        "registration_link",
        "registration_email",
        "registration_opens",
        "registration_deadline",
        "registration_waiting_list",
        "registration_confirmation",
        "registration_needs",
        "registration_kept_days",
        "questions",
        "occurrences",
    )

    occurrences: Any
    questions: Any
    presentations: Any
    contacts: Any

    season = models.CharField(
        _("season"),
        max_length=10,
        blank=True,
        choices=choices(Season),
        help_text=_("Leave empty to follow the first date: spring is January to June."),
    )
    target_audience = models.CharField(
        _("target audience"), max_length=255, blank=True, help_text=_("Who should come.")
    )
    programme = ExtensibleStreamField(
        ProgrammeBlock,
        verbose_name=_("programme"),
        blank=True,
        help_text=_("What happens when. Start with a day if it lasts several days."),
    )
    registration_method = models.CharField(
        _("registration"),
        max_length=20,
        choices=choices(RegistrationMethod),
        default=RegistrationMethod.NONE.value,
        help_text=_("How one signs up. A deadline is needed unless there is no registration."),
    )
    registration_link = WebAddressField(
        _("address of the form"), blank=True, help_text=_("Where one signs up, if that is by a link.")
    )
    registration_email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("Who receives registrations, if that is by e-mail.")
    )
    registration_opens = DayField(
        _("opens"), null=True, blank=True, help_text=_("From the start of this day. Leave empty to open at once.")
    )
    registration_deadline = DayField(_("deadline"), null=True, blank=True, help_text=_("To the end of this day."))
    registration_waiting_list = models.BooleanField(
        _("waiting list"), default=True, help_text=_("Who comes when all seats are taken can wait for one.")
    )
    registration_confirmation = models.BooleanField(
        _("confirm by mail"),
        default=False,
        help_text=_("A seat is kept for a day only, until its owner has confirmed the e-mail address."),
    )
    registration_needs = models.BooleanField(
        _("ask what people need to eat and to take part"),
        default=False,
        help_text=_("Answers are sensitive personal data. They are deleted first, soon after the gathering."),
    )
    registration_kept_days = models.PositiveIntegerField(
        _("days to keep registrations"),
        null=True,
        blank=True,
        help_text=_("After the last day. Then only counts are left. Leave empty to keep them as the site does."),
    )
    survey_link = WebAddressField(
        _("evaluation form"), blank=True, help_text=_("Where those who came can say what they thought of it.")
    )
    evaluation_summary = ProseField(
        _("what the participants said"),
        blank=True,
        features=PROSE_FEATURES,
        help_text=_("The answers in short, without names."),
    )
    evaluation_outcome = ProseField(
        _("what it led to"),
        blank=True,
        features=PROSE_FEATURES,
        help_text=_("What was changed or done afterwards because of it."),
    )

    content_panels = [
        FieldPanel("lead"),
        FieldPanel("image"),
        FormInlinePanel(
            "occurrences",
            form=OccurrenceForm,
            heading=_("Times and places"),
            label=_("time and place"),
            min_num=1,
            help_text=_("One for each place where the gathering is held."),
        ),
        MultiFieldPanel([FieldPanel("target_audience"), FieldPanel("season")], heading=_("About the gathering")),
        FieldPanel("body"),
        FieldPanel("programme"),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
    ]
    registration_panels = [
        RegistrationsPanel(heading=_("Who has signed up")),
        MultiFieldPanel(
            [
                FieldPanel("registration_method"),
                FieldPanel("registration_link"),
                FieldPanel("registration_email"),
                FieldRowPanel([FieldPanel("registration_opens"), FieldPanel("registration_deadline")]),
            ],
            heading=_("Registration"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("registration_waiting_list"),
                FieldPanel("registration_confirmation"),
                FieldPanel("registration_needs"),
                FieldPanel("registration_kept_days"),
            ],
            heading=_("The form here"),
        ),
        FormInlinePanel(
            "questions",
            form=KeyedRowForm,
            heading=_("Questions"),
            label=_("question"),
            help_text=_("Name, e-mail, organisation, role and a comment are always there."),
        ),
    ]
    afterwards_panels = [
        FormInlinePanel("presentations", form=PresentationForm, heading=_("Presentations"), label=_("presentation")),
        MultiFieldPanel(
            [FieldPanel("survey_link"), FieldPanel("evaluation_summary"), FieldPanel("evaluation_outcome")],
            heading=_("Evaluation"),
        ),
    ]
    tabs = [
        ("content_panels", _("Content")),
        ("registration_panels", _("Registration")),
        ("afterwards_panels", _("Afterwards")),
        ("promote_panels", _("Promote")),
        ("settings_panels", _("Settings")),
    ]
    search_fields = [
        *SectionItemMixin.search_fields,
        index.SearchField("target_audience"),
        index.SearchField("programme"),
        index.SearchField("evaluation_summary"),
        index.SearchField("evaluation_outcome"),
        index.RelatedFields("occurrences", [index.SearchField("name"), index.SearchField("place")]),
        index.RelatedFields("presentations", [index.SearchField("title"), index.SearchField("speaker")]),
    ]
    api_fields = [
        *SectionItemMixin.api_fields,
        writable("occurrences"),
        writable("season"),
        writable("target_audience"),
        writable("programme"),
        writable("registration_method"),
        writable("registration_link"),
        writable("registration_email"),
        writable("registration_opens"),
        writable("registration_deadline"),
        writable("registration_waiting_list"),
        writable("registration_confirmation"),
        writable("registration_needs"),
        writable("registration_kept_days"),
        writable("questions"),
        writable("survey_link"),
        writable("evaluation_summary"),
        writable("evaluation_outcome"),
        computed("event_status", _event_status),
        computed("registration_status", _registration_status),
        computed("registration_form", registration_form),
        computed("season_of", season_data),
        computed("next_change", _next_change),
        APIField("contacts"),
        APIField("presentations"),
    ]

    class Meta:
        abstract = True

    def can_move_to(self, parent: Any) -> bool:
        """Whether it may be moved below a parent, by the page type rules and by the lifecycle there."""
        return super().can_move_to(parent) and may_move(self, parent)

    @property
    def lifecycle(self) -> Lifecycle:
        """The lifecycle of the gathering's network."""
        return lifecycle_of(self.network)

    @property
    def takes_registrations(self) -> bool:
        """Whether people sign up by a form of ours; at which times is another question."""
        return self.registration_method == RegistrationMethod.BUILT_IN

    def terms_of(self, row: Any) -> RegistrationTerms:
        """Return how and when one signs up for one of the occurrences."""
        return RegistrationTerms(
            method=RegistrationMethod(self.registration_method),
            opens=self.registration_opens,
            deadline=row.registration_deadline or self.registration_deadline,
            availability=availability_of(row.seats) if self.takes_registrations else Availability(row.availability),
        )

    @property
    def in_order(self) -> list[Any]:
        """The occurrences in the order in which they start."""
        return sorted(self.occurrences.all(), key=lambda row: (row.facts.span.start, row.sort_order or 0))

    @property
    def season_and_year(self) -> tuple[Season, int] | None:
        """The season and year: of the first occurrence, or as an editor set the season."""
        first = next(iter(self.in_order), None)
        if first is None:
            return None
        return Season(self.season) if self.season else Season.of(first.start_date), first.start_date.year

    @property
    def season_text(self) -> str:
        """The season and year in words, as a heading; empty without an occurrence."""
        return dates.season_title(*self.season_and_year) if self.season_and_year else ""

    def event_status(self, at: datetime) -> EventStatus:
        """Return the event status of the gathering as a whole at an aware instant."""
        return summarise_event(row.facts.event_status(at) for row in self.occurrences.all())

    def registration_status(self, at: datetime) -> RegistrationStatus:
        """Return the registration status of the gathering as a whole at an aware instant."""
        return summarise_registration(row.facts.registration_status(at) for row in self.occurrences.all())

    def has_begun(self, at: datetime) -> bool:
        """Return whether it has begun at any of its places at an aware instant; what was called off never does."""
        return any(row.facts.event_status(at).has_begun for row in self.occurrences.all())

    def next_change(self, at: datetime) -> datetime | None:
        """Return when anything about the gathering changes next, or None."""
        return next_change((change for row in self.occurrences.all() for change in row.facts.changes()), at)

    def presentations_by_occurrence(self) -> list[tuple[Any, list[Any]]]:
        """Return the presentations of each occurrence in order; first those that were held everywhere."""
        rows, occurrences = list(self.presentations.all()), self.in_order
        known = {occurrence.uid for occurrence in occurrences}
        groups = [(None, [row for row in rows if row.occurrence_uid not in known])]
        groups += [
            (occurrence, [row for row in rows if row.occurrence_uid == occurrence.uid]) for occurrence in occurrences
        ]
        return [(occurrence, held) for occurrence, held in groups if held]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with what was written about the gathering elsewhere.

        The survey is for those who were there: nobody is led to it before the gathering has begun.
        """
        context = super().get_context(request, *args, **kwargs)
        context.update(queries.gathering_page(self, request))
        context["survey_link"] = self.survey_link if self.has_begun(context["at"]) else ""
        return context
