"""Erase one person everywhere: ``manage.py erase_person ADDRESS``."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_prosjektnett.erasure import KnownOf, erase_person, known_of


class Command(BaseCommand):
    """Erase somebody who asks for it, by the e-mail address by which they, or those whom they signed up, are known.

    What is still to come is cancelled, and the next ones move up. What they have said of articles goes too, and only
    counts are left. The address is not written anywhere.
    """

    help = (
        "Erase one person in all gatherings and in all feedback, by an e-mail address. What is still to come is "
        "cancelled."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the address, and the option of changing nothing."""
        parser.add_argument("address", help="The e-mail address.")
        parser.add_argument("--dry-run", action="store_true", help="Tell what would be done, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and tell how much it was."""
        address = options["address"].strip()
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(_("This is not an e-mail address.")) from None
        if options["dry_run"]:
            self._tell(_("Would be erased: %(registrations)s registrations, %(feedback)s feedback."), known_of(address))
        else:
            erased = erase_person(address, timezone.now())
            self._tell(_("Erased: %(registrations)s registrations, %(feedback)s feedback."), erased)

    def _tell(self, text: str, known: KnownOf) -> None:
        self.stdout.write(text % {"registrations": known.registrations, "feedback": known.feedback})
