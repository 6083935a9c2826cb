"""Which things of this site came from which content file."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentKey(models.Model):
    """The stable key of something that belongs to a network and came from its content file, or went into one.

    Pages and snippets carry a key of their own. Images and documents cannot: their models belong to the
    site. Loading a file again finds them here and updates them instead of adding copies. What loading made and the
    file no longer has is found here too, whatever it is.
    """

    network = models.UUIDField(_("network"), help_text=_("The translation key of the network."))
    key = models.UUIDField(_("key"), db_index=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    made_by_loading = models.BooleanField(
        default=True, help_text=_("Whether it came from the content file, rather than from an editor.")
    )
    item = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = _("content key")
        verbose_name_plural = _("content keys")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "content_type", "object_id"], name="prosjektnett_content_key_unique"
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="prosjektnett_content_item")]

    def __str__(self) -> str:
        return str(self.key)
