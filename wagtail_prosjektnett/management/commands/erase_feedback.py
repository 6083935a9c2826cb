"""Erase what is not kept any more of feedback: ``manage.py erase_feedback``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_prosjektnett.feedback.retention import count_due, erase_due
from wagtail_prosjektnett.management.bar import progress_bar


class Command(BaseCommand):
    """Forget who gave feedback that is old enough, and what they wrote if that is not shown.

    Only counts are left, and what everybody can read. It may be stopped, and run again at any time;
    ``publish_due_changes`` does the same.
    """

    help = "Erase the personal data of feedback that are not kept any more, and the words of what is not shown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the option of changing nothing."""
        parser.add_argument("--dry-run", action="store_true", help="Tell what would be done, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and tell how much it was."""
        if options["dry_run"]:
            count = count_due(timezone.now())
            self.stdout.write(_("Feedback that would be erased: %(count)s.") % {"count": count})
            return
        with progress_bar() as progress:
            count = erase_due(timezone.now(), progress)
        self.stdout.write(_("Feedback that was erased: %(count)s.") % {"count": count})
