"""Pages of the same shape as ours, without anything that we add: see ``wagtail_prosjektnett.pages``."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from wagtail_prosjektnett.blocks.body import BodyBlock
from wagtail_prosjektnett.blocks.programme import ProgrammeBlock


class StockGatheringPage(Page):
    """A gathering."""

    lead = models.TextField(blank=True)
    image = models.ForeignKey("wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+")
    body = StreamField(BodyBlock(), blank=True)
    programme = StreamField(ProgrammeBlock(), blank=True)
    target_audience = models.CharField(max_length=255, blank=True)
    registration_method = models.CharField(max_length=20)
    registration_link = models.URLField(blank=True)
    registration_deadline = models.DateField(null=True)
    evaluation_summary = RichTextField(blank=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("target_audience"),
        index.SearchField("programme"),
        index.SearchField("evaluation_summary"),
        index.AutocompleteField("lead"),
        index.RelatedFields("occurrences", [index.SearchField("name"), index.SearchField("place")]),
        index.RelatedFields("presentations", [index.SearchField("title"), index.SearchField("speaker")]),
    ]


class StockOccurrence(Orderable):
    """One time and place."""

    page = ParentalKey(StockGatheringPage, related_name="occurrences", on_delete=models.CASCADE)
    name = models.CharField(max_length=100, blank=True)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    place = models.CharField(max_length=200, blank=True)
    municipality = models.ForeignKey(
        "wagtail_prosjektnett.Organisation", null=True, on_delete=models.SET_NULL, related_name="+"
    )


class StockContact(Orderable):
    """Somebody whom readers may contact."""

    page = ParentalKey(StockGatheringPage, related_name="contacts", on_delete=models.CASCADE)
    person = models.ForeignKey("wagtail_prosjektnett.ContactPerson", on_delete=models.CASCADE, related_name="+")


class StockPresentation(Orderable):
    """A presentation with its document."""

    page = ParentalKey(StockGatheringPage, related_name="presentations", on_delete=models.CASCADE)
    title = models.CharField(max_length=255)
    speaker = models.CharField(max_length=255, blank=True)
    document = models.ForeignKey("wagtaildocs.Document", null=True, on_delete=models.SET_NULL, related_name="+")
