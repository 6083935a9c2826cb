"""The county's calendar, with events and speakers of its own."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from home.models import CountyPage


class EventPage(CountyPage):
    """An event."""

    start_date = models.DateField()
    place = models.CharField(max_length=255, blank=True)

    content_panels = [
        *CountyPage.content_panels,
        FieldPanel("start_date"),
        FieldPanel("place"),
        InlinePanel("speakers"),
        InlinePanel("occurrences"),
    ]


class Speaker(Orderable):
    """Who speaks at an event."""

    page = ParentalKey(EventPage, related_name="speakers")
    name = models.CharField(max_length=255)


class Occurrence(Orderable):
    """Another day of an event."""

    page = ParentalKey(EventPage, related_name="occurrences")
    day = models.DateField()
