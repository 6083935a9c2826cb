"""Erase what is not kept any more of registrations: ``manage.py erase_registrations``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_prosjektnett.management.bar import progress_bar
from wagtail_prosjektnett.registration.retention import Erased, count_due, erase_due


class Command(BaseCommand):
    """Delete the needs and anonymise the registrations of gatherings that have been over long enough.

    Only counts are left. It may be stopped, and run again at any time; ``publish_due_changes`` does the same.
    """

    help = "Erase the personal data of registrations that are not kept any more. Only counts are left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the option of changing nothing."""
        parser.add_argument("--dry-run", action="store_true", help="Tell what would be done, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and tell how much it was."""
        if options["dry_run"]:
            due = count_due(timezone.now())
            self._tell(_("Would be erased: %(needs)s answers on needs, %(registrations)s registrations."), due)
            return
        with progress_bar() as progress:
            erased = erase_due(timezone.now(), progress)
        self._tell(_("Erased: %(needs)s answers on needs, %(registrations)s registrations."), erased)

    def _tell(self, text: str, erased: Erased) -> None:
        self.stdout.write(text % {"needs": erased.needs, "registrations": erased.registrations})
