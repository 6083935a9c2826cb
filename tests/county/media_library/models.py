"""The county's own images and documents."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class CountyImage(AbstractImage):
    """An image with the name of who took it."""

    credit = models.CharField(max_length=255, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "credit")


class CountyRendition(AbstractRendition):
    """A size of an image."""

    image = models.ForeignKey(CountyImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class CountyDocument(AbstractDocument):
    """A document with its number in the archive."""

    case_number = models.CharField(max_length=50, blank=True)
    admin_form_fields = (*Document.admin_form_fields, "case_number")
