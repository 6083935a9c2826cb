"""The county's menu."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet


@register_snippet
class Menu(ClusterableModel):
    """A menu by its name."""

    name = models.SlugField(unique=True)

    panels = [FieldPanel("name"), InlinePanel("items")]

    def __str__(self):
        return self.name


class MenuItem(Orderable):
    """One page in a menu."""

    menu = ParentalKey(Menu, related_name="items")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="menu_items")
