"""``manage.py prune_content_changes``: forget changes that no frontend asks for any longer."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.records.content_changes import prune


class Command(BaseCommand):
    """Delete the rows of changes that are older than ``PROSJEKTNETT_CHANGES_KEPT_DAYS``; once a day is often enough."""

    help = "Delete what is known of changes that are older than PROSJEKTNETT_CHANGES_KEPT_DAYS days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them, and say how many they were."""
        count = prune(timezone.now() - timedelta(days=conf.changes_kept_days()))
        if options["verbosity"]:
            words = ngettext("%(count)s change was deleted.", "%(count)s changes were deleted.", count)
            self.stdout.write(words % {"count": count})
