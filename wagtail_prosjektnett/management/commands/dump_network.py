"""Write a network as a content file: ``manage.py dump_network PAGE FILE``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wagtail_prosjektnett.content.dump import DumpRefused, dump_network
from wagtail_prosjektnett.management.bar import progress_bar
from wagtail_prosjektnett.pages.types import PageRole, page_model


class Command(BaseCommand):
    """Write a network with its pages, documents, images and snippets, to be loaded on another site."""

    help = "Write a network as a content file (YAML) with its documents and images, in a folder or a zip file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the network, and where it is written."""
        parser.add_argument("page", help="The id of the network, or its slug.")
        parser.add_argument("file", type=Path, help="A folder, or the name of a zip file.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Replace what an earlier dump has written at the same place."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and tell what is not in it."""
        network, path = self._network(options["page"]), options["file"]
        try:
            with progress_bar() as progress:
                result = dump_network(network, path, overwrite=options["overwrite"], progress=progress)
        except DumpRefused as refused:
            todo = _("Nothing was written. Upload the files again, or delete what has none.")
            raise CommandError("\n".join([*refused.problems, todo])) from None
        except OSError as error:
            raise CommandError(str(error)) from error
        for note in result.notes:
            self.stdout.write(_("Not in the file: %s") % note)
        told = {"network": network.title, "pages": result.pages, "files": result.files, "path": path}
        self.stdout.write(
            _("Wrote “%(network)s”: %(pages)s pages, %(files)s images and documents, to %(path)s.") % told
        )

    def _network(self, name: str) -> Any:
        model = page_model(PageRole.NETWORK)
        networks = model.objects.all() if model else ()
        found = [page for page in networks if name in (str(page.pk), page.slug)]
        if len({page.translation_key for page in found}) == 1:
            return found[0]
        known = "\n".join(f"{page.pk}: {page.title} ({page.url_path})" for page in (found or networks))
        text = _("There are several networks “%s”. Use the id.") if found else _("There is no network “%s”.")
        raise CommandError("\n".join([text % name, _("Known:"), known or "-"]))
