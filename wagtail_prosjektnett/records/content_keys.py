"""Which image or document of this site stands for which item of a content file."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentKey(models.Model):
    """The stable key of an image or a document that came from a content file.

    Pages and snippets carry a key of their own. Images and documents cannot: their models belong to the
    site. Loading a file again finds them here and updates them instead of adding copies.
    """

    key = models.UUIDField(_("key"), unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    item = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = _("content key")
        verbose_name_plural = _("content keys")
        indexes = [models.Index(fields=["content_type", "object_id"], name="prosjektnett_content_item")]

    def __str__(self) -> str:
        return str(self.key)
