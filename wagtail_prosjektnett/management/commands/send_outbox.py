"""Send what waits in the outbox: ``manage.py send_outbox``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from wagtail_prosjektnett.delivery.outbox import send_due


class Command(BaseCommand):
    """Send every message that is due. Several may run at the same time: none is sent by two of them."""

    help = "Send what is due in the outbox: messages of webhooks, and mail. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and tell how it went if there was anything to send."""
        sent = send_due()
        if sent.delivered or sent.failed or options["verbosity"] > 1:
            text = _("Sent: %(delivered)s delivered, %(failed)s failed.")
            self.stdout.write(text % {"delivered": sent.delivered, "failed": sent.failed})
