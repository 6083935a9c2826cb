"""The county's own base page: what every page of its site has, whatever its type."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import AbstractPage
from wagtail.search import index


class CountyPage(AbstractPage):
    """A page that one of the county's units answers for."""

    unit = models.CharField("ansvarlig enhet", max_length=100, blank=True)

    settings_panels = [*AbstractPage.settings_panels, FieldPanel("unit")]
    search_fields = [*AbstractPage.search_fields, index.FilterField("unit")]
    api_fields = [APIField("unit", writable=True)]
