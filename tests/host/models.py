"""Pages of the site that the tests run in: what a county already has before it installs the package."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page


class PlainPage(Page):
    """A page type of the site's own, which knows nothing of networks."""

    text = models.TextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("text")]
    api_fields = [APIField("text")]
