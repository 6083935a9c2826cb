"""The seven page types of networks, on the county's own base page."""

from django.db import models
from modelcluster.fields import ParentalKey

from county.models import CountyPage
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

SETTINGS_PANELS = CountyPage.settings_panels + NetworkTreePageMixin.settings_panels


class NetworkPage(NetworkPageMixin, CountyPage):
    """The landing page of a network."""

    content_panels = CountyPage.content_panels + NetworkPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = CountyPage.search_fields + NetworkPageMixin.search_fields
    api_fields = CountyPage.api_fields + NetworkPageMixin.api_fields

    class Meta:
        verbose_name = "nettverk"
        verbose_name_plural = "nettverk"


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


class GatheringIndexPage(GatheringIndexPageMixin, CountyPage):
    """The gatherings of a network."""

    content_panels = CountyPage.content_panels + GatheringIndexPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = CountyPage.search_fields + GatheringIndexPageMixin.search_fields
    api_fields = CountyPage.api_fields + GatheringIndexPageMixin.api_fields

    class Meta:
        verbose_name = "samlinger"
        verbose_name_plural = "oversikter over samlinger"


class GatheringPage(GatheringPageMixin, CountyPage):
    """A gathering."""

    content_panels = CountyPage.content_panels + GatheringPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = CountyPage.search_fields + GatheringPageMixin.search_fields
    api_fields = CountyPage.api_fields + GatheringPageMixin.api_fields

    class Meta:
        verbose_name = "samling"
        verbose_name_plural = "samlinger"


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


class AnnouncementIndexPage(AnnouncementIndexPageMixin, CountyPage):
    """The announcements of a network."""

    content_panels = CountyPage.content_panels + AnnouncementIndexPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = CountyPage.search_fields + AnnouncementIndexPageMixin.search_fields
    api_fields = CountyPage.api_fields + AnnouncementIndexPageMixin.api_fields

    class Meta:
        verbose_name = "nyhetsside"
        verbose_name_plural = "nyhetssider"


class AnnouncementPage(AnnouncementPageMixin, CountyPage):
    """A piece of news."""

    content_panels = CountyPage.content_panels + AnnouncementPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = CountyPage.search_fields + AnnouncementPageMixin.search_fields
    api_fields = CountyPage.api_fields + AnnouncementPageMixin.api_fields

    class Meta:
        verbose_name = "nyhet"
        verbose_name_plural = "nyheter"


class ExperienceIndexPage(ExperienceIndexPageMixin, CountyPage):
    """The experience base of a network."""

    content_panels = CountyPage.content_panels + ExperienceIndexPageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = CountyPage.search_fields + ExperienceIndexPageMixin.search_fields
    api_fields = CountyPage.api_fields + ExperienceIndexPageMixin.api_fields

    class Meta:
        verbose_name = "erfaringsbase"
        verbose_name_plural = "erfaringsbaser"


class ExperiencePage(ExperiencePageMixin, CountyPage):
    """An article of the experience base."""

    content_panels = CountyPage.content_panels + ExperiencePageMixin.content_panels
    settings_panels = SETTINGS_PANELS
    search_fields = CountyPage.search_fields + ExperiencePageMixin.search_fields
    api_fields = CountyPage.api_fields + ExperiencePageMixin.api_fields

    class Meta:
        verbose_name = "erfaringsartikkel"
        verbose_name_plural = "erfaringsartikler"


class ExperienceRelatedPage(RelatedPageRow):
    """A page that readers of an article may want to read next."""

    page = ParentalKey(ExperiencePage, related_name="related_pages", on_delete=models.CASCADE)

    class Meta(RelatedPageRow.Meta):
        abstract = False
