"""The experience base of a network: the index of its articles, and each one."""

from __future__ import annotations

from datetime import date
from typing import Any

import swapper
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from typing_extensions import TypedDict
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index

from wagtail_prosjektnett.blocks.lessons import LessonsBlock, ResourcesBlock
from wagtail_prosjektnett.fields import ExtensibleStreamField
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.api_fields import computed, writable
from wagtail_prosjektnett.pages.feedback import FeedbackNumbersData
from wagtail_prosjektnett.pages.feedback_panel import FeedbackPanel
from wagtail_prosjektnett.pages.feedback_section import feedback_section
from wagtail_prosjektnett.pages.forms import ExperiencePageForm
from wagtail_prosjektnett.pages.related import related_pages
from wagtail_prosjektnett.pages.reviewed import ReviewedPageMixin
from wagtail_prosjektnett.pages.sections import SectionItemMixin
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.records.organisations import Organisation, OrganisationKind
from wagtail_prosjektnett.records.taxonomy import ProjectPhase, Topic
from wagtail_prosjektnett.references import (
    OrganisationData,
    PageData,
    PersonData,
    organisation_data,
)


class ExperienceKind(models.TextChoices):
    """What sort of article it is."""

    LESSON = "lesson", _("Lessons learned")
    GUIDE = "guide", _("Guide")
    TEMPLATE = "template", _("Template")
    EXAMPLE = "example", _("Example")
    LINK = "link", _("Resource elsewhere")


class TermData(TypedDict):
    """A topic or a project phase."""

    id: int
    name: str


def _kind_label(page: ExperiencePageMixin) -> str:
    return page.get_kind_display()


def _phases(page: ExperiencePageMixin) -> list[TermData]:
    return [{"id": phase.pk, "name": phase.name} for phase in page.shown_phases]


def _topics(page: ExperiencePageMixin) -> list[TermData]:
    return [{"id": topic.pk, "name": topic.name} for topic in page.shown_topics]


def _municipality(page: ExperiencePageMixin) -> OrganisationData | None:
    return organisation_data(page.municipality)


def _source_gathering(page: ExperiencePageMixin) -> PageData | None:
    return page.reference_data.page(page.source_gathering_id, page.locale_id, own_site=True)


def _responsible(page: ExperiencePageMixin) -> PersonData | None:
    return page.reference_data.person(page.responsible_id, page.locale_id)


def _feedback(page: ExperiencePageMixin) -> FeedbackNumbersData:
    return page.reference_data.feedback(page).data


def _review_due(page: ExperiencePageMixin) -> date | None:
    return page.review(timezone.now()).due


def _related(page: ExperiencePageMixin) -> list[PageData]:
    pks = (row.related_id for row in page.related_pages.all())
    found = (page.reference_data.page(pk, page.locale_id, own_site=True) for pk in pks)
    return [data for data in found if data is not None]


class RelatedPageRow(Orderable):
    """A page that readers of an article may want to read next."""

    related = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("What to read next."),
    )

    panels = [FieldPanel("related")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")

    def __str__(self) -> str:
        return str(self.related)


class ExperiencePageMixin(ReviewedPageMixin, SectionItemMixin):
    """An article of the experience base: what was learned, and what others can use."""

    role = PageRole.EXPERIENCE
    section_role = PageRole.EXPERIENCE_INDEX
    reference_template = "experience_page.html"
    base_form_class = ExperiencePageForm
    page_description = _("An article in the experience base: lessons, resources and where they come from.")

    facts = (
        "kind",
        "phases",
        "topics",
        "municipality",
        "source_gathering",
        *ReviewedPageMixin.review_facts,
    )

    related_pages: Any

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ExperienceKind.choices,
        default=ExperienceKind.LESSON,
        db_index=True,
        help_text=_("What a reader gets out of it."),
    )
    phases = ParentalManyToManyField(
        ProjectPhase,
        verbose_name=_("project phases"),
        blank=True,
        related_name="+",
        help_text=_("Where in a project it is of use."),
    )
    topics = ParentalManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_("What it is about, from the list of topics."),
    )
    municipality = models.ForeignKey(
        Organisation,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"kind": OrganisationKind.MUNICIPALITY},
        help_text=_("Where it was learned."),
    )
    lessons = ExtensibleStreamField(
        LessonsBlock,
        verbose_name=_("lessons"),
        blank=True,
        help_text=_("What others can learn: the situation, what was done and how it went."),
    )
    resources = ExtensibleStreamField(
        ResourcesBlock,
        verbose_name=_("resources"),
        blank=True,
        help_text=_("Templates, checklists and the like, to take and use."),
    )
    source_gathering = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("from the gathering"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The gathering at which it was told, if any."),
    )

    content_panels = [
        FieldPanel("lead"),
        FieldPanel("image"),
        FieldPanel("body"),
        FieldPanel("lessons"),
        FieldPanel("resources"),
    ]
    sorting_panels = [
        FieldPanel("kind"),
        FieldPanel("phases", widget=CheckboxSelectMultiple),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("municipality"),
        FieldPanel("source_gathering"),
        InlinePanel("related_pages", heading=_("Related pages"), label=_("page")),
        *ReviewedPageMixin.review_panels,
    ]
    feedback_panels = [FeedbackPanel(heading=_("What readers say"))]
    tabs = [
        ("content_panels", _("Content")),
        ("sorting_panels", _("Where it belongs")),
        ("feedback_panels", _("Feedback")),
        ("promote_panels", _("Promote")),
        ("settings_panels", _("Settings")),
    ]
    search_fields = [
        *SectionItemMixin.search_fields,
        index.SearchField("lessons"),
        index.SearchField("resources"),
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.RelatedFields("phases", [index.SearchField("name")]),
        index.RelatedFields("municipality", [index.SearchField("name")]),
        index.FilterField("kind"),
    ]
    api_fields = [
        *SectionItemMixin.api_fields,
        writable("kind"),
        writable("lessons"),
        writable("resources"),
        writable("last_reviewed"),
        writable("next_review"),
        writable("review_months"),
        computed("kind_label", _kind_label),
        computed("phases", _phases),
        computed("topics", _topics),
        computed("municipality", _municipality),
        computed("source_gathering", _source_gathering),
        computed("responsible", _responsible),
        computed("review_due", _review_due),
        computed("related", _related),
        computed("feedback", _feedback),
    ]

    class Meta:
        abstract = True

    @property
    def shown_phases(self) -> list[Any]:
        """The project phases in the language of the page."""
        return [self.in_language(phase) for phase in self.phases.all()]

    @property
    def shown_topics(self) -> list[Any]:
        """The topics in the language of the page."""
        return [self.in_language(topic) for topic in self.topics.all()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context: related pages that the reader may see, the next review and feedback."""
        context = super().get_context(request, *args, **kwargs)
        if self.pk:
            # They are told on the page, to search engines and in what is related.
            models.prefetch_related_objects([self], "topics", "phases")
        context["next_review"] = self.review(context["at"]).due
        gathering = self.in_language(self.source_gathering)
        context["gathering"] = next(iter(queries.visible_pages([gathering], request)), None)
        context["related"] = related_pages(self, request)
        context["feedback"] = feedback_section(self, request, context["at"], with_form=True)
        return context
