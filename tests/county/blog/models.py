"""The county's blog."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from home.models import CountyPage


@register_snippet
class Topic(models.Model):
    """A topic of the blog, which is not the topic of an experience base."""

    name = models.CharField(max_length=100)

    def __str__(self):
        return self.name


class BlogIndexPage(CountyPage):
    """The list of posts."""

    subpage_types = ["blog.BlogPage"]


class BlogPage(CountyPage):
    """A post."""

    date = models.DateField()
    text = RichTextField(blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="pages")
    related = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    content_panels = [*CountyPage.content_panels, FieldPanel("date"), FieldPanel("text"), FieldPanel("topic")]
