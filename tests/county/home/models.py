"""The county's front page, and what all its own pages share."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index


class CountyPage(Page):
    """The base of all the county's own pages."""

    lead = models.TextField(blank=True)
    image = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("image")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True


class HomePage(CountyPage):
    """The front page, with a plan to download."""

    plan = models.ForeignKey(
        get_document_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [*CountyPage.content_panels, FieldPanel("plan")]
