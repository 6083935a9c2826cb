"""The concrete pages, for sites that use Wagtail's own page model as their base."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from wagtail_prosjektnett.pages.announcement import AnnouncementPageMixin
from wagtail_prosjektnett.pages.base import NetworkTreePageMixin
from wagtail_prosjektnett.pages.experience import ExperiencePageMixin, RelatedPageRow
from wagtail_prosjektnett.pages.experience_index import ExperienceIndexPageMixin
from wagtail_prosjektnett.pages.gathering import GatheringPageMixin
from wagtail_prosjektnett.pages.members import OrganisationRow, PersonRow
from wagtail_prosjektnett.pages.network import NetworkPageMixin
from wagtail_prosjektnett.pages.occurrence import OccurrenceRow
from wagtail_prosjektnett.pages.presentation import PresentationRow
from wagtail_prosjektnett.pages.question import QuestionRow
from wagtail_prosjektnett.pages.sections import (
    AnnouncementIndexPageMixin,
    GatheringIndexPageMixin,
)

SETTINGS_PANELS = Page.settings_panels + NetworkTreePageMixin.settings_panels


class NetworkPage(NetworkPageMixin, Page):
    """The landing page of a network."""

    content_panels = Page.content_panels + NetworkPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = Page.search_fields + NetworkPageMixin.search_fields

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")


class NetworkMember(OrganisationRow):
    """An organisation that takes part in a network."""

    page = ParentalKey(NetworkPage, related_name="members", on_delete=models.CASCADE)

    class Meta(OrganisationRow.Meta):
        abstract = False


class NetworkContact(PersonRow):
    """A contact person of a network."""

    page = ParentalKey(NetworkPage, related_name="contacts", on_delete=models.CASCADE)

    class Meta(PersonRow.Meta):
        abstract = False


class GatheringIndexPage(GatheringIndexPageMixin, Page):
    """The gatherings of a network."""

    content_panels = Page.content_panels + GatheringIndexPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = Page.search_fields + GatheringIndexPageMixin.search_fields

    class Meta:
        verbose_name = _("gatherings")
        verbose_name_plural = _("indexes of gatherings")


class GatheringPage(GatheringPageMixin, Page):
    """A gathering."""

    content_panels = Page.content_panels + GatheringPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = Page.search_fields + GatheringPageMixin.search_fields

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")


class Occurrence(OccurrenceRow):
    """One time and place of a gathering."""

    page = ParentalKey(GatheringPage, related_name="occurrences", on_delete=models.CASCADE)

    class Meta(OccurrenceRow.Meta):
        abstract = False


class Question(QuestionRow):
    """A question that those who sign up for a gathering are asked."""

    page = ParentalKey(GatheringPage, related_name="questions", on_delete=models.CASCADE)

    class Meta(QuestionRow.Meta):
        abstract = False


class Presentation(PresentationRow):
    """A presentation held at a gathering."""

    page = ParentalKey(GatheringPage, related_name="presentations", on_delete=models.CASCADE)

    class Meta(PresentationRow.Meta):
        abstract = False


class GatheringContact(PersonRow):
    """A contact person of a gathering."""

    page = ParentalKey(GatheringPage, related_name="contacts", on_delete=models.CASCADE)

    class Meta(PersonRow.Meta):
        abstract = False


class AnnouncementIndexPage(AnnouncementIndexPageMixin, Page):
    """The announcements of a network."""

    content_panels = Page.content_panels + AnnouncementIndexPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = Page.search_fields + AnnouncementIndexPageMixin.search_fields

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")


class AnnouncementPage(AnnouncementPageMixin, Page):
    """A piece of news."""

    content_panels = Page.content_panels + AnnouncementPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = Page.search_fields + AnnouncementPageMixin.search_fields

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")


class ExperienceIndexPage(ExperienceIndexPageMixin, Page):
    """The experience base of a network."""

    content_panels = Page.content_panels + ExperienceIndexPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = Page.search_fields + ExperienceIndexPageMixin.search_fields

    class Meta:
        verbose_name = _("experience base")
        verbose_name_plural = _("experience bases")


class ExperiencePage(ExperiencePageMixin, Page):
    """An article of the experience base."""

    content_panels = Page.content_panels + ExperiencePageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = Page.search_fields + ExperiencePageMixin.search_fields

    class Meta:
        verbose_name = _("experience article")
        verbose_name_plural = _("experience articles")


class ExperienceRelatedPage(RelatedPageRow):
    """A page that readers of an article may want to read next."""

    page = ParentalKey(ExperiencePage, related_name="related_pages", on_delete=models.CASCADE)

    class Meta(RelatedPageRow.Meta):
        abstract = False
