"""Tell what time has changed, and send what waits: ``manage.py publish_due_changes``."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.delivery.clock_events import tell_what_time_changed

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """What a site's scheduler runs every minute: nothing that happens by the clock waits for an editor.

    It may be run at any time, also twice at once: each change is told once.
    """

    help = (
        "Tell webhooks of gatherings and networks whose status time has changed, send what is due in the outbox, and "
        "delete old messages and changes. Run it every minute."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the option of going on for ever, for a site without a scheduler."""
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="Do it again every so many seconds, until it is stopped."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it once, or again and again."""
        if not options["every"]:
            self._publish(options["verbosity"])
            return
        while True:
            try:
                self._publish(options["verbosity"])
            except Exception:  # a database that is away for a moment comes back
                logger.exception("What is due could not be published; it is tried again")
            close_old_connections()
            time.sleep(options["every"])

    def _publish(self, verbosity: int) -> None:
        tell_what_time_changed(timezone.now())
        call_command("send_outbox", verbosity=verbosity, stdout=self.stdout)
        outbox.prune(timezone.now())
        call_command("prune_content_changes", verbosity=0)
