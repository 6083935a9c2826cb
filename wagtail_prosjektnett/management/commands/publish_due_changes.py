"""Tell what time has changed, and send what waits: ``manage.py publish_due_changes``."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.delivery.clock_events import tell_what_time_changed


class Command(BaseCommand):
    """What a site's scheduler runs every minute: nothing that happens by the clock waits for an editor.

    It may be run at any time, also twice at once: each change is told once.
    """

    help = (
        "Tell webhooks of gatherings and networks whose status time has changed, send what is due in the outbox, and "
        "delete old messages. Run it every minute."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell, send and clear up."""
        tell_what_time_changed(timezone.now())
        call_command("send_outbox", verbosity=options["verbosity"], stdout=self.stdout)
        outbox.prune(timezone.now())
