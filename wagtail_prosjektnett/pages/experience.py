"""The experience base of a network: the index of its articles, and each one."""

from __future__ import annotations

from typing import Any

import swapper
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from typing_extensions import TypedDict
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from wagtail_prosjektnett.blocks.lessons import LessonsBlock, ResourcesBlock
from wagtail_prosjektnett.fields import DayField, ExtensibleStreamField
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.api_fields import computed, writable
from wagtail_prosjektnett.pages.forms import ExperiencePageForm
from wagtail_prosjektnett.pages.sections import SectionItemMixin
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.records.organisations import Organisation, OrganisationKind
from wagtail_prosjektnett.records.people import ContactPerson
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


class ExperiencePageMixin(SectionItemMixin):
    """An article of the experience base: what was learned, and what others can use."""

    role = PageRole.EXPERIENCE
    section_role = PageRole.EXPERIENCE_INDEX
    reference_template = "experience_page.html"
    base_form_class = ExperiencePageForm
    page_description = _("An article in the experience base: lessons, resources and where they come from.")

    facts = ("kind", "phases", "topics", "municipality", "source_gathering", "last_reviewed", "next_review")

    related_pages: Any

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ExperienceKind.choices,
        default=ExperienceKind.LESSON,
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
    responsible = models.ForeignKey(
        ContactPerson,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who keeps the article up to date."),
    )
    last_reviewed = DayField(
        _("last reviewed"), null=True, blank=True, help_text=_("When somebody last checked that it still holds.")
    )
    next_review = DayField(_("next review"), null=True, blank=True, help_text=_("When somebody should check it again."))

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
        MultiFieldPanel(
            [
                FieldPanel("responsible"),
                FieldRowPanel([FieldPanel("last_reviewed"), FieldPanel("next_review")]),
            ],
            heading=_("Kept up to date by"),
        ),
    ]
    tabs = [
        ("content_panels", _("Content")),
        ("sorting_panels", _("Where it belongs")),
        ("promote_panels", _("Promote")),
        ("settings_panels", _("Settings")),
    ]
    search_fields = [
        *SectionItemMixin.search_fields,
        index.SearchField("lessons"),
        index.SearchField("resources"),
        index.FilterField("kind"),
    ]
    api_fields = [
        *SectionItemMixin.api_fields,
        writable("kind"),
        writable("lessons"),
        writable("resources"),
        writable("last_reviewed"),
        writable("next_review"),
        computed("kind_label", _kind_label),
        computed("phases", _phases),
        computed("topics", _topics),
        computed("municipality", _municipality),
        computed("source_gathering", _source_gathering),
        computed("responsible", _responsible),
        computed("related", _related),
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

    @property
    def shown_responsible(self) -> Any:
        """Who is responsible, in the language of the page, or None."""
        return self.in_language(self.responsible)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with the pages it points to, if the reader may see them."""
        context = super().get_context(request, *args, **kwargs)
        gathering = self.in_language(self.source_gathering)
        context["gathering"] = next(iter(queries.visible_pages([gathering], request)), None)
        context["related"] = queries.visible_pages(
            [self.in_language(row.related) for row in self.related_pages.select_related("related")], request
        )
        return context
