"""The county's forms."""

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField

from home.models import CountyPage


class FormField(AbstractFormField):
    """A field of a form."""

    page = ParentalKey("forms.FormPage", related_name="form_fields")


class FormPage(AbstractForm, CountyPage):
    """A form that citizens fill in."""

    content_panels = [*CountyPage.content_panels, InlinePanel("form_fields")]
