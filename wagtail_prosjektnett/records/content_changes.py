"""What has changed in what readers may see: one row for each change, written in the transaction that makes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What has happened to a page, or to something else."""

    PUBLISHED = "published", _("published")
    UNPUBLISHED = "unpublished", _("unpublished")
    MOVED = "moved", _("moved")
    DELETED = "deleted", _("deleted")
    HIDDEN = "hidden", _("hidden")
    SHOWN = "shown", _("shown")
    #: Something that is told with the page is new: a person, an image, the facts of its source.
    AFFECTED = "affected", _("affected")
    #: The page was saved, by an editor or by code.
    SAVED = "saved", _("saved")
    #: What belongs to no page: a site, a language, a redirect.
    OTHER = "other", _("other")
    #: Rows from before this instant have been deleted.
    PRUNED = "pruned", _("pruned")


class ContentChange(models.Model):
    """One change. Rows are only added, so that changes never wait for each other.

    The ids of rows can come into sight in another order than they were given in. The number of rows and the
    largest id tell together whether anything is new; ``pages.freshness`` reads them.
    """

    happened_at = models.DateTimeField(_("happened at"), default=timezone.now, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeKind)
    #: No foreign key: the row outlives its page.
    page_id = models.BigIntegerField(_("page"), null=True, db_index=True)
    role = models.CharField(_("role"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=100, blank=True)
    #: The nearest network of the page, and the place of the page in the tree: where it could be read before.
    network_id = models.BigIntegerField(_("network"), null=True)
    path = models.CharField(_("path"), max_length=255, blank=True)
    #: Whether anybody could read the page before the change, or can after it.
    public = models.BooleanField(_("public"), default=False)

    class Meta:
        verbose_name = _("change of content")
        verbose_name_plural = _("changes of content")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.page_id or ''}".strip()


@contextmanager
def long_transaction() -> Iterator[None]:
    """Let the changes of a transaction that may take long have happened when it ends: nobody sees them before.

    Who asks for what is new since an instant would else have asked for later ones already.
    """
    last = ContentChange.objects.aggregate(last=models.Max("pk"))["last"] or 0
    yield
    new = ContentChange.objects.filter(pk__gt=last).exclude(kind=ChangeKind.PRUNED)
    new.update(happened_at=timezone.now())


def prune(before: datetime) -> int:
    """Delete the rows from before an aware instant, and return how many they were.

    A row that says so is put in their place: without it, the count and the largest id could be what they once
    were when other content was seen.
    """
    with transaction.atomic():
        old = ContentChange.objects.filter(happened_at__lt=before)
        count, _by_model = old.exclude(kind=ChangeKind.PRUNED).delete()
        if count:
            ContentChange.objects.filter(kind=ChangeKind.PRUNED).delete()
            ContentChange.objects.create(kind=ChangeKind.PRUNED, happened_at=before)
    return count
