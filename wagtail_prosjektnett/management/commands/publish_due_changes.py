"""Tell what time has changed, and send what waits: ``manage.py publish_due_changes``."""

import logging
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.delivery.clock_events import tell_what_time_changed
from wagtail_prosjektnett.feedback.retention import erase_due as erase_due_feedback
from wagtail_prosjektnett.records.answered_requests import prune_answered_requests
from wagtail_prosjektnett.registration.changes import expire_unconfirmed, fill_freed
from wagtail_prosjektnett.registration.reminders import remind
from wagtail_prosjektnett.registration.retention import erase_due

logger = logging.getLogger(__name__)
#: What is done by the clock at an aware instant: first what writes into the outbox, and when that is sent, the rest.
BEFORE_SENDING: tuple[Callable[[datetime], Any], ...] = (
    tell_what_time_changed,
    expire_unconfirmed,
    fill_freed,
    remind,
    erase_due,
    erase_due_feedback,
)
AFTER_SENDING: tuple[Callable[[datetime], Any], ...] = (outbox.prune, prune_answered_requests)


class Command(BaseCommand):
    """What a site's scheduler runs every minute: nothing that happens by the clock waits for an editor.

    It may be run at any time, also twice at once: each change is told once.
    """

    help = (
        "Tell webhooks of gatherings and networks whose status time has changed, let go of seats that nobody has "
        "confirmed, remind participants, send what is due in the outbox, erase registrations and feedback that are "
        "not kept any more, and delete old messages and changes. Run it every minute."
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
            with suppress(CommandError):  # the log tells; a database that is away for a moment comes back
                self._publish(options["verbosity"])
            close_old_connections()
            time.sleep(options["every"])

    def _publish(self, verbosity: int) -> None:
        """Do all of it, and tell at the end of what could not be done: nothing waits for what has failed before it."""
        jobs: list[Callable[[], Any]] = [partial(job, timezone.now()) for job in BEFORE_SENDING]
        jobs.append(partial(call_command, "send_outbox", verbosity=verbosity, stdout=self.stdout))
        jobs += [partial(job, timezone.now()) for job in AFTER_SENDING]
        jobs.append(partial(call_command, "prune_content_changes", verbosity=0))
        failed = 0
        for job in jobs:
            try:
                job()
            except Exception:
                failed += 1
                logger.exception("Something that is due could not be done")
                # Where the database was away for a moment, the next job gets a new connection.
                if not connection.in_atomic_block:
                    close_old_connections()
        if failed:
            said = _("%(failed)s of %(jobs)s jobs failed. The log tells why, and they are done the next time.")
            raise CommandError(said % {"failed": failed, "jobs": len(jobs)})
