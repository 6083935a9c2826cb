"""Load a network from a content file: ``manage.py load_network FILE``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import swapper
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Site

from wagtail_prosjektnett.content.archive import MOST_BYTES, opened
from wagtail_prosjektnett.content.compare import Effect
from wagtail_prosjektnett.content.errors import ContentRefused
from wagtail_prosjektnett.content.load import Change, LoadResult, load_network
from wagtail_prosjektnett.management.bar import progress_bar

MEGABYTE = 1024**2
LINES = {
    Effect.NEW: gettext_lazy("New: %(kind)s “%(name)s”"),
    Effect.CHANGED: gettext_lazy("Changed: %(kind)s “%(name)s”"),
    Effect.REMOVED: gettext_lazy("Removed: %(kind)s “%(name)s”"),
    Effect.LEFT: gettext_lazy("Not in the file any more, left as it is: %(kind)s “%(name)s”"),
}
#: What an operator has to decide about is told without being asked for.
ALWAYS_TOLD = (Effect.REMOVED, Effect.LEFT)


class Command(BaseCommand):
    """Load a network with its pages, documents, images and snippets from a content file.

    Nothing is written unless all of it is right. Loading a file again changes only what differs.
    """

    help = "Load a network from a content file (YAML) with the documents and images beside it, or from a zip file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, and the page below which the network belongs."""
        parser.add_argument("file", type=Path, help="The content file, the folder that it is in, or a zip file.")
        parser.add_argument(
            "--parent",
            type=int,
            metavar="ID",
            help="The id of the page below which a new network is made; the site's front page without it.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Tell what would be done, and change nothing.")
        parser.add_argument(
            "--remove",
            action="store_true",
            help="Delete what came from the file before and is not in it any more, where nothing else needs it.",
        )
        parser.add_argument(
            "--max-size",
            type=int,
            metavar="MB",
            default=MOST_BYTES // MEGABYTE,
            help="How many megabytes a zip file may hold when it is unpacked (%(default)s).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and tell what was done."""
        parent = self._parent(options["parent"])
        try:
            with opened(options["file"], options["max_size"] * MEGABYTE) as file, progress_bar() as progress:
                chosen = {"dry_run": options["dry_run"], "remove": options["remove"], "progress": progress}
                result = load_network(file, parent, **chosen)
        except ContentRefused as refused:
            raise CommandError("\n".join([*refused.messages(), _nothing_changed(len(refused.problems))])) from None
        self._tell(result, options["dry_run"], options["verbosity"])

    def _tell(self, result: LoadResult, dry_run: bool, verbosity: int) -> None:
        for change in result.changes:
            is_needed = change.effect in ALWAYS_TOLD or (change.effect is Effect.CHANGED and change.shared)
            if dry_run or verbosity > 1 or is_needed:
                self.stdout.write(_line(change))
        counts = {"network": result.name, "changed": result.changed, "unchanged": result.unchanged}
        if dry_run:
            text = _(
                "Would load “%(network)s”: %(changed)s new or changed, %(unchanged)s as before. Nothing was changed."
            )
        else:
            text = _("Loaded “%(network)s”: %(changed)s new or changed, %(unchanged)s as before.")
        self.stdout.write(text % counts)

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


def _line(change: Change) -> str:
    return str(LINES[change.effect]) % {"kind": change.kind, "name": change.name}


def _nothing_changed(count: int) -> str:
    text = ngettext("%(count)s problem; nothing was changed.", "%(count)s problems; nothing was changed.", count)
    return text % {"count": count}
