"""Load a network from a content file: ``manage.py load_network FILE``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import swapper
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from wagtail_prosjektnett.content.errors import ContentRefused
from wagtail_prosjektnett.content.load import load_network


class Command(BaseCommand):
    """Load a network with its pages, documents, images and snippets from one YAML file.

    Nothing is written unless all of it is right. Loading a file again changes only what differs.
    """

    help = "Load a network from a content file (YAML), with the documents and images beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, and the page below which the network belongs."""
        parser.add_argument("file", type=Path, help="The content file.")
        parser.add_argument(
            "--parent",
            type=int,
            metavar="ID",
            help="The id of the page below which a new network is made; the site's front page without it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and tell what was done."""
        try:
            result = load_network(options["file"], self._parent(options["parent"]))
        except ContentRefused as refused:
            raise CommandError("\n".join([*refused.messages(), _nothing_changed(len(refused.problems))])) from None
        counts = {"network": result.network.title, "changed": result.changed, "unchanged": result.unchanged}
        self.stdout.write(_("Loaded “%(network)s”: %(changed)s new or changed, %(unchanged)s as before.") % counts)

    def _parent(self, pk: int | None) -> Any:
        page_model = swapper.load_model("wagtailcore", "Page")
        if pk is not None:
            page = page_model.objects.filter(pk=pk).first()
            if page is None:
                raise CommandError(_("There is no page with the id %(id)s.") % {"id": pk})
            return page.specific
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            raise CommandError(_("There is no default site. Create one under Settings, or use --parent."))
        return site.root_page.specific


def _nothing_changed(count: int) -> str:
    text = ngettext("%(count)s problem; nothing was changed.", "%(count)s problems; nothing was changed.", count)
    return text % {"count": count}
