"""Tell those who are responsible which articles are to be reviewed: ``manage.py send_review_digest``."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_prosjektnett.delivery.review_recipients import Recipient
from wagtail_prosjektnett.review.digest import to_be_told, write_digest


class Command(BaseCommand):
    """What a site's scheduler runs once a week, or every day: it writes to nobody twice in a week.

    The mails are put into the outbox, and go out with the next ``send_outbox``.
    """

    help = "Write to those who have articles to review, at most once a week. Run it weekly, or every day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the option of writing nothing."""
        parser.add_argument("--dry-run", action="store_true", help="Tell who would be told, and write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the mails, and tell how many."""
        if options["dry_run"]:
            found = to_be_told(timezone.now())
            self._list(found)
            self.stdout.write(_("Would be written: %(mails)s mails.") % {"mails": len(found)})
            return
        told = write_digest(timezone.now())
        if told is None:
            self.stdout.write(_("They have been told this week."))
            return
        if options["verbosity"] > 1:
            self._list(told)
        self.stdout.write(_("Written: %(mails)s mails.") % {"mails": len(told)})

    def _list(self, found: Iterable[Recipient]) -> None:
        for recipient in found:
            count = len(recipient.articles)
            words = {"person": recipient.person, "email": recipient.person.email, "articles": count}
            text = ngettext(
                "%(person)s <%(email)s>: %(articles)s article", "%(person)s <%(email)s>: %(articles)s articles", count
            )
            self.stdout.write(text % words)
