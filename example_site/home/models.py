"""The example site's own pages: a front page, and a page about a grant, which knows nothing of networks."""

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from wagtail_prosjektnett.pages.models import NetworkPage


class HomePage(Page):
    """The front page, which lists the networks."""

    intro = models.TextField("ingress", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    api_fields = [APIField("intro")]
    max_count = 1

    class Meta:
        verbose_name = "forside"
        verbose_name_plural = "forsider"

    def get_context(self, request, *args, **kwargs):
        """Add the published networks, and the time that their state is computed at."""
        context = super().get_context(request, *args, **kwargs)
        context["networks"] = NetworkPage.objects.live().public().descendant_of(self).order_by("title")
        context["at"] = timezone.now()
        return context


class GrantPage(Page):
    """A grant that municipalities can apply for."""

    summary = models.TextField("kort fortalt", blank=True)
    deadline = models.DateField("søknadsfrist", null=True, blank=True)
    amount = models.CharField("beløp", max_length=100, blank=True)
    text = RichTextField("tekst", blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("deadline"), FieldPanel("amount")]),
        FieldPanel("text"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("text")]
    api_fields = [APIField("summary"), APIField("deadline"), APIField("amount"), APIField("text")]

    class Meta:
        verbose_name = "tilskuddsordning"
        verbose_name_plural = "tilskuddsordninger"
